import { Category } from '#db/entities/category.ts';
import { Delivery } from '#db/entities/delivery.ts';
import { Ticket } from '#db/entities/ticket.ts';
import type { TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { isPrivateIn, mayBeNamedIn, mustHideIn } from '#db/restricted.ts';
import type { Clock, Conversations } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { type TicketReportInput, ticketReport } from '#src/tickets/report.ts';
import { ensureSettings } from '#src/tickets/settings/settings.ts';
import { teamOf } from '#src/tickets/team-of.ts';
import { isOver, isWaiting } from '#src/tickets/ticket-state.ts';
import { isCallWanted, isUrgent } from './call-team.ts';
import { closedBy } from './closed-by.ts';
import { by, type Note, noteInChannel, noteInThread, noteOf, noteReport } from './note.ts';
import { openToAll } from './open-to-all.ts';
import { mayStand, postsOf, threadOf } from './team-post.ts';
import { isWantedIn, mayBeCritical } from './tell-team.ts';

export type TicketRendererDeps = { orm: Orm; clock: Clock; conversations: Conversations };

/** What the thread of a ticket shows, and (subject `…:team`) the message in a team's channel; both always say the same. */
export const createTicketRenderer =
  ({ orm, clock, conversations }: TicketRendererDeps): Renderer =>
  async (workspaceId, subjectId) => {
    const [id = '', place] = subjectId.split(':');
    const db = forWorkspace(orm, workspaceId);
    const ticket = await db.findOne(Ticket, { id });
    const delivery = await db.findOne(Delivery, { subjectId });
    if (!ticket || !delivery) return null;
    const { adminChannel, restrictedChannels, businessHours } = await ensureSettings(db, workspaceId, clock.now());
    const hidden = await hiddenIn(delivery.replyTo.channel, ticket, restrictedChannels, conversations);
    const note = noteOf(subjectId);
    if (note) return noted(note, { ticket, delivery, hidden, conversations, adminChannel }, db);
    const alone = place !== undefined;
    // A team hears nothing of what was over, or another team's, before its channel was told; a post that may have got through is put right.
    if (alone && !mayStand(delivery) && !(await isWantedIn(db, ticket, delivery.replyTo.channel, { adminChannel }))) return null;
    const report = await reportOf(
      db,
      { clock, conversations },
      {
        ticket,
        delivery,
        alone,
        hidden,
        restrictedChannels,
        timeZone: businessHours.timeZone,
      },
    );
    const nothingRead = ticket.body === '' && (ticket.status === 'FAILED' || ticket.failure?.code === 'CHAT_TOKEN_REFUSED');
    return {
      root: alone ? report : opening(ticket, hidden),
      reply: alone ? null : report,
      // A ticket can be reopened, so its messages are never settled for good.
      final: false,
      ...(alone ? { refused: (tx: Db) => sayUnposted(tx, ticket, delivery.replyTo.teamId) } : {}),
      whisper: nothingRead
        ? `${ticket.failure?.message ?? 'That message could not be read.'} (${ticket.failure?.id ?? ticket.id})`
        : undefined,
    };
  };

/** Why its words are not told there; null when they are. */
const hiddenIn = async (
  channel: string,
  ticket: Ticket,
  restrictedChannels: readonly string[],
  conversations: Conversations,
): Promise<TicketReportInput['hidden']> => {
  if (mustHideIn(channel, ticket, restrictedChannels)) return 'restricted';
  if (!isPrivateIn(channel, ticket)) return null;
  const elsewhere = ticket.channels.filter((each) => each !== channel);
  return (await openToAll(conversations, elsewhere)) ? null : 'private';
};

const noted = async (
  note: Note,
  {
    ticket,
    delivery: { replyTo },
    hidden,
    conversations,
    adminChannel,
  }: Pick<Place, 'ticket' | 'delivery' | 'hidden'> & Pick<TicketRendererDeps, 'conversations'> & Pick<TriageSettings, 'adminChannel'>,
  db: Db,
): Promise<Awaited<ReturnType<Renderer>>> => {
  if (note.kind === 'due' && !isWaiting(ticket.state)) return null;
  if ((note.kind === 'raised' || note.kind === 'free') && !(await isCallWanted(db, ticket, replyTo.channel, { adminChannel }))) return null;
  const mergedInto = ticket.mergedInto ? await db.findOne(Ticket, { id: ticket.mergedInto }) : null;
  const team = teamOf(ticket);
  const category = team ? await db.findOne(Category, { id: team }) : null;
  const onCall = category?.channel === replyTo.channel ? (category.onCall ?? null) : null;
  const title = hidden ? null : ticket.title;
  const thread = replyTo.threadTs ? null : await linkTo(db, ticket, conversations);
  const closer = await closedBy(db, mergedInto ?? ticket);
  const report = noteReport(note, { ticket, title, thread, mergedInto, team: category?.team ?? null, onCall, closedBy: closer });
  return report && { root: report, reply: replyTo.threadTs ? report : null, final: true };
};

/** Where it was said, for people; null where nothing is in Slack or it gives no answer. */
const linkTo = async (db: Db, { id }: Ticket, conversations: Conversations): Promise<string | null> => {
  const thread = await threadOf(db, id);
  return thread && conversations.linkTo(thread).catch(() => null);
};

/** Where it was asked somebody reads it, else the admins do: once for each ticket. */
const sayUnposted = async (db: Db, ticket: Ticket, teamId: string): Promise<null> => {
  const said = await noteInThread(db, ticket, 'unposted', ticket.createdAt);
  const { adminChannel: channel } = await ensureSettings(db, ticket.workspaceId, ticket.createdAt);
  if (!said && channel) await noteInChannel(db, ticket, 'unposted', { teamId, channel, at: ticket.createdAt });
  return null;
};

type Place = {
  ticket: Ticket;
  delivery: Delivery;
  alone: boolean;
  hidden: TicketReportInput['hidden'];
  restrictedChannels: readonly string[];
  timeZone: string;
};

const reportOf = async (
  db: Db,
  { clock, conversations }: Omit<TicketRendererDeps, 'orm'>,
  { ticket, delivery, alone, hidden, restrictedChannels, timeZone }: Place,
): Promise<Report> => {
  const { channel } = delivery.replyTo;
  const others = await othersOf(db, ticket);
  const into = others.find((other) => other.id === ticket.mergedInto);
  const categories = await db.find(Category, {}, { orderBy: { name: 'asc' } });
  const report = ticketReport({
    ticket,
    categories,
    mergedInto: into ?? null,
    lookAlikes: others.map((other) => ({ ...other, title: mayBeNamedIn(channel, other, restrictedChannels) ? other.title : null })),
    hidden,
    thread: alone ? await linkTo(db, ticket, conversations) : null,
    toldAtOnce: mayBeCritical(ticket) ? await toldAtOnce(db, ticket, categories) : null,
    now: clock.now(),
    timeZone,
  });
  return by(await closedBy(db, into && isOver(into.state) ? into : ticket), {
    ...report,
    ...(alone ? await onCall(db, { ticket, delivery, categories, others }) : {}),
  });
};

/** Who sees it before anybody confirmed it; null where it could be posted nowhere. */
const toldAtOnce = async (db: Db, ticket: Ticket, categories: readonly Category[]): Promise<string | null> => {
  const channels = (await postsOf(db, ticket.id)).filter(({ state }) => state !== 'FAILED').map(({ replyTo }) => replyTo.channel);
  if (channels.length === 0) return null;
  const seeming = categories.find(({ id }) => id === teamOf(ticket));
  return [seeming, ...categories].find((category) => category?.channel && channels.includes(category.channel))?.team ?? 'the admins';
};

const othersOf = async (db: Db, { prediction, mergedInto }: Ticket): Promise<Ticket[]> => {
  const ids = [...(prediction?.lookAlikes.map(({ ticketId }) => ticketId) ?? []), ...(mergedInto ? [mergedInto] : [])];
  return ids.length > 0 ? db.find(Ticket, { id: { $in: ids } }) : [];
};

/**
 * In a team's channel its own person on call is named, as long as an urgent ticket is with it and nobody has it; Slack tells them once, when it is
 * posted. One that becomes urgent afterwards calls them in a message of its own.
 */
const onCall = async (
  db: Db,
  {
    ticket,
    delivery,
    categories,
    others,
  }: Pick<Place, 'ticket' | 'delivery'> & { categories: readonly Category[]; others: readonly Ticket[] },
): Promise<{ notify?: string }> => {
  const category = categories.find(({ id }) => id === teamOf(ticket));
  const urgent = ticket.categoryId ? isUrgent(ticket.priority) : mayBeCritical(ticket);
  const calls = urgent && !ticket.assignee && !isOver(ticket.state) && delivery.replyTo.channel === category?.channel;
  if (!calls || !category?.onCall || (!ticket.categoryId && (await hasCalled(db, ticket, delivery, others)))) return {};
  return { notify: category.onCall };
};

/** Many tell of one outage: an open P1 that says the same, and came to this channel before, has called already. Of two at once each finds the other: one calls. */
const hasCalled = async (db: Db, { prediction }: Ticket, { id: own, replyTo }: Delivery, others: readonly Ticket[]): Promise<boolean> => {
  const same = new Set(prediction?.lookAlikes.filter(({ duplicate }) => duplicate).map(({ ticketId }) => ticketId));
  for (const { id } of others.filter(({ id, priority, state }) => same.has(id) && priority === 'P1' && !isOver(state)))
    if ((await postsOf(db, id)).some((post) => post.replyTo.channel === replyTo.channel && post.state !== 'FAILED' && post.id < own))
      return true;
  return false;
};

/** What a thread is begun with where there was none. */
const opening = (ticket: Ticket, hidden: TicketReportInput['hidden']): Report => ({
  headline: `opened T-${ticket.number}${hidden ? '' : `: ${ticket.title}`}`,
  ...asker(ticket),
  tone: 'info',
  sections: [],
  charts: [],
  facts: [],
  actions: [],
});

const asker = ({ reporter }: Ticket): { by?: string } => {
  const user = reporter.startsWith('slack:') ? reporter.split(':')[2] : undefined;
  return user ? { by: user } : {};
};
