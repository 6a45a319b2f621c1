import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buildSchema, parse, validate } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '#src/config.ts';
import { startRuntime } from '#src/runtime.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import { freePort } from '#tests/support/free-port.ts';
import { createGate } from '#tests/support/gate.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { startSlack } from '#tests/support/slack.ts';
import { slackSettings } from '#tests/support/slack-app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp({}, { wanted: ['api'] });
});
afterAll(() => app[Symbol.asyncDispose]());

const ask = async (path: string) => {
  const response = await fetch(`${app.url}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), headers: response.headers, text: await response.text() };
};

test('/healthz says the process lives, /readyz that database, migrations and queue are there', async () => {
  expect(JSON.parse((await ask('/healthz')).text)).toEqual({ status: 'ok' });
  expect(await ask('/readyz')).toMatchObject({
    status: 200,
    text: expect.stringMatching(/"ready".*"database":"ok".*"migrations":"ok".*"queue":"ok"/),
  });
});

test('/readyz/api asks for an API: another part that is ready says no, so that no balancer takes it for one at its old address', async () => {
  expect((await ask('/readyz/api')).status).toBe(200);
  expect(await ask('/readyz/bot')).toMatchObject({ status: 503, text: expect.stringContaining('"part":"this is api"') });
  expect((await ask('/readyz?part=bot')).status).toBe(200);
});

test('a process that waits for its turn to migrate lives, is not ready, and refuses what comes in words', async () => {
  await using stack = new AsyncDisposableStack();
  const migrating = new pg.Client({ connectionString: app.database.url });
  await migrating.connect();
  stack.defer(() => migrating.end());
  await migrating.query('select pg_advisory_lock(7305112)');
  const port = await freePort();
  const settings = {
    DATABASE_URL: app.database.url,
    PORT: String(port),
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    JWT_SECRET: 'x'.repeat(40),
  };
  const starting = startRuntime(parseConfig(settings), ['api']);
  const at = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  await until(
    () =>
      at('/healthz').then(
        ({ status }) => status,
        () => 0,
      ),
    (status) => status === 200,
    'it to live',
  );
  const ready = await at('/readyz');
  expect([ready.status, await ready.json()]).toEqual([503, { status: 'starting' }]);
  expect((await at('/startedz')).status).toBe(503);
  const early = await at('/logs/a.log', { method: 'PUT', body: sampleLog() });
  expect([early.status, early.headers.get('retry-after'), await early.text()]).toEqual([
    503,
    '5',
    expect.stringMatching(/UNAVAILABLE.*still starting/),
  ]);
  await migrating.query('select pg_advisory_unlock(7305112)');
  stack.use(await starting);
  for (const path of ['/readyz', '/startedz']) expect((await at(path)).status).toBe(200);
});

test('/readyz is 503 with the reason when a migration has not run, and says nothing an attacker could use', async () => {
  const connection = app.database.orm.em.fork().getConnection();
  const [row] = await connection.execute<{ id: number; name: string; executed_at: Date }[]>(
    "delete from migration where name like '0001%' returning *",
  );
  const { status, text } = await ask('/readyz');
  // Another process would be no better off.
  expect(await ask('/startedz')).toMatchObject({ status: 200, text: '{"status":"started"}\n' });
  await connection.execute('insert into migration (name) values (?)', [row?.name]);
  expect([status, text]).toEqual([503, expect.stringContaining('1 to run; npm run migrate')]);
  expect(text).not.toMatch(/postgres:|127\.0\.0\.1/);
});

test('/readyz of a bot says no while Slack is not reached or the API does not take its token, and yes when both do', async () => {
  await using stack = new AsyncDisposableStack();
  const slack = stack.use(await startSlack());
  const { createToken } = await app.gql<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "bot", kind: SERVICE, scopes: [LOGS_READ, LOGS_WRITE, ACT_FOR_SLACK] }) { secret } }',
  );
  const readiness = async (settings: Record<string, string>) => {
    const config = parseConfig({ PORT: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test', ...slackSettings(slack), ...settings });
    await using bot = await startRuntime(config, ['bot']);
    const response = await fetch(`${bot.url}/readyz`);
    return [response.status, await response.json(), await fetch(`${bot.url}/startedz`).then(({ status }) => status)];
  };
  const right = { API_URL: app.url, API_TOKEN: createToken.secret };
  expect(await readiness(right)).toEqual([200, { status: 'ready', slack: 'ok', api: 'ok' }, 200]);
  expect(await readiness({ ...right, API_TOKEN: 'aiops_svc_nobody' })).toEqual([
    503,
    { status: 'not ready', slack: 'ok', api: 'does not take API_TOKEN' },
    503,
  ]);
  expect(await readiness({ ...right, API_URL: `http://127.0.0.1:${await freePort()}` })).toMatchObject([
    503,
    { api: 'not reachable' },
    503,
  ]);
});

test('/metrics is what Prometheus reads', async () => {
  const { status, type, text } = await ask('/metrics');
  expect([status, type]).toEqual([200, expect.stringContaining('text/plain')]);
  expect(text).toMatch(/^# HELP /m);
});

test('the pages run their own script and no other, and are kept by nobody', async () => {
  for (const path of ['/', '/setup']) {
    const { status, headers, text } = await ask(path);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy.includes('script-src')).toBe(text.includes('<script>'));
  }
});

test('what the pages ask the API for is in its schema', async () => {
  const schema = buildSchema(await readFile('graphql/generated/schema.graphql', 'utf8'));
  const door = await fetch(`${app.url}/logs/log_1`, { headers: { accept: 'text/html' } });
  const text = (await ask('/')).text + (await door.text());
  const asked = [...text.matchAll(/'((?:mutation|query) [^']+|\{ me [^']+)'/g)].map(([, document = '']) => document);
  expect(asked.length).toBeGreaterThanOrEqual(6);
  for (const document of asked) expect(validate(schema, parse(document))).toEqual([]);
});

test('a process asked to stop says so at /readyz first, and goes on answering; an upload under way is taken to its end', async () => {
  await using own = await startApp({}, { wanted: ['api', 'worker'] });
  const end = createGate();
  const upload = fetch(`${own.url}/logs/slow.log`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${own.token}` },
    body: Readable.toWeb(
      Readable.from(
        (async function* () {
          yield sampleLog();
          await end.opened;
          yield sampleLog();
        })(),
      ),
    ),
    duplex: 'half',
  } as unknown as RequestInit);
  const ask = async (path: string): Promise<[number, { status: string }]> => {
    const response = await fetch(`${own.url}${path}`);
    return [response.status, (await response.json()) as { status: string }];
  };
  expect((await ask('/readyz'))[1]).toMatchObject({ status: 'ready', worker: 'ok' });
  const stopped = own.runtime.stop({ delayMs: 300, graceMs: 20_000 });
  expect(await ask('/readyz')).toMatchObject([503, { status: 'stopping' }]);
  expect((await ask('/healthz'))[0]).toBe(200);
  // It has begun to close when it asks people to go elsewhere.
  await until(
    async () => (await fetch(`${own.url}/healthz`)).headers.get('connection'),
    (connection) => connection === 'close',
  );
  expect(await own.gql('{ logs(first: 1) { edges { node { id } } } }')).toBeTruthy();
  end.open();
  expect((await upload).status).toBe(202);
  await stopped;
});
