import { Ticket } from '#db/entities/ticket.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import type { JobFailure } from '#src/jobs/define-job.ts';
import { announce } from '#src/webhooks/announce.ts';
import { tellAll } from './telling/team-post.ts';

/** For jobs' giveUp: the ticket stays and waits for a human, and says why. */
export const createTicketFailure =
  ({ orm, clock }: { orm: Orm; clock: Clock }) =>
  async ({ ticketId, workspaceId }: { ticketId: string; workspaceId: string }, { id, code, message }: JobFailure): Promise<void> => {
    await forWorkspace(orm, workspaceId).transactional(async (db) => {
      await db.nativeUpdate(
        Ticket,
        { id: ticketId },
        { status: 'FAILED', failure: { id, code, message, retryAt: null }, updatedAt: clock.now() },
      );
      await db.nativeUpdate(Ticket, { id: ticketId, state: 'NEW' }, { state: 'NEEDS_HUMAN' });
      await tellAll(db, ticketId);
      await announce(db, { id: ticketId, workspaceId }, 'TICKET_TRIAGED');
    });
  };
