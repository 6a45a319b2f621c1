import { afterAll, beforeAll, expect, test } from 'vitest';
import { addJob, type JobSpec } from '#db/queue.ts';
import { createCountWaiting } from '#src/jobs/count-waiting.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const add = (workspaceId: string, place: string, priority: number, more: Partial<JobSpec> = {}) =>
  addJob(database.orm.em.fork(), { name: 'digest-log', payload: { workspaceId }, lane: { place, priority }, ...more });
const count = async () => {
  const waiting = await createCountWaiting(database.orm)();
  const lanes = [...waiting.workspaces].flatMap(([workspace, { lanes }]) =>
    [...lanes].map(([place, lane]) => `${workspace}${place} ${lane.count} ${lane.lastTag}`),
  );
  return { count: waiting.count, firstTag: waiting.firstTag, lanes: lanes.sort() };
};

test('what waits is what people asked for, is due or was tried before, and what is on its way to a channel', async () => {
  await add('a', '', 3);
  await add('a', '', 4);
  await add('a', '#1', 7);
  const later = { runAt: new Date(Date.now() + 60_000) };
  await add('b', '', 1, later);
  await add('b', '', 2, { ...later, payload: { workspaceId: 'b', attempt: 2 } });
  await addJob(database.orm.em.fork(), { name: 'deliver', payload: { workspaceId: 'a' }, queue: 'slack:#1', ...later });
  await addJob(database.orm.em.fork(), { name: 'deliver', payload: { workspaceId: 'a' }, queue: 'slack:#1', priority: 5 });
  await addJob(database.orm.em.fork(), { name: 'retrain-triage', payload: { workspaceId: 'a' } });
  expect(await count()).toEqual({ count: 5, firstTag: 3, lanes: ['a 2 4', 'a#1 2 7', 'b 1 2'] });
});

test('a queue that is never empty starts over before its tags end, in the same order', async () => {
  await database.orm.em.fork().getConnection().execute('delete from graphile_worker._private_jobs');
  await add('a', '', 25_000);
  await add('a', '', 25_007);
  await add('b', '', 25_003);
  expect(await count()).toEqual({ count: 3, firstTag: 0, lanes: ['a 2 7', 'b 1 3'] });
  expect(await count()).toMatchObject({ firstTag: 0 });
});
