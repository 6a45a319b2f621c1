import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { migrationsList } from '#db/migrations/index.ts';
import { until } from '#tests/support/app.ts';
import { createEmptyDatabase, type TestDatabase } from '#tests/support/database.ts';
import { beginLongRequest, leaveRows, tablesNow, workAs } from './version-traffic.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createEmptyDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const names = migrationsList.map(({ name }) => name);
const short = { lockTimeoutMs: 100, againMs: 20 };
const open = async (stack: AsyncDisposableStack, url = database.url): Promise<pg.Client> => {
  const opened = new pg.Client({ connectionString: url });
  await opened.connect();
  stack.defer(() => opened.end());
  return opened;
};
/** Whether somebody in that database waits for a lock. */
const isBlocked = async (url = database.url): Promise<boolean> =>
  (
    await client.query(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'ai-ops-assistant%' and datname = $1`,
      [new URL(url).pathname.slice(1)],
    )
  ).rowCount !== 0;

describe('the version before works on', () => {
  test.each(names.slice(1).map((name, index) => [name, index] as const))(
    'before, during and after %s, with rows of its own in every table and a request that holds them all',
    async (name, index) => {
      await using stack = new AsyncDisposableStack();
      await migrate(database.orm, database.url, { upTo: names[index] });
      const [requests, long] = [await open(stack), await open(stack)];
      const version = await tablesNow(client);
      expect(await workAs(requests, version)).toEqual([]);
      await leaveRows(client, version, name, index);
      const request = await beginLongRequest(long, version);
      let isOver = false;
      const migrating = migrate(database.orm, database.url, { ...short, upTo: name }).finally(() => {
        isOver = true;
      });
      await request.goOn();
      await until(
        async () => isOver || (await isBlocked()),
        (is) => is,
        'the migration to be done, or to wait',
      );
      expect(await workAs(requests, version)).toEqual([]);
      await long.query('commit');
      const meanwhile: string[] = [];
      while (!isOver) meanwhile.push(...(await workAs(requests, version)));
      expect(await migrating).toEqual([name]);
      expect(meanwhile).toEqual([]);
      expect(await workAs(requests, version)).toEqual([]);
    },
  );
});

// They have landed, and ran on tables that were small everywhere.
const slowOnes = [
  '0006-partial-keys: create unique index "log_idempotency_key"',
  '0006-partial-keys: create unique index "ticket_idempotency_key"',
  '0015-incidents-without-slack: create index "incident_by_group"',
  '0015-incidents-without-slack: create index "incident_by_end"',
  '0020-changelog-cursors: update "change"',
  '0020-changelog-cursors: create index "change_by_system"',
];

test('no migration keeps a table for as long as it is large: no index in place, no scan for a constraint, no rewrite, no row by row', async () => {
  const known = new Set<string>();
  const slow: string[] = [];
  for (const { name, class: Migration } of migrationsList) {
    const migration = new Migration(database.orm.em.getDriver(), database.orm.config);
    // One that runs statements of its own, outside a transaction, holds each lock for one statement, and builds its indexes aside.
    if (!migration.isTransactional()) continue;
    await migration.up();
    const statements = migration.getQueries().map(String);
    const young = statements.flatMap((statement) => /^create table "(\w+)"/i.exec(statement)?.[1] ?? []);
    for (const statement of statements) {
      const table = /^(?:alter table|update) "(\w+)"|^create (?:unique )?index .*? on "(\w+)"/i.exec(statement)?.slice(1).find(Boolean);
      if (table && known.has(table) && !young.includes(table) && isSlow(statement))
        slow.push(`${name}: ${statement.slice(0, statement.indexOf('"', statement.indexOf('"') + 1) + 1)}`);
    }
    for (const table of young) known.add(table);
  }
  expect(slow).toEqual(slowOnes);
});

const isSlow = (statement: string): boolean =>
  /^create (?:unique )?index (?!concurrently)|^update/i.test(statement) ||
  /add constraint (?!.*(?:not valid|using index))|set not null|alter column \S+ (?:set data )?type|default (?:gen_random|clock_timestamp|random)/i.test(
    statement,
  );

test('a migration that waits for somebody’s open transaction lets everybody else pass', async () => {
  await using stack = new AsyncDisposableStack();
  const young = await createEmptyDatabase();
  stack.defer(() => young.drop());
  await young.orm.migrator.up({ to: '0012-incidents' });
  const [upload, reader] = [await open(stack, young.url), await open(stack, young.url)];
  await upload.query('begin');
  await upload.query(`update delivery set state = 'WAITING'`);
  // Two processes that start at once: one waits for the other, and the index that is built aside waits for neither.
  const migrating = Promise.all([migrate(young.orm, young.url, short), migrate(young.orm, young.url, short)]);
  await until(
    () => isBlocked(young.url),
    (is) => is,
    'the migration to wait',
  );
  await reader.query('select * from delivery');
  await upload.query('commit');
  expect((await migrating).flat()).toEqual(names.slice(names.indexOf('0012-incidents') + 1));
});

test('a migration that never gets its locks ends with a sentence that says what to look for', async () => {
  await using stack = new AsyncDisposableStack();
  const young = await createEmptyDatabase();
  stack.defer(() => young.drop());
  await young.orm.migrator.up({ to: '0012-incidents' });
  const upload = await open(stack, young.url);
  await upload.query('begin');
  await upload.query(`update delivery set state = 'WAITING'`);
  await expect(migrate(young.orm, young.url, { ...short, patienceMs: 0 })).rejects.toMatchObject({ code: 'CONFIG' });
});

// What the version before does in one transaction, in whichever order: both ways of taking two tables the migration wants, too.
test.each([
  ['ticket', 'triage_settings'],
  ['webhook_out', 'ticket'],
])('a migration that meets a request which works with %s and then with %s makes neither of them fail', async (first, second) => {
  await using stack = new AsyncDisposableStack();
  const young = await createEmptyDatabase();
  stack.defer(() => young.drop());
  for (const name of names.slice(0, names.indexOf('0022-triage-tuning'))) await young.orm.migrator.up({ migrations: [name] });
  const request = await open(stack, young.url);
  await request.query(`begin; lock table "${first}" in row exclusive mode`);
  const migrating = migrate(young.orm, young.url, { againMs: 20 });
  await until(
    () => isBlocked(young.url),
    (is) => is,
    'the migration to wait',
  );
  await request.query(`select 1 from "${second}"`);
  await request.query('commit');
  expect(await migrating).toEqual(names.slice(names.indexOf('0022-triage-tuning')));
});
