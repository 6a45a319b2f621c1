import { expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { startSlackApp } from '#tests/support/slack-app.ts';

test('answers asked for at once in one channel come one message a second, each under its question; another channel does not wait', async () => {
  await using all = await startSlackApp({ quietMs: 1_000 });
  const { slack, send } = all;
  const [busy, other] = [slack.createChannel({ name: 'busy' }), slack.createChannel({ name: 'other' })];
  await Promise.all([busy, busy, busy, other].map((channel) => send.slash({ channel, text: sampleLog() })));
  const messages = await until(
    () => slack.messages(busy),
    (all) => all.length === 6,
    'six messages',
  );
  const times = messages.map(({ ts }) => Number(ts));
  const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
  const roots = messages.filter(({ thread_ts }) => thread_ts === undefined).map(({ ts }) => ts);
  const threads = messages.flatMap(({ thread_ts }) => thread_ts ?? []);
  expect([roots.length, threads.toSorted()]).toEqual([3, roots.toSorted()]);
  expect(Number(slack.messages(other)[1]?.ts)).toBeLessThan(times[3] as number);
});
