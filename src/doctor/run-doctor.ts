import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import colours from 'picocolors';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { createOrm, type Orm } from '#db/orm.ts';
import { findBinaries } from '#db/postgres-package.ts';
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
  const say = (some: Finding[]): Finding[] => {
    if (!values.json && some.length > 0) console.log(draw(some));
    return some;
  };
  if (!values.json) console.log();
  const findings = (await Promise.all(examine().map((looking) => looking.then(say)))).flat();
  const broken = findings.filter(({ state }) => state === 'bad').length;
  if (values.json) console.log(JSON.stringify(findings));
  else console.log(broken === 0 ? '\n  Nothing is broken.\n' : `\n  ${broken} ${broken === 1 ? 'thing' : 'things'} to mend.\n`);
  process.exitCode = broken > 0 ? 1 : 0;
  // What was given up may still be waited for somewhere.
  if (broken > 0) setTimeout(() => process.exit(), LINGER_MS).unref();
};

/** Each part's findings, in the order they are told in where they are told together; none waits for another that takes long. */
const examine = (): Promise<Finding[]>[] => {
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    const says = isAppError(error) ? error.message : String(error);
    return [Promise.resolve([bad('Settings', says, 'Every setting is in the README and in .env.example.')])];
  }
  const engine = lookAtEngine(config);
  const slack = lookAtSlack(config);
  // A bot in a process of its own knows the API and nothing behind it.
  const behind = config.API_URL && !config.DATABASE_URL ? [] : [lookBehind(config, { engine, slack })];
  return [
    Promise.resolve([
      ok('Settings', 'can be read'),
      ...config.strange.map((sentence) => warn('Settings', sentence, 'Write the name as .env.example does.')),
    ]),
    ...behind,
    inTime('Store', lookAtBlobs(config)),
    inTime(
      'Engine',
      engine.then(({ findings }) => findings),
    ),
    inTime(
      'Slack',
      slack.then(({ findings }) => findings),
    ),
    inTime('API', lookAtApi(config)),
  ];
};

const LOOK_MS = 10_000;
// Our own may first have to be brought back from a crash.
const EMBEDDED_MS = 60_000;
const LINGER_MS = 2_000;

/** What it finds within ten seconds; that it found nothing in that time, or failed, is a finding, too. */
const inTime = async (
  about: string,
  looking: Promise<Finding[]>,
  mend = 'See docs/troubleshooting.md.',
  withinMs = LOOK_MS,
): Promise<Finding[]> => {
  const silence = Promise.withResolvers<Finding[]>();
  const timer = setTimeout(() => silence.resolve([bad(about, `no answer in ${withinMs / 1000} s`, mend)]), withinMs);
  try {
    return await Promise.race([looking, silence.promise]);
  } catch (error) {
    const [says] = String((error as Error)?.message ?? error).split('\n');
    return [bad(about, isAppError(error) ? error.message : `could not be looked at: ${says}`, isAppError(error) ? SEE : mend)];
  } finally {
    clearTimeout(timer);
  }
};

const SEE = 'See "To production" in the README.';
const HANGS = 'PostgreSQL takes the connection and hangs: look at its disk, its machine, and pg_stat_activity.';

type Others = { engine: ReturnType<typeof lookAtEngine>; slack: ReturnType<typeof lookAtSlack> };

/** Nothing is migrated here: a doctor changes nothing. */
const lookBehind = async (config: Config, { engine, slack }: Others): Promise<Finding[]> => {
  if (!config.DATABASE_URL && !(await hasCluster(config.DATA_DIR))) return inTime('Database', lookForProgram());
  const stack = new AsyncDisposableStack();
  const url = config.DATABASE_URL ?? '';
  const look = (about: string, ask: () => Promise<Finding[]>): Promise<Finding[]> =>
    inTime(
      about,
      ask().catch((error: unknown) => Promise.reject(inWords(error, url || 'postgres://localhost'))),
      HANGS,
      config.DATABASE_URL ? LOOK_MS : EMBEDDED_MS,
    );
  const disk = config.DATABASE_URL ? [] : await lookAtDisk(config.DATA_DIR);
  let orm: Orm | undefined;
  const first = await look('Database', async () => {
    const opened = await open(config, stack);
    orm = opened.orm;
    return lookAtDatabase(orm, opened.kind);
  });
  const findings = [...first, ...disk];
  if (orm && !first.some(({ state }) => state === 'bad')) {
    const sound = orm;
    findings.push(
      ...(await look('Queue', () => lookAtQueue(sound))),
      ...(await look('Slack team', async () => lookAtTeam(sound, config, (await slack).teamId))),
      ...(await look('Clock', async () => lookAtClock(sound, { 'the engine’s': (await engine).date, 'Slack’s': (await slack).date }))),
    );
  }
  await Promise.race([stack.disposeAsync(), sleep(LINGER_MS, undefined, { ref: false })]);
  return findings;
};

const lookForProgram = async (): Promise<Finding[]> => {
  await findBinaries();
  return [ok('Database', 'none yet: the first start makes one in DATA_DIR, unless DATABASE_URL names another')];
};

// One that this user may not look into is there: opening it says so.
const hasCluster = (dataDir: string): Promise<boolean> =>
  access(join(dataDir, 'postgres', 'PG_VERSION')).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'EACCES',
  );

const open = async ({ DATABASE_URL, DATA_DIR }: Config, stack: AsyncDisposableStack): Promise<{ orm: Orm; kind: Database['kind'] }> => {
  const embedded = DATABASE_URL ? null : await startEmbeddedPostgres(DATA_DIR, { share: true });
  if (embedded) stack.defer(() => embedded.stop());
  const orm = await createOrm(DATABASE_URL ?? embedded?.url ?? '', { pool: 2 });
  stack.defer(() => orm.close());
  return { orm, kind: embedded ? 'embedded' : 'yours' };
};

/** A token of another Slack workspace would be let in by nobody, and alerts are posted only where it is known which team is ours. */
const lookAtTeam = async (orm: Orm, { ALERTS_CHANNEL }: Config, teamId: string | null): Promise<Finding[]> => {
  const workspaces = await orm.em.fork().find(Workspace, {});
  const unknown = workspaces.some(({ slackTeamId }) => slackTeamId === null || slackTeamId === undefined);
  const silent =
    unknown && ALERTS_CHANNEL
      ? [warn('Alerts', 'are kept and not posted yet: nobody has used the bot in Slack', 'Type /aiops help in that channel, once.')]
      : [];
  if (!teamId) return silent;
  if (workspaces.some(({ slackTeamId }) => slackTeamId === teamId)) return [ok('Slack team', `${teamId} belongs to a workspace here`)];
  if (unknown) return [ok('Slack team', `${teamId} will belong to the workspace here with its first request`), ...silent];
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
  return lines.join('\n');
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
