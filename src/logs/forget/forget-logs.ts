import { z } from 'zod';
import type { Orm } from '#db/orm.ts';
import { hasState, waitedInVain } from '#db/patiently.ts';
import { dropEmptyWeeks, makeWeeks } from '#db/weeks.ts';
import { isAppError } from '#src/core/errors.ts';
import { firstIdAt } from '#src/core/ids.ts';
import type { BlobStore, Clock, Log } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';

export type ForgetDeps = { orm: Orm; clock: Clock; blobs: BlobStore; keep: { textDays: number | undefined; logDays: number | undefined } };

const DAY_MS = 24 * 60 * 60_000;
const MOST_AT_ONCE = 100;

/**
 * Forgets what is older than the settings say: the text of a log first, then the log with all that was found in it. One still worked on stays. Then it
 * drops the weeks of texts in which nothing is left, and makes those to come.
 */
export const createForgetLogs = ({ orm, clock, blobs, keep }: ForgetDeps) =>
  defineJob({
    name: 'forget-logs',
    payload: z.object({}).loose(),
    async run(_payload, { signal, log }) {
      const steps = [
        [keep.logDays, forgetWhole],
        [keep.textDays, forgetText],
      ] as const;
      for (const [days, forget] of steps) {
        if (days === undefined) continue;
        const before = firstIdAt('log', clock.now().getTime() - days * DAY_MS);
        for (let more = true; more; ) {
          signal.throwIfAborted();
          const { logs, keys } = await forget(orm, before, clock.now());
          await deleteBlobs(blobs, keys, log);
          more = logs > 0;
        }
      }
      await turnWeeks(orm, { now: clock.now(), keptDays: keep.textDays ?? keep.logDays, signal, log });
    },
  });

const byWeek = { table: 'log_chunk', key: 'log_id', refersTo: 'log', prefix: 'log' } as const;

type Turn = { now: Date; keptDays: number | undefined; signal: AbortSignal; log: Log };

/** Weeks that are over and empty are dropped, those to come are made: not where texts are kept for ever, since what is never dropped need not be apart. */
const turnWeeks = async (orm: Orm, { now, keptDays, signal, log }: Turn): Promise<void> => {
  try {
    const dropped = await dropEmptyWeeks(orm, byWeek, { now, signal });
    const made = keptDays === undefined ? [] : await makeWeeks(orm, byWeek, { now, keptDays, signal });
    if (dropped.length + made.length > 0) log.info({ dropped, made }, 'partitions of log_chunk');
  } catch (error) {
    if (!waitedInVain(error) && !hasState(error, NOT_THIS_NIGHT)) throw error;
    log.warn(
      { error: (error as Error).message },
      'the partitions of log_chunk stay as they are until tomorrow: what belongs to none goes to the default one',
    );
  }
};

// Not ours to change, rows of that time there already (a clock that goes wrong), made by another worker meanwhile.
const NOT_THIS_NIGHT = ['42501', '23514', '42P07'];

type Forgotten = { logs: number; keys: string[] };

const finished = `status in ('SUCCEEDED', 'FAILED', 'CANCELLED')`;

/** Ids sort by time, so the oldest texts are the first of their index, and what has none is not looked at. */
const forgetText = (orm: Orm, before: string, now: Date): Promise<Forgotten> =>
  run(
    orm,
    `with old as (
       select id from log where id in (
         select distinct chunk.log_id from log_chunk chunk join log on log.id = chunk.log_id
         where chunk.log_id < ? and log.${finished} order by 1 limit ${MOST_AT_ONCE}
       ) and ${finished} for update
     ), marked as (
       update log set text_deleted_at = ? where id in (select id from old) returning id
     ), gone as (
       delete from log_chunk where log_id in (select id from marked) returning blob_key
     )
     select (select count(*)::int from marked) as logs, array(select blob_key from gone where blob_key is not null) as keys`,
    [before, now],
  );

/** Rows that speak of a log go with it; what is on record about it (calls of engines, the audit trail) stays. */
const forgetWhole = (orm: Orm, before: string): Promise<Forgotten> =>
  run(
    orm,
    `with old as (
       select id from log where id < ? and ${finished} order by id limit ${MOST_AT_ONCE} for update
     ), keys as (
       select blob_key from log_chunk where log_id in (select id from old) and blob_key is not null
     ), shown as (
       delete from delivery where subject_id in (
         select id from old union all select id from log_question where log_id in (select id from old)
       )
     ), gone as (
       delete from log where id in (select id from old) returning id
     )
     select (select count(*)::int from gone) as logs, array(select blob_key from keys) as keys`,
    [before],
  );

const run = async (orm: Orm, statement: string, values: unknown[]): Promise<Forgotten> => {
  const [row] = await orm.em.fork().getConnection().execute<Forgotten[]>(statement, values);
  return row ?? { logs: 0, keys: [] };
};

/** The rows are gone; an object that stays is found by the sweep. */
const deleteBlobs = (blobs: BlobStore, keys: string[], log: Log): Promise<void> =>
  blobs.delete(keys).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    log.warn({ code: error.code, objects: keys.length }, 'texts of forgotten logs could not be deleted yet');
  });
