import { firstValues, knownValues } from './label-values.ts';
import type { Metrics } from './metrics.ts';

/** One line of what the queue holds: `oldestSeconds` is how long the oldest of them has been due. */
export type QueueCount = { task: string; state: string; count: number; oldestSeconds: number | null };

/** What is on its way to Slack: how many, and how long the one who has waited longest for a first sight of an answer has waited. */
export type OutboxCount = { count: number; oldestSeconds: number | null };

const QUEUE_TIMEOUT_MS = 2_000;

/** Asks the queue at every scrape. While it cannot be asked, its gauges are absent rather than wrong. */
export const queueCollector = (
  metrics: Metrics,
  query: () => Promise<QueueCount[]>,
  outbox: () => Promise<OutboxCount> = async () => ({ count: 0, oldestSeconds: null }),
): void => {
  const task = firstValues(60);
  const state = knownValues(['ready', 'scheduled', 'behind', 'running', 'dead']);
  const seen = new Map<string, { task: string; state: string }>();
  metrics.onScrape(async () => {
    const answers = await within(QUEUE_TIMEOUT_MS, Promise.all([query(), outbox()])).catch(() => undefined);
    metrics.queueJobs.reset();
    for (const metric of [metrics.queueOldestJob, metrics.outboxMessages, metrics.outboxOldest]) metric.remove();
    if (!answers) return;
    const [counts, waiting] = answers;
    metrics.outboxMessages.set(waiting.count);
    metrics.outboxOldest.set(waiting.oldestSeconds ?? 0);
    for (const row of counts) seen.set(`${task(row.task)} ${state(row.state)}`, { task: task(row.task), state: state(row.state) });
    // What is worked off is zero, not gone: a line that ends and begins again cannot be read.
    for (const labels of seen.values()) metrics.queueJobs.set(labels, 0);
    for (const row of counts) metrics.queueJobs.inc({ task: task(row.task), state: state(row.state) }, row.count);
    const ready = counts.filter((row) => row.state === 'ready').map(({ oldestSeconds }) => oldestSeconds ?? 0);
    metrics.queueOldestJob.set(Math.max(0, ...ready));
  });
};

const within = async <Answer>(milliseconds: number, work: Promise<Answer>): Promise<Answer> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('The queue did not answer in time.')), milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};
