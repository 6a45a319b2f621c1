import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { parseConfig } from '#src/config.ts';
import { startRuntime } from '#src/runtime.ts';
import { startApp, until } from '#tests/support/app.ts';
import { findPostgresTools } from '#tests/support/postgres-tools.ts';
import { runProgram } from '#tests/support/prometheus.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { submitText } from '#tests/support/submit.ts';

const tools = await findPostgresTools();
const by = tools ? `with pg_dump ${tools.version}` : 'left out: this machine has no pg_dump that fits';

test.runIf(tools)(
  `what was dumped while people worked is restored whole, and work that waited then is done afterwards (${by})`,
  async () => {
    if (!tools) return;
    await using stack = new AsyncDisposableStack();
    const server = stack.use(await tools.startServer());
    const folder = await mkdtemp(join(tmpdir(), 'aiops-backup-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const dump = join(folder, 'aiops.dump');
    const secret = { JWT_SECRET: 'a secret that is kept beside the dump' };

    const [before, after] = await Promise.all([createDatabase(server.url, 'before'), createDatabase(server.url, 'after')]);
    stack.defer(() => dropDatabases(server.url));
    // Without a worker, so that something waits.
    const app = stack.use(await startApp({ DATABASE_URL: before, ...secret }, { wanted: ['api'] }));
    const id = await submitText(app, sampleLog({ quiet: 20_000 }));
    // As docs/production.md says.
    await runProgram(tools.pgDump, [`--dbname=${before}`, '--format=custom', `--file=${dump}`]);
    await submitText(app, 'ERROR came after the dump\n');

    await runProgram(tools.pgRestore, [`--dbname=${after}`, '--exit-on-error', dump]);
    const settings = { DATABASE_URL: after, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test', ...secret };
    const restored = await startRuntime(parseConfig(settings), ['api', 'worker']);
    stack.defer(() => restored[Symbol.asyncDispose]());
    expect(restored.database?.migrated).toEqual([]);
    const seen = await until(
      () => ask(restored.url, app.token, id),
      ({ data }) => data.logSummary.status === 'SUCCEEDED',
    );
    expect(seen.data).toMatchObject({
      logs: { edges: [{ node: { id } }] },
      logLines: [{ text: expect.stringContaining('INFO http GET /orders/1000') }],
      logSummary: { digest: { ledger: { lines: 20_041 } } },
    });
  },
);

type Seen = { data: { logSummary: { status: string } } };
const ask = async (url: string, token: string, id: string): Promise<Seen> => {
  const query =
    'query ($id: ID!) { logs(first: 9) { edges { node { id } } } logLines(logId: $id, from: 1, to: 1) { text } logSummary(logId: $id) { status digest { ledger { lines } } } }';
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables: { id } }) });
  return (await response.json()) as Seen;
};

const names = { before: `backup_before_${process.pid}`, after: `backup_after_${process.pid}` };

const createDatabase = async (server: string, which: keyof typeof names): Promise<string> => {
  await asAdmin(server, `create database ${names[which]} template template0`);
  const url = new URL(server);
  url.pathname = `/${names[which]}`;
  return url.href;
};

const dropDatabases = async (server: string): Promise<void> => {
  for (const name of Object.values(names)) await asAdmin(server, `drop database if exists ${name} with (force)`);
};

const asAdmin = async (server: string, statement: string): Promise<void> => {
  const url = new URL(server);
  url.pathname = '/template1';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(statement).finally(() => client.end());
};
