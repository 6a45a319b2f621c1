import { Delivery } from '#db/entities/delivery.ts';
import { type Priority, Ticket, type TicketEntry, type TicketOrigin, type TicketState } from '#db/entities/ticket.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Lane } from '#db/queue.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow } from '#src/auth/audit.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, ReplyTo } from '#src/core/ports.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';
import { announce } from '#src/webhooks/announce.ts';
import { hasWords } from './classify/index.ts';
import { dueAt } from './due.ts';
import { findOpenInThread } from './find-in-thread.ts';
import { firstPriority } from './prediction/first-priority.ts';
import { openCategory } from './settings/category-service.ts';
import { ensureSettings, lockTickets, takeNumber } from './settings/settings.ts';
import { peopleFirst, ticketJob } from './ticket-job.ts';
import { MAX_BODY, titleOf } from './ticket-title.ts';

export type CreateTicket = {
  title?: string | undefined;
  /** What a person typed. One of text and origin is there. */
  text?: string | undefined;
  /** A message in Slack; a job reads it. */
  origin?: TicketOrigin | undefined;
  /** Channels that forwarded messages in the text come from. */
  quotedChannels?: readonly string[] | undefined;
  /** Taking the reaction back withdraws it. */
  byReaction?: boolean | undefined;
  /** Its thread is meant, and is one ticket while that is open, whoever asks and in whatever way. */
  oncePerThread?: boolean | undefined;
  entry: TicketEntry;
  /** Chosen by a person in a form. */
  categoryId?: string | undefined;
  priority?: Priority | undefined;
  reporter?: string | undefined;
  idempotencyKey?: string | undefined;
  replyTo?: ReplyTo | undefined;
};

/**
 * A ticket with the job that goes on with it, in one commit (law 1). What was typed is shown at once; what lives in Slack when it was read. Of
 * those that ask for one of the same thread at the same time, in whatever process, the first makes it and the others get that one.
 */
export const storeTicket = async (
  deps: { orm: Orm; clock: Clock },
  actor: Actor,
  input: CreateTicket,
  lane: Lane,
): Promise<{ ticket: Ticket; sameThread: boolean }> =>
  forWorkspace(deps.orm, actor.workspaceId).transactional(async (db) => {
    const now = deps.clock.now();
    const settings = await ensureSettings(db, actor.workspaceId, now);
    if (input.oncePerThread) {
      await lockTickets(db, actor.workspaceId);
      const same = await findOpenInThread(db, actor.workspaceId, input);
      if (same) return { ticket: same, sameThread: true };
    }
    const category = input.categoryId ? await openCategory(db, input.categoryId) : null;
    const typed = input.text?.replaceAll('\u0000', '').trim().slice(0, MAX_BODY) || null;
    if (!input.origin && !hasWords(`${input.title ?? ''}\n${typed ?? ''}`))
      throw new AppError('BAD_INPUT', 'There are no words in the ticket; say in a sentence what it is about.', { field: 'text' });
    const { replyTo } = input;
    const title = titleOf(input.title, input.origin ? '' : (typed ?? ''));
    // Where it waits for triage, its clock does not.
    const waits = !input.origin && settings.delaySeconds > 0;
    const priority = input.priority ?? (waits ? firstPriority({ title, body: typed ?? '' }) : null);
    const ticket = Object.assign(new Ticket(), {
      ...untouched,
      id: newId('tkt'),
      workspaceId: actor.workspaceId,
      number: await takeNumber(db, actor.workspaceId),
      title,
      body: input.origin ? '' : (typed ?? ''),
      typed,
      entry: input.entry,
      origin: input.origin ?? null,
      ...placesOf(input),
      byReaction: input.byReaction ?? false,
      reporter: input.reporter ?? actor.actingFor ?? actor.id,
      state: (category ? 'ROUTED' : 'NEW') as TicketState,
      categoryId: category?.id ?? null,
      categoryBy: category ? ('PERSON' as const) : null,
      priority,
      priorityBy: priority ? (input.priority ? ('PERSON' as const) : ('MODEL' as const)) : null,
      dueAt: priority ? dueAt(priority, now, settings) : null,
      touched: category !== null,
      createdBy: actor.id,
      actingFor: actor.actingFor,
      idempotencyKey: input.idempotencyKey ?? null,
      requestId: actor.requestId,
      createdAt: now,
      updatedAt: now,
    });
    const answer = replyTo ? newDelivery(actor.workspaceId, ticket.id, replyTo, now) : null;
    const next = ticketJob(input.origin ? 'collect-ticket' : 'triage-ticket', ticket, actor.requestId, lane);
    // What lives in Slack is read at once; it is the deciding that waits.
    const runAt = input.origin ? undefined : peopleFirst(ticket, settings.delaySeconds, deps.clock);
    await writeTogether(db, {
      rows: [[Ticket, ticket], auditRow(actor, 'ticket.created', ticket.id), ...(answer ? [[Delivery, answer] as const] : [])],
      jobs: [{ ...next, runAt }, ...(answer && !input.origin ? [deliverJob(answer, actor.requestId)] : [])],
    });
    await announce(db, ticket, 'TICKET_CREATED', actor.requestId);
    return { ticket, sameThread: false };
  });

const untouched = {
  status: 'QUEUED' as const,
  failure: null,
  assignee: null,
  snoozedUntil: null,
  mergedInto: null,
  prediction: null,
  fields: [],
  toldOnce: [],
  unreadFiles: [],
  resolvedAt: null,
};

/** What came from no channel was never hidden from anybody; whether everybody can read a channel, Slack is asked later. */
const placesOf = ({ origin, replyTo, quotedChannels = [] }: CreateTicket): Pick<Ticket, 'channels' | 'openly'> => {
  const channels = [...new Set([origin?.channel ?? [], replyTo?.channel ?? [], ...quotedChannels].flat())];
  return { channels, openly: channels.length === 0 };
};
