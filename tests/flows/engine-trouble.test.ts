import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type App, startApp, until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { newestLog, type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp({ engine: 'openai', settings: { OPENAI_TIMEOUT_SECONDS: '1' } });
});
afterAll(() => all[Symbol.asyncDispose]());
afterEach(() => all.openai.mock.reset());

let channels = 0;
/** Asks in a channel of its own; gives what the thread shows and the log's id. */
const ask = async () => {
  const channel = all.slack.createChannel({ name: `trouble-${++channels}` });
  await all.send.slash({ channel, text: sampleLog() });
  const id = await newestLog(all.app);
  const shown = (): string => JSON.stringify(all.slack.messages(channel).slice(1));
  return { id, shown, replies: () => all.slack.messages(channel).slice(1) };
};
const good = { content: JSON.stringify(summaryAnswer()) };

test('OpenAI answers 429: the wait it asks for is kept, then the summary comes', async () => {
  const asked: number[] = [];
  all.openai.mock.on({ userMessage: /orders-db/ }, () => {
    asked.push(Date.now());
    return asked.length === 1
      ? { error: { message: 'slow down', type: 'rate_limit_error', code: 'rate_limit_exceeded' }, status: 429, retryAfter: 1 }
      : good;
  });
  const { id, shown, replies } = await ask();
  const waiting = await all.app.settled(id, ['DIGESTED', 'SUCCEEDED']);
  expect(waiting.digest?.ledger.lines).toBe(81);
  await until(shown, (text) => text.includes('Checkout could not'));
  expect(asked).toHaveLength(2);
  // Our own delays are a hundredth here; only what Retry-After says makes it wait this long.
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(950);
  expect(replies()).toHaveLength(1);
  expect((await all.app.settled(id)).failure).toBeNull();
});

test.each([
  ['500', () => ({ error: { message: 'boom', type: 'server_error' }, status: 500 })],
  ['nonsense', () => ({ content: 'certainly! here is your JSON:' })],
  ['half an answer', () => ({ content: '{"headline":"Check', finishReason: 'length' })],
  ['an answer of another shape', () => ({ content: JSON.stringify({ headline: 1 }) })],
])('OpenAI answers %s once: it is asked again and the summary comes', async (_, trouble) => {
  let calls = 0;
  all.openai.mock.on({ userMessage: /orders-db/ }, () => (++calls === 1 ? trouble() : good) as never);
  const { id } = await ask();
  expect(await all.app.settled(id)).toMatchObject({ status: 'SUCCEEDED', failure: null });
  expect(calls).toBe(2);
});

test('OpenAI says nothing: after the timeout it is asked again', async () => {
  let calls = 0;
  all.openai.mock.on({ userMessage: /orders-db/ }, () => (++calls === 1 ? new Promise<never>(() => {}) : good));
  const { id } = await ask();
  expect(await all.app.settled(id)).toMatchObject({ status: 'SUCCEEDED' });
  expect(calls).toBe(2);
});

test('law 10: when the engine never answers sense, the digest stands and the thread says so with an id', async () => {
  all.openai.mock.on({ userMessage: /orders-db/ }, { content: 'certainly! here is your JSON:' });
  const { id, shown, replies } = await ask();
  const summary = await all.app.settled(id);
  expect(summary).toMatchObject({ status: 'FAILED', headline: null, failure: { code: 'ENGINE_BAD_ANSWER' } });
  expect(summary.digest?.patterns[0]?.template).toContain('orders-db');
  await until(shown, (text) => text.includes('the engine gave up'));
  expect(shown()).toContain(summary.failure?.id);
  expect(replies()).toHaveLength(1);
  // However often it was tried: that it is tried again is said once, under one id.
  const said = [...all.slack.calls('chat.postMessage'), ...all.slack.calls('chat.update')].filter(
    ({ channel }) => channel === replies()[0]?.channel_id,
  );
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((each) => JSON.stringify(each).includes('tried again')).length).toBeLessThanOrEqual(1);
});

test('a model that declines is not asked twice: the digest stands and the thread says so with an id', async () => {
  all.openai.mock.nextRequestError(400, { message: 'no', type: 'invalid_request_error', code: 'content_filter' });
  const { id, shown } = await ask();
  const summary = await all.app.settled(id);
  expect(summary).toMatchObject({ status: 'FAILED', failure: { code: 'ENGINE_REFUSED' } });
  await until(shown, (text) => text.includes(summary.failure?.id ?? '-'));
  expect(shown()).toContain('declined');
  expect(shown()).toContain('timeout acquiring connection');
  expect(all.openai.requests()).toHaveLength(1);
});

test('a connection cut in the middle of an answer is tried again', async () => {
  let calls = 0;
  const server = createServer((request, response) => {
    request.resume();
    calls++;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"id":"r","object":"resp');
    setTimeout(() => response.destroy(), 10);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app: App = await startApp({
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
  });
  try {
    const { submitLog } = await app.gql<{ submitLog: { log: { id: string } } }>(
      'mutation ($text: String!) { submitLog(input: { text: $text }) { log { id } } }',
      { text: sampleLog() },
    );
    const summary = await app.settled(submitLog.log.id);
    expect(summary).toMatchObject({ status: 'FAILED', failure: { code: 'ENGINE_UNAVAILABLE' } });
    expect(summary.digest?.ledger.lines).toBe(81);
    expect(calls).toBe(14);
  } finally {
    await app[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  }
});
