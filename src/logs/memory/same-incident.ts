import { createHash } from 'node:crypto';
import type { LeadingProblem } from '#db/entities/log-fingerprint.ts';
import type { Problem } from '#src/logs/failures/problems.ts';
import { isSameKind } from './same-kind.ts';

/** How like two incidents are: 0 to 1, and of how many different problems in both how many are shared. */
export type Likeness = { like: number; shared: number; of: number };

export const ALIKE = 0.6;
/** Another failure of the same known kind: it says the same of other things. */
const SAME_FAILURE = 0.5;

/** From here on two incidents are told as one that came again. */
export const SAME_INCIDENT = 0.6;

/** A problem as it is remembered; `key` where its kind of record is remembered already. */
export const toLeading = ({ pattern: { template }, kind }: Problem, key = keyOf(template)): LeadingProblem => ({
  key,
  template: storable(template),
  failure: kind && kind.root > 0 && !kind.vague ? kind.id : null,
});

/** Of a kind of record, by the template it was first seen as. */
export const keyOf = (template: string): string => createHash('sha256').update(template).digest('hex').slice(0, 24);

export const storable = (template: string): string => template.replaceAll('\u0000', '').slice(0, 2_000);

/**
 * Compares the leading problems of two logs, by rank: what leads weighs most. Two problems are alike where they are of one kind of record, or say
 * mostly the same words, whatever service or error code they name; another failure of the same kind is half as like.
 */
export const likenessOf = (one: readonly LeadingProblem[], other: readonly LeadingProblem[]): Likeness => {
  const found = one.filter((problem) => bestOf(problem, other) >= ALIKE).length;
  const back = other.filter((problem) => bestOf(problem, one) >= ALIKE).length;
  const shared = Math.min(found, back);
  return { like: (heldBy(one, other) + heldBy(other, one)) / 2, shared, of: one.length + other.length - shared - Math.abs(found - back) };
};

/** The share of the one that is found in the other. */
const heldBy = (one: readonly LeadingProblem[], other: readonly LeadingProblem[]): number => {
  const weights = one.map((_, rank) => 1 / (1 + rank));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return whole === 0 ? 0 : one.reduce((sum, problem, rank) => sum + (weights[rank] ?? 0) * bestOf(problem, other), 0) / whole;
};

const bestOf = (problem: LeadingProblem, others: readonly LeadingProblem[]): number =>
  others.reduce((best, other) => Math.max(best, alike(problem, other)), 0);

/** How alike two problems are: 1 for one kind of record, and at least `ALIKE` for the same said in other words. */
export const alike = (one: LeadingProblem, other: LeadingProblem): number => {
  if (one.key === other.key || (one.template !== '' && isSameKind(one.template, other.template))) return 1;
  // Words alone do not make a timeout of a refusal.
  if (one.failure !== null && other.failure !== null && one.failure !== other.failure) return 0;
  return Math.max(sharedWords(one.template, other.template), one.failure !== null && one.failure === other.failure ? SAME_FAILURE : 0);
};

const sharedWords = (one: string, other: string): number => {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.size < FEWEST_WORDS || b.size < FEWEST_WORDS) return 0;
  const common = [...a].filter((word) => b.has(word)).length;
  const dice = (2 * common) / (a.size + b.size);
  return dice >= ALIKE ? dice : 0;
};

const FEWEST_WORDS = 3;

const wordsOf = (template: string): Set<string> =>
  new Set(
    template
      .replace(/<[a-z]+>/g, ' ')
      .toLowerCase()
      .match(/\p{L}{3,}/gu) ?? [],
  );
