import { LockMode } from '@mikro-orm/core';
import { Ticket } from '#db/entities/ticket.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import type { JobFailure } from '#src/jobs/define-job.ts';
import { announce } from '#src/webhooks/announce.ts';
import { answerBy } from './due.ts';
import { firstPriority } from './prediction/first-priority.ts';
import { ensureSettings } from './settings/settings.ts';
import { callIfFree } from './telling/call-team.ts';
import { tellAll } from './telling/team-post.ts';

/** For jobs' giveUp: the ticket stays and waits for a human, and says why. */
export const createTicketFailure =
  ({ orm, clock }: { orm: Orm; clock: Clock }) =>
  async ({ ticketId, workspaceId }: { ticketId: string; workspaceId: string }, { id, code, message }: JobFailure): Promise<void> => {
    await forWorkspace(orm, workspaceId).transactional(async (db) => {
      const now = clock.now();
      const ticket = await db.findOne(Ticket, { id: ticketId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!ticket) return;
      const settings = await ensureSettings(db, workspaceId, now);
      Object.assign(ticket, { status: 'FAILED', failure: { id, code, message, retryAt: null }, updatedAt: now });
      const isNew = ticket.state === 'NEW';
      if (isNew) ticket.state = 'NEEDS_HUMAN';
      // Its words alone say how urgent it is.
      if (!ticket.priority && ticket.body) Object.assign(ticket, { priority: firstPriority(ticket), priorityBy: 'MODEL' });
      ticket.dueAt ??= answerBy(ticket, ticket.createdAt, settings);
      await db.flush();
      if (isNew) await callIfFree(db, ticket, settings, now);
      await tellAll(db, ticketId);
      await announce(db, { id: ticketId, workspaceId }, 'TICKET_TRIAGED');
    });
  };
