import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Ticket } from '#db/entities/ticket.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { RequireSlackTeam } from '#src/auth/slack-team.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import type { Clock } from '#src/core/ports.ts';
import { type Admission, openDoor } from '#src/jobs/admission.ts';
import { announce } from '#src/webhooks/announce.ts';
import { findInThread, findOpenInThread } from './find-in-thread.ts';
import { reviveTicket } from './revive-ticket.ts';
import { type CreateTicket, storeTicket } from './store-ticket.ts';
import { tellAll } from './telling/team-post.ts';
import { slackKey, ticketJob } from './ticket-job.ts';
import { isOver } from './ticket-state.ts';
import { cutNote } from './ticket-title.ts';

export type TicketIntake = {
  /**
   * The same key gives the first ticket for ever; in a thread that is an open ticket already, what is asked `oncePerThread` gives that one
   * (`sameThread`), for all of the thread counts in it. `note` says what of the text is not kept. Throws BUSY, BAD_INPUT, FORBIDDEN, NOT_FOUND (category).
   */
  createTicket(actor: Actor, input: CreateTicket): Promise<Created>;
  /** Null when that message has no ticket. One that somebody touched, or that was not made by a reaction, stays. */
  withdrawSlackTicket(actor: Actor, message: { channel: string; ts: string }): Promise<Ticket | null>;
  /** More was said, or something was said anew, in a thread: its tickets that are not over are read again. Gives the newest of them all, null when there is none. */
  refreshSlackTicket(actor: Actor, thread: { channel: string; ts: string }): Promise<Ticket | null>;
};

export type Created = { ticket: Ticket; replayed: boolean; sameThread: boolean; note: string | null };

type IntakeDeps = { orm: Orm; clock: Clock; requireSlackTeam: RequireSlackTeam; admission?: Admission };

/** How tickets come in, and how those of a message go with it. */
export const createTicketIntake = (deps: IntakeDeps): TicketIntake => {
  const { orm, clock, admission = openDoor } = deps;
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);
  return {
    async createTicket(actor, input) {
      requireScope(actor, 'TICKETS_WRITE');
      for (const { teamId } of [input.origin, input.replyTo].filter((place) => place !== undefined))
        await deps.requireSlackTeam(actor.workspaceId, teamId);
      const note = cutNote(input.text);
      const replay = await findByKey(open(actor), input.idempotencyKey);
      if (replay) return { note, ...(await reviveTicket(deps, actor, replay, input)), replayed: true };
      // A look is cheaper than a place in the queue; whoever stores it looks again, with the lock.
      const same = await findOpenInThread(open(actor), actor.workspaceId, input);
      if (same) return { ticket: same, replayed: true, sameThread: true, note: null };
      const lane = await admission.admit(actor, (input.origin ?? input.replyTo)?.channel);
      try {
        const { ticket, sameThread } = await storeTicket(deps, actor, input, lane);
        return { ticket, replayed: sameThread, sameThread, note: sameThread ? null : note };
      } catch (error) {
        // Somebody else was storing the same key just now.
        const other = error instanceof UniqueConstraintViolationException ? await findByKey(open(actor), input.idempotencyKey) : null;
        if (!other) throw error;
        return { ticket: other, replayed: true, sameThread: false, note };
      }
    },

    async withdrawSlackTicket(actor, message) {
      requireScope(actor, 'TICKETS_WRITE');
      const ticket = await findByKey(open(actor), slackKey(message));
      if (!ticket?.byReaction || ticket.touched || isOver(ticket.state)) return ticket;
      return open(actor).transactional(async (db) => {
        const changed = await db.nativeUpdate(
          Ticket,
          { id: ticket.id, touched: false },
          { state: 'WITHDRAWN', status: 'CANCELLED', dueAt: null, updatedAt: clock.now() },
        );
        if (changed > 0) {
          await recordAudit(db, actor, 'ticket.withdrawn', ticket.id);
          await tellAll(db, ticket.id);
          await announce(db, ticket, 'TICKET_WITHDRAWN', actor.requestId);
        }
        return db.findOneOrFail(Ticket, { id: ticket.id });
      });
    },

    async refreshSlackTicket(actor, thread) {
      requireScope(actor, 'TICKETS_WRITE');
      const tickets = await findInThread(open(actor), actor.workspaceId, thread);
      for (const ticket of tickets.filter(({ state }) => !isOver(state)))
        await addJob(open(actor), {
          ...ticketJob('collect-ticket', ticket, actor.requestId),
          onSameKey: 'keep-time',
          runAt: new Date(clock.now().getTime() + QUIET_MS),
        });
      return tickets[0] ?? null;
    },
  };
};

// People write in bursts: the thread is read again so long after the first of them, and again if more was said after that.
const QUIET_MS = 10_000;

const findByKey = async (db: Db, key: string | undefined): Promise<Ticket | null> =>
  key ? db.findOne(Ticket, { idempotencyKey: key }) : null;
