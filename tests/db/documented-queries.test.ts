import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '#tests/house/source-files.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe.each([
  ['docs/runbook.md', 9],
  ['docs/scaling.md', 1],
  ['docs/troubleshooting.md', 2],
])('what %s has an operator ask PostgreSQL', async (page, least) => {
  const text = await readFile(join(root, page), 'utf8');
  const queries = [...text.matchAll(/`((?:select|show) [^`]+)`/g)].map(([, query = '']) => query.replace(/\s+/g, ' '));

  test('is found by this test', () => {
    expect(queries.length).toBeGreaterThanOrEqual(least);
  });

  // ID and PID are theirs to fill in.
  test.each(queries)('is answered: %s', async (query) => {
    await client.query(query.replace(/\b(?:ID|PID)\b/, '0'));
  });
});
