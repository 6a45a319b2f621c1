/** One group as the model sees it, with whether a maintainer wrote an entry for it. */
export type Example = { part: string; features: readonly string[]; label: boolean };

const rounds = 400;
// Single words are many and say little each.
const wordPenalty = 3;

/**
 * Logistic regression with an L2 penalty that pulls towards the priors, by Nesterov's accelerated gradient descent: the same examples give the same weights.
 * Every part (repository) counts as much as any other.
 */
export const fitWeights = (
  examples: readonly Example[],
  penalty: number,
  priors: Readonly<Record<string, number>> = {},
): Record<string, number> => {
  const names = generalFeatures(examples);
  const indexOf = new Map(names.map((name, i) => [name, i]));
  const rows = examples.map(({ features }) => Int32Array.from(features.flatMap((name) => indexOf.get(name) ?? [])));
  const sizes = new Map([...Map.groupBy(examples, ({ part }) => part)].map(([part, all]) => [part, all.length]));
  const shares = examples.map(({ part }) => 1 / (sizes.get(part) ?? 1) / sizes.size);
  const start = Float64Array.from(names, (name) => priors[name] ?? 0);
  const weights = start.slice();
  let ahead = start.slice();
  const penaltyOf = (name: string): number => (name === 'bias' ? 0 : /^(?:w|first):/.test(name) ? wordPenalty * penalty : penalty);
  const longest = Math.max(...rows.map(({ length }) => length));
  const step = 1 / (0.25 * longest + wordPenalty * penalty);
  for (let round = 1; round <= rounds; round++) {
    const slope = Float64Array.from(ahead, (weight, i) => penaltyOf(names[i] ?? '') * (weight - (start[i] ?? 0)));
    for (const [i, row] of rows.entries()) {
      let sum = 0;
      for (const feature of row) sum += ahead[feature] ?? 0;
      const error = (1 / (1 + Math.exp(-sum)) - (examples[i]?.label ? 1 : 0)) * (shares[i] ?? 0);
      for (const feature of row) slope[feature] = (slope[feature] ?? 0) + error;
    }
    const next = new Float64Array(names.length);
    for (let i = 0; i < names.length; i++) {
      const moved = (ahead[i] ?? 0) - step * (slope[i] ?? 0);
      next[i] = moved + ((round - 1) / (round + 2)) * (moved - (weights[i] ?? 0));
      weights[i] = moved;
    }
    ahead = next;
  }
  return Object.fromEntries(names.map((name, i) => [name, Number((weights[i] ?? 0).toFixed(3))]).filter(([, weight]) => weight !== 0));
};

const fewestParts = 3;
const fewestExamples = 6;

/** What occurs in one or two projects only is theirs, not the language's. */
const generalFeatures = (examples: readonly Example[]): string[] => {
  const seen = new Map<string, { parts: Set<string>; examples: number }>();
  for (const { part, features } of examples)
    for (const name of features) {
      const known = seen.get(name) ?? { parts: new Set(), examples: 0 };
      known.parts.add(part);
      known.examples++;
      seen.set(name, known);
    }
  return [...seen]
    .filter(([, { parts, examples: times }]) => parts.size >= fewestParts && times >= fewestExamples)
    .map(([name]) => name)
    .sort();
};
