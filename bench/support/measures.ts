import { expectedCalibrationError } from '#src/tickets/classify/index.ts';

/** One prediction beside the truth; `part` is the part of the set whose macro-F1 counts by itself. */
export type Outcome = { part: string; truth: string; prediction: string; confidence: number };

export type Interval = [low: number, high: number];

export const accuracy = (outcomes: readonly Outcome[]): number =>
  outcomes.filter(({ truth, prediction }) => truth === prediction).length / Math.max(1, outcomes.length);

/** F1 of each class; where the set has parts, the mean over them. */
export const f1ByClass = (outcomes: readonly Outcome[]): Record<string, number> => {
  const sums = new Map<string, { sum: number; parts: number }>();
  for (const part of partsOf(outcomes).values())
    for (const [name, f1] of classScores(part)) {
      const before = sums.get(name) ?? { sum: 0, parts: 0 };
      sums.set(name, { sum: before.sum + f1, parts: before.parts + 1 });
    }
  return Object.fromEntries([...sums].sort(([x], [y]) => (x < y ? -1 : 1)).map(([name, { sum, parts }]) => [name, sum / parts]));
};

/** Mean F1 over classes that occur, mean over the parts of the set. */
export const macroF1 = (outcomes: readonly Outcome[]): number => {
  const parts = [...partsOf(outcomes).values()].map((part) => mean([...classScores(part).values()]));
  return mean(parts);
};

/** The share right among the surest part of all predictions. */
export const precisionAt = (outcomes: readonly Outcome[], coverage: number): number =>
  accuracy([...outcomes].sort((x, y) => y.confidence - x.confidence).slice(0, Math.max(1, Math.round(outcomes.length * coverage))));

/** Fifteen bins of equal width. */
export const calibrationError = (outcomes: readonly Outcome[]): number =>
  expectedCalibrationError(outcomes.map(({ truth, prediction, confidence }) => ({ confidence, right: truth === prediction })));

/** 95 % of a figure over items drawn again with replacement, a thousand times, always the same. */
export const bootstrap = <T>(items: readonly T[], figure: (drawn: T[]) => number, times = 1000): Interval => {
  let state = 12345;
  const below = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4_294_967_296) * n);
  };
  const figures = Array.from({ length: times }, () => figure(Array.from(items, () => items[below(items.length)] as T))).sort(
    (x, y) => x - y,
  );
  return [figures[Math.floor(times * 0.025)] ?? 0, figures[Math.floor(times * 0.975)] ?? 0];
};

export const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / Math.max(1, numbers.length);

export const rounded = (x: number): number => Number(x.toFixed(4));

export const partsOf = (outcomes: readonly Outcome[]): Map<string, Outcome[]> => Map.groupBy(outcomes, ({ part }) => part);

const classScores = (outcomes: readonly Outcome[]): Map<string, number> => {
  const counts = new Map<string, { hit: number; all: number; truth: number }>();
  const of = (name: string) => {
    const known = counts.get(name) ?? { hit: 0, all: 0, truth: 0 };
    counts.set(name, known);
    return known;
  };
  for (const { truth, prediction } of outcomes) {
    of(truth).all++;
    of(truth).truth++;
    of(prediction).all++;
    if (truth === prediction) of(truth).hit++;
  }
  return new Map([...counts].filter(([, { truth }]) => truth > 0).map(([name, { hit, all }]) => [name, (2 * hit) / all]));
};
