import { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';

/** Tickets made of a message in a thread, and those answered there (made in a form, by a command or of a message elsewhere); newest first. */
export const findInThread = async (db: Db, workspaceId: string, { channel, ts }: { channel: string; ts: string }): Promise<Ticket[]> => {
  const rows = await queryPrepared<{ id: string }>(
    db,
    `select id from ticket where workspace_id = ? and origin->>'channel' = ? and coalesce(origin->>'threadTs', origin->>'ts') = ?
     union select subject_id from delivery
       where workspace_id = ? and reply_to->>'channel' = ? and coalesce(root_ts, reply_to->>'threadTs') = ? and subject_id ~ '^tkt_[0-9a-z]+$'`,
    [workspaceId, channel, ts, workspaceId, channel, ts],
  );
  return rows.length === 0 ? [] : db.find(Ticket, { id: { $in: rows.map(({ id }) => id) } }, { orderBy: { id: 'desc' } });
};
