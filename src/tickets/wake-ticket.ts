import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Ticket } from '#db/entities/ticket.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { announce } from '#src/webhooks/announce.ts';
import { answerBy } from './due.ts';
import { ensureSettings } from './settings/settings.ts';
import { callIfFree } from './telling/call-team.ts';
import { noteInThread } from './telling/note.ts';
import { tellAll } from './telling/team-post.ts';
import { wakeJob } from './ticket-job.ts';

/** Brings a snoozed ticket back when its time is over. */
export const createWakeTicket = ({ orm, clock }: { orm: Orm; clock: Clock }) =>
  defineJob({
    name: 'wake-ticket',
    payload: z.object({ ticketId: z.string(), workspaceId: z.string() }),
    async run({ ticketId, workspaceId }, { requestId }) {
      await forWorkspace(orm, workspaceId).transactional(async (db) => {
        const ticket = await db.findOne(Ticket, { id: ticketId, state: 'SNOOZED' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
        if (!ticket?.snoozedUntil) return;
        // The queue goes by the database's clock, which may be ahead of ours.
        if (ticket.snoozedUntil > clock.now())
          return addJob(
            db,
            wakeJob({ id: ticketId, workspaceId, snoozedUntil: new Date(ticket.snoozedUntil.getTime() + 1000) }, requestId),
          );
        Object.assign(ticket, {
          state: ticket.assignee ? 'TAKEN' : ticket.categoryId ? 'ROUTED' : 'NEEDS_HUMAN',
          snoozedUntil: null,
          updatedAt: clock.now(),
        });
        const settings = await ensureSettings(db, workspaceId, clock.now());
        ticket.dueAt = answerBy(ticket, clock.now(), settings);
        await db.flush();
        await callIfFree(db, ticket, settings, clock.now());
        const triage = { workspaceId, id: 'triage', actingFor: null, requestId };
        await recordAudit(db, triage, 'ticket.woke', ticketId, { from: 'SNOOZED', to: ticket.state });
        await tellAll(db, ticketId);
        await noteInThread(db, ticket, 'awake', clock.now());
        await announce(db, ticket, 'TICKET_MOVED', requestId);
      });
    },
  });
