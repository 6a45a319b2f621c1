import { EventEmitter, once } from 'node:events';
import { Logger, parseCrontab, run, type WorkerEvents, type WorkerPool } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '#src/core/ports.ts';
import type { AnyJob } from './define-job.ts';
import { startRescue } from './rescue.ts';
import { createTaskList, type TaskListDeps } from './task-list.ts';

export type Worker = { stop(): Promise<void> };

export type WorkerDeps = Omit<TaskListDeps, 'signal' | 'lookAt'> & {
  url: string;
  concurrency: number;
  pool: number;
  /** Lines of a crontab (UTC): jobs that come by the clock. One worker of all enqueues each. */
  crontab?: readonly string[];
};

const POLL_MS = 2_000;
const TAKEN_AHEAD = 4;
// What is not begun by then goes back, so that a process whose slots are busy for minutes keeps nothing from the others.
const HELD_MS = 1_000;

/** Starts working on jobs. `stop` lets running ones finish (they hear of it through their signal) and returns when they have. */
export const startWorker = async (jobs: readonly AnyJob[], deps: WorkerDeps): Promise<Worker> => {
  const stopping = new AbortController();
  const pool = new pg.Pool({
    connectionString: deps.url,
    max: Math.max(deps.pool, deps.concurrency + 2),
    application_name: 'ai-ops-assistant queue',
    // That a job was taken or done need not reach the disk at once: PostgreSQL loses commits only from the end, so after a power cut a job
    // whose end was lost is simply run again, and its results are there or are not along with it.
    onConnect: async (client) => {
      await client.query('set synchronous_commit = off');
    },
  });
  // Without a handler, a connection that breaks while idle ends the process. While we stop, the database may be quicker than our goodbye.
  const lost = (error: Error): void => {
    if (!stopping.signal.aborted) deps.log.warn({ error: error.message }, 'queue connection lost');
  };
  pool.on('error', lost).on('connect', (client) => client.on('error', lost));
  const events = new EventEmitter() as WorkerEvents;
  const look = createLookOut(events, stopping.signal);
  // Until it listens, a job waits for the next poll.
  const listening = once(events, 'pool:listen:success');
  const runner = await run({
    events,
    pgPool: pool,
    concurrency: deps.concurrency,
    taskList: createTaskList(jobs, { ...deps, signal: stopping.signal, lookAt: (time) => look.in(time.getTime() - Date.now()) }),
    parsedCronItems: parseCrontab(deps.crontab?.join('\n') ?? ''),
    noHandleSignals: true,
    pollInterval: POLL_MS,
    preset: {
      worker: {
        // What is written in batches is waited for at the end; otherwise a stop loses it, and job and queue stay locked for hours.
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        // Waiting jobs are taken several at a time, which saves most of the queries that look for one.
        localQueue: { size: deps.concurrency * TAKEN_AHEAD, ttl: HELD_MS },
      },
    },
    logger: queueLogger(deps.log),
  });
  await listening;
  const rescue = await startRescue(look.workerId(), { url: deps.url, log: deps.log, lookForJobs: () => look.in(0) });
  return {
    async stop() {
      stopping.abort();
      await runner.stop();
      await rescue.stop();
      await pool.end();
    },
  };
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
    if (job.job_queue_id !== null) for (const milliseconds of [5, 50, 250, 1_150]) look.in(milliseconds);
  });
  return look;
};

// Of the queue's own words only the bad news matters to an operator.
const queueLogger = (log: Log): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error({ queue: message }, 'queue');
    if (level === 'warning') log.warn({ queue: message }, 'queue');
  });
