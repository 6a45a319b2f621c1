import { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import type { CreateTicket } from './store-ticket.ts';
import { isOver } from './ticket-state.ts';

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

/** The open ticket of the thread that is asked to be one (`oncePerThread`). Only with `lockTickets` does it stay the only one. */
export const findOpenInThread = async (db: Db, workspaceId: string, asked: CreateTicket): Promise<Ticket | undefined> => {
  const thread = asked.oncePerThread ? threadOf(asked) : undefined;
  return thread && (await findInThread(db, workspaceId, thread)).find(({ state }) => !isOver(state));
};

const threadOf = ({ origin, replyTo }: CreateTicket): { channel: string; ts: string } | undefined => {
  if (origin) return { channel: origin.channel, ts: (origin.kind === 'message' ? origin.threadTs : undefined) ?? origin.ts };
  return replyTo?.threadTs ? { channel: replyTo.channel, ts: replyTo.threadTs } : undefined;
};
