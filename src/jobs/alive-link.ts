import pg from 'pg';
import { keptAlive } from '#db/hanging.ts';
import { startStopwatch } from '#src/core/stopwatch.ts';

export type Query = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** A worker's connection for saying that it lives. Whatever fails on it fails in time: a server may be gone without a goodbye. */
export type AliveLink = {
  query: Query;
  isAlive(): boolean;
  ageMs(): number;
  drop(): void;
};

/** Of the advisory lock a living worker holds. A killed one lets go of it at once, however long its last word still counts. */
export const ALIVE_LOCKS = 7_305_114;

export const openAliveLink = async (
  url: string,
  workerId: string,
  { timeoutMs, onLost }: { timeoutMs: number; onLost(): void },
): Promise<AliveLink> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'ai-ops-assistant alive',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    ...keptAlive,
  });
  let alive = true;
  const drop = (): void => {
    alive = false;
    client.end().catch(() => {});
  };
  const lost = (): void => {
    if (alive) onLost();
    drop();
  };
  client.on('error', lost).on('end', lost);
  const query: Query = async (text, values) => (await client.query(text, values)).rows;
  try {
    await client.connect();
    // A machine that vanished lets go of the lock within half a minute.
    await query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3');
    // Not waited for: a connection of ours that broke unheard may still hold it, and what counts is what we say.
    await query('select pg_try_advisory_lock($1, hashtext($2))', [ALIVE_LOCKS, workerId]);
  } catch (error) {
    drop();
    throw error;
  }
  return { query, isAlive: () => alive, ageMs: startStopwatch(), drop };
};
