import { LockMode } from '@mikro-orm/core';
import type { AuditDetail } from '#db/entities/audit-event.ts';
import { Category } from '#db/entities/category.ts';
import { type Priority, Ticket } from '#db/entities/ticket.ts';
import type { TriageSettings } from '#db/entities/triage-settings.ts';
import { User } from '#db/entities/user.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { recordTicketChange } from '#src/changelog/service.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock, Colleagues } from '#src/core/ports.ts';
import { announce, eventOf } from '#src/webhooks/announce.ts';
import { answerBy } from './due.ts';
import { idOf } from './find-tickets.ts';
import { mergesInto, mergeTicket } from './merge-ticket.ts';
import { firstPriority } from './prediction/first-priority.ts';
import { openCategory } from './settings/category-service.ts';
import { ensureSettings } from './settings/settings.ts';
import { callIfFree, callIfRaised } from './telling/call-team.ts';
import { noteInThread, notePassed, userOf } from './telling/note.ts';
import { tellAll } from './telling/team-post.ts';
import { placeOf, tellTeam } from './telling/tell-team.ts';
import { wakeJob } from './ticket-job.ts';
import { notFound, senseless } from './ticket-refusals.ts';
import { isOver, isSortable, isWaiting, moved, type TicketMove } from './ticket-state.ts';

/**
 * What people do with a ticket, named by its id or its number (T-142). It stands (law 12), is in the audit trail, and everybody who sees the
 * ticket hears of it.
 */
export type TicketChanges = {
  setCategory(actor: Actor, id: string, categoryId: string): Promise<Ticket>;
  setPriority(actor: Actor, id: string, priority: Priority): Promise<Ticket>;
  /** Throws CONFLICT when the move makes no sense in the ticket's state. */
  move(actor: Actor, id: string, move: TicketMove, until?: Date): Promise<Ticket>;
  /** `person` is a user's id or 'slack:<team>:<user>'. */
  assign(actor: Actor, id: string, person: string): Promise<Ticket>;
  merge(actor: Actor, id: string, intoId: string): Promise<Ticket>;
};

const SNOOZE_MS = 24 * 3_600_000;
const LONGEST_SNOOZE_MS = 366 * SNOOZE_MS;

/** `colleagues` is null where there is no Slack to ask. */
type Deps = { orm: Orm; clock: Clock; colleagues: Colleagues | null };

export const createTicketChanges = ({ orm, clock, colleagues }: Deps): TicketChanges => {
  const change = (
    actor: Actor,
    name: string,
    action: string,
    apply: (ticket: Ticket, db: Db) => Promise<AuditDetail>,
    alsoLocks?: (db: Db, id: string) => Promise<string[]>,
  ): Promise<Ticket> => {
    requireScope(actor, 'TICKETS_WRITE');
    return forWorkspace(orm, actor.workspaceId).transactional(async (db) => {
      const id = await idOf(db, name);
      if (!id) throw notFound();
      // In one order, so that two who want the same tickets wait for each other only one way.
      const locked = await db.find(
        Ticket,
        { id: { $in: [id, ...((await alsoLocks?.(db, id)) ?? [])] } },
        { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
      );
      const ticket = locked.find((candidate) => candidate.id === id);
      if (!ticket) throw notFound();
      const detail = await apply(ticket, db);
      Object.assign(ticket, { touched: true, updatedAt: clock.now() });
      await db.flush();
      await recordAudit(db, actor, action, ticket.id, detail);
      await tellAll(db, ticket.id);
      await announce(db, ticket, eventOf(action), actor.requestId);
      return ticket;
    });
  };

  return {
    setCategory: (actor, id, categoryId) =>
      change(actor, id, 'ticket.category_set', async (ticket, db) => {
        if (!isSortable(ticket.state)) throw senseless(ticket);
        const category = await openCategory(db, categoryId);
        const before = ticket.categoryId ?? ticket.prediction?.categoryId;
        const from = before ? await db.findOne(Category, { id: before }) : null;
        const settings = await ensureSettings(db, actor.workspaceId, clock.now());
        const placeBefore = await placeOf(db, ticket, settings);
        Object.assign(ticket, { categoryId: category.id, categoryBy: 'PERSON', failure: null });
        if (!isOver(ticket.state) && ticket.state !== 'TAKEN' && ticket.state !== 'SNOOZED') ticket.state = 'ROUTED';
        setPriorityUnlessSet(ticket, settings);
        await db.flush();
        const posted = await tellTeam(db, ticket, settings, clock.now());
        // A team that had it before has its post, and nobody hears of an edit.
        const goesBack = !posted && placeBefore && placeBefore !== (await placeOf(db, ticket, settings));
        if (goesBack) await callIfFree(db, ticket, settings, clock.now());
        return { from: from?.name ?? null, to: category.name };
      }),

    setPriority: (actor, id, priority) =>
      change(actor, id, 'ticket.priority_set', async (ticket, db) => {
        if (!isSortable(ticket.state)) throw senseless(ticket);
        const settings = await ensureSettings(db, actor.workspaceId, clock.now());
        const from = ticket.priority ?? null;
        // Somebody says now how urgent it is: from now it counts.
        const dueAt = priority === from ? ticket.dueAt : answerBy({ priority, state: ticket.state }, clock.now(), settings);
        Object.assign(ticket, { priority, priorityBy: 'PERSON', dueAt });
        await db.flush();
        if (!(await tellTeam(db, ticket, settings, clock.now()))) await callIfRaised(db, ticket, from, settings, clock.now());
        return { from, to: priority };
      }),

    move: (actor, id, move, until) =>
      change(actor, id, `ticket.${move.toLowerCase()}`, async (ticket, db) => {
        const next = moved(ticket.state, move, ticket.categoryId !== null && ticket.categoryId !== undefined);
        if (!next) throw senseless(ticket);
        const me = actor.actingFor ?? actor.id;
        // Of two who want it at once the second hears that it is taken.
        if (move === 'TAKE' && !isOver(ticket.state) && ticket.assignee && ticket.assignee !== me)
          throw new AppError('CONFLICT', `T-${ticket.number} is with somebody else already. Take it over if that is what you want.`);
        if (move === 'SNOOZE' && until && until <= clock.now())
          throw new AppError('BAD_INPUT', 'That time is over already; name one that is still to come.', { field: 'until' });
        if (move === 'SNOOZE' && until && until.getTime() > clock.now().getTime() + LONGEST_SNOOZE_MS)
          throw new AppError('BAD_INPUT', 'A ticket sleeps for a year at most.', { field: 'until' });
        const { state: from, assignee: before } = ticket;
        const wakes = move === 'RETURN' && from === 'SNOOZED';
        ticket.state = wakes && before ? 'TAKEN' : next;
        ticket.mergedInto = null;
        const freed = (move === 'RETURN' && !wakes) || move === 'REOPEN';
        ticket.assignee = move === 'TAKE' || move === 'TAKE_OVER' ? me : freed ? null : (before ?? null);
        ticket.snoozedUntil = move === 'SNOOZE' ? (until ?? new Date(clock.now().getTime() + SNOOZE_MS)) : null;
        ticket.resolvedAt = move === 'RESOLVE' ? clock.now() : null;
        const settings = await ensureSettings(db, actor.workspaceId, clock.now());
        ticket.dueAt = answerBy(ticket, clock.now(), settings);
        await db.flush();
        if (!isWaiting(from)) await callIfFree(db, ticket, settings, clock.now());
        if (move === 'SNOOZE') await addJob(db, wakeJob(ticket, actor.requestId));
        await recordTicketChange(db, ticket, actor);
        const ends = isOver(next);
        if (before && before !== me && (ticket.assignee !== before || ends))
          await notePassed(db, ticket, move === 'REOPEN' ? 'reopened' : 'passed', before, clock.now());
        if ((ends || move === 'REOPEN') && ticket.reporter !== me && ticket.reporter !== before && userOf(ticket.reporter))
          await noteInThread(db, ticket, ends ? 'resolved' : 'reopened', clock.now());
        // Who reported the same thing is told along, in a message of its own when it is over.
        if (ends || move === 'REOPEN')
          for (const merged of await db.find(Ticket, { mergedInto: ticket.id })) {
            await tellAll(db, merged.id);
            if (merged.reporter !== me) await noteInThread(db, merged, ends ? 'closed' : 'reopened', clock.now());
            await announce(db, merged, eventOf(`ticket.${move.toLowerCase()}`), actor.requestId);
          }
        return { from, to: ticket.state };
      }),

    async assign(actor, id, person) {
      requireScope(actor, 'TICKETS_WRITE');
      // Slack is asked before the ticket is held.
      await requireSomebody(forWorkspace(orm, actor.workspaceId), colleagues, actor.workspaceId, person);
      return change(actor, id, 'ticket.assigned', async (ticket, db) => {
        if (isOver(ticket.state)) throw senseless(ticket);
        const from = ticket.assignee ?? null;
        Object.assign(ticket, { state: 'TAKEN', assignee: person, snoozedUntil: null, dueAt: null });
        await db.flush();
        const me = actor.actingFor ?? actor.id;
        if (person !== me) await noteInThread(db, ticket, 'assigned', clock.now());
        if (from && from !== person && from !== me) await notePassed(db, ticket, 'passed', from, clock.now());
        return { from, to: person };
      });
    },

    merge(actor, id, intoName) {
      let intoId = '';
      return change(
        actor,
        id,
        'ticket.merged',
        async (ticket, db) => mergeTicket(db, { ticket, intoId, actor, now: clock.now() }),
        async (db, ticketId) => {
          intoId = await mergesInto(db, ticketId, intoName);
          return [intoId, ...(await db.find(Ticket, { mergedInto: ticketId }, { fields: ['id'] })).map((merged) => merged.id)];
        },
      );
    },
  };
};

/** A user of this workspace, or somebody of its Slack, as Slack says itself; where none can be asked, the id is taken at its word. */
const requireSomebody = async (db: Db, colleagues: Colleagues | null, workspaceId: string, person: string): Promise<void> => {
  const [kind, teamId = '', user = ''] = person.split(':');
  const known =
    kind === 'slack'
      ? (await isOurSlack(db, workspaceId, teamId)) && (await (colleagues?.isColleague(user, teamId) ?? true))
      : await db.findOne(User, { id: person }, { fields: ['id'] });
  if (!known) throw new AppError('NOT_FOUND', 'Nobody here is called that; name a user, or a person of this Slack.', { field: 'assignee' });
};

const isOurSlack = async (db: Db, workspaceId: string, teamId: string): Promise<boolean> => {
  const { slackTeamId } = await db.findOneOrFail(Workspace, { id: workspaceId });
  return teamId.startsWith('E') || (slackTeamId ?? teamId) === teamId;
};

const setPriorityUnlessSet = (ticket: Ticket, settings: TriageSettings): void => {
  if (ticket.priority) return;
  const priority = ticket.prediction?.priority ?? firstPriority(ticket);
  Object.assign(ticket, { priority, priorityBy: 'MODEL', dueAt: answerBy({ priority, state: ticket.state }, ticket.createdAt, settings) });
};
