import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNotices, type Notices } from '#db/notices.ts';
import { ensureDefaultWorkspace } from '#src/auth/workspaces.ts';
import { inRow } from '#src/blobs/in-row.ts';
import { type Actor, scopesOfRole } from '#src/core/actor.ts';
import { createLogService, type LogService } from '#src/logs/service.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let notices: Notices;
let logs: LogService;
let actor: Actor;
let now = Date.parse('2026-11-20T12:00:00Z');
beforeAll(async () => {
  database = await createTestDatabase();
  notices = createNotices(database.url);
  logs = createLogService({
    orm: database.orm,
    notices,
    clock: { now: () => new Date(now) },
    blobs: inRow,
    limits: { maxUnpackRatio: 1000 },
  });
  const { id } = await ensureDefaultWorkspace(database.orm);
  actor = { workspaceId: id, id: 'usr_1', role: 'ADMIN', scopes: scopesOfRole.ADMIN, actingFor: null, requestId: 'req_1' };
});
afterAll(async () => {
  await notices.close();
  await database.drop();
});

async function* bytes(text: string) {
  yield Buffer.from(text);
}
const submit = async (title: string, more: { text?: string; source?: string; idempotencyKey?: string } = {}) =>
  (
    await logs.submitLog(actor, {
      content: { kind: 'bytes', bytes: bytes(more.text ?? 'a line\n'), maxBytes: 10_000_000 },
      entry: 'API',
      title,
      ...more,
    })
  ).log;
const titles = async (...[filter, page]: [Parameters<LogService['logs']>[1], Parameters<LogService['logs']>[2]]) => {
  const { edges, pageInfo } = await logs.logs(actor, filter, page);
  return { titles: edges.map(({ node }) => node.title).join(' '), ...pageInfo };
};

test('logs come in pages, forwards and backwards, newest or oldest first, each once', async () => {
  for (const title of ['a1', 'a2', 'a3', 'a4', 'a5']) await submit(title, { source: 'pages' });
  const filter = { source: 'pages' };
  const first = await titles(filter, { first: 2, order: 'NEWEST_FIRST' });
  expect(first).toMatchObject({ titles: 'a5 a4', hasNextPage: true, hasPreviousPage: false });
  const second = await titles(filter, { first: 2, after: first.endCursor as string, order: 'NEWEST_FIRST' });
  expect(second).toMatchObject({ titles: 'a3 a2', hasNextPage: true, hasPreviousPage: true });
  expect(await titles(filter, { first: 2, after: second.endCursor as string, order: 'NEWEST_FIRST' })).toMatchObject({
    titles: 'a1',
    hasNextPage: false,
  });
  expect(await titles(filter, { last: 2, before: second.startCursor as string, order: 'NEWEST_FIRST' })).toMatchObject({
    titles: 'a5 a4',
    hasPreviousPage: false,
    hasNextPage: true,
  });
  expect(await titles(filter, { last: 2, order: 'OLDEST_FIRST' })).toMatchObject({ titles: 'a4 a5', hasPreviousPage: true });
  expect(await titles(filter, { first: 1, order: 'OLDEST_FIRST' })).toMatchObject({ titles: 'a1' });
});

test('filters mean what they say; % and _ are letters', async () => {
  await submit('100% done_now');
  const find = async (filter: Parameters<LogService['logs']>[1]) => (await titles(filter, { first: 100, order: 'OLDEST_FIRST' })).titles;
  expect(await find({ titleContains: '100% DONE_' })).toBe('100% done_now');
  expect(await find({ titleContains: '%done%' })).toBe('');
  expect(await find({ titleContains: '1' })).toBe('a1 100% done_now');
  expect(await find({ status: ['SUCCEEDED'] })).toBe('');
  expect(await find({ entry: ['SLACK', 'API'], source: 'pages', createdAfter: new Date(now + 1) })).toBe('');
});

test('law 13: a page without a size, a foreign cursor and a wrong range of lines are answered in words', async () => {
  for (const page of [{}, { first: 0 }, { first: 101 }, { first: 1, last: 1 }, { first: 1, after: 'bm90IG91cnM' }])
    await expect(logs.logs(actor, {}, { order: 'NEWEST_FIRST', ...page })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const { id } = await submit('ranges');
  for (const [from, to] of [
    [0, 5],
    [5, 4],
    [1, 1001],
  ] as const)
    await expect(logs.logLines(actor, id, from, to)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(logs.logLines(actor, 'log_nowhere', 1, 2)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('lines are shown without colour codes and control characters', async () => {
  const { id } = await submit('colours', { text: '\u001b[31mERROR\u001b[0m\tx\u0000y\u0007\r\nnext' });
  expect(await logs.logLines(actor, id, 1, 5)).toEqual([
    { number: 1, text: 'ERROR\txy', truncated: false },
    { number: 2, text: 'next', truncated: false },
  ]);
});

test('an idempotency key is free again after a day', async () => {
  const first = await submit('monday', { idempotencyKey: 'weekly' });
  expect((await submit('monday again', { idempotencyKey: 'weekly' })).id).toBe(first.id);
  now += 25 * 3_600_000;
  expect((await submit('tuesday', { idempotencyKey: 'weekly' })).id).not.toBe(first.id);
});

test('a title is shown up to 200 characters', async () => {
  expect((await submit('x'.repeat(300))).title).toBe(`${'x'.repeat(199)}…`);
  expect((await submit('  ')).title).toBe('Pasted text');
});

test('a log that is worked on is not deleted', async () => {
  const { id } = await submit('at work');
  await expect(logs.deleteLog(actor, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  await logs.cancelLog(actor, id);
  expect(await logs.deleteLog(actor, id)).toBe(id);
});

test('each act needs its scope', async () => {
  const nobody: Actor = { ...actor, scopes: [] };
  const content = { kind: 'bytes' as const, bytes: bytes('x'), maxBytes: 10 };
  for (const act of [
    () => logs.submitLog(nobody, { content, entry: 'API' }),
    () => logs.cancelLog(nobody, 'log_1'),
    () => logs.deleteLog({ ...actor, scopes: scopesOfRole.MEMBER }, 'log_1'),
    () => logs.log(nobody, 'log_1'),
    () => logs.logs(nobody, {}, { first: 1, order: 'NEWEST_FIRST' }),
    () => logs.logSummary(nobody, 'log_1'),
    () => logs.logLines(nobody, 'log_1', 1, 1),
    () => Array.fromAsync(logs.watchLog(nobody, 'log_1')),
  ])
    await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
