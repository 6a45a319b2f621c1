import type { Priority } from '#db/entities/ticket.ts';
import type { FoundLookAlike } from './look-alikes.ts';

/** What people decided on tickets that read alike. */
export type Known = {
  /** The tickets that are some, most alike first. */
  alike: FoundLookAlike[];
  decided: { categoryId: string; score: number }[];
  /** Of the most alike whose priority a person set, if it reads nearly the same. */
  priority: { priority: Priority; number: number } | null;
  /** The number of one that reads nearly the same and that a person said is no ticket; null when a ticket reads as much like it. */
  notATicket: number | null;
};

// Of the others nobody would say that they read alike.
const LOOKED_AT = 20;
// What says the same, give or take a word.
const NEARLY_THE_SAME = 0.6;

export const whatPeopleSaid = (found: readonly FoundLookAlike[]): Known => {
  const closest = found.slice(0, LOOKED_AT);
  const alike = closest.filter(({ ticket }) => ticket.state !== 'NOT_A_TICKET');
  const not = closest.find(({ ticket, score }) => ticket.state === 'NOT_A_TICKET' && score >= NEARLY_THE_SAME);
  const like = alike.find(({ ticket, score }) => score >= NEARLY_THE_SAME && ticket.priorityBy === 'PERSON')?.ticket;
  return {
    alike,
    decided: alike.flatMap(({ ticket, score }) =>
      ticket.categoryBy === 'PERSON' && ticket.categoryId ? [{ categoryId: ticket.categoryId, score }] : [],
    ),
    priority: like?.priority ? { priority: like.priority, number: like.number } : null,
    notATicket: not && !alike.some((one) => outweighs(one, not)) ? not.ticket.number : null,
  };
};

// Scores closer than this are the same.
const EVEN = 0.02;

/** A person sorted one that reads more like it; or as much, and later. */
const outweighs = (one: FoundLookAlike, not: FoundLookAlike): boolean =>
  one.ticket.categoryBy === 'PERSON' && (one.score > not.score + EVEN || (one.score > not.score - EVEN && one.ticket.id > not.ticket.id));
