import type { Log } from '#src/core/ports.ts';
import type { Query } from './alive-link.ts';
import type { HeldJobs, Lock } from './held-jobs.ts';

export type KeepLocksOptions = { held: HeldJobs; graceMs: number; log: Log };

/**
 * Goes through the locks of this worker that are older than `graceMs`. What it holds is renewed from an hour on, as the queue takes every lock
 * of four hours for a dead worker's. What it does not (the answer to a fetch was lost, though the database had given the jobs out) is given
 * back: nobody else would, while this worker lives. Says whether there was any.
 */
export const keepLocks = async (query: Query, workerId: string, { held, graceMs, log }: KeepLocksOptions): Promise<boolean> => {
  const locks = (await query(findLocks, [workerId, graceMs])) as (Lock & { isOld: boolean })[];
  const strays = held.findStrays(locks, graceMs);
  const old = locks.filter((lock) => lock.isOld && !strays.includes(lock));
  if (old.length > 0) await query(renew, [workerId, idsOf(old)]);
  if (strays.length === 0) return false;
  held.disown(strays);
  await query(giveBack, [workerId, idsOf(strays), graceMs]);
  log.warn({ jobs: strays.length }, 'jobs that were on their way here and never came were given back');
  return true;
};

const idsOf = (locks: readonly Lock[]): string[] => locks.map(({ id }) => id);

const findLocks = `select id, locked_at as "lockedAt", locked_at < clock_timestamp() - interval '1 hour' as "isOld"
  from graphile_worker._private_jobs where locked_by = $1 and locked_at < clock_timestamp() - $2::float8 * interval '1 millisecond'`;

const renew = `with jobs as (
    update graphile_worker._private_jobs set locked_at = clock_timestamp() where locked_by = $1 and id = any($2::bigint[]) returning job_queue_id)
  update graphile_worker._private_job_queues set locked_at = clock_timestamp() where locked_by = $1 and id in (select job_queue_id from jobs)`;

// Nobody began it, so it is no try.
const giveBack = `with jobs as (
    update graphile_worker._private_jobs set locked_by = null, locked_at = null, attempts = greatest(0, attempts - 1)
    where locked_by = $1 and id = any($2::bigint[]) and locked_at < clock_timestamp() - $3::float8 * interval '1 millisecond' returning job_queue_id)
  update graphile_worker._private_job_queues set locked_by = null, locked_at = null where locked_by = $1 and id in (select job_queue_id from jobs)`;
