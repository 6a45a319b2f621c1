import type { Socket } from 'node:net';
import pg from 'pg';
import { isReadOnly } from '#src/core/database-away.ts';
import { somebodyWaits } from '#src/core/somebody-waits.ts';
import { cut, inOwnTime, lookAtServer, type Seen, sessionName } from './server-look.ts';

// A statement may take minutes where the database works on it; one that is away without a goodbye (frozen, its packets dropped) answers nobody.
const PATIENCE_MS = 3_000;
const ANSWER_MS = 2_000;
// Of a single statement that a request is about, nobody waits longer for the end.
const LONGEST_MS = 60_000;
const CONNECT_MS = 10_000;
// Of a large statement over a slow line PostgreSQL knows nothing before it has all of it.
const IDLE_LOOKS = 5;

/**
 * Nothing waits for ever for a PostgreSQL that is not there any more, though nobody hung up:
 * - A connection that is being made is given up after `connectMs`.
 * - One that is waited on for `patienceMs` is looked after, over a new connection. When PostgreSQL knows nothing of it (the address leads to another
 *   server by now), or says again and again that it is not at work on it (a firewall forgot it), it is dead alone. It is cut, and fails as one that
 *   breaks; of those PostgreSQL knows nothing of, all of the pool are.
 * - One that says it is read-only is cut as well: it may lead to a server that was the leader, and the next one to the one that is.
 * - When PostgreSQL says nothing, what somebody waits for (a request) fails within seconds. Jobs wait on.
 */
export const guardPool = (
  pool: pg.Pool,
  url: string,
  { patienceMs = PATIENCE_MS, answerMs = ANSWER_MS, connectMs = CONNECT_MS } = {},
): void => {
  const named = new Map<pg.ClientBase, string>();
  let looking: Promise<Seen> | undefined;
  const look = async (): Promise<Seen> => {
    const before = new Map(named);
    const seen = await lookAtServer(url, answerMs);
    // Also those that nobody waits on just now, so that they are not found one after the other.
    if (seen.answers && seen.sessions) for (const [client, name] of before) if (!seen.sessions.has(name)) cut(client);
    return seen;
  };
  // Many who wait at a time share one look.
  const lookTogether = (): Promise<Seen> => (looking ??= look().finally(() => (looking = undefined)));
  const guard = <Result>(asked: Promise<Result>, { giveUp, isIdle }: Guarded): Promise<Result> => {
    const begun = performance.now();
    const waits = somebodyWaits();
    let idle = 0;
    let over = false;
    const lookAfter = async (): Promise<void> => {
      const seen = await lookTogether();
      if (over) return;
      idle = isIdle(seen) ? idle + 1 : 0;
      if (idle >= IDLE_LOOKS || (waits && (!seen.answers || performance.now() - begun > LONGEST_MS))) giveUp();
      else timer = setTimeout(lookAfter, patienceMs);
    };
    let timer = setTimeout(lookAfter, patienceMs);
    return asked.finally(() => {
      over = true;
      clearTimeout(timer);
    });
  };
  connectInTime(pool, connectMs);
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    // A server that cannot say who we are there is asked nothing more.
    let isStranger = false;
    // Before whatever it was made for.
    client.query<{ name: string }>(introduce).then(
      ({ rows }) => (rows[0] ? void named.set(client, rows[0].name) : (isStranger = true)),
      () => (isStranger = true),
    );
    client.once('end', () => named.delete(client));
    const guarded = (...args: unknown[]): unknown => {
      const asked = query(...args);
      const isIdle = (seen: Seen): boolean => {
        if (!seen.answers || !seen.sessions || isStranger) return false;
        const name = named.get(client);
        return name === undefined || seen.sessions.get(name)?.isAtWork === false;
      };
      if (!(asked instanceof Promise)) return asked;
      asked.catch((error: unknown) => isReadOnly(error) && cut(client));
      return guard(asked, { giveUp: () => cut(client), isIdle });
    };
    Object.assign(client, { query: guarded });
  });
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const givenInTime = (): Promise<pg.PoolClient> => {
    const connecting = connect();
    if (!somebodyWaits()) return connecting;
    const given = Promise.withResolvers<pg.PoolClient>();
    let gaveUp = false;
    connecting.then(
      (client) => (gaveUp ? client.release() : given.resolve(client)),
      (error: unknown) => given.reject(error),
    );
    const giveUp = (): void => {
      gaveUp = true;
      given.reject(Object.assign(new Error('PostgreSQL gives no answer'), { code: 'ETIMEDOUT' }));
    };
    return guard(given.promise, { giveUp, isIdle: () => false });
  };
  // Of the driver's own pool.query, what it waits for would be seen by nobody.
  const query = async (...args: unknown[]): Promise<unknown> => {
    const client = await givenInTime();
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
  Object.assign(pool, { connect: (done?: never) => (done ? pg.Pool.prototype.connect.call(pool, done) : givenInTime()), query });
};

/** `isIdle`: PostgreSQL says that it is not at work on what is waited for. */
type Guarded = { giveUp(): void; isIdle(seen: Seen): boolean };

// The other side notices, too: the session of a machine that vanished in the middle of a transaction would hold its locks for two hours.
const introduce = `select ${sessionName} as name, set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
  set_config('tcp_keepalives_count', '3', false), set_config('tcp_user_timeout', '30000', false)
  from pg_stat_activity where pid = pg_backend_pid()`;

type Done = (error?: Error) => void;

// The pool's own setting also counts the wait for a place in it, which may be long when many work; the driver's counts while this process computes.
const connectInTime = (pool: pg.Pool, connectMs: number): void => {
  const given = pool as unknown as { Client: new (...options: unknown[]) => { connect(done: Done): void; connection: { stream: Socket } } };
  given.Client = class extends given.Client {
    override connect(done: Done): void {
      const over = new AbortController();
      void inOwnTime(connectMs, over.signal).then(
        () => over.signal.aborted || this.connection.stream.destroy(new Error('timeout expired')),
      );
      super.connect((error) => {
        over.abort();
        done(error);
      });
    }
  };
};

/** Of every connection that is kept open: one whose other side is gone, machine and all, breaks within half a minute of being silent. */
export const keptAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;
