/** One group as the model sees it, with whether a maintainer wrote an entry for it. */
export type Example = { part: string; features: readonly string[]; label: boolean };

/** One group, or one line of a changelog, with the section it stands under. */
export type SectionExample = Omit<Example, 'label'> & { section: string };

/**
 * Logistic regression with an L2 penalty that pulls towards the priors: the same examples give the same weights. Every part (repository)
 * counts as much as any other.
 */
export const fitWeights = (
  examples: readonly Example[],
  penalty: number,
  priors: Readonly<Record<string, number>> = {},
): Record<string, number> => {
  const { names, rows, penalties } = prepare(examples, penalty, priors);
  const shares = sharesOf(examples, 1);
  const start = Float64Array.from(names, (name) => priors[name] ?? 0);
  const weights = descend(start, penalties, stepFor(rows, penalties, 0.25), (at, slope) => {
    for (const [i, row] of rows.entries()) {
      let sum = 0;
      for (const feature of row) sum += at[feature] ?? 0;
      const error = (1 / (1 + Math.exp(-sum)) - (examples[i]?.label ? 1 : 0)) * (shares[i] ?? 0);
      for (const feature of row) slope[feature] = (slope[feature] ?? 0) + error;
    }
  });
  return toRecord(names, weights);
};

/** The same for one of several sections at once (softmax). A part counts by the square root of its examples: small ones hold little of each section. */
export const fitSections = <Section extends string>(
  examples: readonly SectionExample[],
  sections: readonly Section[],
  penalty: number,
  priors: Readonly<Record<Section, Readonly<Record<string, number>>>>,
): Record<Section, Record<string, number>> => {
  const { names, rows, penalties } = prepare(examples, penalty, Object.assign({}, ...Object.values(priors)));
  const shares = sharesOf(examples, 0.5);
  const size = names.length;
  const start = Float64Array.from(sections.flatMap((section) => names.map((name) => priors[section][name] ?? 0)));
  const repeated = Float64Array.from(sections.flatMap(() => [...penalties]));
  const weights = descend(start, repeated, stepFor(rows, penalties, 0.5), (at, slope) => {
    for (const [i, row] of rows.entries()) {
      const odds = sections.map((_, place) => Math.exp(row.reduce((sum, feature) => sum + (at[place * size + feature] ?? 0), 0)));
      const all = odds.reduce((sum, x) => sum + x, 0);
      for (const [place, section] of sections.entries()) {
        const error = ((odds[place] ?? 0) / all - (examples[i]?.section === section ? 1 : 0)) * (shares[i] ?? 0);
        for (const feature of row) slope[place * size + feature] = (slope[place * size + feature] ?? 0) + error;
      }
    }
  });
  const entries = sections.map((section, place) => [section, toRecord(names, weights.subarray(place * size, (place + 1) * size))]);
  return Object.fromEntries(entries) as Record<Section, Record<string, number>>;
};

// Single words are many and say little each.
const wordPenalty = 3;

const prepare = (examples: readonly Omit<Example, 'label'>[], penalty: number, priors: Readonly<Record<string, number>>) => {
  const names = generalFeatures(examples, priors);
  const indexOf = new Map(names.map((name, i) => [name, i]));
  return {
    names,
    rows: examples.map(({ features }) => Int32Array.from(features.flatMap((name) => indexOf.get(name) ?? []))),
    penalties: Float64Array.from(names, (name) => (name === 'bias' ? 0 : /^(?:w|first):/.test(name) ? wordPenalty * penalty : penalty)),
  };
};

/** What each example weighs, one for all together, when a part weighs its number of examples to the power of `power - 1` each. */
const sharesOf = (examples: readonly Omit<Example, 'label'>[], power: 1 | 0.5): number[] => {
  const sizes = new Map([...Map.groupBy(examples, ({ part }) => part)].map(([part, all]) => [part, all.length]));
  const raw = examples.map(({ part }) => (sizes.get(part) ?? 1) ** -power);
  const all = raw.reduce((sum, x) => sum + x, 0);
  return raw.map((x) => x / all);
};

const stepFor = (rows: readonly Int32Array[], penalties: Float64Array, curve: number): number =>
  1 / (curve * Math.max(...rows.map(({ length }) => length)) + Math.max(...penalties));

const rounds = 400;

/** Nesterov's accelerated gradient descent. `addSlope` adds the slope of the loss; that of the penalty is added here. */
const descend = (
  start: Float64Array,
  penalties: Float64Array,
  step: number,
  addSlope: (at: Float64Array, slope: Float64Array) => void,
): Float64Array => {
  const weights = start.slice();
  let ahead = start.slice();
  for (let round = 1; round <= rounds; round++) {
    const slope = Float64Array.from(ahead, (weight, i) => (penalties[i] ?? 0) * (weight - (start[i] ?? 0)));
    addSlope(ahead, slope);
    const next = new Float64Array(start.length);
    for (let i = 0; i < start.length; i++) {
      const moved = (ahead[i] ?? 0) - step * (slope[i] ?? 0);
      next[i] = moved + ((round - 1) / (round + 2)) * (moved - (weights[i] ?? 0));
      weights[i] = moved;
    }
    ahead = next;
  }
  return weights;
};

const toRecord = (names: readonly string[], weights: Float64Array): Record<string, number> =>
  Object.fromEntries(names.map((name, i) => [name, Number((weights[i] ?? 0).toFixed(3))] as const).filter(([, weight]) => weight !== 0));

const fewestParts = 3;
const fewestExamples = 6;

/** What occurs in one or two projects only is theirs, not the language's, unless anybody would have said it before. */
const generalFeatures = (examples: readonly Omit<Example, 'label'>[], priors: Readonly<Record<string, number>>): string[] => {
  const seen = new Map<string, { parts: Set<string>; examples: number }>();
  for (const { part, features } of examples)
    for (const name of features) {
      const known = seen.get(name) ?? { parts: new Set(), examples: 0 };
      known.parts.add(part);
      known.examples++;
      seen.set(name, known);
    }
  const general = [...seen].filter(([, { parts, examples: times }]) => parts.size >= fewestParts && times >= fewestExamples);
  return [...new Set([...general.map(([name]) => name), ...Object.keys(priors)])].sort();
};
