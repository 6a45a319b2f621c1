import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseConfig } from '#src/config.ts';
import type { Clock } from '#src/core/ports.ts';
import { type Role, roles } from '#src/roles.ts';
import { type Runtime, startRuntime } from '#src/runtime.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export type App = {
  url: string;
  runtime: Runtime;
  database: TestDatabase;
  /** A personal token of the first admin. */
  token: string;
  /** Runs an operation as the admin (or with another token, or none) and returns data; throws with the errors' messages. */
  gql<Data = Record<string, never>>(query: string, variables?: Record<string, unknown>, token?: string | null): Promise<Data>;
  /** Waits until a log is in one of the states; gives what logSummary says. */
  settled(logId: string, states?: readonly string[]): Promise<SettledSummary>;
  [Symbol.asyncDispose](): Promise<void>;
};

type SettledSummary = {
  status: string;
  headline: string | null;
  severity: string | null;
  failure: { code: string; message: string; id: string; retryAt: string | null } | null;
  digest: {
    ledger: { lines: number; inPatterns: number; inOther: number; inRemainder: number; blank: number };
    patterns: { id: string; template: string; count: number }[];
  } | null;
  unsupportedDropped: number;
  receipt: {
    engine: string;
    model: string;
    tokensIn: number;
    costUsd: number | null;
    maskedCounts: { kind: string; count: number }[];
  } | null;
};

const summaryQuery = `query ($id: ID!) { logSummary(logId: $id) { status headline severity failure { code message id retryAt } unsupportedDropped
  digest { ledger { lines inPatterns inOther inRemainder blank } patterns(first: 20) { id template count } }
  receipt { engine model tokensIn costUsd maskedCounts { kind count } } } }`;

/** The whole product in this process, as `npm start` runs it, on a database of its own and a free port; the first admin is made. */
export const startApp = async (
  settings: Record<string, string> = {},
  {
    wanted = roles,
    clock,
    quietMs = 0,
  }: { wanted?: readonly Role[]; clock?: Clock /** Between two messages in a channel. */; quietMs?: number | undefined } = {},
): Promise<App> => {
  await using opening = new AsyncDisposableStack();
  const database = await createTestDatabase();
  opening.defer(() => database.drop());
  if (quietMs === 0 && wanted.includes('worker')) await keepQuiet(database);
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-app-'));
  opening.defer(() => rm(dataDir, { recursive: true, force: true }));
  const config = parseConfig({
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    BCRYPT_COST: '4',
    NODE_ENV: 'test',
    ...settings,
  });
  // Our own waits are a hundredth in tests; a wait somebody tells us is honoured as it is.
  const runtime = await startRuntime(config, wanted, { retryScale: 0.002, quietMs, ...(clock ? { clock } : {}) });
  opening.defer(() => runtime[Symbol.asyncDispose]());
  const gqlWith = async (query: string, variables: Record<string, unknown>, token: string | null): Promise<Record<string, never>> => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const response = await fetch(`${runtime.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await response.json()) as { data: Record<string, never>; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return data;
  };
  const token = await makeFirstAdmin(gqlWith, runtime.setupToken);
  const closing = opening.move();
  const gql = async <Data>(query: string, variables: Record<string, unknown> = {}, as: string | null = token): Promise<Data> =>
    (await gqlWith(query, variables, as)) as Data;
  return {
    url: runtime.url,
    runtime,
    database,
    token,
    gql,
    async settled(logId, states = ['SUCCEEDED', 'FAILED', 'CANCELLED']) {
      const { logSummary } = await until(
        () => gql<{ logSummary: SettledSummary }>(summaryQuery, { id: logId }),
        ({ logSummary: summary }) => states.includes(summary.status),
      );
      return logSummary;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
};

// Where channels are not to be waited for, they have always been quiet: also for what is planned by the database's clock.
const keepQuiet = (database: TestDatabase): Promise<unknown> =>
  database.orm.em
    .fork()
    .getConnection()
    .execute(
      `create function stay_quiet() returns trigger language plpgsql as $$
       begin
         new.last_at := to_timestamp(0);
         new.next_turn_at := to_timestamp(0);
         new.next_reply_at := null;
         return new;
       end $$;
       create trigger stay_quiet before insert or update on channel_pace for each row execute function stay_quiet()`,
    );

/** Asks until the answer is right; throws with the last answer after a minute: it costs nothing when all is well, and machines are slow at times. */
export const until = async <Answer>(
  ask: () => Promise<Answer> | Answer,
  isRight: (answer: Answer) => boolean,
  what = 'the awaited state',
): Promise<Answer> => {
  let last: Answer | undefined;
  for (const asked = Date.now(); Date.now() < asked + 60_000; ) {
    last = await ask();
    if (isRight(last)) return last;
    // What is long in coming is not hurried by asking: every question takes from those who work on the answer.
    await sleep(Date.now() < asked + 3_000 ? 20 : 80);
  }
  throw new Error(`${what} did not come about; last seen: ${JSON.stringify(last)?.slice(0, 2000)}`);
};

type Gql = (query: string, variables: Record<string, unknown>, token: string | null) => Promise<Record<string, never>>;

const makeFirstAdmin = async (gql: Gql, setupToken: string | null): Promise<string> => {
  const input = { setupToken, email: 'ana@example.com', name: 'Ana', password: 'correct horse battery' };
  const made = (await gql(
    'mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } userErrors { message } } }',
    { input },
    null,
  )) as unknown as {
    createFirstAdmin: { session: { accessToken: string } };
  };
  const scopes = ['LOGS_READ', 'LOGS_WRITE', 'TICKETS_READ', 'TICKETS_WRITE', 'CHANGES_READ', 'CHANGES_WRITE', 'ADMIN'];
  const token = (await gql(
    'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret userErrors { message } } }',
    { input: { name: 'tests', scopes } },
    made.createFirstAdmin.session.accessToken,
  )) as unknown as {
    createToken: { secret: string };
  };
  return token.createToken.secret;
};
