import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { newestLog, type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp();
});
afterAll(() => all[Symbol.asyncDispose]());

const RATE = 'mutation ($input: RateLogInput!) { rateLog(input: $input) { log { id } userErrors { code } } }';
const ratings = async (logId: string) =>
  (
    await all.app.gql<{ logSummary: { ratings: { helpful: number; notHelpful: number } } }>(
      'query ($id: ID!) { logSummary(logId: $id) { ratings { helpful notHelpful } } }',
      { id: logId },
    )
  ).logSummary.ratings;
const counted = async (): Promise<string[]> =>
  (await (await fetch(`${all.app.url}/metrics`)).text())
    .split('\n')
    .filter((line) => line.startsWith('aiops_summary_ratings_total') && !line.endsWith(' 0'));

test('a tap says whether a summary helped; the last word of each counts, and a metric tells them by engine', async () => {
  const { slack, send, app } = all;
  const channel = slack.createChannel({ name: 'rated' });
  await send.slash({ channel, text: sampleLog() });
  await until(
    () => JSON.stringify(slack.messages(channel)[1]?.blocks ?? ''),
    (blocks) => blocks.includes('Not helpful'),
  );
  const logId = await newestLog(app);
  const click = (actionId: string, user?: string) =>
    send.click({ actionId, value: logId, message: slack.messages(channel)[1] as never, channel, ...(user ? { user } : {}) });
  await click('rate_helpful');
  await click('rate_helpful', slack.ben);
  expect(await ratings(logId)).toEqual({ helpful: 2, notHelpful: 0 });
  await click('rate_helpful');
  await click('rate_not_helpful');
  expect(await ratings(logId)).toEqual({ helpful: 1, notHelpful: 1 });
  expect(slack.responses().map(({ text }) => text)).toContain(
    'Noted: it did not help. The patterns and the lines behind it are still there; Ask asks about them.',
  );
  expect(await counted()).toEqual([
    'aiops_summary_ratings_total{by="builtin",verdict="helpful"} 2',
    'aiops_summary_ratings_total{by="builtin",verdict="not_helpful"} 1',
  ]);
});

test('what has no summary cannot be rated', async () => {
  const { rateLog } = await all.app.gql<{ rateLog: { userErrors: { code: string }[] } }>(RATE, {
    input: { logId: 'log_none', helpful: true },
  });
  expect(rateLog.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
});
