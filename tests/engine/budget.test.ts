import { expect, test } from 'vitest';
import { createTokenBudget } from '#src/engine/budget.ts';
import { costOf, defaultPrices } from '#src/engine/prices.ts';

test('tokens are counted as the model counts them', async () => {
  const { countTokens } = await createTokenBudget(100);
  expect(countTokens('timeout acquiring connection after 5000 ms')).toBe(8);
  expect(countTokens('')).toBe(0);
});

test('special tokens in a log are text', async () => {
  const { countTokens } = await createTokenBudget(100);
  expect(countTokens('a <|endoftext|> b <|im_start|>')).toBeGreaterThan(6);
});

test('one unbroken word of a megabyte does not take minutes', async () => {
  const { countTokens } = await createTokenBudget(100);
  const started = performance.now();
  countTokens('aB3-'.repeat(250_000));
  expect(performance.now() - started).toBeLessThan(5000);
}, 30_000);

test('a dated snapshot costs what its model costs, an unknown model has no price', () => {
  expect(costOf(defaultPrices, 'gpt-5-mini-2025-08-07', 1_000_000, 0)).toBe(0.25);
  expect(costOf(defaultPrices, 'constructor', 1, 1)).toBeNull();
});
