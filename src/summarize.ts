import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import colours from 'picocolors';
import { Log, type WorkFailure } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { createNotices } from '#db/notices.ts';
import { forWorkspace } from '#db/orm.ts';
import { createLog } from '#monitoring/log.ts';
import { ensureDefaultWorkspace } from './auth/workspaces.ts';
import { createBlobs } from './blobs/create-blobs.ts';
import { type Config, callersFolder, loadConfig } from './config.ts';
import { type Actor, scopesOfRole } from './core/actor.ts';
import { databaseAway } from './core/database-away.ts';
import { AppError, isAppError } from './core/errors.ts';
import { newId } from './core/ids.ts';
import type { InsteadBecause } from './core/ports.ts';
import { type Database, openDatabase } from './database.ts';
import { createBuiltinEngine } from './engine/builtin.ts';
import { createEngine } from './engine/create-engine.ts';
import { spendingOf } from './engine/spending.ts';
import { newProcessName } from './jobs/process-name.ts';
import { startWorker } from './jobs/worker.ts';
import { createDigestRunner } from './logs/digest-runner.ts';
import { createLogJobs } from './logs/jobs.ts';
import { type Beside, findLinks, toReport } from './logs/render-log.ts';
import { createLogService } from './logs/service.ts';
import { summarizeInstead } from './logs/summarize-instead.ts';
import { verifySummary } from './logs/verify/verify-summary.ts';
import { shownDigest } from './logs/wording/shown-digest.ts';
import { type DrawOptions, drawReport } from './terminal/draw-report.ts';
import { createProgressBar, type ProgressBar } from './terminal/progress-bar.ts';

const usage = `Usage: npm run summarize -- FILE [--json] [--title TEXT] [--source NAME]
       some-command | npm run summarize -- -
Reads plain text, gzip or zstd. The log and its summary are kept in the same database the server uses.`;

type Found = { log: Log; result: LogResult | null; beside: Beside };
type Options = { file: string; json: boolean; title: string | undefined; source: string | undefined };

const INTERRUPTED = 130;
const CLOSE_WITHIN_MS = 10_000;
// Tries of the engine that begin within that time after the patterns are waited for; a server has longer.
const PATIENCE_MS = 5_000;
// Whoever waits longer for an engine reads the patterns meanwhile.
const FIRST_BEAT_MS = 2_000;

// What fails from then on, or ends without a result, does so because everything is being closed.
let interrupted = false;

const main = async (): Promise<void> => {
  const options = parseOptions();
  if (options === 'help') return console.log(usage);
  if (!options) {
    console.error(usage);
    process.exitCode = 1;
    return;
  }
  const config = loadConfig();
  const bar = createProgressBar(process.stderr);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => bar.stop());
  const input = await openInput(options.file);
  bar.show('Starting', 0);
  const opening = openDatabase(config, stack, { share: true });
  // Ctrl-C, or a terminal that is closed, lets the database close cleanly, once it is open; a second one does not wait.
  const stop = (): void => {
    if (interrupted) process.exit(INTERRUPTED);
    interrupted = true;
    process.on('uncaughtException', () => {});
    setTimeout(() => process.exit(INTERRUPTED), CLOSE_WITHIN_MS);
    bar.stop();
    const close = () => stack.disposeAsync();
    void opening.then(close, close).finally(() => process.exit(INTERRUPTED));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  const { log, result, beside } = await summarize(config, await opening, input, options, bar, stack);
  if (interrupted) return;
  bar.stop();
  print(log, result, beside, options);
  if (log.status !== 'SUCCEEDED') process.exitCode = 1;
};

const summarize = async (
  config: Config,
  { orm, url }: Database,
  input: Input,
  options: Options,
  bar: ProgressBar,
  stack: AsyncDisposableStack,
): Promise<Found> => {
  const notices = createNotices(url);
  stack.defer(() => notices.close());
  const clock = { now: () => new Date() };
  const blobs = await createBlobs(config);
  stack.defer(() => blobs.close());
  const logs = createLogService({ orm, notices, clock, blobs, limits: { maxUnpackRatio: config.MAX_UNPACK_RATIO } });
  const actor = await createActor(orm);
  const bytes = watched(input, (share) => bar.show('Reading', share));
  const { log } = await logs.submitLog(actor, {
    content: { kind: 'bytes', bytes, maxBytes: config.MAX_LOG_BYTES },
    entry: 'TERMINAL',
    title: options.title,
    fileName: input.name,
    source: options.source,
  });

  const digest = createDigestRunner({ threads: config.DIGEST_THREADS });
  stack.defer(() => digest.close());
  const limits = { maxBytes: config.MAX_LOG_BYTES, maxUnpackRatio: config.MAX_UNPACK_RATIO };
  const engine = await createEngine(config, spendingOf(config, { orm, clock }));
  const jobs = createLogJobs({
    orm,
    clock,
    chat: null,
    engine,
    limits,
    memoryDays: config.LOG_MEMORY_DAYS,
    blobs,
    keep: { textDays: config.LOG_TEXT_DAYS, logDays: config.LOG_DAYS },
    digest: digest.run,
    verify: verifySummary,
  });
  const starting = startWorker(jobs, {
    orm,
    url,
    log: createLog({ level: config.LOG_LEVEL === 'warn' ? 'silent' : config.LOG_LEVEL }),
    observer: { started() {}, finished() {} },
    concurrency: 2,
    pool: 4,
    process: newProcessName(),
    lostAfterMs: config.WORKER_LOST_SECONDS * 1000,
    retryScale: 1,
  });
  // An interrupt while it begins waits for it: the database must not be closed under it.
  stack.defer(async () => (await starting.catch(() => null))?.stop());
  await starting;

  const db = forWorkspace(orm, actor.workspaceId);
  const find = async (now: Log): Promise<Found> => {
    const result = await db.findOne(LogResult, { logId: now.id }, { disableIdentityMap: true });
    return { log: now, result, beside: await findLinks(db, now, result, null) };
  };
  const instead = async (now: Log, { code, message }: WorkFailure): Promise<void> => {
    const { lead, because } = outcomes[code] ?? {};
    bar.aside(() => console.error(`${engine.model} ${lead}: ${message} The built-in engine writes the summary.`));
    const deps = { orm, clock, engine: createBuiltinEngine(), verify: verifySummary };
    await summarizeInstead(deps, now, { model: engine.model, because });
  };
  const isOver = createPatience();
  let last = log;
  let firstBeat: { end(): Promise<void> } | undefined;
  for await (const now of logs.watchLog(actor, log.id)) {
    last = now;
    bar.show(describe(now), now.progress);
    if (now.status === 'DIGESTED' && !engine.local) firstBeat ??= later(FIRST_BEAT_MS, async () => printFirstBeat(await find(now), bar));
    if (now.failure && isOver(now)) await instead(now, now.failure);
  }
  await firstBeat?.end();
  const { status, failure } = last;
  if (status !== 'FAILED' || !failure || !outcomes[failure.code]) return find(last);
  await instead(last, failure);
  return find((await db.findOne(Log, { id: log.id }, { disableIdentityMap: true })) ?? last);
};

/** What became of a model that gave no summary, by the code of its failure. */
const outcomes: Partial<Record<string, { lead: string; because: InsteadBecause | undefined }>> = {
  ENGINE_UNAVAILABLE: { lead: 'does not answer', because: 'UNAVAILABLE' },
  ENGINE_RATE_LIMITED: { lead: 'does not answer', because: 'UNAVAILABLE' },
  ENGINE_DENIED: { lead: 'could not be used', because: 'DENIED' },
  ENGINE_REFUSED: { lead: 'was not used', because: 'REFUSED' },
  ENGINE_BAD_ANSWER: { lead: 'was not used', because: 'BAD_ANSWER' },
  ENGINE_BUDGET: { lead: 'was not asked', because: undefined },
};

/** Whether the engine was waited for long enough, here, where nobody can be answered later. */
const createPatience = () => {
  let since: number | undefined;
  return ({ status, failure }: Log): boolean => {
    if (status !== 'DIGESTED') return false;
    since ??= Date.now();
    return Boolean(failure?.retryAt) && new Date(failure?.retryAt ?? 0).getTime() - since > PATIENCE_MS;
  };
};

/** Acts in `ms`, unless it is ended before; whoever ends it waits for what has begun. */
const later = (ms: number, act: () => Promise<void>): { end(): Promise<void> } => {
  let begun = Promise.resolve();
  const timer = setTimeout(() => {
    // What could not be read now is in the answer at the end.
    begun = act().catch(() => {});
  }, ms);
  return {
    end() {
      clearTimeout(timer);
      return begun;
    },
  };
};

/** On stderr, so that whoever pipes the answer on gets one. */
const printFirstBeat = ({ log, result, beside }: Found, bar: ProgressBar): void => {
  bar.aside(() => console.error(drawReport(toReport(log, result, beside), drawingFor(process.stderr))));
};

const describe = ({ status, failure }: Log): string => {
  if (failure?.retryAt) return `Waiting for the engine (again at ${new Date(failure.retryAt).toLocaleTimeString()})`;
  return status === 'DIGESTED' ? 'Writing the summary' : 'Finding patterns';
};

const createActor = async (orm: Parameters<typeof ensureDefaultWorkspace>[0]): Promise<Actor> => ({
  workspaceId: (await ensureDefaultWorkspace(orm)).id,
  id: 'terminal',
  role: 'ADMIN',
  scopes: scopesOfRole.ADMIN,
  actingFor: null,
  requestId: newId('req'),
});

type Input = { name: string /** Null for a pipe. */; size: number | null; bytes: AsyncIterable<Uint8Array> };

const openInput = async (file: string): Promise<Input> => {
  if (file === '-') {
    if (process.stdin.isTTY)
      throw new AppError('BAD_INPUT', 'Nothing is piped in. Name a file, or pipe a log: some-command | npm run summarize -- -');
    return { name: 'Standard input', size: null, bytes: process.stdin };
  }
  const path = resolve(callersFolder(), file);
  try {
    const handle = await open(path);
    await handle.close();
    const found = await stat(path);
    if (found.isDirectory()) throw new AppError('BAD_INPUT', `${file} is a folder; name one file in it.`);
    return {
      name: basename(file),
      size: found.isFile() ? found.size : null,
      bytes: createReadStream(path, { highWaterMark: 1024 * 1024 }),
    };
  } catch (error) {
    if (isAppError(error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new AppError('BAD_INPUT', code === 'ENOENT' ? `There is no file ${file} here.` : `${file} could not be read (${code}).`, {
      cause: error,
    });
  }
};

async function* watched({ bytes, size }: Input, tell: (share: number) => void): AsyncIterable<Uint8Array> {
  let read = 0;
  for await (const piece of bytes) {
    read += piece.length;
    tell(size ? read / size : 0);
    yield piece;
  }
}

const print = (log: Log, result: LogResult | null, beside: Beside, { json }: Options): void => {
  if (json) {
    printJson(log, result);
    return;
  }
  console.log(drawReport(toReport(log, result, beside), drawingFor(process.stdout)));
};

const drawingFor = ({ isTTY, columns }: NodeJS.WriteStream): DrawOptions => ({
  colour: isTTY === true && colours.isColorSupported,
  width: Math.min(columns ?? 100, 120),
});

const printJson = ({ id, title, status, bytes, lineCount, failure }: Log, result: LogResult | null): void => {
  const { summary = null, digest = null, receipt = null } = result ?? {};
  console.log(JSON.stringify({ id, title, status, bytes, lineCount, failure, summary, digest: digest && shownDigest(digest), receipt }));
};

/** Null when no file is named. */
const parseOptions = (): Options | 'help' | null => {
  const { values, positionals } = readArgs();
  const [file, ...more] = positionals;
  if (values.help) return 'help';
  if (file === undefined) return null;
  if (more.length > 0) throw new AppError('BAD_INPUT', `One file at a time, please.\n${usage}`);
  return { file, json: values.json, title: values.title, source: values.source };
};

const readArgs = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        title: { type: 'string' },
        source: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    // Node's own sentence is about how programs are written.
    const option = /'(-[^\s']+)/.exec((cause as Error).message)?.[1];
    const needs = (cause as { code?: unknown }).code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE';
    throw new AppError(
      'BAD_INPUT',
      `${option} ${needs ? 'needs a value behind it, or takes none' : 'is not something this knows'}.\n${usage}`,
      { cause },
    );
  }
};

main().catch((error: unknown) => {
  if (interrupted) return;
  const expected = isAppError(error) ? error : databaseAway(error);
  console.error(expected ? expected.message : String((error as Error).stack ?? error));
  process.exitCode = 1;
});
