import { expect, test } from 'vitest';
import { createHandOver } from '#src/logs/hand-over.ts';
import type { LogWork } from '#src/logs/log-work.ts';

const workOf = (id: string, bytes: number): LogWork => ({
  log: { id, workspaceId: 'ws_1', title: id, source: null, status: 'QUEUED', bytes, createdAt: new Date(0), firstAt: null, lastAt: null },
  firstChunk: null,
  delivery: [],
  memory: null,
});

test('a log is handed over once', () => {
  const handOver = createHandOver();
  handOver.put(workOf('log_1', 10));
  expect(handOver.take('log_1')?.log.title).toBe('log_1');
  expect(handOver.take('log_1')).toBeNull();
});

test('a long log is left to the database, and so are all that come when there is no room, until those held are a minute old', () => {
  let now = 0;
  const handOver = createHandOver(() => now);
  handOver.put(workOf('log_long', 64 * 1024 + 1));
  expect(handOver.take('log_long')).toBeNull();
  for (let number = 0; number < 300; number++) handOver.put(workOf(`log_${number}`, 64 * 1024));
  expect(handOver.take('log_0')).not.toBeNull();
  expect(handOver.take('log_299')).toBeNull();
  now = 60_000;
  handOver.put(workOf('log_late', 64 * 1024));
  expect(handOver.take('log_1')).toBeNull();
  expect(handOver.take('log_late')).not.toBeNull();
});
