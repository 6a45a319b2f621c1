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

export type SettledSummary = {
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

/** Asks until the answer is right; throws with the last answer after 15 s. */
export const until = async <Answer>(
  ask: () => Promise<Answer> | Answer,
  isRight: (answer: Answer) => boolean,
  what = 'the awaited state',
): Promise<Answer> => {
  let last: Answer | undefined;
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await sleep(20)) {
    last = await ask();
    if (isRight(last)) return last;
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
