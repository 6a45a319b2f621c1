import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parseConfig } from '#src/config.ts';
import { startRuntime } from '#src/runtime.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { startSlack } from '#tests/support/slack.ts';
import { slackSettings } from '#tests/support/slack-app.ts';
import { countRows, submit, submitText } from '#tests/support/submit.ts';

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

const startWorkerFor = async (app: App, settings: Record<string, string> = {}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-worker-'));
  opened.defer(() => rm(dataDir, { recursive: true, force: true }));
  const config = parseConfig({
    DATABASE_URL: app.database.url,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    ...settings,
  });
  return opened.use(await startRuntime(config, ['worker'], { retryScale: 0.01, quietMs: 0 }));
};

test('law 10: without a worker, work is queued and visible; when one starts it is done', async () => {
  const app = opened.use(await startApp({}, { wanted: ['api'] }));
  const id = await submitText(app, sampleLog());
  expect(
    await app.gql('query ($id: ID!) { log(id: $id) { status progress lineCount } logLines(logId: $id, from: 1, to: 1) { text } }', { id }),
  ).toMatchObject({
    log: { status: 'QUEUED', progress: 0, lineCount: 81 },
    logLines: [{ text: expect.stringContaining('GET /orders/1000') }],
  });
  expect(await (await fetch(`${app.url}/metrics`)).text()).toMatch(/digest-log.*ready.* 1$/m);
  await startWorkerFor(app);
  expect(await app.settled(id)).toMatchObject({ status: 'SUCCEEDED', headline: expect.any(String) });
});

test('law 3: several workers on one database do each log once', async () => {
  const slack = opened.use(await startSlack());
  const app = opened.use(await startApp(slackSettings(slack), { wanted: ['api', 'bot'] }));
  const send = slack.sendTo(`${app.url}/slack/events`);
  const channels = Array.from({ length: 6 }, (_, index) => slack.createChannel({ name: `shared-${index}` }));
  for (const channel of channels) await send.slash({ channel, text: sampleLog() });
  await Promise.all([startWorkerFor(app, slackSettings(slack)), startWorkerFor(app, slackSettings(slack))]);
  await until(
    () => countRows(app, 'graphile_worker.jobs'),
    (jobs) => jobs === 0,
  );
  expect(channels.map((channel) => slack.messages(channel).length)).toEqual(channels.map(() => 2));
});

test('law 10: without Slack the result waits, in the API and in the outbox, and is posted once a worker with Slack starts', async () => {
  const slack = opened.use(await startSlack());
  const app = opened.use(await startApp(slackSettings(slack), { wanted: ['api', 'bot'] }));
  await slack.sendTo(`${app.url}/slack/events`).slash({ text: sampleLog() });
  const blind = await startWorkerFor(app);
  const { logs } = await app.gql<{ logs: { edges: { node: { id: string } }[] } }>('{ logs(first: 1) { edges { node { id } } } }');
  expect(await app.settled(logs.edges[0]?.node.id ?? '')).toMatchObject({ status: 'SUCCEEDED' });
  expect(slack.messages()).toEqual([]);
  await blind[Symbol.asyncDispose]();
  await startWorkerFor(app, slackSettings(slack));
  await until(
    () => slack.messages().length,
    (count) => count === 2,
  );
});

test('a worker that is stopped in the middle of a job leaves it to the next one', async () => {
  const app = opened.use(await startApp({}, { wanted: ['api'] }));
  const first = await startWorkerFor(app);
  const response = await fetch(`${app.url}/logs/big.log`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${app.token}` },
    body: sampleLog().repeat(4_000),
  });
  const { id } = (await response.json()) as { id: string };
  await until(
    () => app.database.orm.em.fork().getConnection().execute('select 1 from graphile_worker.jobs where locked_at is not null'),
    (rows) => rows.length > 0,
  );
  await first[Symbol.asyncDispose]();
  // It is no failed try: nobody hears of it.
  const waiting: unknown = await app.database.orm.em
    .fork()
    .getConnection()
    .execute(`select payload->>'attempt' as attempt, locked_at from graphile_worker._private_jobs where payload->>'logId' = ?`, [id]);
  expect(waiting).toEqual([{ attempt: expect.toBeOneOf(['1', null]), locked_at: null }]);
  await startWorkerFor(app);
  expect(await app.settled(id)).toMatchObject({ status: 'SUCCEEDED', failure: null, digest: { ledger: { lines: 81 * 4_000 } } });
});

test('law 2: a bot whose API is down tells the person at once that nothing was kept', async () => {
  const slack = opened.use(await startSlack());
  const app = opened.use(await startApp({ ...slackSettings(slack), API_URL: 'http://127.0.0.1:9', API_TOKEN: 'aiops_svc_nobody' }));
  const { status, json, ms } = await slack.sendTo(`${app.url}/slack/events`).slash({ text: sampleLog() });
  expect([status, json?.['response_type']]).toEqual([200, 'ephemeral']);
  expect(json?.['text']).toContain('nothing was kept');
  expect(ms).toBeLessThan(2_900);
  expect(await countRows(app, 'log')).toBe(0);
});

test('law 1: a log and its job are one commit, and neither is there without the other', async () => {
  const app = opened.use(await startApp({ MAX_LOG_BYTES: '3000000' }, { wanted: ['api'] }));
  const rows = async () => [await countRows(app, 'log'), await countRows(app, 'log_chunk'), await countRows(app, 'graphile_worker.jobs')];
  await submitText(app, sampleLog());
  expect(await rows()).toEqual([1, 1, 1]);
  // Two chunks are stored before the limit is reached.
  async function* tooMuch() {
    for (let sent = 0; sent < 4_000_000; sent += 8_100) yield Buffer.from(`${'x'.repeat(80)}\n`.repeat(100));
  }
  const response = await fetch(`${app.url}/logs`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${app.token}` },
    body: tooMuch(),
    duplex: 'half',
  } as unknown as RequestInit);
  expect(response.status).toBe(413);
  expect(await rows()).toEqual([1, 1, 1]);
  await expect(submit(app, { text: '' })).resolves.toMatchObject({ log: null, userErrors: [{ code: 'BAD_INPUT' }] });
  expect(await rows()).toEqual([1, 1, 1]);
});

test('law 10: connections to the database that break, all at once, cost nothing but the tries they broke', async () => {
  const app = opened.use(await startApp());
  const before = await submitText(app, sampleLog());
  await app.settled(before);
  await app.database.orm.em
    .fork()
    .getConnection()
    .execute('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
  const id = await until(
    () => submitText(app, sampleLog()).catch(() => ''),
    (given) => given !== '',
  );
  expect(await app.settled(id)).toMatchObject({ status: 'SUCCEEDED' });
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
});
