import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import colours from 'picocolors';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { createOrm, type Orm } from '#db/orm.ts';
import { type Config, loadConfig } from '#src/config.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import { type Database, inWords } from '#src/database.ts';
import { bad, type Finding, ok, warn } from './finding.ts';
import { lookAtApi } from './look-at-api.ts';
import { lookAtBlobs } from './look-at-blobs.ts';
import { lookAtClock } from './look-at-clock.ts';
import { lookAtDatabase, lookAtDisk, lookAtQueue } from './look-at-database.ts';
import { lookAtEngine } from './look-at-engine.ts';
import { lookAtSlack } from './look-at-slack.ts';

const usage = `Usage: npm run doctor -- [--json], or doctor as the command of the image
Looks at settings, database, migrations, queue, store, engine, Slack, API and clocks, and says what to mend. Makes nothing and migrates nothing; the embedded
PostgreSQL, where there is one, is started for the look and stopped again. Ends with 1 when something is broken.`;

/** Says what it found on standard output; the exit code says whether something is broken. */
export const runDoctor = (args: string[]): Promise<void> => main(args).catch(tell);

const main = async (args: string[]): Promise<void> => {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return console.log(usage);
  const findings = await examine();
  console.log(values.json ? JSON.stringify(findings) : draw(findings));
  if (findings.some(({ state }) => state === 'bad')) process.exitCode = 1;
};

const examine = async (): Promise<Finding[]> => {
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    return [bad('Settings', isAppError(error) ? error.message : String(error), 'Every setting is in the README and in .env.example.')];
  }
  const [engine, slack, api, store] = await Promise.all([
    lookAtEngine(config),
    lookAtSlack(config),
    lookAtApi(config),
    lookAtBlobs(config),
  ]);
  const dates = { 'the engine’s': engine.date, 'Slack’s': slack.date };
  // A bot in a process of its own knows the API and nothing behind it.
  const behind = config.API_URL && !config.DATABASE_URL ? [] : await lookBehind(config, dates, slack.teamId);
  return [ok('Settings', 'can be read'), ...behind, ...store, ...engine.findings, ...slack.findings, ...api];
};

/** Nothing is migrated here: a doctor changes nothing. */
const lookBehind = async (config: Config, dates: Record<string, string | null>, teamId: string | null): Promise<Finding[]> => {
  await using stack = new AsyncDisposableStack();
  if (!config.DATABASE_URL && !(await hasCluster(config.DATA_DIR)))
    return [ok('Database', 'none yet: the first start makes one in DATA_DIR, unless DATABASE_URL names another')];
  try {
    const { orm, kind } = await open(config, stack);
    const first = await lookAtDatabase(orm, kind);
    const disk = kind === 'yours' ? [] : await lookAtDisk(config.DATA_DIR);
    if (first.some(({ state }) => state === 'bad')) return [...first, ...disk];
    return [...first, ...disk, ...(await lookAtQueue(orm)), ...(await lookAtTeam(orm, teamId)), ...(await lookAtClock(orm, dates))];
  } catch (error) {
    const known = inWords(error);
    if (!isAppError(known)) throw error;
    return [bad('Database', known.message, 'See "To production" in the README.')];
  }
};

const hasCluster = (dataDir: string): Promise<boolean> =>
  access(join(dataDir, 'postgres', 'PG_VERSION')).then(
    () => true,
    () => false,
  );

const open = async ({ DATABASE_URL, DATA_DIR }: Config, stack: AsyncDisposableStack): Promise<{ orm: Orm; kind: Database['kind'] }> => {
  const embedded = DATABASE_URL ? null : await startEmbeddedPostgres(DATA_DIR, { share: true });
  if (embedded) stack.defer(() => embedded.stop());
  const orm = await createOrm(DATABASE_URL ?? embedded?.url ?? '', { pool: 2 });
  stack.defer(() => orm.close());
  return { orm, kind: embedded ? 'embedded' : 'yours' };
};

/** A token of another Slack workspace would be let in by nobody. */
const lookAtTeam = async (orm: Orm, teamId: string | null): Promise<Finding[]> => {
  if (!teamId) return [];
  const workspaces = await orm.em.fork().find(Workspace, {});
  if (workspaces.some(({ slackTeamId }) => slackTeamId === teamId)) return [ok('Slack team', `${teamId} belongs to a workspace here`)];
  if (workspaces.some(({ slackTeamId }) => slackTeamId === null || slackTeamId === undefined))
    return [ok('Slack team', `${teamId} will belong to the workspace here with its first request`)];
  return [
    warn('Slack team', `${teamId} is not the team of any workspace here`, 'Use the bot token of the team this server was set up for.'),
  ];
};

const marks = { ok: colours.green('✓'), warn: colours.yellow('!'), bad: colours.red('✗') };

const draw = (findings: Finding[]): string => {
  const lines = findings.flatMap(({ state, about, says, mend }) => [
    `  ${marks[state]} ${about.padEnd(12)} ${says.replace(/\n/g, `\n${' '.repeat(17)}`)}`,
    ...(mend ? [`${' '.repeat(17)}${colours.dim(`→ ${mend}`)}`] : []),
  ]);
  const broken = findings.filter(({ state }) => state === 'bad').length;
  return ['', ...lines, '', broken === 0 ? '  Nothing is broken.' : `  ${broken} ${broken === 1 ? 'thing' : 'things'} to mend.`, ''].join(
    '\n',
  );
};

const tell = (error: unknown): void => {
  console.error(
    error instanceof AppError
      ? error.message
      : error instanceof TypeError
        ? `${error.message}\n${usage}`
        : String((error as Error).stack ?? error),
  );
  process.exitCode = 1;
};
