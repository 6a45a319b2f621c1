import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { whenStopped } from './when-stopped.ts';

export type BenchServer = { url: string; databaseUrl: string; setupToken: string; stop(): Promise<void> };

/** The product as `npm start` runs it, in a process of its own, on a PostgreSQL of its own that goes away afterwards. */
export const startBenchServer = async (settings: Record<string, string> = {}): Promise<BenchServer> => {
  const opened = new AsyncDisposableStack();
  const opening = open(opened, settings);
  const stop = whenStopped(async () => {
    await opening.catch(() => {});
    await opened.disposeAsync();
  });
  try {
    return { ...(await opening), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const open = async (opened: AsyncDisposableStack, settings: Record<string, string>): Promise<Omit<BenchServer, 'stop'>> => {
  const home = await mkdtemp(join(tmpdir(), 'aiops-bench-'));
  opened.defer(() => rm(home, { recursive: true, force: true }));
  await chmod(home, 0o755);
  const postgres = await startEmbeddedPostgres(home);
  opened.defer(() => postgres.stop());
  const env = { DATABASE_URL: postgres.url, DATA_DIR: home, PORT: '0', NODE_ENV: 'production', LOG_LEVEL: 'error', ...settings };
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, '../../src/compile-cache.js'), join(import.meta.dirname, '../../src/main.ts')],
    {
      env,
      cwd: home,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  opened.defer(() => end(child));
  return { ...(await readStart(child)), databaseUrl: postgres.url };
};

const readStart = async (child: ChildProcess): Promise<{ url: string; setupToken: string }> => {
  let text = '';
  for await (const bytes of child.stdout as AsyncIterable<Buffer>) {
    text += bytes.toString();
    const url = /(http:\/\/\S+)\/graphql/.exec(text)?.[1];
    const setupToken = /\/setup#(\S+)/.exec(text)?.[1];
    if (url && setupToken) return { url, setupToken };
  }
  throw new Error(`The server did not start:\n${text}`);
};

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
};

const agent = new Agent({ keepAlive: true });

/** One GraphQL operation; throws with what the server said. By node:http: what the client uses of the machine, the server lacks. */
export const ask = async <Data>(
  url: string,
  token: string | null,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> => {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const sending = request(`${url}/graphql`, { method: 'POST', headers, agent });
  sending.end(JSON.stringify({ query, variables }));
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece;
  const { data, errors } = JSON.parse(text) as { data: Data; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  return data;
};

type TokenInput = { name: string; kind?: 'PERSONAL' | 'SERVICE'; scopes: readonly string[] };

/** Makes the first admin and gives a token: a personal one for logs, or what is asked for. */
export const signUp = async (
  { url, setupToken }: Pick<BenchServer, 'url' | 'setupToken'>,
  token: TokenInput = { name: 'bench', scopes: ['LOGS_READ', 'LOGS_WRITE'] },
): Promise<string> => {
  const input = { setupToken, email: 'bench@example.com', name: 'Bench', password: 'correct horse battery' };
  const made = await ask<{ createFirstAdmin: { session: { accessToken: string } } }>(
    url,
    null,
    'mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } } }',
    { input },
  );
  const { createToken } = await ask<{ createToken: { secret: string } }>(
    url,
    made.createFirstAdmin.session.accessToken,
    'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
    { input: token },
  );
  return createToken.secret;
};
