import { expect, test } from 'vitest';
import { betterThreshold } from '#src/tickets/advice/better-threshold.ts';
import { thresholdCurve } from '#src/tickets/classify/index.ts';

/** `right` of `n` at a confidence. */
const at = (confidence: number, n: number, right: number) => Array.from({ length: n }, (_, i) => ({ confidence, right: i < right }));
const unsure = thresholdCurve([...at(0.6, 20, 19), ...at(0.35, 40, 36), ...at(0.15, 20, 4)]);

test('a lower threshold is advised where what would be told is still right as often as wanted', () => {
  const better = betterThreshold(unsure, { decided: 80, threshold: 0.5, precision: 0.8 });
  expect(better?.threshold).toBeGreaterThanOrEqual(0.2);
  expect(better?.threshold).toBeLessThanOrEqual(0.35);
  expect(better?.right).toBeCloseTo(55 / 80);
  expect(better?.wrong).toBeCloseTo(5 / 80);
});

test('a higher one is advised where what is told is wrong too often', () => {
  const sure = thresholdCurve([...at(0.8, 40, 38), ...at(0.5, 40, 12)]);
  expect(betterThreshold(sure, { decided: 80, threshold: 0.4, precision: 0.8 })?.threshold).toBeCloseTo(0.55);
});

test('nothing is advised where too few are decided, nothing is gained, or none is good enough', () => {
  expect(betterThreshold(unsure, { decided: 39, threshold: 0.5, precision: 0.8 })).toBeNull();
  expect(betterThreshold(unsure, { decided: 80, threshold: 0.3, precision: 0.8 })).toBeNull();
  expect(betterThreshold(unsure, { decided: 80, threshold: 0.5, precision: 0.99 })).toBeNull();
  expect(betterThreshold(thresholdCurve([]), { decided: 0, threshold: 0.5, precision: 0.8 })).toBeNull();
});
