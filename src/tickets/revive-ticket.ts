import { Delivery } from '#db/entities/delivery.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { Actor } from '#src/core/actor.ts';
import type { Clock } from '#src/core/ports.ts';
import { announce } from '#src/webhooks/announce.ts';
import { findOpenInThread } from './find-in-thread.ts';
import { lockTickets } from './settings/settings.ts';
import type { CreateTicket } from './store-ticket.ts';
import { tellAll } from './telling/team-post.ts';
import { ticketJob } from './ticket-job.ts';

/**
 * Asked for again: one that was withdrawn is wanted back, unless its thread has become another ticket meanwhile, and one that could not be read
 * is read for whoever asks now. Every other stays as it is.
 */
export const reviveTicket = async (
  { orm, clock }: { orm: Orm; clock: Clock },
  actor: Actor,
  ticket: Ticket,
  asked: CreateTicket,
): Promise<{ ticket: Ticket; sameThread: boolean }> => {
  const withdrawn = ticket.state === 'WITHDRAWN';
  if (!withdrawn && !wasNeverRead(ticket)) return { ticket, sameThread: false };
  return forWorkspace(orm, actor.workspaceId).transactional(async (db) => {
    await lockTickets(db, actor.workspaceId);
    // Meanwhile its thread may be a ticket by another of its messages.
    const same = await findOpenInThread(db, actor.workspaceId, asked);
    if (same && same.id !== ticket.id) return { ticket: same, sameThread: true };
    const changed = await db.nativeUpdate(
      Ticket,
      { id: ticket.id, state: ticket.state, ...(withdrawn ? {} : { status: 'FAILED' }) },
      { state: 'NEW', status: 'QUEUED', failure: null, ...(asked.origin ? { origin: asked.origin } : {}), updatedAt: clock.now() },
    );
    if (changed > 0) {
      await answerWhoAsks(db, ticket.id, asked, clock.now());
      await recordAudit(db, actor, 'ticket.created_again', ticket.id);
      await addJob(db, ticketJob(ticket.origin ? 'collect-ticket' : 'triage-ticket', ticket, actor.requestId));
      await tellAll(db, ticket.id);
      await announce(db, ticket, 'TICKET_CREATED', actor.requestId);
    }
    return { ticket: await db.findOneOrFail(Ticket, { id: ticket.id }, { refresh: true }), sameThread: false };
  });
};

const wasNeverRead = ({ status, body, touched }: Ticket): boolean => status === 'FAILED' && body === '' && !touched;

/** Nothing was shown yet, so it is shown where it is asked for now. */
const answerWhoAsks = async (db: Db, subjectId: string, { replyTo }: CreateTicket, updatedAt: Date): Promise<void> => {
  if (replyTo)
    await db.nativeUpdate(Delivery, { subjectId, rootTs: null, messageTs: null }, { state: 'WAITING', replyTo, failure: null, updatedAt });
};
