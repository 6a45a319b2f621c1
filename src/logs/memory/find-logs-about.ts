import { Log } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import type { Db } from '#db/orm.ts';
import { findLogsOfTicket } from './find-tickets.ts';

const MOST_LOGS = 10;

export type About = { ticket: string } | { changeId: string };

/** Logs with a problem that a ticket quotes, whichever came first, or that may be the work of a change; newest first, a few. */
export const findLogsAbout = async (db: Db, workspaceId: string, what: About, now: Date): Promise<Log[]> => {
  const named = 'ticket' in what ? { tickets: [what.ticket] } : { changes: [{ changeId: what.changeId }] };
  const noted = await db
    .createQueryBuilder(LogResult)
    .select('logId')
    .where('normal is not null and normal @> ?::jsonb', [JSON.stringify(named)])
    .andWhere({ workspaceId })
    .orderBy({ logId: 'desc' })
    .limit(MOST_LOGS)
    .execute<{ logId: string }[]>();
  const quoted = 'ticket' in what ? await findLogsOfTicket(db, { workspaceId, number: Number(what.ticket.slice(2)) }, now) : [];
  const ids = [...new Set([...noted.map(({ logId }) => logId), ...quoted])];
  return ids.length === 0 ? [] : db.find(Log, { id: { $in: ids } }, { orderBy: { id: 'desc' }, limit: MOST_LOGS });
};
