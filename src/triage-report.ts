import { parseArgs } from 'node:util';
import colours from 'picocolors';
import { Category } from '#db/entities/category.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import { ensureDefaultWorkspace } from './auth/workspaces.ts';
import { type Config, loadConfig } from './config.ts';
import { AppError, isAppError } from './core/errors.ts';
import { openDatabase } from './database.ts';
import { createTriageReport, type TriageReport } from './tickets/learning/triage-report.ts';

const usage = `Usage: npm run triage:report -- [--workspace NAME] [--json]
How predictions compare with what people decided on a workspace's tickets: the first one's unless one is named (or its id given).`;

/** What the command says. Throws AppError NOT_FOUND, and TypeError for options there are not. */
export const triageReport = async (args: readonly string[], config: Config): Promise<string> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      workspace: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return usage;
  await using stack = new AsyncDisposableStack();
  const { orm } = await openDatabase(config, stack, { share: true });
  const db = forWorkspace(orm, await findWorkspace(orm, values.workspace));
  const report = await createTriageReport(db);
  if (values.json) return JSON.stringify(report);
  const names = new Map((await db.find(Category, {})).map(({ id, name }) => [id, name]));
  return draw(report, (id) => names.get(id) ?? id);
};

const findWorkspace = async (orm: Orm, named: string | undefined): Promise<string> => {
  if (named === undefined) return (await ensureDefaultWorkspace(orm)).id;
  const all = await orm.em.fork().find(Workspace, {}, { ...unscoped, orderBy: { id: 'asc' } });
  const workspace = all.find(({ id, name }) => id === named || name === named);
  if (workspace) return workspace.id;
  throw new AppError('NOT_FOUND', `There is no workspace "${named}". There is: ${all.map(({ name }) => name).join(', ')}.`);
};

const WIDTH = 40;

const draw = ({ decided, left, curve, perCategory, confusion }: TriageReport, nameOf: (id: string) => string): string => {
  if (decided === 0) return 'Nobody has decided on a predicted ticket yet: confirm or correct some, and ask again.';
  const lines = [
    `${decided} ${decided === 1 ? 'ticket' : 'tickets'} that people decided on${left > 0 ? `, ${left} of them applied and left where they were` : ''}`,
    '',
    `threshold  ${'right, wrong, abstained'.padEnd(WIDTH)}`,
  ];
  for (const { threshold, right, wrong, abstained } of curve.filter((_, step) => step % 2 === 0)) {
    const [rights, wrongs] = [Math.round(right * WIDTH), Math.round(wrong * WIDTH)];
    const bar =
      colours.green('█'.repeat(rights)) + colours.red('▓'.repeat(wrongs)) + colours.dim('·'.repeat(Math.max(0, WIDTH - rights - wrongs)));
    lines.push(
      `${threshold.toFixed(2).padStart(9)}  ${bar}  ${percent(right)} right, ${percent(wrong)} wrong, ${percent(abstained)} abstained`,
    );
  }
  lines.push('', 'category                         tickets  precision  recall');
  for (const row of perCategory.toSorted((a, b) => b.tickets - a.tickets))
    lines.push(
      `${nameOf(row.categoryId).slice(0, 30).padEnd(32)} ${String(row.tickets).padStart(7)}  ${maybe(row.precision).padStart(9)}  ${maybe(row.recall).padStart(6)}`,
    );
  const mistaken = confusion.filter(({ predictedId, actualId }) => predictedId !== actualId).slice(0, 5);
  if (mistaken.length > 0) lines.push('', 'most often mistaken');
  for (const { predictedId, actualId, count } of mistaken) lines.push(`  ${nameOf(predictedId)} for ${nameOf(actualId)}: ${count}`);
  return lines.join('\n');
};

const percent = (share: number): string => `${Math.round(share * 100)} %`.padStart(5);
const maybe = (share: number | null): string => (share === null ? '-' : percent(share).trim());

if (import.meta.main)
  try {
    console.log(await triageReport(process.argv.slice(2), loadConfig()));
  } catch (error) {
    console.error(isAppError(error) || error instanceof TypeError ? error.message : String((error as Error).stack ?? error));
    process.exitCode = 1;
  }
