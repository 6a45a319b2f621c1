import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { AppError, type ErrorCode } from '#src/core/errors.ts';
import { retryDelay, retryRules } from '#src/jobs/retry-policy.ts';
import { root } from '#tests/house/source-files.ts';

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

test('the table of docs/architecture.md says how often and how fast each kind is tried, and names no other', () => {
  const text = read('docs/architecture.md');
  const [table = ''] = text.slice(text.indexOf('| Kind | Tries |')).split('\n\n');
  const told = table.split('\n').flatMap((row) => {
    const [kinds = '', tries = '', waits = ''] = row.split('|').slice(1);
    const codes = kinds.includes('anything unexpected') ? ['INTERNAL'] : [...kinds.matchAll(/`([A-Z_]+)`/g)].map(([, code = '']) => code);
    return codes.map((code): [string, string] => [code, `${tries.trim()} tries, ${waits.trim()}`]);
  });
  const rules = Object.entries(retryRules).map(([code, { tries, firstDelayMs, maxDelayMs }]): [string, string] => [
    code,
    `${tries} tries, ${inWords(firstDelayMs)}, ${inWords(maxDelayMs)}`,
  ]);
  expect(Object.fromEntries(told.filter(([, said]) => said !== '1 tries, '))).toEqual(Object.fromEntries(rules));
  const final = told.filter(([, said]) => said === '1 tries, ').map(([code]) => code);
  expect(final.filter((code) => code in retryRules)).toEqual([]);
  const codes: string[] = read('src/core/errors.ts').match(/(?<=\| ')[A-Z_]+(?=')/g) ?? [];
  expect(final.filter((code) => !codes.includes(code))).toEqual([]);
  expect(codes.filter((code) => /^(?:ENGINE|CHAT|STORE|HOOK)_/.test(code) && !told.some(([one]) => one === code))).toEqual([]);
});

test('docs/architecture.md says how long a wait the other side asks for is kept', () => {
  const text = read('docs/architecture.md').replace(/\s+/g, ' ');
  const asked = (code: ErrorCode, minutes: number) => retryDelay(new AppError(code, 'x', { retryAfterMs: minutes * 60_000 }), 1);
  expect(text).toContain('is kept, up to 15 minutes (for Slack: a day)');
  for (const [code, { tries }] of Object.entries(retryRules) as [ErrorCode, { tries: number }][]) {
    const most = code.startsWith('CHAT_') ? 24 * 60 : 15;
    expect([tries > 1, asked(code, most), asked(code, most + 1)], code).toEqual([true, most * 60_000, null]);
  }
});

const inWords = (ms: number): string => (ms < 60_000 ? `${ms / 1000} s` : ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`);

const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');
