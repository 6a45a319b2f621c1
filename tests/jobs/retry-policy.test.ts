import { expect, test } from 'vitest';
import { AppError, type ErrorCode } from '#src/core/errors.ts';
import { retryDelay } from '#src/jobs/retry-policy.ts';

const delays = (error: unknown): (number | null)[] => Array.from({ length: 25 }, (_, index) => retryDelay(error, index + 1));

test('delays double up to a ceiling, and end', () => {
  expect(delays(new AppError('ENGINE_UNAVAILABLE', 'x')).slice(0, 14)).toEqual([
    ...[1, 2, 4, 8, 16, 32, 64, 120, 120, 120, 120, 120, 120].map((seconds) => seconds * 1000),
    null,
  ]);
  expect(Math.max(...delays(new AppError('CHAT_UNAVAILABLE', 'x')).map(Number))).toBe(300_000);
});

test('a malformed answer is asked for again at once, and only twice: each try is paid', () => {
  expect(delays(new AppError('ENGINE_BAD_ANSWER', 'x')).slice(0, 3)).toEqual([200, 400, null]);
});

test.each<ErrorCode>([
  'BAD_INPUT',
  'TOO_LARGE',
  'NOT_FOUND',
  'ENGINE_DENIED',
  'ENGINE_REFUSED',
  'CHAT_DENIED',
  'HOOK_REFUSED',
  'CANCELLED',
  'FORBIDDEN',
])('%s is final', (code) => {
  expect(retryDelay(new AppError(code, 'x'), 1)).toBeNull();
});

test('a wait the other side asks for is kept as it is, and one of an hour is not waited for', () => {
  expect(retryDelay(new AppError('CHAT_RATE_LIMITED', 'x', { retryAfterMs: 7_000 }), 3, 0.01)).toBe(7_000);
  expect(retryDelay(new AppError('ENGINE_RATE_LIMITED', 'x', { retryAfterMs: 3_600_000 }), 1)).toBeNull();
});

test('what nobody expected is tried a few times', () => {
  expect(delays(new Error('bug')).filter((delay) => delay !== null)).toEqual([1000, 2000, 4000]);
});
