import { describe, expect, test } from 'vitest';
import { fitBlend } from '#src/tickets/classify/blend.ts';
import { growForest, type Seen, voteOf } from '#src/tickets/classify/forest.ts';
import { readForest, writeForest } from '#src/tickets/classify/forest-bytes.ts';
import { createRandom } from '#src/tickets/classify/random.ts';

const has = (...places: number[]): Int32Array => Int32Array.from(places);

/** Place 0 or place 1 alone is category 1, both or neither are category 0; the others say nothing. */
const eitherOr = (count: number): Seen[] => {
  const random = createRandom(5);
  return Array.from({ length: count }, () => {
    const places = [0, 1, 2, 3, 4].filter(() => random.next() < 0.5);
    return { has: has(...places), category: places.includes(0) === places.includes(1) ? 0 : 1 };
  });
};

describe('a forest', () => {
  const settings = { classes: 3, size: 5, seed: 1 };
  const rows = eitherOr(400);
  const { forest, outOfBag } = growForest(rows, settings);

  test('sees what goes with what, which no sum of weights can', () => {
    expect(voteOf(forest, has(0, 3), 3)[1]).toBeGreaterThan(0.8);
    expect(voteOf(forest, has(1, 2), 3)[1]).toBeGreaterThan(0.8);
    expect(voteOf(forest, has(0, 1, 4), 3)[0]).toBeGreaterThan(0.8);
    expect(voteOf(forest, has(), 3)[0]).toBeGreaterThan(0.8);
  });

  test('judges each ticket by the trees that did not learn from it', () => {
    const right = rows.filter(({ category }, i) => (outOfBag[i]?.[category] as number) > 0.5).length;
    expect(right / rows.length).toBeGreaterThan(0.9);
    const mislearned = growForest([...rows.slice(1), { has: has(0, 1), category: 1 }], settings);
    expect(mislearned.outOfBag.at(-1)?.[1]).toBeLessThan(0.2);
  });

  test('is neither for nor against a category it never met', () => {
    expect(voteOf(forest, has(0), 3)[2]).toBe(0.5);
    expect(outOfBag[0]?.[2]).toBe(0.5);
  });

  test('grows on nothing, on one category and on tickets without a word', () => {
    expect(growForest([], settings).forest.trees).toEqual([]);
    expect(voteOf(growForest([{ has: has(1), category: 2 }], settings).forest, has(), 3)[2]).toBe(1);
    expect(
      voteOf(
        growForest(
          Array.from({ length: 60 }, (_, i) => ({ has: has(), category: i % 2 })),
          settings,
        ).forest,
        has(4),
        3,
      )
        .subarray(0, 2)
        .reduce((sum, share) => sum + share, 0),
    ).toBeCloseTo(1);
  });

  test('is the same when read back from its bytes', () => {
    expect(readForest(writeForest(forest.trees))).toEqual(forest.trees);
    expect(() => readForest(writeForest(forest.trees).subarray(0, 50))).toThrow('not a stored model');
  });
});

test('the better judge of the two counts for more', () => {
  const random = createRandom(9);
  const judged = (forestIsRight: number) =>
    Array.from({ length: 300 }, () => {
      const truth = random.below(2);
      const votes = Float64Array.of(0.3, 0.3);
      votes[random.next() < forestIsRight ? truth : 1 - truth] = 0.7;
      const scores = Float64Array.of(0, 0);
      scores[random.next() < 0.75 ? truth : 1 - truth] = 1;
      return { scores, votes, truth };
    });
  expect(fitBlend(judged(0.95))).toBeGreaterThan(2 * fitBlend(judged(0.6)));
});
