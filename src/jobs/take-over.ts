import type { Log } from '#src/core/ports.ts';
import { ALIVE_LOCKS, type Query } from './alive-link.ts';

export type TakeOverOptions = { lostAfterMs: number; log: Log };

/**
 * Declares dead who has not said for `lostAfterMs` that it lives, or half as long when its connection is gone too, and gives back the jobs it
 * held. First its connections are cut: what it was about to write is not written, and a transaction it hangs in holds nobody up, not even
 * this. Each step stands by itself, so whoever comes next goes on where one broke off. Says whether there were jobs.
 */
export const takeOver = async (query: Query, ownId: string, { lostAfterMs, log }: TakeOverOptions): Promise<boolean> => {
  const lost = await query(declareLost, [ownId, lostAfterMs]);
  if (lost.length > 0) log.warn({ workers: lost.map(({ id, host }) => `${String(id)} on ${String(host)}`) }, 'workers were taken for dead');
  await query(cutConnections, [lostAfterMs]).catch((error: Error & { code?: string }) => {
    // Theirs are another role's, as after a change of password and user: whose work they hold is given back all the same.
    if (error.code !== FORBIDDEN) throw error;
    log.warn({ error: error.message }, 'connections of dead workers could not be cut');
  });
  const holders = (await query(findHolders, [ownId, lostAfterMs])).map(({ id }) => id);
  if (holders.length === 0) return false;
  await query('select graphile_worker.force_unlock_workers($1::text[])', [holders]);
  log.warn({ workers: holders }, 'work of dead workers was given back');
  return true;
};

const FORBIDDEN = '42501';

// As pg_locks shows the two numbers of pg_advisory_lock(int, int).
const isHeld = (id: string): string => `exists (
  select from pg_locks where locktype = 'advisory' and objsubid = 2 and classid = ${ALIVE_LOCKS}
    and objid = (hashtext(${id})::bigint & 4294967295)::oid and database = (select oid from pg_database where datname = current_database()))`;

const ago = (milliseconds: string): string => `clock_timestamp() - ${milliseconds} * interval '1 millisecond'`;

const declareLost = `update worker set lost_at = clock_timestamp()
  where id <> $1 and lost_at is null
    and (beat_at < ${ago('$2::float8')} or (beat_at < ${ago('$2::float8 / 2')} and not ${isHeld('worker.id')}))
  returning id, host`;

// Those of the dead, also what one takes that has not heard yet. A worker of a version that does not say that it lives has its lock only.
const findHolders = `select distinct held.locked_by as id
  from (select locked_by, locked_at from graphile_worker._private_jobs where locked_by is not null
        union all select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null) held
  left join worker on worker.id = held.locked_by
  where held.locked_by <> $1
    and (worker.lost_at is not null or (worker.id is null and held.locked_at < ${ago('$2::float8')} and not ${isHeld('held.locked_by')}))`;

// A process that has heard and begun anew needs its connections again.
const cutConnections = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()
    and right(application_name, 8) in (select process from worker group by process having max(lost_at) > ${ago('$1::float8')} and bool_and(lost_at is not null))`;
