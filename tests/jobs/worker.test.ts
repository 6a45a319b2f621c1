import { EventEmitter } from 'node:events';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addJob, type JobSpec } from '#db/queue.ts';
import { AppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';
import { defineJob, type JobFailure } from '#src/jobs/define-job.ts';
import { startHeartbeat } from '#src/jobs/heartbeat.ts';
import { watchHeldJobs } from '#src/jobs/held-jobs.ts';
import { newProcessName } from '#src/jobs/process-name.ts';
import { startWorker, type Worker } from '#src/jobs/worker.ts';
import { until } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { createGate } from '#tests/support/gate.ts';

let database: TestDatabase;
let workers: Worker[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  await database.orm.em.fork().getConnection().execute('delete from graphile_worker._private_jobs; delete from worker');
});
afterAll(() => database.drop());

const LOST_AFTER_MS = 2_000;
const quiet: Log = { info() {}, warn() {}, error() {}, child: () => quiet };
type Run = (word: string, context: { attempt: number; requestId: string; signal: AbortSignal }) => Promise<void>;
const start = async (
  run: Run,
  hooks: { retrying?(failure: JobFailure): void; giveUp?(failure: JobFailure): void; lostAfterMs?: number; log?: Log } = {},
) => {
  const finished: string[] = [];
  const job = defineJob({
    name: 'test-job',
    payload: z.object({ word: z.string() }),
    run: ({ word }, context) => run(word, context),
    retrying: async (_, failure) => hooks.retrying?.(failure),
    giveUp: async (_, failure) => hooks.giveUp?.(failure),
  });
  const worker = await startWorker([job], {
    orm: database.orm,
    url: database.url,
    log: hooks.log ?? quiet,
    observer: { started() {}, finished: (_, outcome) => finished.push(outcome) },
    concurrency: 4,
    pool: 2,
    process: newProcessName(),
    lostAfterMs: hooks.lostAfterMs ?? 15_000,
    retryScale: 0.01,
  });
  workers.push(worker);
  return { worker, finished };
};
const add = (word: string, more: Partial<JobSpec> = {}) =>
  addJob(database.orm.em.fork(), { name: 'test-job', payload: { word, requestId: 'req_1' }, ...more });
const jobs = () =>
  database.orm.em
    .fork()
    .getConnection()
    .execute<{ key: string | null; queue_name: string | null; attempt: number | null; locked: boolean; due: boolean }[]>(
      `select j.key, q.queue_name, (j.payload->>'attempt')::int as attempt, j.locked_at is not null as locked, j.run_at <= now() as due
   from graphile_worker._private_jobs j left join graphile_worker._private_job_queues q on q.id = j.job_queue_id order by j.id`,
    );

test('a job that fails is tried again with the same request id, then gives up with an id people can quote', async () => {
  const tries: number[] = [];
  const [waits, ends]: JobFailure[][] = [[], []];
  const { finished } = await start(
    async (_, { attempt, requestId }) => {
      tries.push(attempt);
      expect(requestId).toBe('req_1');
      throw new AppError('ENGINE_BAD_ANSWER', 'Nonsense.');
    },
    { retrying: (failure) => waits?.push(failure), giveUp: (failure) => ends?.push(failure) },
  );
  await add('a');
  await until(
    () => ends?.length,
    (count) => count === 1,
  );
  expect(tries).toEqual([1, 2, 3]);
  expect(waits).toHaveLength(2);
  expect(ends?.[0]).toMatchObject({ code: 'ENGINE_BAD_ANSWER', message: 'Nonsense.', id: expect.stringMatching(/^err_/) });
  await until(
    () => finished.length,
    (count) => count === 3,
  );
  expect(finished).toEqual(['retried', 'retried', 'failed']);
});

test('what nobody expected is told as an id, never as it is', async () => {
  const ends: JobFailure[] = [];
  await start(
    async () => {
      throw new Error('password=hunter2');
    },
    { giveUp: (failure) => void ends.push(failure) },
  );
  await add('a');
  await until(
    () => ends.length,
    (count) => count === 1,
  );
  expect(ends[0]).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining(ends[0]?.id ?? '-') });
  expect(ends[0]?.message).not.toContain('hunter2');
});

test('a deadlock is nobody’s fault: its job is tried again, more often than a bug would be, and nobody hears of it', async () => {
  const tries: number[] = [];
  const told: JobFailure[] = [];
  const { finished } = await start(
    async (_, { attempt }) => {
      tries.push(attempt);
      if (attempt < 6)
        await database.orm.em.fork().transactional((tx) => tx.execute(`do $$ begin raise exception using errcode = '40P01'; end $$`));
    },
    { retrying: (failure) => told.push(failure), giveUp: (failure) => told.push(failure) },
  );
  await add('a');
  await until(
    () => finished,
    (outcomes) => outcomes.includes('succeeded'),
    'the job',
  );
  expect([tries, told]).toEqual([[1, 2, 3, 4, 5, 6], []]);
});

test('law 3: another try keeps key and queue, so that two of one delivery never run beside each other', async () => {
  await start(async () => {
    throw new AppError('CHAT_RATE_LIMITED', 'Slow down.', { retryAfterMs: 60_000 });
  });
  await add('a', { key: 'deliver:1', queue: 'slack:C1', onSameKey: 'keep-time' });
  await until(jobs, ([job]) => job?.attempt === 2);
  expect(await jobs()).toEqual([{ key: 'deliver:1', queue_name: 'slack:C1', attempt: 2, locked: false, due: false }]);
  // News melts into the try that waits, and does not shorten the wait Slack asked for.
  await add('b', { key: 'deliver:1', queue: 'slack:C1', onSameKey: 'keep-time' });
  expect(await jobs()).toMatchObject([{ key: 'deliver:1', due: false }]);
});

test('jobs of one queue run one after another, and the next does not wait for a poll', async () => {
  let running = 0;
  let most = 0;
  const seen: string[] = [];
  await start(async (word) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 10));
    seen.push(word);
    running--;
  });
  const begun = Date.now();
  for (const word of ['a', 'b', 'c', 'd', 'e', 'f']) await add(word, { queue: 'slack:C2' });
  await until(
    () => seen.length,
    (count) => count === 6,
  );
  expect([seen.join(''), most]).toEqual(['abcdef', 1]);
  expect(Date.now() - begun).toBeLessThan(1_900);
});

test('a worker that is stopped hands an unfinished job back at once, without counting the try', async () => {
  const begun = createGate();
  const { worker } = await start(async (_, { signal }) => {
    begun.open();
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
  });
  await add('a', { key: 'deliver:2', queue: 'slack:C3' });
  await begun.opened;
  await worker.stop();
  workers = [];
  expect(await jobs()).toEqual([{ key: 'deliver:2', queue_name: 'slack:C3', attempt: 1, locked: false, due: true }]);
});

const execute = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  database.orm.em.fork().getConnection().execute<Row[]>(text, values);
/** Until every living worker has said so for longer than one that says nothing may live. */
const untilSilenceWouldCount = async (since = new Date(0)): Promise<void> => {
  const beats = () =>
    execute<{ ms: number }>('select extract(epoch from beat_at - greatest(started_at, ?))::float8 * 1000 as ms from worker', [since]);
  await until(beats, (rows) => rows.length > 0 && rows.every(({ ms }) => ms > 1.5 * LOST_AFTER_MS), 'beats');
};
const lockAs = async (worker: string): Promise<void> => {
  await add('orphan', { queue: 'slack:C4', runAt: new Date(Date.now() + 60_000) });
  const lock = `locked_by = ?, locked_at = now() - interval '1 minute'`;
  await execute(`update graphile_worker._private_jobs set ${lock}, run_at = now() where payload->>'word' = 'orphan'`, [worker]);
  await execute(`update graphile_worker._private_job_queues set ${lock} where queue_name = 'slack:C4'`, [worker]);
};

test('law 10: the job of a worker that died is done by another, and a living worker keeps its own however long it takes', async () => {
  const gate = createGate();
  const seen: string[] = [];
  await start(
    async (word) => {
      seen.push(word);
      if (word === 'mine') await gate.opened;
    },
    { lostAfterMs: LOST_AFTER_MS },
  );
  await add('mine');
  await until(
    () => seen.length,
    (count) => count === 1,
  );
  await lockAs('pool-dead');
  await start(async (word) => void seen.push(word), { lostAfterMs: LOST_AFTER_MS });
  await until(
    () => seen.length,
    (count) => count === 2,
  );
  await untilSilenceWouldCount();
  gate.open();
  await until(jobs, (all) => all.length === 0);
  expect(seen).toEqual(['mine', 'orphan']);
});

test('a worker of the version before, which holds its lock and says nothing else, keeps its jobs while it lives', async () => {
  const old = new pg.Client({ connectionString: database.url });
  await old.connect();
  await old.query(`select pg_advisory_lock(7305114, hashtext('pool-old'))`);
  const seen: string[] = [];
  await start(async (word) => void seen.push(word), { lostAfterMs: LOST_AFTER_MS });
  await lockAs('pool-old');
  await untilSilenceWouldCount();
  expect(seen).toEqual([]);
  await old.end();
  await until(
    () => seen,
    (words) => words.length === 1,
  );
});

test('what a worker does after others took it for dead does not count: the job stays theirs, and it begins anew', async () => {
  const gate = createGate();
  const tries: string[] = [];
  const { finished } = await start(
    async (word, { signal }) => {
      tries.push(word);
      if (tries.length > 1) return gate.opened;
      // It hears of it, and says all the same that the job is done.
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    { lostAfterMs: LOST_AFTER_MS },
  );
  await add('a', { key: 'deliver:9' });
  await until(
    () => tries.length,
    (count) => count === 1,
  );
  const [first] = await execute<{ id: string }>('select id from worker');
  // As others do.
  await execute('update worker set lost_at = now() where id = ?', [first?.id]);
  await execute('select graphile_worker.force_unlock_workers(array[?])', [first?.id]);
  await until(
    () => tries.length,
    (count) => count === 2,
  );
  // The second try is under way: the end of the first took nothing from it.
  expect(await jobs()).toEqual([{ key: 'deliver:9', queue_name: null, attempt: null, locked: true, due: true }]);
  expect(finished).toEqual(['retried']);
  const standing = () => execute<{ lost: boolean }>('select lost_at is not null as lost from worker order by started_at');
  await until(standing, (rows) => rows.map(({ lost }) => lost).join() === 'true,false', 'it to begin anew');
  gate.open();
  await until(jobs, (all) => all.length === 0);
});

test('a database that was away for longer than a worker may be silent takes nobody for dead: the job goes on where it is', async () => {
  const gate = createGate();
  const tries: string[] = [];
  const run: Run = async (word) => {
    tries.push(word);
    await gate.opened;
  };
  await start(run, { lostAfterMs: LOST_AFTER_MS });
  await start(run, { lostAfterMs: LOST_AFTER_MS });
  await add('a');
  await until(
    () => tries.length,
    (count) => count === 1,
  );
  const before = await execute<{ id: string }>('select id from worker order by id');
  const { url } = database;
  const admin = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/template1') });
  await admin.connect();
  const name = new URL(url).pathname.slice(1);
  await admin.query(`alter database ${name} with allow_connections false`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  const back = Date.now() + 1.5 * LOST_AFTER_MS;
  await until(
    () => Date.now(),
    (now) => now > back,
  );
  await admin.query(`alter database ${name} with allow_connections true`);
  await admin.end();
  await until(
    () => execute<{ ms: number }>('select extract(epoch from now() - beat_at)::float8 * 1000 as ms from worker').catch(() => []),
    (rows) => rows.length === 2 && rows.every(({ ms }) => ms < LOST_AFTER_MS),
    'both to be back',
  );
  await untilSilenceWouldCount(new Date());
  expect(tries).toEqual(['a']);
  expect(await execute('select id from worker order by id')).toEqual(before);
  gate.open();
  await until(jobs, (all) => all.length === 0);
});

test('what a worker took ahead and cannot begin goes to another, however long its own jobs take', async () => {
  const gate = createGate();
  const started: string[] = [];
  await start(async (word) => {
    started.push(`busy ${word}`);
    await gate.opened;
  });
  const words = Array.from({ length: 12 }, (_, index) => String(index));
  for (const word of words) await add(word);
  await until(
    () => started.length,
    (count) => count === 4,
  );
  await start(async (word) => {
    started.push(`free ${word}`);
  });
  await until(
    () => started.length,
    (count) => count === 12,
  );
  expect(started.filter((entry) => entry.startsWith('free'))).toHaveLength(8);
  gate.open();
});

test('of a database that is away a worker tells once, and once more when it is back', async () => {
  const said: string[] = [];
  const record = (_: object, text: string): void => void said.push(text);
  const log: Log = { info() {}, warn: record, error: record, child: () => log };
  const { url } = database;
  const beats = {
    url,
    process: newProcessName(),
    log,
    held: watchHeldJobs(new EventEmitter()),
    lostAfterMs: 1_000,
    onLost() {},
    lookForJobs() {},
  };
  const heartbeat = await startHeartbeat('worker_alone', beats);
  const name = new URL(url).pathname.slice(1);
  const admin = new pg.Client({ connectionString: url.replace(name, 'template1') });
  await admin.connect();
  await admin.query(`alter database ${name} allow_connections false`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await until(heartbeat.isFresh, (fresh) => !fresh, 'its last word to be old');
  expect(said).toEqual(['this worker cannot say that it lives; it tries on']);
  await admin.query(`alter database ${name} allow_connections true`);
  await admin.end();
  await until(heartbeat.isFresh, Boolean, 'its word to be fresh again');
  await until(
    () => said.length,
    (count) => count > 1,
    'it to tell',
  );
  expect(said.slice(1)).toEqual(['this worker can say again that it lives']);
  await heartbeat.stop();
});

test('a queue that a newer version has brought further than this one understands is begun anew, and the exit code is nothing of its', async () => {
  const execute = (text: string): Promise<unknown> => database.orm.em.fork().getConnection().execute(text);
  const said: string[] = [];
  const log: Log = { ...quiet, warn: (_, text) => void said.push(text), child: () => log };
  const done: string[] = [];
  await start(async (word) => void done.push(word), { log });
  await execute('insert into graphile_worker.migrations (id, breaking) values (999999, true)');
  // A worker that has just started may not be listening yet.
  await until(
    async () => {
      await execute(`select pg_notify('worker:migrate', '{"migrationNumber": 999999, "breaking": true}')`);
      return said;
    },
    (each) => each.includes('work could not be taken up again; trying on'),
    'it to try in vain',
  );
  await execute('delete from graphile_worker.migrations where id = 999999');
  await add('a');
  await until(
    () => done,
    (words) => words.includes('a'),
    'the job',
  );
  expect(process.exitCode).toBeUndefined();
});
