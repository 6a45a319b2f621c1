import { Log } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { type Db, queryRows } from '#db/orm.ts';
import { findLogsOfTicket } from './find-tickets.ts';

const MOST_LOGS = 10;

export type About = { ticket: string } | { changeId: string };

/** Logs with a problem that a ticket quotes, whichever came first, or that may be the work of a change; newest first, a few. */
export const findLogsAbout = async (db: Db, what: About, now: Date): Promise<Log[]> => {
  const named = 'ticket' in what ? { tickets: [what.ticket] } : { changes: [{ changeId: what.changeId }] };
  const noted = await queryRows(db, LogResult)
    .select('logId')
    .andWhere('normal is not null and normal @> ?::jsonb', [JSON.stringify(named)])
    .orderBy({ logId: 'desc' })
    .limit(MOST_LOGS)
    .execute<{ logId: string }[]>();
  const quoted = 'ticket' in what ? await findLogsOfTicket(db, Number(what.ticket.slice(2)), now) : [];
  const ids = [...new Set([...noted.map(({ logId }) => logId), ...quoted])];
  return ids.length === 0 ? [] : db.find(Log, { id: { $in: ids } }, { orderBy: { id: 'desc' }, limit: MOST_LOGS });
};
