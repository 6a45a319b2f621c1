import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrm } from '#db/orm.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a connection that breaks inside a transaction is given back: the pool goes on and can be closed', async () => {
  const orm = await createOrm(database.url, { pool: 1 });
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const broken = orm.em.fork().transactional(async (em) => {
    const [{ pid }] = await em.execute<[{ pid: number }]>('select pg_backend_pid() as pid');
    await admin.query('select pg_terminate_backend($1)', [pid]);
    await em.execute('select 1');
  });
  await expect(broken).rejects.toThrow();
  expect(await orm.em.fork().execute('select 1 as one')).toEqual([{ one: 1 }]);
  await orm.close();
  await admin.end();
});
