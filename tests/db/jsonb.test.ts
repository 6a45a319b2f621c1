import { afterAll, beforeAll, expect, test } from 'vitest';
import { toJsonb } from '#db/jsonb.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const stored = async (value: unknown): Promise<unknown> =>
  ((await database.orm.em.fork().execute('select ?::jsonb as kept', [toJsonb(value)])) as [{ kept: unknown }])[0].kept;

test('half an emoji and NUL become a replacement character, everything else stays as it is', async () => {
  const half = '😀'.slice(0, 1);
  expect(await stored({ [`a${half}`]: [`b${half}`, `${half}${half}c`, 'd\0e', '😀'] })).toEqual({
    'a\ufffd': ['b\ufffd', '\ufffd\ufffdc', 'd\ufffde', '😀'],
  });
});

test('a text that only looks like an escape stays as it is', async () => {
  const text = String.raw`\ud83d \\u0000 C:\users`;
  expect(await stored({ text })).toEqual({ text });
});
