import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp, until } from '#tests/support/app.ts';
import { createGate } from '#tests/support/gate.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { newestLog, type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { cancel, submitText } from '#tests/support/submit.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';

let all: SlackApp;
beforeAll(async () => {
  all = await startSlackApp({ engine: 'openai', settings: { MAX_GRAPHQL_LOG_BYTES: '200000000' } });
});
afterAll(() => all[Symbol.asyncDispose]());

test('a log that waits in line is cancelled and never read; a second cancel says it is finished already', async () => {
  const app: App = await startApp({}, { wanted: ['api'] });
  try {
    const id = await submitText(app, sampleLog());
    expect(await cancel(app, id)).toEqual({ log: { id, status: 'CANCELLED' }, userErrors: [] });
    expect(await cancel(app, id)).toMatchObject({
      log: null,
      userErrors: [{ code: 'CONFLICT', message: expect.stringContaining('finished already') }],
    });
    expect(await app.settled(id)).toMatchObject({ status: 'CANCELLED', digest: null });
  } finally {
    await app[Symbol.asyncDispose]();
  }
});

test('a log whose digest is being computed stops; no digest and no summary come after', async () => {
  const { app, openai } = all;
  const before = openai.requests().length;
  const line = `${sampleLog({ quiet: 3, failures: 3 })}`;
  const response = await fetch(`${app.url}/logs/big.log`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${app.token}` },
    body: line.repeat(80_000),
  });
  const { id } = (await response.json()) as { id: string };
  await until(
    () => app.settled(id, ['RUNNING', 'QUEUED', 'DIGESTED']),
    ({ status }) => status !== 'QUEUED',
  );
  expect(await cancel(app, id)).toMatchObject({ log: { status: 'CANCELLED' } });
  await until(
    () => app.database.orm.em.fork().getConnection().execute('select 1 from graphile_worker.jobs'),
    (jobs) => jobs.length === 0,
  );
  expect(await app.settled(id)).toMatchObject({ status: 'CANCELLED', digest: null, headline: null });
  expect(openai.requests().length).toBe(before);
});

test('a log that waits for the engine is cancelled from its thread: the digest stands, what the engine says later is not shown', async () => {
  const { app, slack, openai, send } = all;
  const gate = createGate();
  let asked = false;
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    asked = true;
    await gate.opened;
    return { content: JSON.stringify(summaryAnswer()) };
  });
  const channel = slack.createChannel({ name: 'cancel' });
  await send.slash({ channel, text: sampleLog() });
  const id = await newestLog(app);
  await app.settled(id, ['DIGESTED']);
  await until(() => asked, Boolean);
  const told = slack.responses().length;
  await send.click({ channel, actionId: 'cancel', value: id });
  await until(
    () => slack.responses().slice(told).length,
    (count) => count > 0,
  );
  expect(slack.responses()[told]).toMatchObject({ text: expect.stringContaining('Stopped') });
  await until(
    () => JSON.stringify(slack.messages(channel)),
    (shown) => shown.includes('Cancelled before the summary was written'),
  );
  await until(
    () => app.database.orm.em.fork().getConnection().execute('select 1 from graphile_worker.jobs'),
    (jobs) => jobs.length === 0,
  );
  // The call was given up, not waited for: nobody has opened the gate yet.
  gate.open();
  const summary = await app.settled(id);
  expect(summary).toMatchObject({ status: 'CANCELLED', headline: null });
  expect(summary.digest?.ledger.lines).toBe(81);
  expect(JSON.stringify(slack.messages(channel))).not.toContain('Checkout could not');
});
