import { type Model, predict, type TicketText } from './classify/index.ts';

/** How likely a category is; of all open ones, together one, likeliest first. */
export type Guess = { categoryId: string; probability: number };

/** What the classifier makes of a text. Only the categories given can come out. */
export const rankByModel = (model: Model, text: TicketText, categoryIds: Iterable<string>): Guess[] =>
  predict(model, text, categoryIds)?.ranked.map(({ category, confidence }) => ({ categoryId: category, probability: confidence })) ?? [];

/** What people decided on a ticket that reads nearly the same counts for more than what a model makes of its words. `decided`: best first. */
export const withDecided = (ranked: readonly Guess[], decided: readonly { categoryId: string; score: number }[]): Guess[] =>
  decided
    .filter(({ categoryId, score }) => score >= CLOSE && ranked.some((guess) => guess.categoryId === categoryId))
    .slice(0, 3)
    .reduce<Guess[]>((guesses, { categoryId, score }) => shift(guesses, categoryId, score * LOOK_ALIKE_WEIGHT), [...ranked]);

// Below this, two tickets share a subject, not a case.
export const CLOSE = 0.35;
const LOOK_ALIKE_WEIGHT = 0.6;

/** Two judges that see different things and agree are right more often than either; when they differ, both are doubted. */
export const agreeing = (ranked: readonly Guess[], said: string): Guess[] =>
  shift(ranked, said, ranked[0]?.categoryId === said ? 0.6 : 0.55);

/** Moves a share of all probability to one category. */
const shift = (ranked: readonly Guess[], categoryId: string, share: number): Guess[] =>
  ranked
    .map((guess) => ({ ...guess, probability: guess.probability * (1 - share) + (guess.categoryId === categoryId ? share : 0) }))
    .sort((a, b) => b.probability - a.probability);
