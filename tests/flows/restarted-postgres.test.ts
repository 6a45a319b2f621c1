import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { freePort } from '#tests/support/free-port.ts';
import { createGate } from '#tests/support/gate.ts';
import { startOpenAi } from '#tests/support/openai.ts';
import { type Ending, type OwnPostgres, startOwnPostgres } from '#tests/support/own-postgres.ts';
import { type Parts, startParts } from '#tests/support/parts.ts';
import { makeRoomyFolder } from '#tests/support/roomy-folder.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { startSlack } from '#tests/support/slack.ts';
import { openAiSettings, slackSettings } from '#tests/support/slack-app.ts';
import { startProcess } from '#tests/support/start-process.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';
import { readEvents, watchProgress } from '#tests/support/watch-progress.ts';

describe.each<Ending>(['fast', 'immediate'])('a PostgreSQL that is restarted (%s) under api, worker and bot', (ending) => {
  const opened = new AsyncDisposableStack();
  let postgres: OwnPostgres;
  let all: Parts;
  beforeAll(async () => {
    postgres = opened.use(await startOwnPostgres());
    all = opened.use(await startParts({ databaseUrl: postgres.url, engineSeconds: 30 }));
  });
  afterAll(() => opened.disposeAsync());

  test('loses nothing: what was under way is finished once, who asks meanwhile is told, who watches goes on watching, and nobody fell', async () => {
    const { slack, openai, send, parts, token } = all;
    const gate = createGate();
    let calls = 0;
    openai.mock.on({ userMessage: /orders-db/ }, async () => {
      if (++calls === 1) await gate.opened;
      return { content: JSON.stringify(summaryAnswer()) };
    });
    const apiUrl = parts[0]?.url as string;
    const [before, meanwhile, after] = ['before', 'meanwhile', 'after'].map((name) => slack.createChannel({ name: `${name}-${ending}` }));
    expect((await send.slash({ channel: before, text: sampleLog() })).body).toContain('Got it');
    await until(
      () => calls,
      (count) => count === 1,
      'the engine to be asked',
    );
    const { logs } = await all.gql<{ logs: { edges: { node: { id: string } }[] } }>('{ logs(first: 1) { edges { node { id } } } }');
    const watching = readEvents(await watchProgress({ url: apiUrl, token }, logs.edges[0]?.node.id as string));
    const events: string[] = [];
    const watched = (async () => {
      for await (const event of watching) events.push(JSON.stringify(event));
    })();
    await until(
      () => events.length,
      (count) => count > 0,
      'the first look',
    );

    let isBack = false;
    const restarted = postgres.restart(ending, DOWN_MS).then(() => (isBack = true));
    const states = () => Promise.all(parts.map(({ url }) => fetch(`${url}/readyz`).then(({ status }) => status)));
    await until(states, (each) => each.every((status) => status === 503), 'everybody to say that they are not ready');
    // By that Prometheus knows that the database is away: nobody may say anything of the queue, and least of all that it is empty.
    for (const { url } of parts) expect(await (await fetch(`${url}/metrics`)).text()).not.toMatch(/^aiops_(queue|outbox)_\w+(\{.*\})? /m);
    const upload = () =>
      fetch(`${apiUrl}/logs/app.log`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: sampleLog() });
    const refused = await upload();
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
      503,
      expect.stringMatching(/^\d+$/),
      expect.stringContaining('nothing was kept'),
    ]);
    expect((await send.slash({ channel: meanwhile, text: sampleLog() })).body).toMatch(/nothing was kept.*try again/i);
    // The engine answers while nothing can be written down.
    gate.open();
    expect(isBack).toBe(false);
    await restarted;

    await until(states, (each) => each.every((status) => status === 200), 'everybody to be ready again');
    const answered = (channel: string) =>
      until(
        () => JSON.stringify(slack.messages(channel)),
        (text) => text.includes('Checkout could not'),
        'the answer',
      );
    await answered(before as string);
    expect(slack.messages(before)).toHaveLength(2);
    await watched;
    expect(events.at(-1)).toContain('SUCCEEDED');
    expect(events.filter((event) => event.includes('"errors"'))).toEqual([]);
    expect((await send.slash({ channel: after, text: sampleLog() })).body).toContain('Got it');
    await answered(after as string);
    expect(slack.messages(meanwhile)).toEqual([]);
    expect((await upload()).status).toBe(202);
    for (const { running } of parts) expect([running.child.exitCode, running.err()]).toEqual([null, '']);
  });
});

const DOWN_MS = 6_000;

test('a PostgreSQL that is killed under npm start is started again, and loses nothing', async () => {
  await using stack = new AsyncDisposableStack();
  const slack = stack.use(await startSlack());
  const openai = stack.use(await startOpenAi());
  const dataDir = await makeRoomyFolder('aiops-killed-');
  await chmod(dataDir, 0o755);
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const gate = createGate();
  let calls = 0;
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    if (++calls === 1) await gate.opened;
    return { content: JSON.stringify(summaryAnswer()) };
  });
  const server = startProcess('src/main.ts', [], { DATA_DIR: dataDir, ...slackSettings(slack), ...openAiSettings(openai) });
  stack.defer(async () => {
    server.interrupt();
    await server.ended;
  });
  const send = slack.sendTo(`${await server.url()}/slack/events`);
  const ask = (channel: string) => send.slash({ channel, text: sampleLog() });
  const [before, after] = ['before-kill', 'after-kill'].map((name) => slack.createChannel({ name })) as [string, string];
  await until(
    () => ask(before),
    ({ body }) => body.includes('Got it'),
    'the bot',
  );
  await until(
    () => calls,
    (count) => count === 1,
    'the engine to be asked',
  );
  const [pid] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  process.kill(Number(pid), 'SIGKILL');
  gate.open();
  await until(
    () => ask(after),
    ({ body }) => body.includes('Got it'),
    'somebody to be let in',
  );
  for (const channel of [before, after]) {
    await until(
      () => JSON.stringify(slack.messages(channel)),
      (text) => text.includes('Checkout could not'),
      'the answer',
    );
    expect(slack.messages(channel)).toHaveLength(2);
  }
  expect(server.child.exitCode).toBeNull();
});

test('a process that starts while PostgreSQL is being restarted waits for it in production; elsewhere it says at once that nothing listens there', async () => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.use(await startOwnPostgres());
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-early-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const start = (NODE_ENV: string) => {
    const running = startProcess('src/main.ts', ['api'], {
      DATABASE_URL: postgres.url,
      DATA_DIR: dataDir,
      NODE_ENV,
      JWT_SECRET: 'x'.repeat(40),
    });
    stack.defer(async () => {
      if (running.child.exitCode === null) running.interrupt();
      await running.ended;
    });
    return running;
  };
  await postgres.down('immediate');
  const [early, mistaken] = [start('production'), start('development')];
  expect(await mistaken.ended).toBe(1);
  expect(mistaken.err()).toMatch(/^Nothing listens at /);
  await until(early.err, (said) => said.includes('waiting for the database'), 'it to wait');
  await postgres.up();
  expect(await early.url()).toMatch(/^http/);
});

test.each([
  { role: 'api', table: 'workspace', what: 'asks for its workspace' },
  { role: 'api', table: 'user_account', what: 'asks whether there is somebody' },
  { role: 'worker', table: 'worker', what: 'says for the first time that it lives' },
  { role: 'worker', table: 'graphile_worker._private_known_crontabs', what: 'looks at its clock' },
])('a PostgreSQL that crashes while a migrated $role $what is waited for', async ({ role, table }) => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.use(await startOwnPostgres());
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-hit-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const env = { DATABASE_URL: postgres.url, DATA_DIR: dataDir, NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(40), LOG_LEVEL: 'silent' };
  expect(await startProcess('src/main.ts', ['migrate'], env).ended).toBe(0);
  // Whoever asks there stands still until it crashes.
  const locker = new pg.Client({ connectionString: postgres.url });
  locker.on('error', () => {});
  await locker.connect();
  await locker.query(`begin; lock table ${table} in access exclusive mode`);
  const port = await freePort();
  const running = startProcess('src/main.ts', [role], { ...env, PORT: String(port) });
  stack.defer(async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  });
  await until(
    () => locker.query(`select 1 from pg_locks where not granted and relation = '${table}'::regclass`),
    ({ rowCount }) => rowCount === 1,
    'it to stand still',
  );
  await postgres.restart('immediate', 1_500);
  const readiness = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  await until(readiness, (status) => status === 200 || running.child.exitCode !== null, 'it to be ready');
  expect([running.child.exitCode, running.err()]).toEqual([null, '']);
});
