import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { migrationsList } from '#db/migrations/index.ts';
import { until } from '#tests/support/app.ts';
import { createEmptyDatabase, type TestDatabase } from '#tests/support/database.ts';

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
const upTo = (name: string): Promise<unknown> => database.orm.migrator.up({ to: name });

type Column = { name: string; type: string };
type Table = { name: string; columns: Column[]; keys: string[][] };

/** What a version works with: as its entities describe exactly the tables of its time, every statement it has is made of these. */
const tablesNow = async (): Promise<Table[]> =>
  (
    await client.query<Table>(
      `select c.relname as name,
        (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
         from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
        (select coalesce(json_agg((select json_agg(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum = any(i.indkey))), '[]')
         from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null) as keys
       from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'migration' order by 1`,
    )
  ).rows;

const sampleOf = (type: string): string => {
  if (/^timestamp|^date/.test(type)) return 'now()';
  if (type.endsWith('[]')) return `'{}'::${type}`;
  if (type.startsWith('json')) return `'{}'`;
  if (type === 'boolean') return 'false';
  if (type.startsWith('bit')) return `repeat('0', 256)::${type}`;
  return /^(text|bytea)$/.test(type) ? `'x'` : '1';
};

/** As the ORM does it: every column is named when a row is written, changed or read, and keys are what an upsert meets. */
const statementsOf = ({ name, columns, keys }: Table): string[] => {
  const list = columns.map((column) => `"${column.name}"`).join(', ');
  const insert = `insert into "${name}" (${list}) values (${columns.map(({ type }) => sampleOf(type)).join(', ')})`;
  const set = columns.map((column) => `"${column.name}" = excluded."${column.name}"`).join(', ');
  return [
    insert,
    ...keys
      .filter((key) => !caught.has(`${name}.${key.toSorted().join('+')}`))
      .map((key) => `${insert} on conflict (${key.map((column) => `"${column}"`).join(', ')}) do update set ${set}`),
    `update "${name}" set ${columns.map((column) => `"${column.name}" = ${sampleOf(column.type)}`).join(', ')}`,
    `select ${list} from "${name}"`,
    `delete from "${name}"`,
  ];
};

// No statement ever named these two: the service looks first, and catches the violation of whoever is first to write.
const caught = new Set(['log.idempotency_key+workspace_id', 'ticket.idempotency_key+workspace_id']);

test.each(names.slice(1).map((name, index) => [name, names[index] as string] as const))(
  'after %s every statement of the version before still works, for it runs on while the next one starts',
  async (name, before) => {
    await upTo(before);
    const old = await tablesNow();
    await upTo(name);
    const broken: string[] = [];
    // Foreign keys would ask for rows that mean something; what is looked at is what the statements name.
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    for (const statement of old.flatMap(statementsOf)) {
      await client.query('savepoint one');
      await client.query(statement).catch((error: Error) => broken.push(`${error.message}: ${statement}`));
      await client.query('rollback to savepoint one');
    }
    await client.query('rollback');
    expect(broken).toEqual([]);
  },
);

const short = { lockTimeoutMs: 300 };

test('a migration that waits for somebody’s open transaction lets everybody else pass', async () => {
  await using stack = new AsyncDisposableStack();
  const young = await createEmptyDatabase();
  stack.defer(() => young.drop());
  await young.orm.migrator.up({ to: '0012-incidents' });
  const [upload, reader] = [new pg.Client({ connectionString: young.url }), new pg.Client({ connectionString: young.url })];
  for (const each of [upload, reader]) {
    await each.connect();
    stack.defer(() => each.end());
  }
  await upload.query('begin');
  await upload.query(`update delivery set state = 'WAITING'`);
  // Two processes that start at once: one waits for the other, and the index that is built aside waits for neither.
  const migrating = Promise.all([migrate(young.orm, young.url, short), migrate(young.orm, young.url, short)]);
  const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'lock table %delivery%' and datname = current_database()`;
  await until(
    () => client.query(waiting.replace('current_database()', `'${new URL(young.url).pathname.slice(1)}'`)),
    ({ rowCount }) => rowCount === 1,
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
  const upload = new pg.Client({ connectionString: young.url });
  await upload.connect();
  stack.defer(() => upload.end());
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
  const request = new pg.Client({ connectionString: young.url });
  await request.connect();
  stack.defer(() => request.end());
  await request.query(`begin; lock table "${first}" in row exclusive mode`);
  const migrating = migrate(young.orm, young.url);
  const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = '${new URL(young.url).pathname.slice(1)}'`;
  await until(
    () => client.query(waiting),
    ({ rowCount }) => rowCount === 1,
    'the migration to wait',
  );
  await request.query(`select 1 from "${second}"`);
  await request.query('commit');
  expect(await migrating).toEqual(names.slice(names.indexOf('0022-triage-tuning')));
});
