import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCrontab, run, type WorkerEvents, type WorkerPool } from 'graphile-worker';
import pg from 'pg';
import { guardPool, keptAlive } from '#db/hanging.ts';
import { isDatabaseAway } from '#src/core/database-away.ts';
import type { Log } from '#src/core/ports.ts';
import type { AnyJob } from './define-job.ts';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';
import { type HeldJobs, watchHeldJobs } from './held-jobs.ts';
import { createQueueLogger } from './queue-logger.ts';
import { createTaskList, type TaskListDeps } from './task-list.ts';

export type Worker = {
  /** It takes jobs, and could say so of late. */
  isReady(): boolean;
  stop(): Promise<void>;
};

export type WorkerDeps = Omit<TaskListDeps, 'signal' | 'holds' | 'isOurs' | 'lookAt'> & {
  url: string;
  /** Eight characters that tell this process from others; the names of its connections end with them. */
  process: string;
  concurrency: number;
  pool: number;
  /** Silent for so long, a worker is taken for dead and its jobs are given to others. */
  lostAfterMs: number;
  /** Lines of a crontab (UTC): jobs that come by the clock. One worker of all enqueues each. */
  crontab?: readonly string[];
};

const POLL_MS = 2_000;
const TAKEN_AHEAD = 4;
// What is not begun by then goes back, so that a process whose slots are busy for minutes keeps nothing from the others.
const HELD_MS = 1_000;
const AGAIN_MS = 1_000;
// A queue that breaks while it ends by itself may never say that it has.
const ENDING_MS = 12_000;
// Jobs that end within that time are taken off the queue by one query.
const DONE_TOGETHER_MS = 8;

/**
 * Starts working on jobs. `stop` lets running ones finish (they hear of it through their signal) and returns when they have. A worker that
 * others took for dead (its machine slept, say) drops what it holds, without a trace, and begins anew under another name.
 */
export const startWorker = async (jobs: readonly AnyJob[], deps: WorkerDeps): Promise<Worker> => {
  const stopping = new AbortController();
  const pool = createPool(deps, stopping.signal);
  const goodbye = tolerateGoodbye(deps.log);
  process.on('unhandledRejection', goodbye);
  let crew = await startCrew(jobs, deps, pool, stopping.signal).catch((error: unknown) => {
    stopping.abort();
    process.off('unhandledRejection', goodbye);
    // Not waited for: whoever broke off may hold a connection still.
    pool.end().catch(() => {});
    throw error;
  });
  const replacing = (async () => {
    while (!stopping.signal.aborted) {
      await Promise.race([crew.lost, once(stopping.signal, 'abort')]);
      await crew.stop();
      let told = false;
      while (!stopping.signal.aborted) {
        const next = await startCrew(jobs, deps, pool, stopping.signal).catch((error: Error) => {
          if (!told) deps.log.warn({ error: error.message }, 'work could not be taken up again; trying on');
          told = true;
          return sleep(AGAIN_MS, null);
        });
        if (!next) continue;
        crew = next;
        break;
      }
    }
    await crew.stop();
  })();
  return {
    isReady: () => !stopping.signal.aborted && crew.isReady(),
    async stop() {
      stopping.abort();
      await replacing;
      await pool.end();
      process.off('unhandledRejection', goodbye);
    },
  };
};

// When the database breaks while the queue ends, the queue says so where nobody can catch it; the jobs are given back all the same. Whatever
// else nobody catches ends the process, as it does without us.
const tolerateGoodbye =
  (log: Log) =>
  (reason: unknown): void => {
    if (!(reason instanceof Error && reason.message.startsWith('Error occurred whilst returning jobs from local queue'))) throw reason;
    log.warn({ error: reason.message }, 'the queue could not give jobs back; it is done for it');
  };

const createPool = ({ log, ...deps }: WorkerDeps, stopping: AbortSignal): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: deps.url,
    max: Math.max(deps.pool, deps.concurrency + 2),
    application_name: `ai-ops-assistant queue ${deps.process}`,
    ...keptAlive,
    // That a job was taken or done need not reach the disk at once: PostgreSQL loses commits only from the end, so after a power cut a job
    // whose end was lost is simply run again, and its results are there or are not along with it.
    onConnect: async (client) => {
      await client.query('set synchronous_commit = off');
    },
  });
  guardPool(pool, deps.url);
  connectPatiently(pool, stopping);
  // Without a handler, a connection that breaks while idle ends the process. Should the database be away, the heartbeat says so, once.
  const lost = (error: Error): void => {
    if (!stopping.aborted) log.info({ error: error.message }, 'queue connection lost');
  };
  pool.on('error', lost).on('connect', (client) => client.on('error', lost));
  return pool;
};

/** A queue that cannot write down that a job is done ends itself, and what it holds is done again: with its database away it waits instead. */
const connectPatiently = (pool: pg.Pool, stopping: AbortSignal): void => {
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const again = async (): Promise<pg.PoolClient> => {
    for (;;) {
      try {
        return await connect();
      } catch (error) {
        if (stopping.aborted || !isDatabaseAway(error)) throw error;
        await sleep(AGAIN_MS, undefined, { signal: stopping }).catch(() => {});
      }
    }
  };
  // The connection it listens on is asked for with a callback.
  Object.assign(pool, {
    connect: (done?: Done) => (done ? void again().then((client) => done(undefined, client, client.release), done) : again()),
  });
};

type Done = (error: Error | undefined, client?: pg.PoolClient, release?: pg.PoolClient['release']) => void;

type Crew = { /** Resolves when others took it for dead. */ lost: Promise<void>; isReady(): boolean; stop(): Promise<void> };

/** Where a newer version has brought the queue further than it understands, the queue ends, and gives the process an exit code: how that ends is not its to say. */
const takeBackExitCode = (): void => {
  if (process.exitCode === QUEUE_TOO_NEW) process.exitCode = undefined;
};
const QUEUE_TOO_NEW = 57;

const startCrew = async (jobs: readonly AnyJob[], deps: WorkerDeps, pool: pg.Pool, stopping: AbortSignal): Promise<Crew> => {
  const lost = new AbortController();
  const signal = AbortSignal.any([stopping, lost.signal]);
  const events = new EventEmitter() as WorkerEvents;
  const look = createLookOut(events, signal);
  const held = watchHeldJobs(events);
  // Until it listens, a job waits for the next poll.
  const listening = once(events, 'pool:listen:success');
  let heartbeat: Heartbeat | undefined;
  const runner = await run({
    events,
    pgPool: pool,
    concurrency: deps.concurrency,
    taskList: createTaskList(jobs, {
      ...deps,
      signal,
      holds: () => !lost.signal.aborted && (heartbeat?.holds() ?? true),
      isOurs: held.isOurs,
      lookAt: (time) => look.in(time.getTime() - Date.now()),
    }),
    parsedCronItems: parseCrontab(deps.crontab?.join('\n') ?? ''),
    noHandleSignals: true,
    pollInterval: POLL_MS,
    preset: {
      worker: {
        // What is written in batches is waited for at the end; otherwise a stop loses it, and job and queue stay locked for hours.
        completeJobBatchDelay: DONE_TOGETHER_MS,
        failJobBatchDelay: 0,
        // Waiting jobs are taken several at a time, which saves most of the queries that look for one.
        localQueue: { size: deps.concurrency * TAKEN_AHEAD, ttl: HELD_MS },
      },
    },
    logger: createQueueLogger(deps.log, lost.signal),
  }).finally(takeBackExitCode);
  // When it ends before, it will never say that it listens.
  await Promise.race([
    listening,
    runner.promise.then(() => {
      throw new Error('The queue ended before it had begun');
    }),
  ]);
  const onLost = (): void => {
    deps.log.warn({}, 'others took this worker for dead; it drops what it holds and begins anew');
    lost.abort();
  };
  heartbeat = await startHeartbeat(look.workerId(), { ...deps, held, onLost, lookForJobs: () => look.in(0) }).catch(
    async (error: unknown) => {
      await Promise.race([runner.stop().catch(() => {}), sleep(ENDING_MS, undefined, { ref: false })]);
      throw error;
    },
  );
  const onEnded = (): void => {
    if (signal.aborted) return;
    deps.log.warn({}, 'the queue ended by itself; it is begun anew');
    lost.abort();
  };
  // It ends by itself when a newer version has brought the queue further than this one understands, and when the database breaks while it gives jobs back.
  runner.promise.catch((error: Error) => deps.log.error({ error: error.message }, 'the queue broke')).finally(onEnded);
  events.once('pool:gracefulShutdown', () => {
    takeBackExitCode();
    void endsWhenIdle(held, ENDING_MS).then(onEnded);
  });
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    // Refused when it has ended already; what was given up is not waited for for ever.
    await Promise.race([runner.stop().catch(() => {}), ...(lost.signal.aborted ? [endsWhenIdle(held, ENDING_MS)] : [])]);
    await heartbeat?.stop();
  };
  return {
    lost: once(lost.signal, 'abort').then(() => {}),
    isReady: () => !lost.signal.aborted && (heartbeat?.isFresh() ?? false),
    stop: () => (stopped ??= stop()),
  };
};

// What a job wrote last is on its way.
const IDLE_MS = 500;

/** Resolves when no job is under way any more, after `longestMs` in any case. */
const endsWhenIdle = async (held: HeldJobs, longestMs: number): Promise<void> => {
  const begun = performance.now();
  do await sleep(IDLE_MS, undefined, { ref: false });
  while (held.underWay() > 0 && performance.now() - begun < longestMs);
};

/**
 * Looks for jobs when there should be some, where Graphile Worker would notice at its next poll: when the wait for another try is over, and
 * when a job of a named queue is done. (It looks for the next one while it still writes down that the last is done, and so sees none of
 * those that wait in its queue: two seconds that people waited for their second beat.)
 */
const createLookOut = (events: WorkerEvents, stopping: AbortSignal) => {
  let workers: WorkerPool | undefined;
  events.on('pool:create', ({ workerPool }) => {
    workers = workerPool;
  });
  const look = {
    workerId: (): string => workers?.id ?? '',
    in(milliseconds: number): void {
      // Far away, two seconds more do not matter, and the process may be another by then.
      if (milliseconds < 60_000) setTimeout(() => stopping.aborted || workers?.nudge(1), Math.max(0, milliseconds) + 1).unref();
    },
  };
  events.on('job:complete', ({ job }) => {
    // After a second a channel may be talked in again.
    if (job.job_queue_id !== null) for (const milliseconds of [DONE_TOGETHER_MS + 5, 60, 250, 1_150]) look.in(milliseconds);
  });
  return look;
};
