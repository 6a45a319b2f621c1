import { afterAll, beforeAll, expect, test } from 'vitest';
import { addJob, queueDepth } from '#db/queue.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const run = (statement: string): Promise<unknown> => database.orm.em.fork().getConnection().execute(statement);
const add = (job: Partial<Parameters<typeof addJob>[1]>): Promise<void> =>
  addJob(database.orm.em.fork(), { name: 'deliver', payload: {}, runAt: new Date(Date.now() - 600_000), ...job });
const depth = async (): Promise<Record<string, [count: number, old: boolean]>> =>
  Object.fromEntries(
    (await queueDepth(database.orm)).map(({ task, state, count, oldestSeconds }) => [
      `${task} ${state}`,
      [count, (oldestSeconds ?? 0) > 500],
    ]),
  );

test('only what one worker more could begin is ready: not what waits behind another of its queue, and not what was given up', async () => {
  await add({ key: 'first', queue: 'slack:C1' });
  await add({ key: 'second', queue: 'slack:C1' });
  await add({ key: 'third', queue: 'slack:C1' });
  await add({ key: 'elsewhere', queue: 'slack:C2' });
  await add({ name: 'digest-log', key: 'dead', maxAttempts: 1 });
  await add({ name: 'digest-log', key: 'later', runAt: new Date(Date.now() + 600_000) });
  await run(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w' where key = 'first'`);
  await run(`update graphile_worker._private_jobs set attempts = max_attempts where key = 'dead'`);
  expect(await depth()).toEqual({
    'deliver running': [1, false],
    'deliver behind': [2, true],
    'deliver ready': [1, true],
    'digest-log dead': [1, true],
    'digest-log scheduled': [1, false],
  });
});

test('a queue whose turn has come is ready again, with one job after another', async () => {
  await run(`update graphile_worker._private_jobs set locked_at = null, locked_by = null where key = 'first'`);
  expect(await depth()).toMatchObject({ 'deliver ready': [4, true] });
});
