import { LockMode } from '@mikro-orm/core';
import { type Priority, Ticket } from '#db/entities/ticket.ts';
import type { TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { recordTicketChange } from '#src/changelog/service.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import { announce, eventOf } from '#src/webhooks/announce.ts';
import { openCategory } from './category-service.ts';
import { dueAt } from './due.ts';
import { ensureSettings } from './settings.ts';
import { postToTeam, tellAll } from './team-post.ts';
import { wakeJob } from './ticket-job.ts';
import { isOver, moved, type TicketMove } from './ticket-state.ts';

/** What people do with a ticket. It stands (law 12), is in the audit trail, and everybody who sees the ticket hears of it. */
export type TicketChanges = {
  setCategory(actor: Actor, id: string, categoryId: string): Promise<Ticket>;
  setPriority(actor: Actor, id: string, priority: Priority): Promise<Ticket>;
  /** Throws CONFLICT when the move makes no sense in the ticket's state. */
  move(actor: Actor, id: string, move: TicketMove, until?: Date): Promise<Ticket>;
  merge(actor: Actor, id: string, intoId: string): Promise<Ticket>;
};

const SNOOZE_MS = 24 * 3_600_000;

export const createTicketChanges = ({ orm, clock }: { orm: Orm; clock: Clock }): TicketChanges => {
  const change = (
    actor: Actor,
    id: string,
    action: string,
    apply: (ticket: Ticket, db: Db) => Promise<void> | void,
    also: string[] = [],
  ): Promise<Ticket> => {
    requireScope(actor, 'TICKETS_WRITE');
    return forWorkspace(orm, actor.workspaceId).transactional(async (db) => {
      // In one order, so that two who want the same tickets wait for each other only one way.
      const locked = await db.find(
        Ticket,
        { id: { $in: [id, ...also] } },
        { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      const ticket = locked.find((candidate) => candidate.id === id);
      if (!ticket) throw notFound();
      await apply(ticket, db);
      Object.assign(ticket, { touched: true, updatedAt: clock.now() });
      await db.flush();
      await recordAudit(db, actor, action, ticket.id);
      await tellAll(db, ticket.id);
      await announce(db, ticket, eventOf(action), actor.requestId);
      return ticket;
    });
  };

  return {
    setCategory: (actor, id, categoryId) =>
      change(actor, id, 'ticket.category_set', async (ticket, db) => {
        const category = await openCategory(db, categoryId);
        const settings = await ensureSettings(db, actor.workspaceId, clock.now());
        Object.assign(ticket, { categoryId: category.id, categoryBy: 'PERSON', failure: null });
        if (!isOver(ticket.state) && ticket.state !== 'TAKEN' && ticket.state !== 'SNOOZED') ticket.state = 'ROUTED';
        setPriorityUnlessSet(ticket, settings);
        if (!isOver(ticket.state)) await postToTeam(db, ticket, category, clock.now());
      }),

    setPriority: (actor, id, priority) =>
      change(actor, id, 'ticket.priority_set', async (ticket, db) => {
        const settings = await ensureSettings(db, actor.workspaceId, clock.now());
        Object.assign(ticket, { priority, priorityBy: 'PERSON', dueAt: dueAt(priority, ticket.createdAt, settings.businessHours) });
      }),

    move: (actor, id, move, until) =>
      change(actor, id, `ticket.${move.toLowerCase()}`, async (ticket, db) => {
        const next = moved(ticket.state, move, ticket.categoryId !== null && ticket.categoryId !== undefined);
        if (!next) throw senseless(ticket);
        if (move === 'SNOOZE' && until && until <= clock.now())
          throw new AppError('BAD_INPUT', 'That time is over already; name one that is still to come.', { field: 'until' });
        ticket.state = next;
        ticket.mergedInto = null;
        ticket.assignee = move === 'TAKE' ? (actor.actingFor ?? actor.id) : move === 'RETURN' ? null : (ticket.assignee ?? null);
        ticket.snoozedUntil = move === 'SNOOZE' ? (until ?? new Date(clock.now().getTime() + SNOOZE_MS)) : null;
        ticket.resolvedAt = move === 'RESOLVE' ? clock.now() : null;
        if (move === 'SNOOZE') await addJob(db, wakeJob(ticket, actor.requestId));
        await recordTicketChange(db, ticket, actor);
        // Who reported the same thing is told along.
        if (move === 'RESOLVE' || move === 'REOPEN')
          for (const merged of await db.find(Ticket, { mergedInto: ticket.id })) await tellAll(db, merged.id);
      }),

    merge: (actor, id, intoId) =>
      change(
        actor,
        id,
        'ticket.merged',
        async (ticket, db) => {
          const into = await db.findOne(Ticket, { id: intoId });
          if (!into) throw notFound('intoId');
          if (into.id === ticket.id) throw new AppError('BAD_INPUT', 'A ticket cannot be merged into itself.', { field: 'intoId' });
          if (into.mergedInto === ticket.id) throw new AppError('CONFLICT', `T-${into.number} is merged into this one already.`);
          for (const one of [ticket, into])
            if (one.state === 'WITHDRAWN' || one.state === 'NOT_A_TICKET' || (one === ticket && isOver(one.state))) throw senseless(one);
          const target = into.mergedInto ?? into.id;
          Object.assign(ticket, { state: 'MERGED', mergedInto: target, snoozedUntil: null });
          // What was merged into this one goes along: whatever is merged points at a ticket that is not.
          for (const merged of await db.find(Ticket, { mergedInto: ticket.id })) {
            merged.mergedInto = target;
            await tellAll(db, merged.id);
            await announce(db, merged, 'TICKET_MERGED', actor.requestId);
          }
        },
        [intoId],
      ),
  };
};

const setPriorityUnlessSet = (ticket: Ticket, settings: TriageSettings): void => {
  if (ticket.priority) return;
  const priority = ticket.prediction?.priority ?? 'P3';
  Object.assign(ticket, { priority, priorityBy: 'MODEL', dueAt: dueAt(priority, ticket.createdAt, settings.businessHours) });
};

const senseless = ({ number, state }: Ticket): AppError =>
  new AppError('CONFLICT', `T-${number} is ${state.toLowerCase().replaceAll('_', ' ')}; that cannot be done with it now.`);

/** Also of tickets that are of another workspace. */
export const notFound = (field?: string): AppError =>
  new AppError('NOT_FOUND', 'That ticket was not found. Check the id; tickets of other workspaces cannot be seen.', field ? { field } : {});
