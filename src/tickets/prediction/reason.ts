import type { Category } from '#db/entities/category.ts';
import { explainCategory, type TicketText } from '#src/tickets/classify/index.ts';
import { isDisputed, type Votes } from './combine.ts';
import { CLOSE, type Guess } from './guesses.ts';
import type { CurrentModel } from './models.ts';
import type { Known } from './what-people-said.ts';

export type Reasoned = {
  current: CurrentModel;
  text: TicketText;
  top: Guess | undefined;
  categories: readonly Pick<Category, 'id' | 'name'>[];
  alike: Known['alike'];
  votes: Votes;
  /** What the engine went by, if it counts. */
  quote: string | null;
  notATicket: number | null;
};

/** One sentence: what decided, with the ticket's own words. */
export const reasonOf = (given: Reasoned): string => {
  const { current, text, top, categories, alike, votes, quote, notATicket } = given;
  const nameOf = (id: string | null | undefined): string => categories.find((category) => category.id === id)?.name ?? 'something else';
  if (notATicket !== null) return `It reads like T-${notATicket}, which a person said is not a ticket.`;
  if (isDisputed(votes))
    return `Two judges differ: this workspace’s history says ${nameOf(votes.own[0]?.categoryId)}, the engine ${nameOf(votes.engine)}.`;
  if (quote) return `The ticket says “${quote.slice(0, 160)}”.`;
  // Hardly more than chance: whatever words it hangs on explain nothing.
  const categoryId = top && top.probability * categories.length > CLEARLY_MORE_THAN_CHANCE ? top.categoryId : undefined;
  if (!categoryId) return NOTHING_CLEAR;
  const close = alike.find(({ ticket, score }) => score >= CLOSE && ticket.categoryBy === 'PERSON' && ticket.categoryId === categoryId);
  const quotes = explainCategory(current.model, text, categoryId).map((evidence) => `“${evidence.quote}”`);
  const because = close ? `It reads like T-${close.ticket.number}, which a person put there` : null;
  if (because && quotes.length > 0) return `${because}; ${quotes.slice(0, 2).join(' and ')} point there too.`;
  if (because) return `${because}.`;
  return quotes.length > 0 ? `${joined(quotes)} ${quotes.length > 1 ? 'point' : 'points'} to ${nameOf(categoryId)}.` : NOTHING_CLEAR;
};

const NOTHING_CLEAR = 'No word of it points clearly to one of the categories.';

const CLEARLY_MORE_THAN_CHANCE = 1.5;

const joined = (parts: string[]): string => (parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? ''));
