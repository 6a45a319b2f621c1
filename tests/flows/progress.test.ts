import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp, until } from '#tests/support/app.ts';
import { createGate } from '#tests/support/gate.ts';
import { type OpenAiStandIn, startOpenAi } from '#tests/support/openai.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { openAiSettings } from '#tests/support/slack-app.ts';
import { countRows, submit, submitText } from '#tests/support/submit.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';
import { readEvents, watchProgress } from '#tests/support/watch-progress.ts';

let openai: OpenAiStandIn;
let app: App;
beforeAll(async () => {
  openai = await startOpenAi();
  app = await startApp(openAiSettings(openai));
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await openai.stop();
});

test('logProgress over SSE tells every state from the first to SUCCEEDED, and then ends', async () => {
  const gate = createGate();
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    await gate.opened;
    return { content: JSON.stringify(summaryAnswer()) };
  });
  const id = await submitText(app, sampleLog());
  const response = await watchProgress(app, id);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const seen: { status: string; progress: number }[] = [];
  for await (const { data } of readEvents<{ data: { logProgress: { status: string; progress: number } } }>(response)) {
    seen.push(data.logProgress);
    if (data.logProgress.status === 'DIGESTED') gate.open();
  }
  const order = ['QUEUED', 'RUNNING', 'DIGESTED', 'SUCCEEDED'];
  expect(seen.map(({ status }) => order.indexOf(status))).toEqual(seen.map(({ status }) => order.indexOf(status)).sort());
  expect(seen.map(({ status }) => status)).toContain('DIGESTED');
  expect(seen.at(-1)).toEqual({ status: 'SUCCEEDED', progress: 1 });
});

test('a watcher that joins after the end is told the end', async () => {
  const id = await submitText(app, sampleLog());
  await app.settled(id);
  const events = await Array.fromAsync(readEvents(await watchProgress(app, id)));
  expect(events).toMatchObject([{ data: { logProgress: { status: 'SUCCEEDED' } } }]);
});

test('law 3: the same idempotency key, twice at the same time and once more later, is one log', async () => {
  const before = await countRows(app, 'log');
  const input = { text: sampleLog(), idempotencyKey: 'deploy-2.14.0' };
  const answers = [
    ...(await Promise.all(Array.from({ length: 6 }, () => submit(app, input)))),
    await submit(app, { text: 'another text', idempotencyKey: 'deploy-2.14.0' }),
  ];
  expect(new Set(answers.map(({ log }) => log?.id)).size).toBe(1);
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect((await countRows(app, 'log')) - before).toBe(1);
  await until(
    () => countRows(app, 'graphile_worker.jobs'),
    (jobs) => jobs === 0,
  );
});
