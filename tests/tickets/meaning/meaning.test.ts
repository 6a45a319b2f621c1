import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EngineCall } from '#db/entities/engine-call.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { TicketEmbedding } from '#db/entities/ticket-embedding.ts';
import { forWorkspace } from '#db/orm.ts';
import { until } from '#tests/support/app.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { categoryNamed, enqueue, foretold, pastTicket, saveSettings, setCategory, triaged } from '#tests/support/tickets.ts';

let all: SlackApp;
beforeAll(async () => {
  const settings = { OPENAI_TIMEOUT_SECONDS: '2', EMBEDDING_MODEL: 'text-embedding-3-small' };
  all = await startSlackApp({ engine: 'openai', settings });
});
afterAll(() => all[Symbol.asyncDispose]());
afterEach(() => all.openai.mock.reset());

const db = () => forWorkspace(all.app.database.orm, all.app.runtime.workspaceId as string);
const vectors = () => db().count(TicketEmbedding, {});
const idle = () =>
  until(
    () =>
      all.app.database.orm.em
        .fork()
        .getConnection()
        .execute<unknown[]>("select 1 from graphile_worker.jobs where task_identifier like 'embed-%'"),
    (jobs) => jobs.length === 0,
  );
/** The stand-in puts what matches in this corner of the space of meanings. */
const means = (pattern: RegExp, ...embedding: number[]) => all.openai.mock.onEmbedding(pattern, { embedding });
const asked = () => all.openai.requests().filter(({ path }) => path === '/v1/embeddings');

test('two tickets that share no word and mean the same are look-alikes, and a decision on one counts for the other', async () => {
  means(/Gehalt|payslip/, 0.6, 0.8, 0, 0);
  means(/flickers/, 0, 0, 1, 0);
  const hr = await categoryNamed(all.app, 'People and HR');
  const first = await triaged(all.app, { text: 'Mein Gehalt fehlt seit Montag' });
  const stranger = await triaged(all.app, { text: 'xylophone flickers' });
  await setCategory(all.app, { id: first.id, categoryId: hr.id });
  const second = await triaged(all.app, { text: 'october payslip did not come' });
  const found = second.prediction?.lookAlikes.map(({ ticket }) => ticket.id);
  expect(found).toContain(first.id);
  expect(found).not.toContain(stranger.id);
  expect(second.prediction).toMatchObject({ by: 'look-alikes', reason: expect.stringContaining(`T-${first.number}`) });
  expect(second.prediction?.lookAlikes.every(({ duplicate }) => !duplicate)).toBe(true);
  const calls = await db().find(EngineCall, { subjectId: second.id });
  const receipt = calls.find((call) => call.receipt?.task === 'embed');
  expect(receipt).toMatchObject({ outcome: 'SUCCEEDED', receipt: { model: 'text-embedding-3-small', tokensIn: expect.any(Number) } });
  expect(receipt?.receipt?.costUsd).toBeGreaterThan(0);
});

test('without embeddings for a while, tickets are found by their words and the failure is on record', async () => {
  all.openai.mock.onEmbedding(/./, { error: { message: 'boom', type: 'server_error' }, status: 500 });
  const first = await triaged(all.app, { text: 'The marmalade conveyor squeaks at gate 14' });
  const second = await triaged(all.app, { text: 'Again the marmalade conveyor squeaks at gate 14' });
  expect(second.prediction?.lookAlikes.map(({ ticket }) => ticket.id)).toContain(first.id);
  expect(await db().count(TicketEmbedding, { ticketId: { $in: [first.id, second.id] } })).toBe(0);
  const calls = await db().find(EngineCall, { subjectId: second.id });
  expect(calls.map(({ outcome, receipt }) => [receipt?.task, outcome])).toContainEqual(['embed', 'ENGINE_UNAVAILABLE']);
});

test('what was said in a restricted channel gets no vector, neither at once nor at night', async () => {
  await saveSettings(all.app, { restrictedChannels: ['C0SECRET'] });
  means(/./, 0, 1, 0, 0);
  const before = await vectors();
  const secret = await pastTicket(all.app, 9001, { title: 'Layoffs plan', body: 'Layoffs plan', channels: ['C0SECRET'] });
  const open = await pastTicket(all.app, 9002, { title: 'Lunch plan', body: 'Lunch plan' });
  await enqueue(all.app, 'triage-ticket', { ticketId: secret, workspaceId: all.app.runtime.workspaceId });
  await until(
    () => db().findOneOrFail(Ticket, { id: secret }),
    ({ prediction }) => Boolean(prediction),
  );
  await enqueue(all.app, 'embed-missing-all', {});
  await until(
    () => db().count(TicketEmbedding, { ticketId: open }),
    (count) => count === 1,
  );
  await idle();
  expect(await db().count(TicketEmbedding, { ticketId: secret })).toBe(0);
  expect(all.openai.wire()).not.toContain('Layoffs');
  expect(await vectors()).toBeGreaterThan(before);
  await saveSettings(all.app, { restrictedChannels: [] });
});

test('at night tickets without a vector get one, and none is paid for twice', async () => {
  means(/./, 0, 0, 0, 1);
  await pastTicket(all.app, 9003, { title: 'Old one', body: 'Old one', prediction: foretold(null, 0.3) });
  const night = async () => {
    await enqueue(all.app, 'embed-missing-all', {});
    await until(
      () => db().count(TicketEmbedding, { ticketId: { $in: ['tkt_00000000000000000000009003'] } }),
      (count) => count === 1,
    );
    await idle();
    return asked().length;
  };
  const paid = await night();
  expect(paid).toBeGreaterThan(0);
  expect(await night()).toBe(paid);
});
