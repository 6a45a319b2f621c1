import type { Incident } from '#db/entities/incident.ts';
import { Log } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import type { Db } from '#db/orm.ts';
import { firstIdAt } from '#src/core/ids.ts';
import { AFTER_MS, BEFORE_MS, timeAround } from './of-that-time.ts';

/**
 * The newest logs of an incident's services from around its time, with what was found in them: by the time their lines say, or else by when they
 * came. `result` is null while one is still read. Those that came then and are of another time are behind them, and `ofThen` is false.
 */
export type IncidentLogs = { log: Log; result: LogResult | null; ofThen: boolean }[];

const MOST_LOGS = 3;

export const findIncidentLogs = async (db: Db, incident: Incident): Promise<IncidentLogs> => {
  const { services, workspaceId } = incident;
  if (services.length === 0) return [];
  const { from, to } = timeAround(incident);
  const sources = JSON.stringify(services);
  const found = await db
    .getConnection()
    .execute<{ id: string; of_then: boolean }[]>(
      findLogs,
      [
        workspaceId,
        firstIdAt('log', from.getTime()),
        to && firstIdAt('log', to.getTime() + 1),
        sources,
        workspaceId,
        sources,
        from,
        to,
        from,
        to,
      ],
      'all',
      db.getTransactionContext(),
    );
  const ids = found.map(({ id }) => id);
  const logs = await db.find(Log, { id: { $in: ids } });
  const results = await db.find(LogResult, { logId: { $in: ids } });
  return found.flatMap(({ id, of_then }) => {
    const log = logs.find((each) => each.id === id);
    return log ? [{ log, result: results.find(({ logId }) => logId === id) ?? null, ofThen: of_then }] : [];
  });
};

// By an index for each: when it came is in its id.
const findLogs = `with service_log as (
    (select id, first_at, last_at from log
     where workspace_id = ? and id >= ? and id < coalesce(?::text, 'log_z') and source = any(array(select json_array_elements_text(?::json))) and status not in ('FAILED', 'CANCELLED')
     order by id desc limit 50)
    union
    (select id, first_at, last_at from log
     where workspace_id = ? and source = any(array(select json_array_elements_text(?::json))) and last_at >= ? and first_at <= coalesce(?::timestamptz, 'infinity') and status not in ('FAILED', 'CANCELLED')
     order by id desc limit ${MOST_LOGS})
  )
  select id, last_at is null or (last_at >= ? and first_at <= coalesce(?::timestamptz, 'infinity')) as of_then from service_log order by of_then desc, id desc limit ${MOST_LOGS}`;

type ReadLog = { workspaceId: string; source: string; now: Date; firstAt: Date | null; lastAt: Date | null };

/** Incidents of a service that a log which has just been read may belong to: by the time its lines say, or because it came in their time. */
export const findIncidentsOf = async (db: Db, { workspaceId, source, now, firstAt, lastAt }: ReadLog): Promise<string[]> => {
  const [first, last] = [firstAt ?? now, lastAt ?? now];
  const before = (time: Date, ms: number): Date => new Date(time.getTime() - ms);
  const found = await db.getConnection().execute<{ id: string }[]>(
    // By an index for each side of the first "or": a log that names its service asks this each time.
    `select id from incident where workspace_id = ? and (resolved_at is null or resolved_at > ?) and services @> array[?]
       and (resolved_at is null or resolved_at > ? or (started_at <= ? and resolved_at >= ?))`,
    [
      workspaceId,
      before(first < now ? first : now, AFTER_MS),
      source,
      before(now, AFTER_MS),
      before(last, -BEFORE_MS),
      before(first, AFTER_MS),
    ],
    'all',
    db.getTransactionContext(),
  );
  return found.map(({ id }) => id);
};
