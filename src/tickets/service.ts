import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { AuditEvent } from '#db/entities/audit-event.ts';
import { Category, type TriageMode } from '#db/entities/category.ts';
import { Delivery } from '#db/entities/delivery.ts';
import { type Priority, Ticket, type TicketEntry, type TicketPrediction, type TicketState } from '#db/entities/ticket.ts';
import { TriageAdvice } from '#db/entities/triage-advice.ts';
import { type ReplayModel, TriageReplay } from '#db/entities/triage-replay.ts';
import type { BusinessHours, TriageSettings } from '#db/entities/triage-settings.ts';
import type { Notices } from '#db/notices.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import type { JobSpec } from '#db/queue.ts';
import { addJob } from '#db/queue.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow, recordAudit } from '#src/auth/audit.ts';
import type { RequireSlackTeam } from '#src/auth/slack-team.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, Log, ReplyTo, SlackOrigin } from '#src/core/ports.ts';
import { announce, eventOf } from '#src/webhooks/announce.ts';
import { createById } from './by-id.ts';
import { dueAt } from './due.ts';
import { findTickets, type TicketConnection, type TicketFilter, type TicketPage } from './find-tickets.ts';
import type { Models } from './models.ts';
import { predictTicket } from './predict.ts';
import { ensureSettings, openCategories, takeNumber } from './settings.ts';
import { newDelivery, postToTeam, tellAll } from './team-post.ts';
import { isOver, moved, type TicketMove } from './ticket-state.ts';
import { createTriageReport, type TriageReport } from './triage-report.ts';

export type CreateTicket = {
  content: { kind: 'text'; title: string | undefined; text: string } | { kind: 'slack'; origin: SlackOrigin; title: string | undefined };
  entry: TicketEntry;
  /** Chosen by a person in a form. */
  categoryId?: string | undefined;
  priority?: Priority | undefined;
  reporter?: string | undefined;
  idempotencyKey?: string | undefined;
  replyTo?: ReplyTo | undefined;
};

export type SaveCategory = {
  id?: string | undefined;
  name: string;
  description: string;
  team: string;
  channel: string | null;
  onCall: string | null;
  mode: TriageMode;
  targetPrecision: number;
};
export type SaveSettings = Partial<Pick<TriageSettings, 'emoji' | 'threshold' | 'delaySeconds' | 'restrictedChannels' | 'adminChannel'>> & {
  businessHours?: BusinessHours | undefined;
};

export type StartReplay = {
  model: ReplayModel;
  /** How many of the newest decided tickets, 1 to 200. */
  last: number;
  /** Asks the remote engine too, which is paid. */
  engine: boolean;
};

/** What can be asked of the tickets module. Everything is within the actor's workspace; the rest is not there (NOT_FOUND or null). */
export type TicketService = {
  /** The same key gives the first ticket for ever. Throws BAD_INPUT, FORBIDDEN, NOT_FOUND (category). */
  createTicket(actor: Actor, input: CreateTicket): Promise<{ ticket: Ticket; replayed: boolean }>;
  setCategory(actor: Actor, id: string, categoryId: string): Promise<Ticket>;
  setPriority(actor: Actor, id: string, priority: Priority): Promise<Ticket>;
  /** Throws CONFLICT when the move makes no sense in the ticket's state. */
  move(actor: Actor, id: string, move: TicketMove, until?: Date): Promise<Ticket>;
  merge(actor: Actor, id: string, intoId: string): Promise<Ticket>;
  /** Null when that message has no ticket. A ticket somebody touched stays. */
  withdrawSlackTicket(actor: Actor, message: { channel: string; ts: string }): Promise<Ticket | null>;
  refreshSlackTicket(actor: Actor, message: { channel: string; ts: string }): Promise<Ticket | null>;
  predict(actor: Actor, text: { title: string; body: string }): Promise<TicketPrediction>;
  ticket(actor: Actor, id: string): Promise<Ticket | null>;
  tickets(actor: Actor, filter: TicketFilter, page: TicketPage): Promise<TicketConnection>;
  ticketEvents(actor: Actor, id: string): Promise<AuditEvent[]>;
  watchTicket(actor: Actor, id: string, signal?: AbortSignal): AsyncIterable<Ticket>;
  categories(actor: Actor, options: { includeRetired: boolean }): Promise<Category[]>;
  category(actor: Actor, id: string): Promise<Category | null>;
  saveCategory(actor: Actor, input: SaveCategory): Promise<Category>;
  retireCategory(actor: Actor, id: string): Promise<Category>;
  settings(actor: Actor): Promise<TriageSettings>;
  saveSettings(actor: Actor, input: SaveSettings): Promise<TriageSettings>;
  report(actor: Actor): Promise<TriageReport>;
  /** The newest advice about the categories; null before the first Monday. */
  advice(actor: Actor): Promise<TriageAdvice | null>;
  /** Queues a shadow run on decided tickets. Throws BAD_INPUT. */
  startReplay(actor: Actor, input: StartReplay): Promise<TriageReplay>;
  replay(actor: Actor, id: string): Promise<TriageReplay | null>;
};

export type TicketServiceDeps = { orm: Orm; notices: Notices; clock: Clock; log: Log; models: Models; requireSlackTeam: RequireSlackTeam };

const MAX_TITLE = 200;
const MAX_BODY = 100_000;
const MOST_REPLAYED = 200;
const SNOOZE_MS = 24 * 3_600_000;

export const createTicketService = (deps: TicketServiceDeps): TicketService => {
  const { orm, clock } = deps;
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);
  const [ticketById, categoryById] = [createById(orm, Ticket), createById(orm, Category)];
  const change = (
    actor: Actor,
    id: string,
    action: string,
    apply: (ticket: Ticket, db: Db) => Promise<void> | void,
    also: string[] = [],
  ): Promise<Ticket> => {
    requireScope(actor, 'TICKETS_WRITE');
    return open(actor).transactional(async (db) => {
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
    async createTicket(actor, input) {
      requireScope(actor, 'TICKETS_WRITE');
      const slack = input.content.kind === 'slack' ? input.content.origin : input.replyTo;
      if (slack) await deps.requireSlackTeam(actor.workspaceId, slack.teamId);
      if (input.replyTo) await deps.requireSlackTeam(actor.workspaceId, input.replyTo.teamId);
      const replay = await findByKey(open(actor), input.idempotencyKey);
      if (replay) return { ticket: await revive(deps, actor, replay), replayed: true };
      try {
        return { ticket: await storeTicket(deps, actor, input), replayed: false };
      } catch (error) {
        // Somebody else was storing the same key just now.
        const other = error instanceof UniqueConstraintViolationException ? await findByKey(open(actor), input.idempotencyKey) : null;
        if (!other) throw error;
        return { ticket: other, replayed: true };
      }
    },

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

    async withdrawSlackTicket(actor, message) {
      requireScope(actor, 'TICKETS_WRITE');
      const ticket = await findByKey(open(actor), slackKey(message));
      if (!ticket?.origin || ticket.touched || isOver(ticket.state)) return ticket;
      return open(actor).transactional(async (db) => {
        const changed = await db.nativeUpdate(
          Ticket,
          { id: ticket.id, touched: false },
          { state: 'WITHDRAWN', status: 'CANCELLED', updatedAt: clock.now() },
        );
        if (changed > 0) {
          await recordAudit(db, actor, 'ticket.withdrawn', ticket.id);
          await tellAll(db, ticket.id);
          await announce(db, ticket, 'TICKET_WITHDRAWN', actor.requestId);
        }
        return db.findOneOrFail(Ticket, { id: ticket.id });
      });
    },

    async refreshSlackTicket(actor, message) {
      requireScope(actor, 'TICKETS_WRITE');
      const ticket = await findByKey(open(actor), slackKey(message));
      if (!ticket || ticket.touched || isOver(ticket.state) || !ticket.origin) return ticket;
      await addJob(open(actor), {
        ...ticketJob('collect-ticket', ticket, actor.requestId),
        onSameKey: 'keep-time',
        runAt: new Date(clock.now().getTime() + QUIET_MS),
      });
      return ticket;
    },

    async predict(actor, { title, body }) {
      requireScope(actor, 'TICKETS_READ');
      const db = open(actor);
      const settings = await ensureSettings(db, actor.workspaceId, clock.now());
      const categories = await openCategories(db);
      const asked = {
        workspaceId: actor.workspaceId,
        ticketId: null,
        title: titleOf(title, body),
        body: body.slice(0, MAX_BODY),
        threshold: settings.threshold,
        restrictedChannels: settings.restrictedChannels,
      };
      return (await predictTicket({ orm, models: deps.models, engine: null, log: deps.log }, categories, asked)).prediction;
    },

    async ticket(actor, id) {
      requireScope(actor, 'TICKETS_READ');
      return ticketById(actor.workspaceId, id);
    },

    async tickets(actor, filter, page) {
      requireScope(actor, 'TICKETS_READ');
      return findTickets(open(actor), filter, page);
    },

    async ticketEvents(actor, id) {
      requireScope(actor, 'TICKETS_READ');
      // Of other subjects only admins hear.
      if (!(await open(actor).findOne(Ticket, { id }, { fields: ['id'] }))) return [];
      return open(actor).find(AuditEvent, { subjectId: id }, { orderBy: { id: 'asc' }, limit: 500 });
    },

    async *watchTicket(actor, id, signal = new AbortController().signal) {
      requireScope(actor, 'TICKETS_READ');
      for await (const _ of deps.notices.changes(id, signal)) {
        const ticket = await open(actor).findOne(Ticket, { id });
        if (!ticket) throw notFound();
        yield ticket;
        if (isOver(ticket.state)) return;
      }
    },

    async categories(actor, { includeRetired }) {
      requireScope(actor, 'TICKETS_READ');
      const db = open(actor);
      await ensureSettings(db, actor.workspaceId, clock.now());
      return db.find(Category, includeRetired ? {} : { retiredAt: null }, { orderBy: { name: 'asc' } });
    },

    async category(actor, id) {
      requireScope(actor, 'TICKETS_READ');
      return categoryById(actor.workspaceId, id);
    },

    async saveCategory(actor, input) {
      requireAdmin(actor);
      const name = parseLine(input.name, 'name', 60);
      const values = {
        ...input,
        name,
        description: parseLine(input.description, 'description', 500),
        team: parseLine(input.team, 'team', 60),
      };
      if (!(input.targetPrecision > 0 && input.targetPrecision <= 1))
        throw new AppError('BAD_INPUT', 'The target precision is a share between 0 and 1, e.g. 0.8.', { field: 'targetPrecision' });
      return open(actor).transactional(async (db) => {
        await ensureSettings(db, actor.workspaceId, clock.now());
        const same = await db.findOne(Category, { name: { $ilike: name.replace(/[\\%_]/g, '\\$&') }, retiredAt: null });
        if (same && same.id !== input.id)
          throw new AppError('CONFLICT', `There is a category "${same.name}" already; change that one, or choose another name.`, {
            field: 'name',
          });
        const category = input.id
          ? await openCategory(db, input.id)
          : Object.assign(new Category(), { id: newId('cat'), workspaceId: actor.workspaceId, retiredAt: null, createdAt: clock.now() });
        const { id: _, ...rest } = values;
        Object.assign(category, rest);
        await db.persist(category).flush();
        await recordAudit(db, actor, input.id ? 'category.changed' : 'category.created', category.id);
        return category;
      });
    },

    async retireCategory(actor, id) {
      requireAdmin(actor);
      return open(actor).transactional(async (db) => {
        const category = await openCategory(db, id);
        category.retiredAt = clock.now();
        await db.flush();
        await recordAudit(db, actor, 'category.retired', id);
        return category;
      });
    },

    async settings(actor) {
      requireScope(actor, 'TICKETS_READ');
      return ensureSettings(open(actor), actor.workspaceId, clock.now());
    },

    async saveSettings(actor, input) {
      requireAdmin(actor);
      checkSettings(input);
      return open(actor).transactional(async (db) => {
        const settings = await ensureSettings(db, actor.workspaceId, clock.now());
        const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
        if (typeof given['emoji'] === 'string') given['emoji'] = given['emoji'].replace(/:/g, '').trim();
        Object.assign(settings, given, { updatedAt: clock.now() });
        await db.flush();
        await recordAudit(db, actor, 'triage_settings.changed', null);
        return settings;
      });
    },

    async report(actor) {
      requireScope(actor, 'TICKETS_READ');
      return createTriageReport(open(actor));
    },

    async advice(actor) {
      requireAdmin(actor);
      return open(actor).findOne(TriageAdvice, {}, { orderBy: { week: 'desc' } });
    },

    async startReplay(actor, { model, last, engine }) {
      requireScope(actor, 'ADMIN');
      const { workspaceId, requestId } = actor;
      if (!(Number.isInteger(last) && last >= 1 && last <= MOST_REPLAYED))
        throw new AppError('BAD_INPUT', `A replay takes 1 to ${MOST_REPLAYED} tickets.`, { field: 'last' });
      const replay = Object.assign(new TriageReplay(), {
        id: newId('rpl'),
        workspaceId,
        model,
        last,
        engine,
        status: 'QUEUED' as const,
        failure: null,
        result: null,
        createdAt: clock.now(),
        finishedAt: null,
      });
      const job: JobSpec = {
        name: 'replay-triage',
        payload: { replayId: replay.id, workspaceId, requestId },
        key: `replay-triage:${replay.id}`,
        queue: `replay:${workspaceId}`,
      };
      await writeTogether(open(actor), {
        rows: [[TriageReplay, replay], auditRow(actor, 'triage_replay.started', replay.id)],
        jobs: [job],
      });
      return replay;
    },

    async replay(actor, id) {
      requireScope(actor, 'ADMIN');
      return open(actor).findOne(TriageReplay, { id });
    },
  };
};

// The bot has asked Slack whether the person is an admin there; it acts for nobody else in this.
const requireAdmin = (actor: Actor): void => {
  if (!(actor.scopes.includes('ACT_FOR_SLACK') && actor.actingFor)) requireScope(actor, 'ADMIN');
};

/** The key a ticket made of a Slack message has, whoever made it and in whatever way. */
export const slackKey = ({ channel, ts }: { channel: string; ts: string }): string => `slack:ticket:${channel}:${ts}`;

// People write in bursts: the thread is read again so long after the first of them, and again if more was said after that.
const QUIET_MS = 10_000;

/** A step of the work on one ticket. */
export const ticketJob = (
  name: 'collect-ticket' | 'triage-ticket',
  { id, workspaceId }: { id: string; workspaceId: string },
  requestId: string,
): JobSpec => ({
  name,
  payload: { ticketId: id, workspaceId, requestId },
  key: `${name}:${id}`,
});

export const wakeJob = (ticket: Pick<Ticket, 'id' | 'workspaceId' | 'snoozedUntil'>, requestId: string): JobSpec => ({
  name: 'wake-ticket',
  payload: { ticketId: ticket.id, workspaceId: ticket.workspaceId, requestId },
  key: `wake-ticket:${ticket.id}`,
  runAt: ticket.snoozedUntil ?? undefined,
});

const findByKey = async (db: Db, key: string | undefined): Promise<Ticket | null> =>
  key ? db.findOne(Ticket, { idempotencyKey: key }) : null;

/** Whoever withdrew it and reacts again wants it back. */
const revive = async ({ orm, clock }: TicketServiceDeps, actor: Actor, ticket: Ticket): Promise<Ticket> => {
  if (ticket.state !== 'WITHDRAWN') return ticket;
  return forWorkspace(orm, actor.workspaceId).transactional(async (db) => {
    const changed = await db.nativeUpdate(
      Ticket,
      { id: ticket.id, state: 'WITHDRAWN' },
      { state: 'NEW', status: 'QUEUED', updatedAt: clock.now() },
    );
    if (changed > 0) {
      await recordAudit(db, actor, 'ticket.created_again', ticket.id);
      await addJob(db, ticketJob(ticket.origin ? 'collect-ticket' : 'triage-ticket', ticket, actor.requestId));
      await tellAll(db, ticket.id);
      await announce(db, ticket, 'TICKET_CREATED', actor.requestId);
    }
    return db.findOneOrFail(Ticket, { id: ticket.id }, { refresh: true });
  });
};

const storeTicket = async (deps: TicketServiceDeps, actor: Actor, input: CreateTicket): Promise<Ticket> =>
  forWorkspace(deps.orm, actor.workspaceId).transactional(async (db) => {
    const now = deps.clock.now();
    const settings = await ensureSettings(db, actor.workspaceId, now);
    const category = input.categoryId ? await openCategory(db, input.categoryId) : null;
    const { content } = input;
    const body = content.kind === 'text' ? content.text.replaceAll('\u0000', '').trim().slice(0, MAX_BODY) : '';
    if (content.kind === 'text' && body === '' && !content.title?.trim())
      throw new AppError('BAD_INPUT', 'The ticket is empty; say in a sentence what it is about.', { field: 'text' });
    const ticket = Object.assign(new Ticket(), {
      id: newId('tkt'),
      workspaceId: actor.workspaceId,
      number: await takeNumber(db, actor.workspaceId),
      title: titleOf(content.title, body),
      body,
      entry: input.entry,
      origin: content.kind === 'slack' ? content.origin : null,
      reporter: input.reporter ?? actor.actingFor ?? actor.id,
      status: 'QUEUED' as const,
      failure: null,
      state: (category ? 'ROUTED' : 'NEW') as TicketState,
      categoryId: category?.id ?? null,
      categoryBy: category ? ('PERSON' as const) : null,
      priority: input.priority ?? null,
      priorityBy: input.priority ? ('PERSON' as const) : null,
      assignee: null,
      snoozedUntil: null,
      dueAt: input.priority ? dueAt(input.priority, now, settings.businessHours) : null,
      mergedInto: null,
      prediction: null,
      fields: [],
      touched: category !== null,
      createdBy: actor.id,
      actingFor: actor.actingFor,
      idempotencyKey: input.idempotencyKey ?? null,
      requestId: actor.requestId,
      createdAt: now,
      updatedAt: now,
      resolvedAt: null,
    });
    const reply = input.replyTo ? [[Delivery, newDelivery(ticket, ticket.id, input.replyTo, now)] as const] : [];
    const next = ticketJob(content.kind === 'slack' ? 'collect-ticket' : 'triage-ticket', ticket, actor.requestId);
    // What lives in Slack is read at once; it is the deciding that waits.
    const runAt = content.kind === 'text' ? peopleFirst(ticket, settings.delaySeconds, deps.clock) : undefined;
    await writeTogether(db, {
      rows: [[Ticket, ticket], auditRow(actor, 'ticket.created', ticket.id), ...reply],
      jobs: [{ ...next, runAt }],
    });
    await announce(db, ticket, 'TICKET_CREATED', actor.requestId);
    return ticket;
  });

/** People can be first: until when a ticket waits before anything is decided by itself. What they decide meanwhile stands. */
export const peopleFirst = ({ createdAt }: Pick<Ticket, 'createdAt'>, delaySeconds: number, clock: Clock): Date | undefined => {
  const until = new Date(createdAt.getTime() + delaySeconds * 1000);
  return until > clock.now() ? until : undefined;
};

/** What a ticket is called until its message was read. */
export const UNTITLED = 'Ticket';

// In front of what was said in a thread, so that logs pasted there keep their times; in a title it is noise.
const TIME_IN_FRONT = /^\d{4}-\d\d-\d\dT[\d:.]+Z\s+/;

/** A title of one line: the given one, or the text's first. */
export const titleOf = (given: string | undefined, body: string): string => {
  const first = body
    .split('\n')
    .find((candidate) => candidate.trim() !== '')
    ?.replace(TIME_IN_FRONT, '');
  const line = (given?.trim() || first?.trim() || UNTITLED).replace(/\p{Cc}+/gu, ' ').trim();
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 1)}…` : line;
};

const setPriorityUnlessSet = (ticket: Ticket, settings: TriageSettings): void => {
  if (ticket.priority) return;
  const priority = ticket.prediction?.priority ?? 'P3';
  Object.assign(ticket, { priority, priorityBy: 'MODEL', dueAt: dueAt(priority, ticket.createdAt, settings.businessHours) });
};

const openCategory = async (db: Db, id: string): Promise<Category> => {
  const category = await db.findOne(Category, { id });
  if (!category)
    throw new AppError('NOT_FOUND', 'That category was not found; the list of categories has those there are.', { field: 'categoryId' });
  if (category.retiredAt)
    throw new AppError('CONFLICT', `The category "${category.name}" is retired; choose another.`, { field: 'categoryId' });
  return category;
};

const parseLine = (text: string, field: string, most: number): string => {
  const line = text.replace(/\p{Cc}+/gu, ' ').trim();
  if (line === '' || line.length > most) throw new AppError('BAD_INPUT', `The ${field} needs 1 to ${most} characters.`, { field });
  return line;
};

const checkSettings = ({ threshold, delaySeconds, emoji, businessHours }: SaveSettings): void => {
  const wrong = (sentence: string, field: string): never => {
    throw new AppError('BAD_INPUT', sentence, { field });
  };
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) wrong('The threshold is a probability between 0 and 1.', 'threshold');
  if (delaySeconds !== undefined && !(delaySeconds >= 0 && delaySeconds <= 86_400))
    wrong('The delay is 0 to 86,400 seconds.', 'delaySeconds');
  if (emoji !== undefined && !/^:?[\p{L}\p{N}_+'-]{1,100}:?$/u.test(emoji.trim()))
    wrong('Name the emoji as Slack does, e.g. ticket.', 'emoji');
  if (!businessHours) return;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(businessHours.from) || !/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(businessHours.to))
    wrong('Hours are written like 09:00 and 17:30.', 'businessHours');
  if (businessHours.to <= businessHours.from) wrong('Business hours end later than they begin, on the same day.', 'businessHours');
  if (businessHours.days.some((day) => !Number.isInteger(day) || day < 1 || day > 7))
    wrong('Days are 1 (Monday) to 7 (Sunday).', 'businessHours');
  if (!isTimeZone(businessHours.timeZone))
    wrong(`"${businessHours.timeZone.slice(0, 60)}" is not a time zone; use a name like Europe/Berlin.`, 'businessHours');
};

const isTimeZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};

const senseless = ({ number, state }: Ticket): AppError =>
  new AppError('CONFLICT', `T-${number} is ${state.toLowerCase().replaceAll('_', ' ')}; that cannot be done with it now.`);

const notFound = (field?: string): AppError =>
  new AppError('NOT_FOUND', 'That ticket was not found. Check the id; tickets of other workspaces cannot be seen.', field ? { field } : {});
