import { expect, test } from 'vitest';
import { engineFault, planStorm } from '#bench/chaos/plan.ts';

test('the same seed breaks the same things at the same times, another seed others', () => {
  expect(planStorm(7, 75_000, 2)).toEqual(planStorm(7, 75_000, 2));
  expect(planStorm(7, 75_000, 2)).not.toEqual(planStorm(8, 75_000, 2));
  // A longer storm begins like a shorter one.
  const short = planStorm(7, 40_000, 2);
  expect(planStorm(7, 75_000, 2).filter(({ at }) => at < 40_000)).toEqual(short);
});

test('what an engine does to a request hangs on the seed, the request and the try, and on nobody else', () => {
  const asked = Array.from({ length: 600 }, (_, at) => [String(at % 200), 1 + Math.floor(at / 200)] as const);
  const answers = (order: typeof asked) =>
    Object.fromEntries(order.map(([request, attempt]) => [`${request} ${attempt}`, engineFault(7, request, attempt)]));
  expect(answers(asked.toReversed())).toEqual(answers(asked));
  const wrong = Object.values(answers(asked)).filter((fault) => fault !== null);
  expect(wrong.length / asked.length).toBeGreaterThan(0.25);
  expect(wrong.length / asked.length).toBeLessThan(0.45);
  expect(new Set(wrong).size).toBe(5);
});
