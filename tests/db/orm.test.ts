import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrm } from '#db/orm.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { createGate } from '#tests/support/gate.ts';

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

test('a pool that is closed while its first connection is being made can be closed all the same', async () => {
  const [asked, released] = [createGate(), createGate()];
  const { hostname, port } = new URL(database.url);
  // PostgreSQL, a long way off.
  const far = createServer(async (near) => {
    asked.open();
    await released.opened;
    const server = connect(Number(port), hostname);
    near.pipe(server).pipe(near);
    for (const socket of [near, server]) socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(far, 'listening');
  const url = new URL(database.url);
  url.host = `127.0.0.1:${(far.address() as AddressInfo).port}`;
  const orm = await createOrm(url.href, { pool: 1 });
  const answer = orm.em
    .fork()
    .execute('select 1')
    .catch((error: Error) => error);
  await asked.opened;
  const closed = orm.close();
  released.open();
  await closed;
  expect(await answer).toBeInstanceOf(Error);
  far.close();
});
