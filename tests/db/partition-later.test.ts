import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstIdAt } from '#src/core/ids.ts';
import { root } from '#tests/house/source-files.ts';
import { type App, startApp } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { submitText } from '#tests/support/submit.ts';

let app: App;
let sql: string[];
beforeAll(async () => {
  app = await startApp({ MAX_GRAPHQL_LOG_BYTES: '4000000' });
  const page = await readFile(join(root, 'docs/scaling.md'), 'utf8');
  sql = [...page.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, text = '']) => text);
});
afterAll(() => app[Symbol.asyncDispose]());

const run = async (text: string): Promise<void> => {
  const pool = await app.database.orm.em.fork().getConnection().getNativeClient();
  await pool.query(text);
};
const firstLine = async (id: string): Promise<string | undefined> =>
  (await app.gql<{ logLines: { text: string }[] }>('query ($id: ID!) { logLines(logId: $id, from: 1, to: 1) { text } }', { id }))
    .logLines[0]?.text;
const partitionOf = async (id: string): Promise<unknown> =>
  (
    await app.database.orm.em
      .fork()
      .getConnection()
      .execute(`select tableoid::regclass::text as name from log_chunk where log_id = '${id}' limit 1`)
  )[0];

test('what docs/scaling.md says can be done later can be done later, with the product running', async () => {
  const [partition = '', forget = ''] = sql;
  const old = await submitText(app, sampleLog({ quiet: 15_000 }));
  await app.settled(old);

  const bound = firstIdAt('log', Date.now() + 1_000);
  await run(partition.replaceAll('log_01m9', bound));
  expect(await firstLine(old)).toContain('GET /orders/1000');
  expect(await partitionOf(old)).toEqual({ name: 'log_chunk_old' });

  let young = '';
  while (young < bound) young = await submitText(app, sampleLog());
  expect((await app.settled(young)).status).toBe('SUCCEEDED');
  expect(await partitionOf(young)).toEqual({ name: 'log_chunk_next' });
  expect(await firstLine(young)).toContain('GET /orders/1000');

  await run(forget.replaceAll('log_01m9', bound));
  await expect(firstLine(old)).rejects.toThrow('was forgotten on');
  expect(await app.settled(old)).toMatchObject({ status: 'SUCCEEDED', headline: expect.any(String) });
  expect(await firstLine(young)).toContain('GET /orders/1000');
});
