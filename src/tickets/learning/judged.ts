import type { SetBy, Ticket, TicketPrediction, TicketState } from '#db/entities/ticket.ts';

/**
 * What people made of a ticket, wherever predictions are judged: they put it somewhere themselves, or it was applied by itself, they worked with it
 * and left it there.
 */
export const judged = { $or: [{ categoryBy: 'PERSON' as const }, { categoryBy: 'MODEL' as const, touched: true }] };

type Placed = Pick<Ticket, 'state' | 'categoryId'> & { categoryBy?: SetBy | null; touched: boolean };

/** Where people say it belongs; null when they said nothing yet, or that it is no ticket. */
export const saidPlace = ({ categoryId, categoryBy, touched, state }: Placed): string | null =>
  categoryId && state !== notOne && (categoryBy === 'PERSON' || (categoryBy === 'MODEL' && touched)) ? categoryId : null;

const notOne: TicketState = 'NOT_A_TICKET';

/** What was foretold before people had their say, the likeliest one where it abstained; null when nothing was. */
export const guessOf = (prediction: TicketPrediction | null | undefined): string | null =>
  prediction && !prediction.late ? (prediction.categoryId ?? prediction.alternatives[0]?.categoryId ?? null) : null;
