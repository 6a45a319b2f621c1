import { chmod, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { makeRoomyFolder } from '#tests/support/roomy-folder.ts';
import { hasPostgres, type Running, startProcess } from '#tests/support/start-process.ts';

let dataDir: string;
let silence: Server;
let silent: string;
const started: Running[] = [];
beforeAll(async () => {
  dataDir = await makeRoomyFolder('aiops-interrupt-');
  await chmod(dataDir, 0o755);
  // Takes connections and never says a word.
  silence = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
  await until(() => silence.listening, Boolean);
  silent = `127.0.0.1:${(silence.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const { child } of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
  await Promise.all(started.map(({ ended }) => ended));
  started.length = 0;
});
afterAll(async () => {
  silence.close();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (args: string[] = [], env: Record<string, string> = {}): Running => {
  const running = startProcess('src/main.ts', args, { DATA_DIR: dataDir, ...env });
  started.push(running);
  return running;
};
const slackSettings = () => ({ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test', SLACK_API_URL: `http://${silent}/api/` });

/** By itself: a process that has to end without what it waits for says so. */
const expectQuietEnd = async (running: Running): Promise<void> => {
  expect(await running.ended).toBe(130);
  expect(running.out() + running.err()).toBe('');
};

test('Ctrl-C while the embedded PostgreSQL is made or starts ends both, and nothing was half done: the next start is whole', async () => {
  const { readdir } = await import('node:fs/promises');
  const has = async (part: string) => (await readdir(dataDir)).some((name) => name.startsWith(part));
  for (const far of [() => has('postgres-new-'), () => hasPostgres(dataDir)]) {
    const running = start();
    await until(far, Boolean, 'it to get so far');
    running.interrupt();
    await expectQuietEnd(running);
    expect(await hasPostgres(dataDir)).toBe(false);
  }
  const whole = start();
  expect(await (await fetch(`${await whole.url()}/readyz`)).text()).toContain('ready');
});

test('Ctrl-C ends a start, and a migration, that wait for a database that never answers', async () => {
  for (const args of [[], ['migrate']]) {
    const running = start(args, { DATABASE_URL: `postgres://aiops@${silent}/aiops` });
    // It has nothing to show while it waits.
    const connected = new Promise((resolve) => silence.once('connection', resolve));
    await connected;
    running.interrupt();
    await expectQuietEnd(running);
  }
});

test('while Slack does not answer the rest is up, "ready" comes after five seconds, and Ctrl-C ends it before and after', async () => {
  const before = start([], slackSettings());
  await new Promise((resolve) => silence.once('connection', resolve));
  before.interrupt();
  expect(await before.ended).toBe(130);
  expect(before.out()).toBe('');
  expect(await hasPostgres(dataDir)).toBe(false);

  const after = start([], slackSettings());
  const url = await after.url();
  expect(after.out()).toMatch(/is ready: api, bot, worker \(/);
  expect(after.out()).toMatch(/Slack\S* +not reached yet; trying on/);
  expect(await (await fetch(`${url}/readyz`)).text()).toContain('ready');
  after.interrupt();
  expect(await after.ended).toBe(0);
  expect(await hasPostgres(dataDir)).toBe(false);
});

test('a Ctrl-C that arrives twice (npm passes it on) is one; a second one does not wait, and leaves no PostgreSQL behind', async () => {
  for (const [pause, code] of [
    [10, 0],
    [500, 130],
  ] as const) {
    const running = start();
    const { port, hostname } = new URL(await running.url());
    // Whoever sends a request is waited for, three seconds at most.
    const sending = request({ hostname, port, method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json' } });
    sending.on('error', () => {});
    sending.write('{');
    await until(
      () => sending.socket?.bytesWritten ?? 0,
      (bytes) => bytes > 0,
    );
    running.interrupt();
    await sleep(pause);
    running.interrupt();
    expect(await running.ended).toBe(code);
    sending.destroy();
    await until(
      () => hasPostgres(dataDir),
      (runs) => !runs,
      'the end of PostgreSQL',
    );
  }
});
