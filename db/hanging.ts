import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { somebodyWaits } from '#src/core/somebody-waits.ts';

// A statement may take minutes where the database works on it; one that is away without a goodbye (frozen, its packets dropped) answers nobody.
const PATIENCE_MS = 3_000;
const ANSWER_MS = 2_000;
// A connection may also be dead alone, cut by a firewall: nobody waits longer than this for one statement.
const LONGEST_MS = 60_000;
const TICK_MS = 20;

/**
 * Whatever somebody waits for (a request) fails as it does with a database that is down when PostgreSQL gives no answer for seconds, to a new
 * connection neither: its connection is cut, and is replaced by a new one. Jobs wait on.
 */
export const guardPool = (pool: pg.Pool, url: string, { patienceMs = PATIENCE_MS, answerMs = ANSWER_MS } = {}): void => {
  const probe = createProbe(url, answerMs);
  const guard = <Result>(asked: Promise<Result>, giveUp: () => void): Promise<Result> => {
    const begun = performance.now();
    const look = async (): Promise<void> => {
      if (performance.now() - begun < LONGEST_MS && (await probe())) timer = setTimeout(look, patienceMs);
      else giveUp();
    };
    let timer = setTimeout(look, patienceMs);
    return asked.finally(() => clearTimeout(timer));
  };
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const guarded = (...args: unknown[]): unknown => {
      const asked = query(...args);
      return asked instanceof Promise && somebodyWaits() ? guard(asked, () => cut(client)) : asked;
    };
    Object.assign(client, { query: guarded });
  });
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const connectInTime = (): Promise<pg.PoolClient> => {
    const connecting = connect();
    if (!somebodyWaits()) return connecting;
    const given = Promise.withResolvers<pg.PoolClient>();
    let gaveUp = false;
    connecting.then(
      (client) => (gaveUp ? client.release() : given.resolve(client)),
      (error: unknown) => given.reject(error),
    );
    return guard(given.promise, () => {
      gaveUp = true;
      given.reject(Object.assign(new Error('PostgreSQL gives no answer'), { code: 'ETIMEDOUT' }));
    });
  };
  // Of the driver's own pool.query, what it waits for would be seen by nobody.
  const query = async (...args: unknown[]): Promise<unknown> => {
    const client = await connectInTime();
    let broken: Error | undefined;
    try {
      return await (client.query as (...args: unknown[]) => Promise<unknown>)(...args);
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  };
  Object.assign(pool, { connect: (done?: never) => (done ? pg.Pool.prototype.connect.call(pool, done) : connectInTime()), query });
};

const cut = (client: pg.PoolClient): void => {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
};

/** Whether PostgreSQL answers a new connection, be it with a refusal. Many who ask at a time share one answer. */
const createProbe = (url: string, answerMs: number): (() => Promise<boolean>) => {
  let asking: Promise<boolean> | undefined;
  return () => (asking ??= answers(url, answerMs).finally(() => (asking = undefined)));
};

const answers = async (url: string, withinMs: number): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, application_name: 'ai-ops-assistant probe' });
  client.on('error', () => {});
  const asked = client
    .connect()
    .then(() => client.query('select 1'))
    .then(
      () => true,
      (error: unknown) => error instanceof pg.DatabaseError && error.code !== undefined && !/^57P0[123]/.test(error.code),
    );
  const isOver = new AbortController();
  try {
    return await Promise.race([asked, silence(withinMs, isOver.signal)]);
  } finally {
    isOver.abort();
    client.end().catch(() => {});
    cut(client as pg.PoolClient);
  }
};

// In our own time: while this process computes, or its machine lets it wait, an answer may lie there that nobody has looked at yet.
const silence = async (ms: number, signal: AbortSignal): Promise<false> => {
  for (let waited = 0; waited < ms && !signal.aborted; waited += TICK_MS) await sleep(TICK_MS, undefined, { signal }).catch(() => {});
  return false;
};
