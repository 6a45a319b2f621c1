import { CLOSE, type Guess } from './guesses.ts';

/** What each judge of a ticket says; they see different things. */
export type Votes = {
  /** The classifier: a calibrated share for each open category, likeliest first. */
  own: readonly Guess[];
  /** What people decided on tickets that read alike, most alike first; score 0 to 1. */
  alike: readonly { categoryId: string; score: number }[];
  /** The category a remote engine named; null when it named none, was not asked, or does not count. */
  engine: string | null;
  /** How many categories there were, when `own` holds only the likeliest. */
  of?: number;
};

/**
 * How much each judge counts. `own` scales the classifier's log shares (1: taken as calibrated), `alike` the score of a look-alike, and
 * `engine` is the engine's log-odds of being right, beyond chance.
 */
export type Weights = { own: number; alike: number; engine: number };

/**
 * Before there is anything to learn from: the classifier is calibrated by itself, a ticket that reads the very same makes a category twenty
 * times as likely, and an engine is right six times in ten.
 */
export const cautious: Weights = { own: 1, alike: 3, engine: 0.4 };

/** The judges' evidence added up as log-odds, as calibrated shares of all open categories, likeliest first. */
export const combine = (votes: Votes, weights: Weights = cautious): Guess[] => {
  const ids = votes.own.map(({ categoryId }) => categoryId);
  const shares = sharesOf(evidenceOf(votes, ids), weights);
  return ids
    .map((categoryId, place) => ({ categoryId, probability: shares[place] as number }))
    .sort((a, b) => b.probability - a.probability);
};

/** For each category: what the judges say about it, and what counts whatever the weights are. */
export type Evidence = { own: number; alike: number; engine: number; offset: number };

const FLOOR = 1e-4;
const MOST_ALIKE = 3;

export const evidenceOf = (votes: Votes, ids: readonly string[]): Evidence[] => {
  const close = votes.alike.filter(({ score }) => score >= CLOSE).slice(0, MOST_ALIKE);
  const shares = new Map(votes.own.map(({ categoryId, probability }) => [categoryId, probability]));
  // An engine that only guessed would be right once in as many as there are.
  const chance = Math.log(Math.max(1, (votes.of ?? ids.length) - 1));
  return ids.map((id) => ({
    own: Math.log(Math.max(FLOOR, shares.get(id) ?? 0)),
    // A second one like the first says less than the first did.
    alike: close.filter(({ categoryId }) => categoryId === id).reduce((sum, { score }, place) => sum + score / (place + 1), 0),
    engine: votes.engine === id ? 1 : 0,
    offset: votes.engine === id ? chance : 0,
  }));
};

export const sharesOf = (evidence: readonly Evidence[], { own, alike, engine }: Weights): Float64Array => {
  const scores = Float64Array.from(evidence, (each) => own * each.own + alike * each.alike + engine * each.engine + each.offset);
  const top = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

const SURE = 0.9;

/** The classifier is sure, and the engine says something else: neither is believed, a human decides. */
export const isDisputed = ({ own: [first], engine }: Votes): boolean =>
  first !== undefined && engine !== null && first.probability > SURE && engine !== first.categoryId;
