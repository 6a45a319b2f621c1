import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What PostgreSQL says to a connection that is new. */
export type Seen =
  /** It gave no answer. */
  | { answers: false }
  /** It refused, or does not show: nobody knows what its sessions do. */
  | { answers: true; sessions: null }
  | { answers: true; sessions: Sessions };

/** Our sessions there, by `sessionName`, and whether each is at work on a statement. */
type Sessions = ReadonlyMap<string, { isAtWork: boolean }>;

/** Names a session for as long as the server stands; a process number alone is used again. */
export const sessionName = `pid || ' ' || extract(epoch from backend_start)`;

const TICK_MS = 20;

/** Asks PostgreSQL, over a new connection, what our sessions do. */
export const lookAtServer = async (url: string, withinMs: number): Promise<Seen> => {
  const client = new pg.Client({ connectionString: url, application_name: 'ai-ops-assistant probe' });
  client.on('error', () => {});
  const asked = client
    .connect()
    .then(() => client.query<Row>(sessions))
    .then(
      ({ rows }): Seen => ({ answers: true, sessions: new Map(rows.map(({ name, isAtWork }) => [name, { isAtWork }])) }),
      (error: unknown): Seen => (isRefusal(error) ? { answers: true, sessions: null } : { answers: false }),
    );
  const isOver = new AbortController();
  try {
    return await Promise.race([asked, inOwnTime(withinMs, isOver.signal).then((): Seen => ({ answers: false }))]);
  } finally {
    isOver.abort();
    client.end().catch(() => {});
    cut(client);
  }
};

type Row = { name: string; isAtWork: boolean };

// What is not shown (null: another role's; 'disabled': nobody keeps track) may be at work.
const sessions = `select ${sessionName} as name, coalesce(state not like 'idle%', true) as "isAtWork" from pg_stat_activity where datname = current_database()`;

const isRefusal = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code !== undefined && !/^57P0[123]/.test(error.code);

/** Ends a connection without a goodbye: nobody there may be listening. */
export const cut = (client: pg.ClientBase): void => {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
};

/** So long in our own time: while this process computes, or its machine lets it wait, an answer may lie there that nobody has looked at yet. */
export const inOwnTime = async (ms: number, signal: AbortSignal): Promise<void> => {
  for (let waited = 0; waited < ms && !signal.aborted; waited += TICK_MS) await sleep(TICK_MS, undefined, { signal }).catch(() => {});
};
