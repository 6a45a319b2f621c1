import { afterAll, beforeAll, expect, test } from 'vitest';
import { Log } from '#db/entities/log.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('after the migrations the database is exactly what the entities describe', async () => {
  expect((await database.orm.schema.getUpdateSchemaSQL()).trim()).toBe('');
});

test('a query that names no workspace is refused', async () => {
  await expect(database.orm.em.fork().find(Log, {})).rejects.toThrow('workspace');
});
