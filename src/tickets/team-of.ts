import type { Ticket } from '#db/entities/ticket.ts';

/** The category whose team is to answer: what a ticket is, or what it seems to be while that waits for a tap; null when nobody can say. */
export const teamOf = ({ categoryId, state, prediction }: Pick<Ticket, 'categoryId' | 'state' | 'prediction'>): string | null =>
  categoryId ?? (state === 'SUGGESTED' || state === 'NEEDS_HUMAN' ? prediction?.categoryId : null) ?? null;
