import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addJob } from '#db/queue.ts';
import type { Log } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { newProcessName } from '#src/jobs/process-name.ts';
import { startWorker, type Worker } from '#src/jobs/worker.ts';
import { until } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

const LOST_AFTER_MS = 1_500;
const said: string[] = [];
const log: Log = { info() {}, warn: (_, text) => void said.push(text), error: (_, text) => void said.push(text), child: () => log };

let database: TestDatabase;
let line: Awaited<ReturnType<typeof startLine>>;
let workers: Worker[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  line = await startLine(database.url);
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  workers = [];
  said.length = 0;
  await execute('delete from graphile_worker._private_jobs; delete from worker');
});
afterAll(async () => {
  line.close();
  await database.drop();
});

type Catch = { word: string; caught: Gate; goOn: Promise<void> | null };

/** Stands between a worker and PostgreSQL, and catches one answer that holds a word: it breaks the connection, or lets the answer go later. */
const startLine = async (url: string) => {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let next: Catch | null = null;
  const answer = async (near: Socket, far: Socket, bytes: Buffer): Promise<void> => {
    const mine = next && bytes.includes(next.word) ? next : null;
    if (!mine) return void near.write(bytes);
    next = null;
    far.pause();
    mine.caught.open();
    if (!mine.goOn) return void near.destroy();
    await mine.goOn;
    near.write(bytes);
    far.resume();
  };
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}));
    near.on('data', (bytes) => far.write(bytes)).on('close', () => far.destroy());
    far.on('data', (bytes) => void answer(near, far, bytes)).on('close', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const catchAnswer = (word: string, goOn: Promise<void> | null): Promise<void> => {
    const caught = createGate();
    next = { word, caught, goOn };
    return caught.opened;
  };
  return {
    url: through.href,
    breakAt: (word: string) => catchAnswer(word, null),
    holdAt: (word: string, goOn: Promise<void>) => catchAnswer(word, goOn),
    close(): void {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

const start = async (url: string, run: (word: string) => Promise<void>): Promise<void> => {
  const job = defineJob({ name: 'test-job', payload: z.object({ word: z.string() }), run: ({ word }) => run(word) });
  workers.push(
    await startWorker([job], {
      orm: database.orm,
      url,
      log,
      observer: { started() {}, finished() {} },
      concurrency: 4,
      pool: 2,
      process: newProcessName(),
      lostAfterMs: LOST_AFTER_MS,
      retryScale: 0.01,
    }),
  );
};
const add = (word: string, queue?: string) =>
  addJob(database.orm.em.fork(), { name: 'test-job', payload: { word, requestId: 'req_1' }, queue });
const execute = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  database.orm.em.fork().getConnection().execute<Row[]>(text, values);
const jobs = () =>
  execute<{ word: string; locked: boolean; attempts: number }>(
    `select payload->>'word' as word, locked_by is not null as locked, attempts from graphile_worker._private_jobs order by id`,
  );
const none = (all: unknown[]): boolean => all.length === 0;

test('law 10: a job whose way to a worker broke off is done, as are those behind it in its queue, though that worker lives; what it works on it keeps', async () => {
  const gate = createGate();
  const seen: string[] = [];
  await start(line.url, async (word) => {
    seen.push(word);
    if (word === 'long') await gate.opened;
  });
  await add('long');
  await until(
    () => seen,
    (words) => words.length === 1,
  );
  // Too old a lock for the queue, were it not renewed.
  await execute(`update graphile_worker._private_jobs set locked_at = now() - interval '3 hours'`);
  const broken = line.breakAt('stray');
  await add('stray', 'slack:C1');
  await broken;
  await add('behind', 'slack:C1');
  await until(jobs, (all) => all.length === 1, 'the stray and the one behind it to be done');
  expect(seen).toEqual(['long', 'stray', 'behind']);
  const ages = () =>
    execute<{ fresh: boolean }>(`select locked_at > now() - interval '1 hour' as fresh from graphile_worker._private_jobs`);
  await until(ages, ([lock]) => lock?.fresh === true, 'the lock of the long one to be renewed');
  gate.open();
  await until(jobs, none);
  expect(seen).toHaveLength(3);
});

test('law 3: a job that comes after it was given back is left to whoever does it by now', async () => {
  const [late, gate] = [createGate(), createGate()];
  const seen: string[] = [];
  await start(line.url, async (word) => void seen.push(`first ${word}`));
  const held = line.holdAt('slow', late.opened);
  await add('slow');
  await held;
  await start(database.url, async (word) => {
    seen.push(`second ${word}`);
    if (word === 'slow') await gate.opened;
  });
  await until(
    () => seen,
    (words) => words.length === 1,
    'the other to begin it',
  );
  late.open();
  const addAnother = async () => {
    await add('other');
    return seen;
  };
  await until(addAnother, (words) => words.some((word) => word.startsWith('first')), 'the first to have its answer, and to go on');
  await workers.shift()?.stop();
  // Still the other's: never begun by the first, nor ended for it.
  expect((await jobs()).filter(({ word }) => word === 'slow')).toEqual([{ word: 'slow', locked: true, attempts: 1 }]);
  gate.open();
  await until(jobs, none);
  expect(seen.filter((word) => word.endsWith('slow'))).toEqual(['second slow']);
  // Nothing that somebody must act on.
  expect(said).not.toContain('queue');
});
