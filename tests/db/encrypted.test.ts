import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createOrm } from '#db/orm.ts';

const SSL_REQUEST = 80_877_103;

/** What a client says first to a PostgreSQL: whether it asks for encryption before anything else. */
const firstWords = async (connect: (url: string) => Promise<unknown>, mode: string): Promise<boolean> => {
  const asked = Promise.withResolvers<boolean>();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (bytes) => {
      asked.resolve(bytes.length === 8 && bytes.readInt32BE(4) === SSL_REQUEST);
      socket.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    void connect(`postgres://somebody:secret@127.0.0.1:${(server.address() as AddressInfo).port}/aiops${mode}`).catch(() => {});
    return await asked.promise;
  } finally {
    server.close();
  }
};

const byOrm = async (url: string): Promise<void> => {
  const orm = await createOrm(url, { pool: 1 });
  await orm.em
    .getConnection()
    .execute('select 1')
    .finally(() => orm.close());
};

test('queries ask for encryption when the URL wants it, before user and password are said', async () => {
  expect(await firstWords(byOrm, '?sslmode=verify-full')).toBe(true);
  expect(await firstWords(byOrm, '?uselibpqcompat=true&sslmode=require')).toBe(true);
  expect(await firstWords(byOrm, '')).toBe(false);
});
