import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { countLogs, newestLog, type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { cancel, submitText } from '#tests/support/submit.ts';
import { cite, summaryAnswer } from '#tests/support/summary-answer.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp({ engine: 'openai' });
});
afterAll(() => all[Symbol.asyncDispose]());
afterEach(() => {
  all.slack.heal();
  all.openai.mock.reset();
});

const settled = async () => all.app.settled(await newestLog(all.app));
const told = () => all.slack.responses().map((response) => response['text']);
const shown = (channel: string): string => JSON.stringify(all.slack.messages(channel).slice(1));
const retry = async (id: string) =>
  (
    await all.app.gql<{ retryLog: { log: { status: string } | null; userErrors: { code: string }[] } }>(
      'mutation ($id: ID!) { retryLog(input: { id: $id }) { log { status } userErrors { code } } }',
      { id },
    )
  ).retryLog;

test('a shortcut on a file the bot could not open works once it can: the second click tries the same log again', async () => {
  const { app, slack, openai, send } = all;
  openai.answer(/orders-db/, summaryAnswer());
  const channel = slack.createChannel({ name: 'try-again-file' });
  const { id } = await slack.upload({ name: 'app.log', bytes: sampleLog(), channel });
  const message = { ...slack.messages(channel)[0], files: [{ id, name: 'app.log' }] };
  slack.fail('files.info', { kind: 'error', error: 'file_not_found' }, { times: 1 });
  await send.shortcut({ channel, message });
  expect((await settled()).status).toBe('FAILED');
  const logs = await countLogs(app);
  await send.shortcut({ channel, message });
  await until(told, (texts) => texts.includes('Trying again. The answer will appear in the thread of that message.'));
  expect((await settled()).status).toBe('SUCCEEDED');
  await until(
    () => shown(channel),
    (text) => text.includes('Checkout could not'),
  );
  expect(await countLogs(app)).toBe(logs);
});

test('when the engine gave up, the button in the thread asks it once more and the answer comes in the same message', async () => {
  const { slack, openai, send } = all;
  openai.mock.on({ userMessage: /orders-db/ }, { error: { message: 'boom', type: 'server_error' }, status: 500 });
  const channel = slack.createChannel({ name: 'try-again-engine' });
  await send.slash({ channel, text: sampleLog() });
  expect((await settled()).status).toBe('FAILED');
  await until(
    () => shown(channel),
    (text) => text.includes('Try again'),
  );
  openai.mock.reset();
  openai.answer(/orders-db/, summaryAnswer());
  await send.click({ actionId: 'retry', value: await newestLog(all.app), channel, message: slack.messages(channel)[1] ?? {} });
  await until(
    () => shown(channel),
    (text) => text.includes('Checkout could not') && !text.includes('Try again'),
  );
  expect(slack.messages(channel)).toHaveLength(2);
});

test('a cancelled log is put back to work by retryLog; one that did not fail is not', async () => {
  const { app, openai } = all;
  openai.answer(/orders-db/, summaryAnswer(), undefined);
  const id = await submitText(app, sampleLog());
  await app.settled(id, ['DIGESTED', 'SUCCEEDED']);
  await cancel(app, id);
  const { status } = await app.settled(id);
  if (status === 'CANCELLED') expect((await retry(id)).log?.status).toBe('DIGESTED');
  expect((await app.settled(id, ['SUCCEEDED'])).status).toBe('SUCCEEDED');
  expect((await retry(id)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('while the engine is waited for, the thread says so and when the next try is', async () => {
  const { slack, openai, send } = all;
  openai.mock.on({ userMessage: /orders-db/ }, {
    error: { message: 'slow down', type: 'rate_limit' },
    status: 429,
    headers: { 'retry-after': '2' },
  } as never);
  const channel = slack.createChannel({ name: 'try-again-waits' });
  await send.slash({ channel, text: sampleLog() });
  await until(
    () => shown(channel),
    (text) => text.includes('No summary yet: the engine will be tried again at'),
  );
  openai.mock.reset();
  openai.answer(/orders-db/, summaryAnswer());
  await until(
    () => shown(channel),
    (text) => text.includes('Checkout could not'),
  );
});

test('who waits for a log that is slow to come sees within seconds that it is in line, and may cancel it', async () => {
  const { slack, send } = all;
  const channel = slack.createChannel({ name: 'try-again-slow' });
  const { id } = await slack.upload({ name: 'app.log', bytes: sampleLog(), channel });
  slack.fail('files', { kind: 'delay', ms: 6_000 });
  await send.shortcut({ channel, message: { ...slack.messages(channel)[0], files: [{ id, name: 'app.log' }] } });
  await until(
    () => shown(channel),
    (text) => text.includes('is in line') && text.includes('Cancel'),
  );
  await send.click({ actionId: 'cancel', value: await newestLog(all.app), channel, message: slack.messages(channel)[1] ?? {} });
  await until(
    () => shown(channel),
    (text) => text.includes('Cancelled: '),
  );
});

test('a model that writes half an emoji is paid once', async () => {
  const { openai } = all;
  let calls = 0;
  const answer = summaryAnswer({ nextSteps: [{ text: 'Look at the pool \ud83d', confidence: null, evidence: [cite(null)] }] } as never);
  openai.mock.on({ userMessage: /orders-db/ }, () => {
    calls++;
    return { content: JSON.stringify(answer) };
  });
  const id = await submitText(all.app, sampleLog());
  expect((await all.app.settled(id)).status).toBe('SUCCEEDED');
  expect(calls).toBe(1);
});
