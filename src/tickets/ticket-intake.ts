import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Delivery } from '#db/entities/delivery.ts';
import { type Priority, Ticket, type TicketEntry, type TicketState } from '#db/entities/ticket.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob, type Lane } from '#db/queue.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow, recordAudit } from '#src/auth/audit.ts';
import type { RequireSlackTeam } from '#src/auth/slack-team.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, ReplyTo, SlackOrigin } from '#src/core/ports.ts';
import { type Admission, openDoor } from '#src/jobs/admission.ts';
import { announce } from '#src/webhooks/announce.ts';
import { openCategory } from './category-service.ts';
import { dueAt } from './due.ts';
import { ensureSettings, takeNumber } from './settings.ts';
import { newDelivery, tellAll } from './team-post.ts';
import { peopleFirst, slackKey, ticketJob } from './ticket-job.ts';
import { isOver } from './ticket-state.ts';
import { MAX_BODY, titleOf } from './ticket-title.ts';

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

export type TicketIntake = {
  /** The same key gives the first ticket for ever. Throws BUSY, BAD_INPUT, FORBIDDEN, NOT_FOUND (category). */
  createTicket(actor: Actor, input: CreateTicket): Promise<{ ticket: Ticket; replayed: boolean }>;
  /** Null when that message has no ticket. A ticket somebody touched stays. */
  withdrawSlackTicket(actor: Actor, message: { channel: string; ts: string }): Promise<Ticket | null>;
  /** Reads the thread of a ticket nobody touched again; null when that message has no ticket. */
  refreshSlackTicket(actor: Actor, message: { channel: string; ts: string }): Promise<Ticket | null>;
};

type IntakeDeps = { orm: Orm; clock: Clock; requireSlackTeam: RequireSlackTeam; admission?: Admission };

/** How tickets come in, and how those made of a message go with it. */
export const createTicketIntake = (deps: IntakeDeps): TicketIntake => {
  const { orm, clock, admission = openDoor } = deps;
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);
  return {
    async createTicket(actor, input) {
      requireScope(actor, 'TICKETS_WRITE');
      const slack = input.content.kind === 'slack' ? input.content.origin : input.replyTo;
      if (slack) await deps.requireSlackTeam(actor.workspaceId, slack.teamId);
      if (input.replyTo) await deps.requireSlackTeam(actor.workspaceId, input.replyTo.teamId);
      const replay = await findByKey(open(actor), input.idempotencyKey);
      if (replay) return { ticket: await revive(deps, actor, replay), replayed: true };
      const lane = await admission.admit(actor.workspaceId, slack?.channel);
      try {
        return { ticket: await storeTicket(deps, actor, input, lane), replayed: false };
      } catch (error) {
        // Somebody else was storing the same key just now.
        const other = error instanceof UniqueConstraintViolationException ? await findByKey(open(actor), input.idempotencyKey) : null;
        if (!other) throw error;
        return { ticket: other, replayed: true };
      }
    },

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
  };
};

// People write in bursts: the thread is read again so long after the first of them, and again if more was said after that.
const QUIET_MS = 10_000;

const findByKey = async (db: Db, key: string | undefined): Promise<Ticket | null> =>
  key ? db.findOne(Ticket, { idempotencyKey: key }) : null;

/** Whoever withdrew it and reacts again wants it back. */
const revive = async ({ orm, clock }: IntakeDeps, actor: Actor, ticket: Ticket): Promise<Ticket> => {
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

const storeTicket = async (deps: IntakeDeps, actor: Actor, input: CreateTicket, lane: Lane): Promise<Ticket> =>
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
    const next = ticketJob(content.kind === 'slack' ? 'collect-ticket' : 'triage-ticket', ticket, actor.requestId, lane);
    // What lives in Slack is read at once; it is the deciding that waits.
    const runAt = content.kind === 'text' ? peopleFirst(ticket, settings.delaySeconds, deps.clock) : undefined;
    await writeTogether(db, {
      rows: [[Ticket, ticket], auditRow(actor, 'ticket.created', ticket.id), ...reply],
      jobs: [{ ...next, runAt }],
    });
    await announce(db, ticket, 'TICKET_CREATED', actor.requestId);
    return ticket;
  });
