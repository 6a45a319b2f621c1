import { Delivery } from '#db/entities/delivery.ts';
import type { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import type { ReplyTo } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';
import { isOver, isUnconfirmed, isWaiting } from '#src/tickets/ticket-state.ts';
import type { Closer } from './closed-by.ts';
import { whereSaid } from './where-said.ts';

/**
 * What people are told in a message of its own, because nobody hears of an edit: what they asked for is closed, or open again, the ticket theirs was
 * merged into is, one is with them now, one they had is so no more, one they put to sleep is awake, one is past due, one became urgent,
 * one that is urgent is nobody's again, one could not be posted to its team.
 */
export type NoteKind = 'resolved' | 'closed' | 'assigned' | 'passed' | 'awake' | 'reopened' | 'due' | 'raised' | 'free' | 'unposted';

/** What happens to a ticket may happen again within a second; a time that is kept with it is known to the second. `whom`: a user of Slack's. */
const noteSubject = (ticketId: string, kind: NoteKind, at: Date, whom?: string): string =>
  `${ticketId}:note:${kind}:${kind === 'due' || kind === 'unposted' ? Math.floor(at.getTime() / 1000) : at.getTime()}${whom ? `:${whom}` : ''}`;

export type Note = { kind: NoteKind; whom: string | undefined };

/** A note, by the part of its subject behind the ticket's id; undefined for everything else. */
export const noteOf = (subjectId: string): Note | undefined => {
  const [, place, kind, , whom] = subjectId.split(':');
  return place === 'note' ? { kind: kind as NoteKind, whom } : undefined;
};

/** Puts a note into the thread a ticket is answered in, for `whom` if it is for somebody who does not stand in the ticket; says whether there is one. Once for each time. */
export const noteInThread = async (
  db: Db,
  ticket: Pick<Ticket, 'id' | 'workspaceId'>,
  kind: NoteKind,
  at: Date,
  whom?: string,
): Promise<boolean> => {
  const delivery = await db.findOne(Delivery, { subjectId: ticket.id }, { disableIdentityMap: true });
  const threadTs = delivery?.replyTo.threadTs ?? delivery?.rootTs;
  if (!delivery || !threadTs) return false;
  await post(db, ticket, noteSubject(ticket.id, kind, at, whom), { ...delivery.replyTo, threadTs }, at);
  return true;
};

/** Who had a ticket hears what became of it. */
export const notePassed = async (
  db: Db,
  ticket: Pick<Ticket, 'id' | 'workspaceId'>,
  kind: 'passed' | 'reopened',
  before: string,
  now: Date,
): Promise<void> => {
  const user = userOf(before);
  if (user) await noteInThread(db, ticket, kind, now, user);
};

/** Puts a note into a channel. Once for each time. */
export const noteInChannel = (
  db: Db,
  ticket: Pick<Ticket, 'id' | 'workspaceId'>,
  kind: NoteKind,
  place: { teamId: string; channel: string; at: Date },
): Promise<void> =>
  post(
    db,
    ticket,
    noteSubject(ticket.id, kind, place.at),
    { kind: 'slack', teamId: place.teamId, channel: place.channel, user: '' },
    place.at,
  );

const post = async (
  db: Db,
  { workspaceId }: Pick<Ticket, 'workspaceId'>,
  subjectId: string,
  replyTo: ReplyTo,
  now: Date,
): Promise<void> => {
  if (await db.findOne(Delivery, { subjectId }, { fields: ['id'] })) return;
  const delivery = newDelivery(workspaceId, subjectId, replyTo, now);
  await db.persist(delivery).flush();
  await addJob(db, deliverJob(delivery));
};

export type Noted = {
  ticket: Pick<Ticket, 'id' | 'number' | 'state' | 'reporter' | 'assignee' | 'priority' | 'priorityBy'>;
  /** Null where its words may not be told. */
  title: string | null;
  /** The address of the thread it was said in, for a note that stands elsewhere. */
  thread: string | null;
  mergedInto: Pick<Ticket, 'number' | 'state'> | null;
  /** The team it is with. */
  team: string | null;
  /** Who is on call where it stands. */
  onCall: string | null;
  /** Who closed it, or the ticket it was merged into. */
  closedBy: Closer | null;
};

/** Null when it is true no more. In its own thread numbers will do; elsewhere the title, where it may be told, says what it is about. */
export const noteReport = ({ kind, whom }: Note, noted: Noted): Report | null => {
  const { ticket, mergedInto, team } = noted;
  const { number, state, reporter, assignee, priority } = ticket;
  const suggested = isUnconfirmed(ticket);
  switch (kind) {
    case 'resolved':
      return isOver(state) ? by(noted.closedBy, to(userOf(reporter), ended(noted))) : null;
    case 'reopened':
      if (isOver(state) && (state !== 'MERGED' || !mergedInto || isOver(mergedInto.state))) return null;
      return to(
        whom ?? userOf(reporter),
        `${state === 'MERGED' ? `T-${mergedInto?.number}, which T-${number} is the same as,` : `T-${number}`} is open again`,
      );
    case 'passed':
      return passed(whom, noted);
    case 'closed':
      if (state !== 'MERGED' || (mergedInto?.state !== 'RESOLVED' && mergedInto?.state !== 'NOT_A_TICKET')) return null;
      return by(
        noted.closedBy,
        to(
          userOf(reporter),
          `T-${mergedInto.number}, which T-${number} is the same as, ${mergedInto.state === 'RESOLVED' ? 'is resolved' : 'was closed as not a ticket'}`,
        ),
      );
    case 'assigned':
      return state === 'TAKEN' ? to(userOf(assignee), `T-${number} is with you now`) : null;
    case 'awake':
      return state === 'SNOOZED' ? null : to(userOf(assignee ?? reporter), `T-${number} is awake again`);
    case 'unposted':
      return {
        ...to(undefined, `T-${number} could not be posted in the ${team ? `channel of ${team}` : 'admins’ channel'}`),
        subtitle: 'Invite me there (/invite), or name another channel in /aiops settings; with the next change of the ticket I try again.',
        tone: 'failed',
      };
    case 'due':
      return calling(`T-${number} is past due${priority ? ` · ${suggested ? 'suggested ' : ''}${priority}` : ''}`, noted);
    case 'raised':
      return calling(`T-${number} ${suggested ? 'may be' : 'is'} ${priority} now${suggested ? ', not confirmed yet' : ''}`, noted);
    case 'free':
      return isWaiting(state) ? calling(`T-${number} waits again · ${suggested ? 'suggested ' : ''}${priority}`, noted) : null;
  }
};

/** What became of a ticket that is over. */
const ended = ({ ticket: { number, state }, mergedInto }: Noted): string =>
  `T-${number} ${
    {
      RESOLVED: 'is resolved',
      NOT_A_TICKET: 'was closed as not a ticket',
      WITHDRAWN: 'was withdrawn',
      MERGED: mergedInto ? `was merged into T-${mergedInto.number}` : 'was merged',
    }[state as string] ?? 'is over'
  }`;

/** For who had it; null when they have it again. */
const passed = (whom: string | undefined, noted: Noted): Report | null => {
  const { number, state, assignee } = noted.ticket;
  const user = userOf(assignee);
  if (isOver(state)) return by(noted.closedBy, to(whom, ended(noted)));
  if (!assignee) return to(whom, `T-${number} was given back: nobody has it now`);
  return user === whom ? null : { ...to(whom, `T-${number} is with somebody else now`), ...(user ? { withUser: user } : {}) };
};

/** Whoever has it is called, else who is on call; it leads there, and can be taken from here. */
const calling = (headline: string, { ticket: { id, number, assignee }, title, thread, onCall }: Noted): Report => {
  const called = userOf(assignee) ?? onCall;
  return {
    ...to(undefined, `${headline}${assignee ? '' : ' · nobody has it'}`),
    tone: 'high',
    ...(title === null ? {} : { subtitle: title }),
    ...(called ? { notify: called } : {}),
    sections: whereSaid(thread, number),
    actions: assignee ? [] : [{ id: 'ticket_take', label: 'Take', value: JSON.stringify({ id }), primary: true }],
  };
};

/** Says who did it, as far as that is known. */
export const by = (closer: Closer | null, report: Report): Report => {
  if (!closer) return report;
  return 'user' in closer
    ? { ...report, done: { word: closer.word, by: closer.user } }
    : { ...report, facts: [`${closer.word} by ${closer.name}`, ...report.facts] };
};

const to = (by: string | undefined, headline: string): Report => ({
  ...(by ? { by } : {}),
  headline,
  tone: 'info',
  sections: [],
  charts: [],
  facts: [],
  actions: [],
});

/** The id in Slack of whoever a ticket names; undefined for people who are not in Slack. */
export const userOf = (person: string | null | undefined): string | undefined =>
  person?.startsWith('slack:') ? person.split(':')[2] : undefined;
