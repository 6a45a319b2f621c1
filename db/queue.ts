import { currentTrace } from '#src/core/trace.ts';
import type { Db } from './orm.ts';

export type JobSpec = {
  name: string;
  payload: Record<string, unknown>;
  /** Not before. */
  runAt?: Date | undefined;
  /** Tries by the queue itself, for crashes; retries by kind of error are the job kit's. */
  maxAttempts?: number | undefined;
  /** A waiting job with the same key is replaced. */
  key?: string | undefined;
  /**
   * What an existing job of the same key changes: 'keep-time' replaces it but leaves its time, for it may be a try that was told to wait;
   * 'once' adds nothing, also while it is running (and takes a quarter of the time: 0.12 against 0.5 ms).
   */
  onSameKey?: 'keep-time' | 'once' | undefined;
  /** Jobs of one queue run one after another. */
  queue?: string | undefined;
  /** Smaller runs first. */
  priority?: number | undefined;
};

/** Enqueues inside the entity manager's transaction (law 1): the job exists exactly if the rows do. */
export const addJob = async (db: Db, job: JobSpec): Promise<void> => {
  const given = jobArguments(job);
  const text = `select graphile_worker.add_job(${given.map(([name, type]) => `${name} => ?::${type}`).join(', ')})`;
  await db.getConnection().execute(
    text,
    given.map(([, , value]) => value),
    'run',
    db.getTransactionContext(),
  );
};

/** A job as the arguments of graphile_worker.add_job: name, SQL type, value. */
export const jobArguments = (job: JobSpec): [name: string, type: string, value: unknown][] => {
  const trace = currentTrace();
  const given: [string, string, unknown][] = [
    ['identifier', 'text', job.name],
    ['payload', 'json', JSON.stringify(trace ? { ...job.payload, trace } : job.payload)],
  ];
  if (job.queue !== undefined) given.push(['queue_name', 'text', job.queue]);
  if (job.runAt !== undefined) given.push(['run_at', 'timestamptz', job.runAt]);
  if (job.maxAttempts !== undefined) given.push(['max_attempts', 'int', job.maxAttempts]);
  if (job.key !== undefined) given.push(['job_key', 'text', job.key]);
  if (job.onSameKey) given.push(['job_key_mode', 'text', job.onSameKey === 'once' ? 'unsafe_dedupe' : 'preserve_run_at']);
  if (job.priority !== undefined) given.push(['priority', 'int', job.priority]);
  return given;
};

/** Deliveries in the queue, and how long the oldest one that shows nothing yet has waited. A look-up by key for each; the rest is not read. */
export const outboxDepth = async (orm: { em: { fork(): Db } }): Promise<{ count: number; oldestSeconds: number | null }> => {
  const [row] = await orm.em
    .fork()
    .getConnection()
    .execute<[{ count: number; oldestSeconds: number | null }]>(
      `select count(*)::int as count,
        extract(epoch from max(now() - delivery.created_at) filter (where delivery.message_ts is null))::float8 as "oldestSeconds"
       from graphile_worker.jobs job join delivery on delivery.id = substr(job.key, length('deliver:') + 1)
       where job.task_identifier = 'deliver'`,
    );
  return row;
};

/**
 * Jobs in the queue by task and state, and how long the oldest of them has been due. Only what is `ready` can be begun by one worker more: `behind`
 * waits for another of its queue to end (in a channel, messages go one after another), and `dead` was given up after crash upon crash.
 */
export const queueDepth = (orm: {
  em: { fork(): Db };
}): Promise<{ task: string; state: string; count: number; oldestSeconds: number | null }[]> =>
  orm.em
    .fork()
    .getConnection()
    .execute(
      `with busy as (select distinct queue_name from graphile_worker.jobs where locked_at is not null and queue_name is not null)
       select task_identifier as task,
        case when locked_at is not null then 'running'
          when attempts >= max_attempts then 'dead'
          when run_at > now() then 'scheduled'
          when queue_name in (select queue_name from busy) then 'behind'
          else 'ready' end as state,
        count(*)::int as count,
        extract(epoch from max(now() - run_at) filter (where locked_at is null and run_at <= now()))::float8 as "oldestSeconds"
       from graphile_worker.jobs group by 1, 2`,
    );
