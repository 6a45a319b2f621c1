import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseAway } from '#src/core/database-away.ts';
import { keptAlive } from './hanging.ts';
import type { Db } from './orm.ts';

export const NOTICE_CHANNEL = 'aiops';

/** Tells every process that something about `id` changed; heard when the entity manager's transaction commits. */
export const notify = async (db: Db, id: string): Promise<void> => {
  await db.getConnection().execute('select pg_notify(?, ?)', [NOTICE_CHANNEL, id], 'run', db.getTransactionContext());
};

export type Notices = {
  /**
   * What `look` sees at the start and after each change of `id` (or every few seconds: a notice can be lost with its connection). Who watches already
   * waits for a database that is away; who begins to, hears so.
   */
  watch<Seen>(id: string, signal: AbortSignal, look: () => Promise<Seen>): AsyncIterable<Seen>;
  close(): Promise<void>;
};

const RECHECK_MS = 5_000;
const AWAY_MS = 1_000;
// Of a database that hangs nobody waits to hear: who asks is told by the next look.
const ANSWER_MS = 3_000;

/** Listens on one connection of its own, opened when somebody first asks. */
export const createNotices = (url: string): Notices => {
  const heard = new EventEmitter().setMaxListeners(0);
  let client: pg.Client | undefined;
  let closed = false;

  const listen = async (): Promise<void> => {
    if (client || closed) return;
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'ai-ops-assistant notices',
      ...keptAlive,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
    });
    client = fresh;
    const lost = (): void => {
      if (client === fresh) client = undefined;
      fresh.removeAllListeners('notification');
      void fresh.end().catch(() => {});
    };
    fresh.on('error', lost).on('end', lost);
    fresh.on('notification', ({ payload }) => payload && heard.emit(payload));
    try {
      await fresh.connect();
      await fresh.query(`listen ${NOTICE_CHANNEL}`);
    } catch {
      lost();
    }
  };

  const changes = async function* (id: string, signal: AbortSignal): AsyncIterable<void> {
    let changed = true;
    let wake = (): void => {};
    const onChange = (): void => {
      changed = true;
      wake();
    };
    heard.on(id, onChange);
    try {
      while (!signal.aborted) {
        await listen();
        changed = false;
        yield;
        if (changed) continue;
        const recheck = new AbortController();
        const ended = (): void => recheck.abort();
        wake = ended;
        signal.addEventListener('abort', ended, { once: true });
        await sleep(RECHECK_MS, undefined, { signal: recheck.signal }).catch(() => {});
        signal.removeEventListener('abort', ended);
      }
    } finally {
      heard.off(id, onChange);
    }
  };

  return {
    async *watch(id, signal, look) {
      let isFirst = true;
      for await (const _ of changes(id, signal)) {
        yield isFirst ? await look() : await lookPatiently(look, signal);
        isFirst = false;
      }
    },
    async close() {
      closed = true;
      await client?.end().catch(() => {});
    },
  };
};

/** Looks again while the database is away, until the signal aborts. */
export const lookPatiently = async <Seen>(look: () => Promise<Seen>, signal: AbortSignal): Promise<Seen> => {
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (signal.aborted || !isDatabaseAway(error)) throw error;
      await sleep(AWAY_MS, undefined, { signal }).catch(() => {});
    }
  }
};
