import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '#src/config.ts';
import { startRuntime } from '#src/runtime.ts';
import { until } from '#tests/support/app.ts';
import { createGate } from '#tests/support/gate.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { openAiSettings, type SlackApp, slackSettings, startSlackApp } from '#tests/support/slack-app.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';

let all: SlackApp;
// Room for one call at a time: at most 16,000 tokens of answer are set aside for each.
const settings = { ENGINE_BUDGET_TOKENS_PER_DAY: '25000', WORKER_CONCURRENCY: '2' };
beforeAll(async () => {
  all = await startSlackApp({ engine: 'openai', settings });
});
afterAll(() => all[Symbol.asyncDispose]());

const receipts = () =>
  all.app.gql<{ logs: { edges: { node: { summary: { status: string; receipt: Record<string, unknown> | null } } }[] } }>(
    '{ logs(first: 10) { edges { node { summary { status receipt { engine model insteadOf tokensIn } } } } } }',
  );

test('of two workers with budget for one call one makes it; the other answer is the built-in engine’s and says so, in Slack and in the API', async () => {
  await using stack = new AsyncDisposableStack();
  const { app, slack, openai, send } = all;
  stack.use(
    await startRuntime(
      parseConfig({
        DATABASE_URL: app.database.url,
        DATA_DIR: '/nonexistent',
        JWT_SECRET: 'x'.repeat(40),
        PORT: '0',
        LOG_LEVEL: 'silent',
        NODE_ENV: 'test',
        ...settings,
        ...slackSettings(slack),
        ...openAiSettings(openai),
      }),
      ['worker'],
      { retryScale: 0.01, quietMs: 0 },
    ),
  );
  const gate = createGate();
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    await gate.opened;
    return { content: JSON.stringify(summaryAnswer()), usage: { input_tokens: 12_000, output_tokens: 3_000, total_tokens: 15_000 } };
  });
  const channels = ['one', 'two', 'three'].map((name) => slack.createChannel({ name }));
  const shown = () => channels.map((channel) => JSON.stringify(slack.messages(channel)));
  await Promise.all(channels.slice(0, 2).map((channel) => send.slash({ channel, text: sampleLog() })));
  await until(shown, (texts) => texts.some((text) => text.includes("today's budget for gpt-5-mini is used up")), 'the other answer');
  gate.open();
  await until(shown, (texts) => texts.some((text) => text.includes('15,000 tokens')), 'the engine’s answer');
  // What the first call left over is too little for another.
  await send.slash({ channel: channels[2] as string, text: sampleLog() });
  await until(shown, (texts) => texts[2]?.includes("today's budget for gpt-5-mini is used up") === true, 'the third answer');
  expect(openai.requests()).toHaveLength(1);
  const { logs } = await receipts();
  const told = logs.edges.map(({ node }) => [node.summary.status, node.summary.receipt?.['engine'], node.summary.receipt?.['insteadOf']]);
  expect(told.sort()).toEqual([
    ['SUCCEEDED', 'builtin', 'gpt-5-mini'],
    ['SUCCEEDED', 'builtin', 'gpt-5-mini'],
    ['SUCCEEDED', 'openai', null],
  ]);
});

test('a ticket is sorted without the engine then, and it says so', async () => {
  const { app } = all;
  const { createTicket } = await app.gql<{ createTicket: { ticket: { id: string } } }>(
    'mutation { createTicket(input: { text: "I was charged twice for my subscription, please refund" }) { ticket { id } } }',
  );
  const { ticket } = await until(
    () =>
      app.gql<{ ticket: { status: string; prediction: { engineLeftOut: string; by: string } | null } }>(
        'query ($id: ID!) { ticket(id: $id) { status prediction { engineLeftOut by } } }',
        { id: createTicket.ticket.id },
      ),
    ({ ticket: now }) => now.prediction !== null,
  );
  expect(ticket.prediction?.engineLeftOut).toBe('BUDGET');
  expect(ticket.prediction?.by).not.toBe('engine');
  expect(await (await fetch(`${app.url}/metrics`)).text()).toMatch(/^aiops_engine_over_budget_total\{task="[^"]+"\} \d/m);
});
