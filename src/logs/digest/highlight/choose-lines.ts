import type { SignedLine } from './line-signs.ts';

/**
 * Of lines with a probability each, those to show: as many of the surest as make the expected F-measure largest, at most `budget`.
 * `recall` says how much more it counts to miss a telling line than to show an idle one: 1 for a person, more for an engine that reads fast.
 * Small gaps between shown lines are closed where the budget allows, so that what is shown reads in one piece.
 */
export const chooseLines = (lines: readonly SignedLine[], probability: Float64Array, budget: number, recall = 1): number[] => {
  const order = [...lines.keys()].sort((x, y) => (probability[y] as number) - (probability[x] as number) || x - y);
  const expected = probability.reduce((sum, p) => sum + p, 0);
  let best = { size: 0, f1: -1 };
  let sum = 0;
  for (let k = 0; k < Math.min(budget, order.length); k++) {
    sum += probability[order[k] as number] as number;
    const f1 = ((1 + recall ** 2) * sum) / (k + 1 + recall ** 2 * expected);
    if (f1 > best.f1) best = { size: k + 1, f1 };
  }
  const chosen = new Set(order.slice(0, Math.max(best.size, Math.min(fewest, budget))));
  for (const at of [...chosen].sort((x, y) => x - y))
    for (let gap = 1; gap <= widestGap; gap++)
      if (chosen.has(at + gap + 1) && !chosen.has(at + 1) && chosen.size + gap <= budget)
        for (let step = 1; step <= gap; step++) if (lines[at + step]) chosen.add(at + step);
  return [...chosen].sort((x, y) => x - y);
};

const fewest = 3;
const widestGap = 2;
