import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, until } from './app.ts';
import { createTestDatabase } from './database.ts';
import { freePort } from './free-port.ts';
import { type OpenAiStandIn, startOpenAi } from './openai.ts';
import { type SlackSender, type SlackStandIn, startSlack } from './slack.ts';
import { openAiSettings, slackSettings } from './slack-app.ts';
import { type Running, startProcess } from './start-process.ts';
import { botScopes } from './tickets.ts';

type Part = { role: 'api' | 'worker' | 'bot'; url: string; running: Running };

export type Parts = {
  parts: Part[];
  slack: SlackStandIn;
  openai: OpenAiStandIn;
  send: SlackSender;
  /** Runs an operation as an admin. */
  gql: App['gql'];
  /** An admin's token. */
  token: string;
  [Symbol.asyncDispose](): Promise<void>;
};

type PartsOptions = {
  /** Of an empty database; one of their own when not said. */
  databaseUrl?: string;
  /** How long the engine may take. */
  engineSeconds?: number;
};

/** The product as it is run in production: api, worker and bot as processes of their own, on one database, with stand-ins for Slack and OpenAI. */
export const startParts = async ({ databaseUrl, engineSeconds = 5 }: PartsOptions = {}): Promise<Parts> => {
  await using opening = new AsyncDisposableStack();
  const database = databaseUrl === undefined ? await createTestDatabase() : null;
  opening.defer(async () => database?.drop());
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-parts-'));
  opening.defer(() => rm(dataDir, { recursive: true, force: true }));
  const slack = opening.use(await startSlack());
  const openai = opening.use(await startOpenAi());
  const settings = { DATABASE_URL: databaseUrl ?? (database?.url as string), DATA_DIR: dataDir, LOG_LEVEL: 'error', NODE_ENV: 'test' };

  const start = async (role: Part['role'], env: Record<string, string>): Promise<Part> => {
    const port = await freePort();
    const running = startProcess('src/main.ts', [role], { ...settings, PORT: String(port), ...env });
    opening.defer(async () => {
      if (running.child.exitCode === null) running.interrupt();
      await running.ended;
    });
    const url = `http://127.0.0.1:${port}`;
    const ready = () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until(ready, (answer) => answer || running.child.exitCode !== null, role);
    if (running.child.exitCode !== null) throw new Error(`${role} did not start: ${running.out()}${running.err()}`);
    return { role, url, running };
  };

  const api = await start('api', {});
  const gqlAs =
    (token: string | null) =>
    async <Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> => {
      const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
      const response = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
      if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
      return data;
    };
  const setupToken = await until(
    () => /\/setup#(\S+)/.exec(api.running.out())?.[1],
    (found) => found !== undefined,
    'the setup token',
  );
  const { createFirstAdmin } = await gqlAs(null)<{ createFirstAdmin: { session: { accessToken: string } } }>(
    'mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } } }',
    { input: { setupToken, email: 'ana@example.com', name: 'Ana', password: 'correct horse battery' } },
  );
  const gql = gqlAs(createFirstAdmin.session.accessToken);
  const { createToken } = await gql<{ createToken: { secret: string } }>(
    'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
    { input: { name: 'bot', kind: 'SERVICE', scopes: botScopes } },
  );
  const [worker, bot] = await Promise.all([
    start('worker', { ...slackSettings(slack), ...openAiSettings(openai), OPENAI_TIMEOUT_SECONDS: String(engineSeconds) }),
    start('bot', { ...slackSettings(slack), API_URL: api.url, API_TOKEN: createToken.secret }),
  ]);
  const closing = opening.move();
  return {
    parts: [api, worker, bot],
    slack,
    openai,
    send: slack.sendTo(`${bot.url}/slack/events`),
    gql,
    token: createFirstAdmin.session.accessToken,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
};
