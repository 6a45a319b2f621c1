import { z } from 'zod';
import { Delivery } from '#db/entities/delivery.ts';
import { Ticket, type TicketOrigin } from '#db/entities/ticket.ts';
import type { TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob, type Lane } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock, Conversations, ReplyTo, Said } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { announce } from '#src/webhooks/announce.ts';
import { hasWords } from './classify/index.ts';
import { dueAt } from './due.ts';
import { findInThread } from './find-in-thread.ts';
import { firstPriority } from './prediction/first-priority.ts';
import { ensureSettings, lockTickets } from './settings/settings.ts';
import { openToAll } from './telling/open-to-all.ts';
import { tellAll } from './telling/team-post.ts';
import { createTicketFailure } from './ticket-failure.ts';
import { peopleFirst, ticketJob } from './ticket-job.ts';
import { isOver } from './ticket-state.ts';
import { ticketText } from './ticket-text.ts';
import { titleOf, UNTITLED } from './ticket-title.ts';

export type CollectTicketDeps = { orm: Orm; conversations: Conversations; clock: Clock };

/** Reads what is said about a ticket in Slack, shows that it is being looked at, and has it triaged. Runs again when more was said. */
export const createCollectTicket = (deps: CollectTicketDeps) => {
  const fail = createTicketFailure(deps);
  return defineJob({
    name: 'collect-ticket',
    payload: z.object({ ticketId: z.string(), workspaceId: z.string() }),
    async giveUp(payload, failure) {
      const db = forWorkspace(deps.orm, payload.workspaceId);
      const ticket = await db.findOne(Ticket, { id: payload.ticketId });
      if (!ticket || ticket.body === '') return fail(payload, failure);
      // What was read before stays, whatever became of the message; one that came back is decided on by that.
      if (ticket.state === 'NEW') await addJob(db, ticketJob('triage-ticket', ticket, ticket.requestId ?? failure.id));
    },
    async run({ ticketId, workspaceId }, { requestId, lane }) {
      const db = forWorkspace(deps.orm, workspaceId);
      const ticket = await db.findOne(Ticket, { id: ticketId });
      if (!ticket || isOver(ticket.state)) return;
      const delivery = await db.findOne(Delivery, { subjectId: ticketId });
      const read = await readSources(deps.conversations, ticket, delivery);
      if (!hasWords(read.body)) throw nothingSaid(read.unreadFiles);
      await forWorkspace(deps.orm, workspaceId).transactional((tx) => keep(tx, deps.clock, ticket, read, { requestId, lane }));
    },
  });
};

type Read = Pick<Ticket, 'body' | 'channels' | 'openly' | 'unreadFiles'> & { origin: TicketOrigin | null };

const nothingSaid = ([file, ...more]: string[]): AppError => {
  const beside = file === undefined ? '' : ` beside ${more.length === 0 ? `${file}, which I cannot read` : 'files that I cannot read'}`;
  return new AppError(
    'BAD_INPUT',
    `There are no words in that message${beside}, so there is nothing to make a ticket of. Say in words what is needed.`,
  );
};

const readSources = async (conversations: Conversations, ticket: Ticket, delivery: Delivery | null): Promise<Read> => {
  const { origin, typed } = ticket;
  const thread = origin && { said: await conversations.read(origin), meantTs: origin.ts };
  const under = delivery && answerOf(delivery);
  const elsewhere = under && !(origin?.channel === under.channel && [origin.ts, thread?.said.threadTs].includes(under.ts));
  const since = elsewhere ? saidSince(await conversations.read(under), bornAt(ticket, delivery)) : null;
  const channels = [...new Set([...ticket.channels, ...(thread?.said.quotedChannels ?? []), ...(since?.quotedChannels ?? [])])];
  return {
    body: ticketText({ typed: typed ?? null, thread: thread ?? null, since: since?.messages ?? [] }),
    origin: origin && thread ? inThread(origin, thread.said.threadTs) : null,
    channels,
    // What is shown before it is decided on is shown by this.
    openly: channels.length === 0 ? ticket.openly : await openToAll(conversations, channels),
    unreadFiles: [...new Set([...(thread?.said.unreadFiles ?? []), ...(since?.unreadFiles ?? [])].map(({ name }) => name))],
  };
};

/** The thread a ticket is answered in, once there is one. */
const answerOf = ({ replyTo, rootTs }: Delivery): Parameters<Conversations['read']>[0] | null => {
  const { teamId, channel, user } = replyTo;
  const ts = rootTs ?? replyTo.threadTs;
  return ts ? { teamId, channel, user, ts } : null;
};

/** In seconds, as Slack counts: our clock may be ahead of Slack's, but what was said after our answer was said after the ticket. */
const bornAt = ({ createdAt }: Ticket, { rootTs, messageTs }: Delivery): number =>
  Math.min(createdAt.getTime() / 1000, Number(rootTs ?? messageTs ?? Number.POSITIVE_INFINITY));

/** What stood there before is not about the ticket, or is in it already. */
const saidSince = ({ messages, unreadFiles, ...said }: Said, seconds: number): Said => {
  const isSince = ({ ts }: { ts: string }): boolean => Number(ts) > seconds;
  return { ...said, messages: messages.filter(isSince), unreadFiles: unreadFiles.filter(isSince) };
};

/** Slack may not have said in time that the message is a reply. */
const inThread = (origin: TicketOrigin, threadTs: string): TicketOrigin =>
  threadTs === origin.ts ? origin : { ...origin, kind: 'message', threadTs };

const keep = async (
  db: Db,
  clock: Clock,
  ticket: Ticket,
  { body, origin, ...places }: Read,
  { requestId, lane }: { requestId: string; lane: Lane | undefined },
): Promise<void> => {
  if (origin?.kind === 'message') await answerInThread(db, ticket, origin);
  const same =
    ticket.byReaction && !ticket.touched && ticket.origin?.kind === 'thread' ? await earlierInThread(db, ticket, origin) : undefined;
  if (same) return goAlong(db, ticket, { same, origin, requestId, now: clock.now() });
  // A title that came from the text follows it.
  const ownTitle = ticket.title === UNTITLED || ticket.title === titleOf(undefined, ticket.body);
  const first = ticket.body === '';
  const settings = await ensureSettings(db, ticket.workspaceId, clock.now());
  await db.nativeUpdate(
    Ticket,
    { id: ticket.id },
    { body, ...places, ...(origin ? { origin } : {}), ...(ownTitle ? { title: titleOf(undefined, body) } : {}), updatedAt: clock.now() },
  );
  if (first && settings.delaySeconds > 0) await startClock(db, ticket, body, settings);
  // One that is still new (it came back after it was withdrawn) waits for a decision even if nothing more was said.
  if (body === ticket.body && ticket.state !== 'NEW') return;
  if (first) await tellAll(db, ticket.id);
  await addJob(db, { ...ticketJob('triage-ticket', ticket, requestId, lane), runAt: peopleFirst(ticket, settings.delaySeconds, clock) });
};

/** Slack had not said in time that the message is a reply, and its thread was a ticket already. */
const earlierInThread = async (db: Db, { id, workspaceId }: Ticket, origin: TicketOrigin | null): Promise<Ticket | undefined> => {
  if (origin?.kind !== 'message' || !origin.threadTs) return undefined;
  await lockTickets(db, workspaceId);
  const others = await findInThread(db, workspaceId, { channel: origin.channel, ts: origin.threadTs });
  return others.filter((other) => other.id < id && !isOver(other.state)).at(-1);
};

/** All of the thread counts in the one it is already; this one says which that is. */
const goAlong = async (
  db: Db,
  { id, workspaceId }: Ticket,
  { same, origin, requestId, now }: { same: Ticket; origin: TicketOrigin | null; requestId: string; now: Date },
): Promise<void> => {
  const merged = { state: 'MERGED' as const, status: 'SUCCEEDED' as const, mergedInto: same.id, dueAt: null, origin, updatedAt: now };
  if ((await db.nativeUpdate(Ticket, { id, state: 'NEW', touched: false }, merged)) === 0) return;
  const detail = { from: null, to: `T-${same.number}` };
  await recordAudit(db, { workspaceId, id: 'triage', actingFor: null, requestId }, 'ticket.merged', id, detail);
  await tellAll(db, id);
  await announce(db, await db.findOneOrFail(Ticket, { id }, { refresh: true }), 'TICKET_MERGED', requestId);
};

/** Where it waits for triage, its clock does not; what somebody set meanwhile stays. */
const startClock = async (db: Db, ticket: Ticket, body: string, settings: TriageSettings): Promise<void> => {
  const priority = firstPriority({ title: titleOf(undefined, body), body });
  const clock = { priority, priorityBy: 'MODEL' as const, dueAt: dueAt(priority, ticket.createdAt, settings) };
  await db.nativeUpdate(Ticket, { id: ticket.id, priority: null, state: 'NEW' }, clock);
};

/** It is answered in the thread it is in (law 9). */
const answerInThread = async (
  db: Db,
  { id }: Ticket,
  { channel, ts, threadTs }: Extract<TicketOrigin, { kind: 'message' }>,
): Promise<void> => {
  const delivery = await db.findOne(Delivery, { subjectId: id, messageTs: null });
  const meant: ReplyTo | undefined = delivery?.replyTo;
  if (!delivery || !meant || meant.channel !== channel || meant.threadTs !== ts) return;
  delivery.replyTo = { ...meant, threadTs };
  await db.flush();
};
