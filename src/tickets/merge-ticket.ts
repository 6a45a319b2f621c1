import type { AuditDetail } from '#db/entities/audit-event.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { notify } from '#db/notices.ts';
import type { Db } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { announce, eventOf } from '#src/webhooks/announce.ts';
import { answerBy } from './due.ts';
import { idOf } from './find-tickets.ts';
import { ensureSettings } from './settings/settings.ts';
import { callIfRaised } from './telling/call-team.ts';
import { noteInThread, notePassed } from './telling/note.ts';
import { tellAll } from './telling/team-post.ts';
import { tellTeam } from './telling/tell-team.ts';
import { notFound, senseless } from './ticket-refusals.ts';
import { isOver, isWaiting } from './ticket-state.ts';

/** The id of the ticket a merge into this name leads to: what is merged points at a ticket that is not. Throws BAD_INPUT, CONFLICT, NOT_FOUND. */
export const mergesInto = async (db: Db, ticketId: string, name: string): Promise<string> => {
  const id = await idOf(db, name);
  const named = id && (await db.findOne(Ticket, { id }, { fields: ['number', 'mergedInto'] }));
  if (!named) throw notFound('intoId');
  if (id === ticketId) throw new AppError('BAD_INPUT', 'A ticket cannot be merged into itself.', { field: 'intoId' });
  if (named.mergedInto === ticketId) throw new AppError('CONFLICT', `T-${named.number} is merged into this one already.`);
  return named.mergedInto ?? id;
};

/** Merges a ticket into another, both locked: what was merged into it goes along, and the other is as urgent as this one was. Throws CONFLICT, BAD_INPUT. */
export const mergeTicket = async (
  db: Db,
  { ticket, intoId, actor, now }: { ticket: Ticket; intoId: string; actor: Actor; now: Date },
): Promise<AuditDetail> => {
  const into = await db.findOneOrFail(Ticket, { id: intoId });
  if (into.state === 'MERGED') throw new AppError('CONFLICT', `T-${into.number} was merged just now. Please try again.`);
  for (const one of [ticket, into])
    if (one.state === 'WITHDRAWN' || one.state === 'NOT_A_TICKET' || (one === ticket && isOver(one.state))) throw senseless(one);
  const me = actor.actingFor ?? actor.id;
  const had = ticket.assignee;
  const { dueAt } = ticket;
  Object.assign(ticket, { state: 'MERGED', mergedInto: into.id, snoozedUntil: null, dueAt: null });
  // Somebody else's words hang on it now: taking a reaction back withdraws it no more.
  into.touched = true;
  const along = await db.find(Ticket, { mergedInto: ticket.id });
  for (const merged of along) merged.mergedInto = into.id;
  await db.flush();
  for (const merged of along) {
    await tellAll(db, merged.id);
    await announce(db, merged, 'TICKET_MERGED', actor.requestId);
  }
  // Nobody hears of an edit, and what it was merged into was closed before.
  if (into.state === 'RESOLVED')
    for (const merged of [ticket, ...along]) if (merged.reporter !== me) await noteInThread(db, merged, 'closed', now);
  if (had && had !== me) await notePassed(db, ticket, 'passed', had, now);
  // Its trail says so as well.
  await recordAudit(db, actor, 'ticket.merged_into_this', into.id, { from: `T-${ticket.number}`, to: null });
  await takeUrgency(db, { into, from: ticket, dueAt: dueAt ?? null, actor, now });
  await notify(db, into.id);
  return { from: null, to: `T-${into.number}` };
};

type Merge = { into: Ticket; from: Ticket; actor: Actor; now: Date };

/** One emergency told of twice is one: it is answered as soon as the more urgent of the two was to be. What a person said weighs more than what was foretold. */
const takeUrgency = async (db: Db, { into, from, dueAt, actor, now }: Merge & { dueAt: Date | null }): Promise<void> => {
  const { priority: before } = into;
  const heard = from.priorityBy === 'PERSON' || into.priorityBy !== 'PERSON';
  if (isOver(into.state) || !heard || !from.priority || (before && before < from.priority)) return;
  const isRaised = before !== from.priority;
  const settings = await ensureSettings(db, into.workspaceId, now);
  if (isRaised) Object.assign(into, { priority: from.priority, priorityBy: from.priorityBy });
  if (isWaiting(into.state)) into.dueAt = earlier(isRaised ? answerBy(into, now, settings) : into.dueAt, dueAt);
  into.updatedAt = now;
  await db.flush();
  if (!isRaised) return tellAll(db, into.id);
  await recordAudit(db, actor, 'ticket.priority_set', into.id, { from: before ?? null, to: from.priority });
  if (!(await tellTeam(db, into, settings, now))) await callIfRaised(db, into, before, settings, now);
  await tellAll(db, into.id);
  await announce(db, into, eventOf('ticket.priority_set'), actor.requestId);
};

const earlier = (one: Date | null | undefined, other: Date | null): Date | null =>
  one && other ? (one < other ? one : other) : (one ?? other);
