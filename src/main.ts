import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { createLog } from '#monitoring/log.ts';
import { type Config, loadConfig, startedByNpm } from './config.ts';
import { isAppError } from './core/errors.ts';
import { printStart } from './print-start.ts';
import { type Role, roles } from './roles.ts';

const usage = `Usage: npm start -- [api] [bot] [worker]     all three when none is named
       npm run migrate                       brings the database up to date and ends
       npm run doctor                        what is wrong with the set-up, and what to do
       npm run summarize -- FILE             one log, here in the terminal`;

const main = async (): Promise<void> => {
  // As the image's command, where there is no npm.
  if (process.argv[2] === 'doctor') return (await import('./doctor/run-doctor.ts')).runDoctor(process.argv.slice(3));
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(usage);
  const migrates = positionals[0] === 'migrate';
  const unknown = positionals.find((word) => !(roles as readonly string[]).includes(word));
  if (unknown && !migrates) return fail(`"${unknown}" is not something to start.\n${usage}`);
  const wanted = positionals.length > 0 ? (positionals as Role[]) : roles;
  const stop = untilAskedToStop();
  try {
    await (migrates ? migrateOnly(stop.signal) : serve(wanted, stop));
  } catch (error) {
    // What fails after a Ctrl-C during the start fails because everything is being closed.
    if (!stop.signal.aborted || stop.isPatient()) throw error;
    process.exitCode = stop.askedBy() === 'SIGTERM' ? 0 : INTERRUPTED;
  }
  // What was given up (a far database, a Slack out of reach) may still be waited for somewhere.
  if (stop.signal.aborted) process.exit();
};

const serve = async (wanted: readonly Role[], stop: Stop): Promise<void> => {
  const config = loadConfig(wanted);
  const tell = (text: string): unknown => process.stdout.isTTY && process.stdout.write(`\r\u001b[2K${text}`);
  tell('Starting …');
  const embedded = beginEmbedded(config, wanted, stop.signal);
  await embedded?.busy;
  const { startRuntime } = await import('./runtime.ts');
  const runtime = await startRuntime(config, wanted, embedded ? { embedded: embedded.started } : {}, stop.signal).finally(() => tell(''));
  stop.bePatient();
  printStart(runtime, wanted, config, performance.now() / 1000);
  const asked = stop.signal.aborted || once(stop.signal, 'abort');
  const lost = await Promise.race([asked, ...(runtime.database ? [runtime.database.lost] : [])]);
  if (isAppError(lost)) {
    setTimeout(() => process.exit(1), LOST_GRACE_MS);
    fail(lost.message);
    await runtime.stop({ delayMs: 0, graceMs: 0 }).catch(() => {});
    process.exit();
  }
  if (process.stdout.isTTY) console.log('Stopping; once more Ctrl-C does not wait.');
  // A person at a terminal wants it gone; a SIGTERM comes from whoever starts another in its place.
  const terminated = stop.askedBy() === 'SIGTERM';
  const how = terminated ? { delayMs: config.stopDelayMs, graceMs: config.STOP_GRACE_SECONDS * 1000 } : { delayMs: 0, graceMs: 0 };
  if (terminated) setTimeout(() => endAnyway(), how.delayMs + how.graceMs + CLOSE_MS).unref();
  await runtime.stop(how);
};

// Whoever waits for us kills us soon after: what still hangs (a database without an answer) will not end by itself, and others take over our jobs.
const endAnyway = (code?: number): void => {
  fail('Not everything could be closed in time: something it waits for, a database perhaps, gives no answer. Ending all the same.');
  process.exit(code);
};

/** The embedded PostgreSQL makes its files and starts while the rest of the program is loaded: each takes a second. */
const beginEmbedded = (config: Config, wanted: readonly Role[], signal: AbortSignal) => {
  if (config.DATABASE_URL || !(wanted.includes('api') || wanted.includes('worker'))) return null;
  const busy = Promise.withResolvers<void>();
  const log = createLog({ level: config.LOG_LEVEL });
  const started = startEmbeddedPostgres(config.DATA_DIR, { signal, log, onBusy: busy.resolve });
  // Why it did not start is heard of where it is waited for.
  return { started, busy: Promise.race([busy.promise, started.catch(() => {})]) };
};

const migrateOnly = async (signal: AbortSignal): Promise<void> => {
  await using stack = new AsyncDisposableStack();
  const { openDatabase } = await import('./database.ts');
  const { migrated } = await openDatabase(loadConfig(), stack, { share: true, signal });
  console.log(migrated.length > 0 ? `Ran ${migrated.join(', ')}.` : 'The database is up to date.');
};

type Stop = {
  signal: AbortSignal;
  /** From now on there is work to be finished, and a stop takes the time it takes. */
  bePatient(): void;
  isPatient(): boolean;
  askedBy(): NodeJS.Signals | undefined;
};

const INTERRUPTED = 130;
const START_GRACE_MS = 10_000;
const LOST_GRACE_MS = 5_000;
const CLOSE_MS = 5_000;
// npm passes on to us the Ctrl-C that the terminal has sent us already.
const SAME_KEYSTROKE_MS = 300;
const PARENT_MS = 500;

// The first signal stops cleanly; a second one, from somebody in a hurry, at once (the embedded PostgreSQL is told to end on exit).
const untilAskedToStop = (): Stop => {
  const asking = new AbortController();
  let askedAt = 0;
  let hurried: NodeJS.Timeout | undefined;
  let patient = false;
  let askedBy: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (asking.signal.aborted && performance.now() - askedAt > SAME_KEYSTROKE_MS) process.exit(INTERRUPTED);
    if (asking.signal.aborted) return;
    askedAt = performance.now();
    askedBy = signal;
    asking.abort();
    if (!patient) hurried = setTimeout(() => endAnyway(INTERRUPTED), START_GRACE_MS);
  };
  // SIGHUP: the terminal was closed.
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  // npm passes a SIGTERM on to its shell, which ends without telling us.
  if (startedByNpm()) {
    const { ppid } = process;
    setInterval(() => {
      if (process.ppid === ppid || asking.signal.aborted) return;
      // Otherwise nobody could tell later why it is gone.
      console.error('npm, which started this, has ended; stopping.');
      stop('SIGTERM');
    }, PARENT_MS).unref();
  }
  return {
    signal: asking.signal,
    isPatient: () => patient,
    askedBy: () => askedBy,
    bePatient() {
      patient = true;
      clearTimeout(hurried);
    },
  };
};

const fail = (sentence: string): void => {
  console.error(sentence);
  process.exitCode = 1;
};

// Expected trouble is a sentence; anything else is a bug, and then the trace is what helps.
main().catch((error: unknown) =>
  fail(isAppError(error) || isUsage(error) ? (error as Error).message : String((error as Error)?.stack ?? error)),
);

const isUsage = (error: unknown): boolean => String((error as { code?: unknown })?.code ?? '').startsWith('ERR_PARSE_ARGS');
