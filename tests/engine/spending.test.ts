import { afterAll, beforeAll, expect, test } from 'vitest';
import { Workspace } from '#db/entities/workspace.ts';
import { ensureDefaultWorkspace } from '#src/auth/workspaces.ts';
import { parseConfig } from '#src/config.ts';
import { newId } from '#src/core/ids.ts';
import { createEngine } from '#src/engine/create-engine.ts';
import { createSpending, type Reservation } from '#src/engine/spending.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let day = 0;
let now: Date;
beforeAll(async () => {
  database = await createTestDatabase();
  workspaceId = (await ensureDefaultWorkspace(database.orm)).id;
});
afterAll(() => database.drop());

const spend = (limits: { tokens?: number; usd?: number }) => {
  now = new Date(Date.UTC(2026, 10, ++day, 12));
  return createSpending({ orm: database.orm, clock: { now: () => now }, limits });
};
const row = async () =>
  (
    await database.orm.em
      .fork()
      .getConnection()
      .execute<{ tokens: string; usd: number; refused: number }[]>('select * from engine_spend where day = ?::date', [now.toISOString()])
  )[0];

test('a budget is spent to its last token and not beyond, and what a call did not need is given back', async () => {
  const { reserve } = spend({ tokens: 1_000 });
  const first = await reserve(workspaceId, { tokens: 600, usd: 0 });
  expect(await reserve(workspaceId, { tokens: 401, usd: 0 })).toBeNull();
  const second = await reserve(workspaceId, { tokens: 400, usd: 0 });
  expect(second).not.toBeNull();
  expect(await reserve(workspaceId, { tokens: 1, usd: 0 })).toBeNull();
  await first?.settle({ tokens: 100, usd: 0 });
  expect(await reserve(workspaceId, { tokens: 500, usd: 0 })).not.toBeNull();
  expect(await row()).toMatchObject({ tokens: '1000', refused: 2 });
});

test('a workspace that has used up its budget leaves another’s untouched', async () => {
  const { reserve } = spend({ tokens: 1_000 });
  const other = newId('ws');
  await database.orm.em.fork().insert(Workspace, { id: other, name: 'Elsewhere', slackTeamId: null, createdAt: new Date() });
  await reserve(workspaceId, { tokens: 1_000, usd: 0 });
  expect(await reserve(workspaceId, { tokens: 1, usd: 0 })).toBeNull();
  expect(await reserve(other, { tokens: 1_000, usd: 0 })).not.toBeNull();
  expect(await reserve(other, { tokens: 1, usd: 0 })).toBeNull();
});

test('of twenty workers at once that each want the last call, one gets it', async () => {
  const { reserve } = spend({ tokens: 1_000, usd: 0.01 });
  await reserve(workspaceId, { tokens: 500, usd: 0.005 });
  const asked = await Promise.all(Array.from({ length: 20 }, () => reserve(workspaceId, { tokens: 400, usd: 0.004 })));
  expect(asked.filter((one): one is Reservation => one !== null)).toHaveLength(1);
  expect(await row()).toMatchObject({ tokens: '900', refused: 19 });
});

test('the first call of a day alone may be too much', async () => {
  const { reserve } = spend({ usd: 0.01 });
  expect(await reserve(workspaceId, { tokens: 1, usd: 0.02 })).toBeNull();
});

test('a day’s budget begins anew the next day; a call that ends then is paid from the day it began', async () => {
  const { reserve } = spend({ tokens: 100 });
  const late = await reserve(workspaceId, { tokens: 100, usd: 0 });
  expect(await reserve(workspaceId, { tokens: 1, usd: 0 })).toBeNull();
  now = new Date(Date.UTC(2026, 10, ++day, 0));
  expect(await reserve(workspaceId, { tokens: 100, usd: 0 })).not.toBeNull();
  await late?.settle({ tokens: 40, usd: 0 });
  expect(await row()).toMatchObject({ tokens: '100' });
});

test('a budget in money for a model nobody knows the price of is a sentence at the start', async () => {
  const config = { OPENAI_API_KEY: 'k', ENGINE_BUDGET_USD_PER_DAY: '1' };
  await expect(createEngine(parseConfig({ ...config, OPENAI_MODEL: 'my-model' }))).rejects.toMatchObject({
    code: 'CONFIG',
    message: expect.stringContaining('my-model'),
  });
  await expect(createEngine(parseConfig(config))).resolves.toMatchObject({ model: 'gpt-5-mini' });
});
