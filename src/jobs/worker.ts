import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '#src/core/ports.ts';
import type { AnyJob } from './define-job.ts';
import { createTaskList, type TaskListDeps } from './task-list.ts';

export type Worker = { stop(): Promise<void> };

export type WorkerDeps = Omit<TaskListDeps, 'signal'> & { url: string; concurrency: number; pool: number };

/** Starts working on jobs. `stop` lets running ones finish (they hear of it through their signal) and returns when they have. */
export const startWorker = async (jobs: readonly AnyJob[], deps: WorkerDeps): Promise<Worker> => {
  const stopping = new AbortController();
  const pool = new pg.Pool({ connectionString: deps.url, max: Math.max(deps.pool, deps.concurrency + 2), application_name: 'ai-ops-assistant queue' });
  // Without a handler, a connection that breaks while idle ends the process.
  pool.on('error', (error) => deps.log.warn({ error: error.message }, 'queue connection lost'));
  pool.on('connect', (client) => client.on('error', (error) => deps.log.warn({ error: error.message }, 'queue connection lost')));
  const runner = await run({
    pgPool: pool,
    concurrency: deps.concurrency,
    taskList: createTaskList(jobs, { ...deps, signal: stopping.signal }),
    parsedCronItems: [],
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: queueLogger(deps.log),
  });
  return {
    async stop() {
      stopping.abort();
      await runner.stop();
      await pool.end();
    },
  };
};

// Of the queue's own words only the bad news matters to an operator.
const queueLogger = (log: Log): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error({ queue: message }, 'queue');
    if (level === 'warning') log.warn({ queue: message }, 'queue');
  });
