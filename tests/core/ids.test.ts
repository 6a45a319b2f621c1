import { expect, test } from 'vitest';
import { idTime, newId } from '#src/core/ids.ts';

test('ids sort in the order they were made in, also within a millisecond, and are all different', () => {
  const made = Array.from({ length: 20_000 }, () => newId('log'));
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
  expect(made.every((id) => /^log_[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true);
});

test('an id tells when it was made', () => {
  const before = Date.now();
  const time = idTime(newId('log'));
  expect(time).toBeGreaterThanOrEqual(before - 1000);
  expect(time).toBeLessThanOrEqual(Date.now());
});
