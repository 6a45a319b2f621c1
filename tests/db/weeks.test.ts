import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { waitedInVain } from '#db/patiently.ts';
import { addJob } from '#db/queue.ts';
import { dropEmptyWeeks, makeWeeks } from '#db/weeks.ts';
import { firstIdAt, newId } from '#src/core/ids.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { submitText } from '#tests/support/submit.ts';

const DAY = 24 * 60 * 60_000;
const WEEK = 7 * DAY;
const chunks = { table: 'log_chunk', key: 'log_id', refersTo: 'log', prefix: 'log' } as const;
const once = { lockTimeoutMs: 100, patienceMs: 0 };

const open = async (stack: AsyncDisposableStack, url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  stack.defer(() => client.end());
  return client;
};
const list = async (client: pg.Client, query: string): Promise<string[]> =>
  (await client.query(query)).rows.map(({ name }) => String(name));
const partitions = (client: pg.Client): Promise<string[]> =>
  list(client, `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'log_chunk'::regclass order by 1`);
const guards = (client: pg.Client): Promise<string[]> =>
  list(client, `select conname as name from pg_constraint where conrelid = 'log_chunk_default'::regclass and contype = 'c'`);

const insertLog = `insert into log (id, workspace_id, title, entry, status, progress, bytes, created_by, created_at) select $1, id, 'x', 'API', 'SUCCEEDED', 1, 1, 'x', now() from workspace`;
const insertChunk = `insert into log_chunk (log_id, seq, workspace_id, first_line, newlines, bytes, data) select id, 0, workspace_id, 1, 1, 1, 'x' from log where id = $1`;
const readChunk = `select bytes from log_chunk where log_id = $1`;

describe('the product by weeks', () => {
  let app: App;
  let client: pg.Client;
  const closing = new AsyncDisposableStack();
  let ahead = 0;
  beforeAll(async () => {
    app = await startApp({ LOG_TEXT_DAYS: '14' }, { clock: { now: () => new Date(Date.now() + ahead) } });
    closing.defer(() => app[Symbol.asyncDispose]());
    client = await open(closing, app.database.url);
  });
  afterAll(() => closing[Symbol.asyncDispose]());
  const nightOf = async (days: number): Promise<void> => {
    ahead = days * DAY;
    await addJob(app.database.orm.em.fork(), { name: 'forget-logs', payload: {} });
    await until(
      () => list(client, `select id as name from graphile_worker.jobs where task_identifier = 'forget-logs'`),
      (jobs) => jobs.length === 0,
      'the night to be over',
    );
    ahead = 0;
  };
  const partitionOf = (id: string): Promise<string[]> =>
    list(client, `select tableoid::regclass::text as name from log_chunk where log_id = '${id}'`);
  const firstLine = async (id: string): Promise<string | undefined> =>
    (await app.gql<{ logLines: { text: string }[] }>('query ($id: ID!) { logLines(logId: $id, from: 1, to: 1) { text } }', { id }))
      .logLines[0]?.text;
  const remove = (id: string) => app.gql('mutation ($id: ID!) { deleteLog(input: { id: $id }) { deletedId } }', { id });

  test('a text lies in its week, is read and deleted there, and when all of a week are forgotten its table is gone', async () => {
    // As though the night had been five weeks ago: eight weeks from then on are made, from the fourth on.
    await nightOf(-35);
    const weeks = await partitions(client);
    expect(weeks).toHaveLength(5);
    expect(weeks[0]).toMatch(/^log_chunk_20\d{6}$/);
    const [kept, deleted] = [await submitText(app, sampleLog()), await submitText(app, sampleLog())];
    for (const id of [kept, deleted]) expect((await app.settled(id)).status).toBe('SUCCEEDED');
    const [week = ''] = await partitionOf(kept);
    expect(weeks).toContain(week);
    expect(week).not.toBe('log_chunk_default');
    expect(await firstLine(kept)).toContain('GET /orders');
    expect(await remove(deleted)).toEqual({ deleteLog: { deletedId: deleted } });
    expect(await partitionOf(deleted)).toEqual([]);

    // Before the two weeks of LOG_TEXT_DAYS are over, a week in which a text is left stays.
    await nightOf(13);
    expect(await partitions(client)).toContain(week);
    await nightOf(23);
    expect(await partitions(client)).not.toContain(week);
    await expect(firstLine(kept)).rejects.toThrow('was forgotten on');
    expect(await app.settled(kept)).toMatchObject({ status: 'SUCCEEDED', headline: expect.any(String) });
    expect(await submitText(app, sampleLog()).then((id) => app.settled(id))).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('what a killed worker left on the default partition is taken down the next night', async () => {
    await client.query(`alter table log_chunk_default add constraint log_chunk_not_ahead check (log_id < 'log_0') not valid`);
    await nightOf(0);
    expect(await guards(client)).toEqual([]);
    await expect(app.settled(await submitText(app, sampleLog()))).resolves.toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('weeks', () => {
  let database: TestDatabase;
  let client: pg.Client;
  const closing = new AsyncDisposableStack();
  beforeAll(async () => {
    database = await createTestDatabase();
    closing.defer(() => database.drop());
    client = await open(closing, database.url);
    await client.query(`insert into workspace (id, name, created_at) values ('ws_1', 'x', now())`);
  });
  afterAll(() => closing[Symbol.asyncDispose]());
  const add = async (id: string): Promise<string> => {
    await client.query(insertLog, [id]);
    await client.query(insertChunk, [id]);
    return id;
  };

  test('an upload that goes on for hours stops nobody and is stopped by nobody; the weeks are made once it is over', async () => {
    await using stack = new AsyncDisposableStack();
    const upload = await open(stack, database.url);
    const id = newId('log');
    await upload.query('begin');
    await upload.query(insertLog, [id]);
    const inVain = await makeWeeks(database.orm, chunks, { now: new Date(), keptDays: 14, ...once }).catch((error: unknown) => error);
    expect(waitedInVain(inVain)).toBe(true);
    expect(await partitions(client)).toEqual(['log_chunk_default']);
    expect(await guards(client)).toEqual([]);
    await upload.query(insertChunk, [id]);
    await upload.query('commit');
    expect(await makeWeeks(database.orm, chunks, { now: new Date(), keptDays: 14 })).toHaveLength(4);
  });

  test('the same night twice makes nothing twice; the week after, one more is made', async () => {
    const now = new Date();
    expect(await makeWeeks(database.orm, chunks, { now, keptDays: 14 })).toEqual([]);
    expect(await makeWeeks(database.orm, chunks, { now: new Date(now.getTime() + WEEK), keptDays: 14 })).toHaveLength(1);
  });

  test('texts that are kept for years lie in partitions of several weeks, so that there are never many', async () => {
    const [made] = await makeWeeks(database.orm, chunks, { now: new Date(Date.now() + 3 * WEEK), keptDays: 3_650 });
    const [bound] = await list(client, `select pg_get_expr(relpartbound, oid) as name from pg_class where relname = '${made}'`);
    const [from = '', to = ''] = [...(bound ?? '').matchAll(/'(log_\w+)'/g)].map(([, id]) => id);
    expect(to >= firstIdAt('log', Date.now() + 20 * WEEK) && from < firstIdAt('log', Date.now() + 14 * WEEK)).toBe(true);
  });

  test('what no week was made for goes to the default partition, and is not in the way of later weeks', async () => {
    // Nobody worked for a year.
    const later = Date.now() + 52 * WEEK;
    const late = await add(`${firstIdAt('log', later)}0000000000000000`);
    expect(await list(client, `select tableoid::regclass::text as name from log_chunk where log_id = '${late}'`)).toEqual([
      'log_chunk_default',
    ]);
    expect(await makeWeeks(database.orm, chunks, { now: new Date(later), keptDays: 14 })).toHaveLength(4);
    expect((await client.query(readChunk, [late])).rows).toEqual([{ bytes: 1 }]);
  });

  test('rows that are there already, of a clock that is ahead, keep a week from being made, and are not lost', async () => {
    const later = Date.now() + 104 * WEEK;
    const strange = await add(`${firstIdAt('log', later + 6 * WEEK)}0000000000000000`);
    await expect(makeWeeks(database.orm, chunks, { now: new Date(later), keptDays: 14 })).rejects.toThrow('is violated by some row');
    expect(await guards(client)).toEqual([]);
    expect((await client.query(readChunk, [strange])).rows).toEqual([{ bytes: 1 }]);
  });

  test('a text that arrives while its week is being dropped is kept', async () => {
    await using stack = new AsyncDisposableStack();
    const upload = await open(stack, database.url);
    const [, week = ''] = (await partitions(client)).toReversed();
    const [bound = ''] = await list(client, `select pg_get_expr(relpartbound, oid) as name from pg_class where relname = '${week}'`);
    const late = `${/'(log_\w+)'/.exec(bound)?.[1]}0000000000000000`;
    const afterwards = new Date(Date.now() + 300 * WEEK);
    await client.query(insertLog, [late]);
    await upload.query('begin');
    await upload.query(insertChunk, [late]);
    const dropping = dropEmptyWeeks(database.orm, chunks, { now: afterwards, againMs: 20 });
    await until(
      () => list(client, `select pid as name from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`),
      (waiting) => waiting.length > 0,
      'the drop to wait',
    );
    await upload.query('commit');
    const dropped = await dropping;
    expect(dropped.length).toBeGreaterThan(5);
    expect(dropped).not.toContain(week);
    expect((await partitions(client)).sort()).toEqual([week, 'log_chunk_default'].sort());
    expect((await client.query(readChunk, [late])).rows).toEqual([{ bytes: 1 }]);
  });
});

test('the table that was there becomes the default partition as it lies on disk, and statements prepared before go on working', async () => {
  await using stack = new AsyncDisposableStack();
  const database = await createEmptyDatabase();
  stack.defer(() => database.drop());
  await migrate(database.orm, database.url, { upTo: '0030-changelog-inclusions' });
  const [before, other] = [await open(stack, database.url), await open(stack, database.url)];
  await before.query(`insert into workspace (id, name, created_at) values ('ws_1', 'x', now())`);
  const prepared = (name: string, text: string, id: string) => before.query({ name, text, values: [id] });
  const [old, young] = [newId('log'), newId('log')];
  const work = async (id: string): Promise<void> => {
    await prepared('log', insertLog, id);
    await prepared('chunk', insertChunk, id);
    expect((await prepared('read', readChunk, id)).rows).toEqual([{ bytes: 1 }]);
  };
  await work(old);
  const file = (table: string) => list(other, `select pg_relation_filenode('${table}') as name`);
  const lay = await file('log_chunk');
  await migrate(database.orm, database.url);
  expect(await file('log_chunk_default')).toEqual(lay);
  await work(young);
  expect((await prepared('read', readChunk, old)).rows).toEqual([{ bytes: 1 }]);
  expect((await database.orm.schema.getUpdateSchemaSQL()).trim()).toBe('');
  await makeWeeks(database.orm, chunks, { now: new Date(), keptDays: 30 });
  expect((await database.orm.schema.getUpdateSchemaSQL()).trim()).toBe('');
  await work(newId('log'));
  await before.query(`delete from log where id = '${old}'`);
  expect((await prepared('read', readChunk, old)).rows).toEqual([]);
});
