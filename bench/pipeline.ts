import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import type { Benchmark } from './benchmark.ts';
import { ask, type BenchServer, signUp, startBenchServer } from './support/server.ts';

// What the product runs with when nobody says otherwise.
const CONCURRENCY = 4;
const IN_FLIGHT = 64;
const WARM_UP = 1000;
const ROUNDS = 8;

/**
 * Requests a second from mutation to stored summary (built-in engine, short logs, the product in a process of its own), beside a bare
 * Graphile Worker that runs jobs that do nothing, at the same concurrency, on the same PostgreSQL, in turns.
 */
export const pipeline: Benchmark = {
  name: 'pipeline',
  about: 'requests per second from mutation to stored summary, beside bare graphile-worker',
  async run({ limit = 4000 }) {
    const server = await startBenchServer({ WORKER_CONCURRENCY: String(CONCURRENCY) });
    try {
      const token = await signUp(server);
      await pushThrough(server, token, WARM_UP);
      const cpuBefore = await cpuSeconds(server.url);
      let ours = 0;
      let bare = 0;
      // In turns, so that whatever else the machine does falls on both.
      for (let turn = 0; turn < ROUNDS; turn++) {
        ours += await pushThrough(server, token, limit / ROUNDS);
        bare += await runBare(server.databaseUrl, limit / ROUNDS);
      }
      const cpu = (await cpuSeconds(server.url)) - cpuBefore;
      return {
        requests: limit,
        concurrency: CONCURRENCY,
        jobs_per_s: round(limit / ours),
        bare_jobs_per_s: round(limit / bare),
        ratio: round(bare / ours),
        server_cpu_ms_per_request: round((cpu * 1000) / limit),
      };
    } finally {
      await server.stop();
    }
  },
};

const mutation = 'mutation ($input: SubmitLogInput!) { submitLog(input: $input) { log { id } userErrors { message } } }';

const pushThrough = async (server: BenchServer, token: string, count: number): Promise<number> => {
  const begun = performance.now();
  let next = 0;
  const send = async (): Promise<void> => {
    while (next < count) {
      const number = next++;
      const { submitLog } = await ask<{ submitLog: { userErrors: { message: string }[] } }>(server.url, token, mutation, {
        input: { text: shortLog(number), title: `bench ${number}` },
      });
      if (submitLog.userErrors[0]) throw new Error(submitLog.userErrors[0].message);
    }
  };
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    await Promise.all(Array.from({ length: IN_FLIGHT }, send));
    // The queue is small and the logs are many: looking at them all again and again would be work of the benchmark's own.
    while ((await client.query("select from graphile_worker.jobs where task_identifier like '%-log' limit 1")).rowCount !== 0)
      await sleep(10);
    const seconds = (performance.now() - begun) / 1000;
    const { rows } = await client.query<{ unfinished: number }>("select count(*)::int as unfinished from log where status <> 'SUCCEEDED'");
    if (rows[0]?.unfinished !== 0) throw new Error(`${rows[0]?.unfinished} logs have no summary`);
    return seconds;
  } finally {
    await client.end();
  }
};

// What the server itself used, PostgreSQL not counted: steadier than seconds on a busy machine.
const cpuSeconds = async (url: string): Promise<number> =>
  Number(/^process_cpu_seconds_total (\S+)/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

const shortLog = (number: number): string =>
  Array.from(
    { length: 12 },
    (_, line) =>
      `2026-11-20T12:00:${String(line).padStart(2, '0')}Z ${line === 9 ? 'ERROR' : 'INFO'} worker-${number % 7} ${line === 9 ? `upload ${number} failed: connection reset by peer` : `handled request ${number * 12 + line} in ${line + 3} ms`}`,
  ).join('\n');

const runBare = async (url: string, count: number): Promise<number> => {
  const pool = new pg.Pool({ connectionString: url, max: CONCURRENCY + 2 });
  // Graphile Worker complains on the screen of a pool that tells nobody of broken connections.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  await pool.query("select graphile_worker.add_job('nothing', payload => json_build_object('number', n)) from generate_series(1, $1) n", [
    count,
  ]);
  let done = 0;
  const all = Promise.withResolvers<void>();
  let begun = 0;
  const nothing = async (): Promise<void> => {
    // From the first job on: starting a worker is not what is measured.
    if (++done === 1) begun = performance.now();
    if (done === count) all.resolve();
  };
  const runner = await run({
    logger: new Logger(() => () => {}),
    pgPool: pool,
    concurrency: CONCURRENCY,
    taskList: { nothing },
    parsedCronItems: [],
    noHandleSignals: true,
  });
  await all.promise;
  const seconds = (performance.now() - begun) / 1000;
  await runner.stop();
  await pool.end();
  return seconds;
};

const round = (value: number): number => Math.round(value * 1000) / 1000;
