import type { Incident } from '#db/entities/incident.ts';
import { Log } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import type { Db } from '#db/orm.ts';
import { AFTER_MS, timeAround } from './of-that-time.ts';

/** The newest logs of an incident's services from around its time, with what was found in them. `digest` is null while one is still read. */
export type IncidentLogs = { log: Log; result: LogResult | null }[];

const MOST_LOGS = 3;

export const findIncidentLogs = async (db: Db, incident: Incident): Promise<IncidentLogs> => {
  const { services } = incident;
  if (services.length === 0) return [];
  const { from, to } = timeAround(incident);
  const createdAt = { $gte: from, ...(to ? { $lte: to } : {}) };
  const status = { $nin: ['FAILED' as const, 'CANCELLED' as const] };
  const logs = await db.find(Log, { source: { $in: services }, createdAt, status }, { orderBy: { id: 'desc' }, limit: MOST_LOGS });
  const results = await db.find(LogResult, { logId: { $in: logs.map(({ id }) => id) } });
  return logs.map((log) => ({ log, result: results.find(({ logId }) => logId === log.id) ?? null }));
};

/** Incidents of a service that go on, or are over for so short a time that a log may still belong to them. */
export const findIncidentsOf = async (
  db: Db,
  { workspaceId, source, now }: { workspaceId: string; source: string; now: Date },
): Promise<string[]> => {
  const found = await db.getConnection().execute<{ id: string }[]>(
    // By an index for each side of "or": a log that names its service asks this each time.
    `select id from incident where workspace_id = ? and (resolved_at is null or resolved_at > ?) and services @> array[?]`,
    [workspaceId, new Date(now.getTime() - AFTER_MS), source],
    'all',
    db.getTransactionContext(),
  );
  return found.map(({ id }) => id);
};
