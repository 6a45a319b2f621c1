import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '#src/core/ports.ts';

export type RescueDeps = {
  url: string;
  log: Log;
  /** Jobs were given back: look for them at once. */
  lookForJobs(): void;
};

const LOCKS = 7_305_114;
const EVERY_MS = 10_000;
// A worker takes its first job some milliseconds before it says that it lives.
const GRACE = '5 seconds';

/**
 * Gives the jobs of dead workers back to the queue, which by itself would leave them locked for four hours. Every worker holds an advisory
 * lock for as long as its connection lives: whose lock is free is dead. No clock is compared and no heartbeat written.
 */
export const startRescue = async (workerId: string, { url, log, lookForJobs }: RescueDeps): Promise<{ stop(): Promise<void> }> => {
  const stopping = new AbortController();
  let woken = new AbortController();
  // At once: until it says again that it lives, others take it for dead.
  const onLost = (): void => woken.abort();
  let client = await sayAlive(url, workerId, onLost);
  const round = async (): Promise<void> => {
    try {
      if (!client.alive()) client = await sayAlive(url, workerId, onLost);
      const rescued = await rescue(client.query, workerId);
      if (rescued.length === 0) return;
      log.warn({ workers: rescued }, 'work of dead workers was given back');
      lookForJobs();
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'dead workers could not be looked for');
    }
  };
  const rounds = (async () => {
    while (!stopping.signal.aborted) {
      woken = new AbortController();
      await round();
      await sleep(EVERY_MS, undefined, { signal: AbortSignal.any([stopping.signal, woken.signal]), ref: false }).catch(() => {});
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await rounds;
      await client.end();
    },
  };
};

type Query = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

const sayAlive = async (url: string, workerId: string, onLost: () => void) => {
  const client = new pg.Client({ connectionString: url, application_name: 'ai-ops-assistant alive' });
  let alive = false;
  const lost = (): void => {
    if (alive) onLost();
    alive = false;
  };
  client.on('error', lost).on('end', lost);
  const query: Query = async (text, values) => (await client.query(text, values)).rows;
  await client.connect();
  await query('select pg_advisory_lock($1, hashtext($2))', [LOCKS, workerId]);
  alive = true;
  return { query, alive: () => alive, end: () => client.end().catch(() => {}) };
};

const rescue = async (query: Query, workerId: string): Promise<string[]> => {
  const holders = await query(
    `select distinct locked_by as id from graphile_worker.jobs where locked_at < now() - interval '${GRACE}' and locked_by <> $1`,
    [workerId],
  );
  const rescued: string[] = [];
  for (const { id } of holders) {
    const [answer] = await query('select pg_try_advisory_lock($1, hashtext($2)) as dead', [LOCKS, id]);
    if (!answer?.['dead']) continue;
    await query('select graphile_worker.force_unlock_workers(array[$1])', [id]);
    await query('select pg_advisory_unlock($1, hashtext($2))', [LOCKS, id]);
    rescued.push(String(id));
  }
  return rescued;
};
