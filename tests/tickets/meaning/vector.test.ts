import { expect, test } from 'vitest';
import { alikeInAll, alikeInMeaning } from '#src/tickets/meaning/merge.ts';
import { cosineOf, toStored } from '#src/tickets/meaning/vector.ts';

/** Always the same numbers between -1 and 1. */
const drawn = (seed: number, size = 512): Float32Array => {
  let state = seed;
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2_147_483_648 - 1;
  });
};
const near = (one: Float32Array, other: Float32Array, share: number) => one.map((x, i) => x * share + (other[i] as number) * (1 - share));
const exact = (a: Float32Array, b: Float32Array) => {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, v, i) => sum + v * (y[i] as number), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};
const differing = (one: string, other: string) => [...one].filter((bit, i) => bit !== other[i]).length;

test('a byte for each number keeps the cosine to two places', () => {
  for (const share of [1, 0.9, 0.5, 0]) {
    const [a, b] = [drawn(1), near(drawn(1), drawn(2), share)];
    expect(cosineOf(toStored(a).vector, toStored(b).vector)).toBeCloseTo(exact(a, b), 2);
  }
  expect(cosineOf(toStored(drawn(1)).vector, toStored(drawn(1, 256)).vector)).toBe(0);
  expect(cosineOf(toStored(new Float32Array(4)).vector, toStored(drawn(1, 4)).vector)).toBe(0);
});

test('the share of bits that differ is the angle', () => {
  for (const share of [1, 0.8, 0.5, 0]) {
    const [a, b] = [drawn(3), near(drawn(3), drawn(4), share)];
    const angle = Math.acos(Math.min(1, exact(a, b))) / Math.PI;
    expect(Math.abs(differing(toStored(a).signature, toStored(b).signature) / 256 - angle)).toBeLessThan(0.1);
  }
  expect(toStored(drawn(5)).signature).toMatch(/^[01]{256}$/);
  expect(toStored(drawn(5)).signature).toBe(toStored(drawn(5)).signature);
});

test('what is usual in a workspace is no likeness, with whatever model', () => {
  expect(alikeInMeaning(0.2, 0.15)).toBe(0);
  expect(alikeInMeaning(0.78, 0.75)).toBe(0);
  expect(alikeInMeaning(0.75, 0.15)).toBeGreaterThan(0.5);
  expect(alikeInMeaning(0.93, 0.75)).toBeGreaterThan(0.5);
  expect(alikeInMeaning(1, 0.15)).toBe(1);
});

test('words and meaning make up for each other, and meaning alone is no duplicate', () => {
  expect(alikeInAll(0.5, 0)).toBe(0.5);
  expect(alikeInAll(0.5, 1)).toBeGreaterThan(0.7);
  expect(alikeInAll(0, 1)).toBeLessThan(0.68);
  expect(alikeInAll(1, 1)).toBe(1);
});
