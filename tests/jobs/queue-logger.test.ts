import { expect, test } from 'vitest';
import type { Log } from '#src/core/ports.ts';
import { createQueueLogger } from '#src/jobs/queue-logger.ts';

const said: string[] = [];
const record = (level: string) => (): void => void said.push(level);
const log: Log = { info: record('info'), warn: record('warn'), error: record('error'), child: () => log };
const lost = new AbortController();
const queue = createQueueLogger(log, lost.signal);

test.each([
  'Error with notify listener: terminating connection due to administrator command',
  'Error occurred fetching jobs: Connection terminated unexpectedly',
  'Cron hit an error; restarting in 298.9ms (attempt 1): Error: connect ECONNREFUSED 127.0.0.1:5432',
  "Failed to complete jobs '704':\nError: read ECONNRESET",
  'Error occurred whilst attempting to release runner options: Errors occurred whilst deactivating queue',
  'Releasing local queue failed: Error: Cannot background something when the queue is already released',
])('what the queue says again and again of a database that is away is no error, for the heartbeat tells it once: %s', (message) => {
  said.length = 0;
  queue.error(message);
  queue.error('Failed to return jobs from local queue to database queue (attempt 1/20)', {
    error: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
  });
  expect(said).toEqual(['info', 'info']);
});

test('other bad news of the queue is told as it is, and none of what others took away', () => {
  said.length = 0;
  queue.error('Cron hit an error; restarting in 298.9ms (attempt 1): error: permission denied for table _private_known_crontabs');
  queue.warn('Your pool has no error handlers');
  expect(said).toEqual(['error', 'warn']);
  lost.abort();
  queue.error('Failed to complete a job');
  expect(said).toHaveLength(2);
});
