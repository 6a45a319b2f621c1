import { weights as learned, type Weights } from './highlight-weights.ts';
import { aroundNames, aroundOf, ownNames, ownSignals, placeNames, placeOf, type Signals } from './line-signals.ts';
import type { SignedLine } from './line-signs.ts';
import { toScene, type Whole } from './log-scene.ts';

/**
 * How likely a person would mark each line as telling why a build or a run failed. Three passes, each a weighted sum of signals: the line
 * in its place, then with what the pass before thought of its neighbours and its paragraph, and that once more. The passes are averaged:
 * the first is bold, the last one is steady.
 */
export const judgeLines = (lines: readonly SignedLine[], whole: Whole, weights: Weights = learned): Float64Array => {
  const scene = toScene(lines, whole);
  const own = join(ownSignals(lines), placeOf(scene));
  const first = weigh(own, weights.first, firstNames);
  const second = weigh(join(own, aroundOf(scene, first)), weights.second, laterNames);
  const third = weigh(join(own, aroundOf(scene, second)), weights.third, laterNames);
  return first.map((odds, at) => toProbability((odds + (second[at] as number) + (third[at] as number)) / 3));
};

export const firstNames: readonly string[] = [...ownNames, ...placeNames];
export const laterNames: readonly string[] = [...firstNames, ...aroundNames];

const join = (one: Signals, other: Signals): Signals => one.map((values, at) => Float64Array.of(...values, ...(other[at] as Float64Array)));

const weigh = (signals: Signals, weights: Readonly<Record<string, number>>, names: readonly string[]): Float64Array => {
  const byPlace = Float64Array.from(names, (name) => weights[name] ?? 0);
  return Float64Array.from(signals, (values) => values.reduce((sum, value, k) => sum + value * (byPlace[k] as number), 0));
};

// The passes agree more than three witnesses would: what they are sure of is taken with a grain of salt.
const calm = 1.25;
const toProbability = (odds: number): number => 1 / (1 + Math.exp(-odds / calm));
