import type { Findings } from './advise.ts';

// A population stability index above 0.2 is what risk departments call a shift; of few tickets, chance alone makes as much.
const SHIFTED = 0.2;
const MOVED = 0.05;
const MOST_NAMED = 4;

/**
 * How much the mix of categories moved between two stretches of time (population stability index), and which moved. Null when it did not,
 * or not by more than one time in a hundred by chance.
 */
export const findDrift = (before: readonly string[], now: readonly string[]): Findings['drift'] => {
  const ids = [...new Set([...before, ...now])].sort();
  if (before.length === 0 || now.length === 0 || ids.length < 2) return null;
  const rows = ids.map((categoryId) => ({
    categoryId,
    before: share(before, categoryId, ids.length),
    now: share(now, categoryId, ids.length),
  }));
  const index = rows.reduce((sum, row) => sum + (row.now - row.before) * Math.log(row.now / row.before), 0);
  const byChance = chiSquare99(ids.length - 1) * (1 / before.length + 1 / now.length);
  if (index <= Math.max(SHIFTED, byChance)) return null;
  const moved = rows
    .map(({ categoryId }) => ({ categoryId, before: plainShare(before, categoryId), now: plainShare(now, categoryId) }))
    .filter((row) => Math.abs(row.now - row.before) >= MOVED)
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))
    .slice(0, MOST_NAMED);
  return { index, moved };
};

const count = (places: readonly string[], id: string): number => places.filter((place) => place === id).length;
const plainShare = (places: readonly string[], id: string): number => count(places, id) / places.length;

// Half a ticket for each: a category that was empty has no logarithm.
const share = (places: readonly string[], id: string, categories: number): number =>
  (count(places, id) + 0.5) / (places.length + categories / 2);

/** What chi-square exceeds one time in a hundred (Wilson and Hilferty, 1931). */
const chiSquare99 = (degrees: number): number => {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 2.3263 * Math.sqrt(spread)) ** 3;
};
