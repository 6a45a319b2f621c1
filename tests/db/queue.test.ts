import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Delivery } from '#db/entities/delivery.ts';
import { forWorkspace } from '#db/orm.ts';
import { addJob, type JobSpec, outboxDepth, queueDepth } from '#db/queue.ts';
import { writeTogether } from '#db/write-together.ts';
import { ensureDefaultWorkspace } from '#src/auth/workspaces.ts';
import { newId } from '#src/core/ids.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';
import { until } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  workspaceId = (await ensureDefaultWorkspace(database.orm)).id;
});
afterAll(() => database.drop());

const execute = <Row>(text: string): Promise<Row[]> => database.orm.em.fork().getConnection().execute<Row[]>(text);

test('the age of the queue is that of the oldest job a worker could run: none behind another of its channel, none given up', async () => {
  const db = database.orm.em.fork();
  const longAgo = new Date(Date.now() - 600_000);
  await addJob(db, { name: 'deliver', payload: {}, queue: 'slack:C1', runAt: longAgo });
  await addJob(db, { name: 'deliver', payload: {}, queue: 'slack:C1', runAt: longAgo });
  await addJob(db, { name: 'digest-log', payload: { dead: true }, runAt: longAgo });
  await addJob(db, { name: 'digest-log', payload: {}, runAt: new Date(Date.now() - 5_000) });
  await addJob(db, { name: 'digest-log', payload: {}, runAt: new Date(Date.now() + 60_000) });
  await execute(`update graphile_worker._private_jobs set attempts = max_attempts where payload->>'dead' = 'true'`);
  await execute(`update graphile_worker._private_job_queues set locked_at = now(), locked_by = 'w'`);
  await execute(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w' where id = (select min(id) from graphile_worker._private_jobs)`,
  );
  const rows = await queueDepth(database.orm);
  expect(new Set(rows.map(({ task, state, count }) => `${task} ${state} ${count}`))).toEqual(
    new Set(['deliver running 1', 'deliver behind 1', 'digest-log dead 1', 'digest-log ready 1', 'digest-log scheduled 1']),
  );
  expect(Math.round(Math.max(...rows.map(({ oldestSeconds }) => oldestSeconds ?? 0)) / 10)).toBe(1);
});

test('an answer nobody has seen is in the outbox also when no job knows of it, and not while its log is still being read', async () => {
  await execute('delete from graphile_worker._private_jobs');
  const db = forWorkspace(database.orm, workspaceId);
  const to = { kind: 'slack' as const, teamId: 'T1', channel: 'C1', user: 'U1' };
  const [onItsWay, forgotten, beingRead] = ['log', 'log', 'log'].map((prefix, minutes) =>
    newDelivery(workspaceId, newId(prefix as 'log'), to, new Date(Date.now() - (minutes + 1) * 60_000)),
  ) as [Delivery, Delivery, Delivery];
  for (const delivery of [onItsWay, forgotten, beingRead]) await db.insert(Delivery, delivery);
  await addJob(db, deliverJob(onItsWay));
  await addJob(db, { name: 'digest-log', payload: {}, key: `digest-log:${beingRead.subjectId}` });
  const { count, oldestSeconds } = await outboxDepth(database.orm);
  expect([count, Math.round((oldestSeconds ?? 0) / 60)]).toEqual([2, 2]);
});

test.each([
  ['in a transaction', (job: JobSpec) => database.orm.em.fork().transactional((tx) => addJob(tx, job))],
  [
    'along with rows',
    async (job: JobSpec) => {
      const to = { kind: 'slack' as const, teamId: 'T1', channel: 'C1', user: 'U1' };
      const row = newDelivery(workspaceId, newId('log'), to, new Date());
      await writeTogether(database.orm.em.fork(), { rows: [[Delivery, row]], jobs: [job] });
    },
  ],
])('news that come while a worker takes the job of the news before get a job of their own: %s', async (_, add) => {
  await execute('delete from graphile_worker._private_jobs');
  const job = { name: 'deliver', payload: {}, key: 'deliver:dlv_1', onSameKey: 'keep-time', queue: 'slack:C1' } as const;
  await add(job);
  const worker = new pg.Client({ connectionString: database.url });
  await worker.connect();
  try {
    await worker.query('begin');
    await worker.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w', attempts = 1");
    const adding = add(job);
    await until(
      () => execute("select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"),
      ({ length }) => length > 0,
      'one that waits for the worker',
    );
    await worker.query('commit');
    await adding;
  } finally {
    await worker.end();
  }
  expect(await execute('select key, locked_by from graphile_worker._private_jobs order by id')).toEqual([
    { key: null, locked_by: 'w' },
    { key: 'deliver:dlv_1', locked_by: null },
  ]);
});
