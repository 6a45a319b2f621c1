import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createThreadWatch } from '#bot/thread-watch.ts';
import { logTo } from './start-bot.ts';

const acting = { teamId: 'T1', userId: 'U1', requestId: 'req_1' };
const thread = { channel: 'C1', ts: '1.1' };
let asked: unknown[];
let ticket: { id: string } | null;
let away: boolean;

const watch = () =>
  createThreadWatch({
    api: {
      request: (async (_document: unknown, { input }: { input: unknown }) => {
        asked.push(input);
        if (away) throw new Error('away');
        return { refreshSlackTicket: { ticket, userErrors: [] } };
      }) as never,
    },
    log: logTo([]),
  });

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  away = false;
  ticket = { id: 'tkt_1' };
});
afterEach(() => vi.useRealTimers());

test('the first word is told at once, the last within a minute, and nothing between', async () => {
  const threads = watch();
  for (let each = 0; each < 4; each++) expect(await threads.heard(thread, acting)).toBe(true);
  expect(asked).toEqual([thread]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).toHaveLength(2);
  await threads.heard(thread, acting);
  expect(asked).toHaveLength(3);
});

test('a thread without a ticket is asked about once a minute at most, and only while it goes on', async () => {
  ticket = null;
  const threads = watch();
  expect(await threads.heard(thread, acting)).toBe(false);
  expect(await threads.heard(thread, acting)).toBe(false);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).toHaveLength(1);
});

test('a thread that just got its ticket is known at once', async () => {
  ticket = null;
  const threads = watch();
  await threads.heard(thread, acting);
  ticket = { id: 'tkt_1' };
  threads.hasTicket(thread);
  expect(await threads.heard(thread, acting)).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(2);
});

test('what was to be told later is told before the bot stops', async () => {
  const threads = watch();
  await threads.heard(thread, acting);
  await threads.heard(thread, acting);
  await threads.flush();
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).toHaveLength(2);
});

test('while the API is away a ticket’s thread is tried again every minute', async () => {
  const threads = watch();
  threads.hasTicket(thread);
  away = true;
  expect(await threads.heard(thread, acting)).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  away = false;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked).toHaveLength(3);
});
