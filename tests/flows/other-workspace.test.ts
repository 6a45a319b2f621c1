import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp, until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { createStranger } from '#tests/support/stranger.ts';
import { cancel, countRows, submit, submitFor, submitText } from '#tests/support/submit.ts';
import { readEvents, watchProgress } from '#tests/support/watch-progress.ts';

let app: App;
let stranger: string;
let theirs: string;
beforeAll(async () => {
  app = await startApp();
  stranger = await createStranger(app);
  theirs = await submitText(app, `${sampleLog()}a line with the word marmalade\n`);
  await app.settled(theirs);
});
afterAll(() => app[Symbol.asyncDispose]());

test("law 11: another workspace's log is not there, by any query", async () => {
  const ask = (query: string) => app.gql<Record<string, unknown>>(query, { id: theirs }, stranger);
  expect(
    await ask(
      'query ($id: ID!) { log(id: $id) { id title summary { headline } } logSummary(logId: $id) { logId headline digest { patterns { template } } } }',
    ),
  ).toEqual({ log: null, logSummary: null });
  await expect(ask('query ($id: ID!) { logLines(logId: $id, from: 1, to: 9) { text } }')).rejects.toThrow('was not found');
  for (const filter of ['', ', filter: { titleContains: "Pasted" }', ', filter: { status: [SUCCEEDED] }'])
    expect(
      await app.gql(`{ logs(first: 100${filter}) { edges { node { id } } pageInfo { hasNextPage startCursor } } }`, {}, stranger),
    ).toMatchObject({ logs: { edges: [], pageInfo: { hasNextPage: false, startCursor: null } } });
  const cursor = Buffer.from(theirs).toString('base64url');
  expect(
    await app.gql('query ($before: String) { logs(last: 5, before: $before) { edges { node { id } } } }', { before: cursor }, stranger),
  ).toEqual({ logs: { edges: [] } });
});

test("law 11: another workspace's log cannot be cancelled, and its idempotency keys mean nothing here", async () => {
  expect(await cancel(app, theirs, stranger)).toMatchObject({ log: null, userErrors: [{ code: 'NOT_FOUND' }] });
  const [ours, other] = [
    await submit(app, { text: 'x', idempotencyKey: 'same' }),
    await submit(app, { text: 'x', idempotencyKey: 'same' }, stranger),
  ];
  expect([other.replayed, other.log?.id === ours.log?.id]).toEqual([false, false]);
});

test("law 11: another workspace's progress cannot be watched", async () => {
  const events = JSON.stringify(await Array.fromAsync(readEvents(await watchProgress(app, theirs, stranger))));
  expect(events).toContain('was not found');
  expect(events).not.toContain('SUCCEEDED');
});

test('law 11: an upload lands in the workspace of its token', async () => {
  const response = await fetch(`${app.url}/logs/own.log`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${stranger}` },
    body: sampleLog(),
  });
  const { id } = (await response.json()) as { id: string };
  expect(await app.gql('query ($id: ID!) { log(id: $id) { id } }', { id })).toEqual({ log: null });
});

test('law 11: a workspace answers to one Slack team, the first that asks; what another team asks through it is not kept', async () => {
  const service = await createStranger(app, ['LOGS_READ', 'LOGS_WRITE', 'ACT_FOR_SLACK']);
  const replyTo = { teamId: 'T0FIRST', channel: 'C1', user: 'U1' };
  expect(await submitFor('slack:T0FIRST:U1', app, { text: sampleLog(), replyTo }, service)).toMatchObject({ log: { status: 'QUEUED' } });
  const before = await countRows(app, 'log');
  const slack = { kind: 'HISTORY', teamId: 'T0SECOND', channel: 'C1', user: 'U1', lastMessages: 5 };
  for (const input of [
    { text: 'x', replyTo: { ...replyTo, teamId: 'T0SECOND' } },
    { slack, replyTo },
  ])
    expect(await submitFor('slack:T0FIRST:U1', app, input, service)).toMatchObject({
      log: null,
      userErrors: [{ code: 'FORBIDDEN', message: expect.stringContaining('another Slack team') }],
    });
  const another = await createStranger(app, ['LOGS_READ', 'LOGS_WRITE', 'ACT_FOR_SLACK']);
  expect(await submitFor('slack:T0FIRST:U1', app, { text: 'x', replyTo }, another)).toMatchObject({
    log: null,
    userErrors: [{ code: 'FORBIDDEN' }],
  });
  expect(await countRows(app, 'log')).toBe(before);
});

test("law 11: a ticket of another workspace that quotes a log's problem is not named beside the log", async () => {
  const { createTicket } = await app.gql<{ createTicket: { ticket: { number: number } } }>(
    'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { ticket { number } userErrors { message } } }',
    { input: { title: 'Ours', text: 'customers see: checkout timeout acquiring connection from pool orders-db after a while' } },
  );
  const read = async (token?: string): Promise<string[]> => {
    const { log } = await submit(app, { text: sampleLog(), source: 'orders' }, token);
    const { logSummary } = await until(
      () =>
        app.gql<{ logSummary: { status: string; normal: { tickets: string[] } | null } }>(
          'query ($id: ID!) { logSummary(logId: $id) { status normal { tickets } } }',
          { id: log?.id },
          token,
        ),
      (answer) => answer.logSummary.status === 'SUCCEEDED',
    );
    return logSummary.normal?.tickets ?? [];
  };
  expect(await read()).toEqual([`T-${createTicket.ticket.number}`]);
  expect(await read(stranger)).toEqual([]);
});
