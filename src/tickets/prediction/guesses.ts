import { type Model, predict, type TicketText } from '#src/tickets/classify/index.ts';

/** How likely a category is; of all open ones, together one, likeliest first. */
export type Guess = { categoryId: string; probability: number };

/** What the classifier makes of a text. Only the categories given can come out. */
export const rankByModel = (model: Model, text: TicketText, categoryIds: Iterable<string>): Guess[] =>
  predict(model, text, categoryIds)?.ranked.map(({ category, confidence }) => ({ categoryId: category, probability: confidence })) ?? [];

// Below this, two tickets share a subject, not a case.
export const CLOSE = 0.35;
