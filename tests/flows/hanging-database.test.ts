import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { whileSomebodyWaits } from '#src/core/somebody-waits.ts';
import { startApp, until } from '#tests/support/app.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { createGate } from '#tests/support/gate.ts';
import { startOpenAi } from '#tests/support/openai.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { openAiSettings } from '#tests/support/slack-app.ts';
import { startProcess } from '#tests/support/start-process.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';

/** Stands between us and PostgreSQL; frozen, it takes every byte and passes on none, and hangs up on nobody. */
const startFreezer = async (url: string) => {
  const target = new URL(url);
  const [sockets, all] = [new Set<Socket>(), new Set<Socket>()];
  let frozen = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      all.add(one);
      if (frozen) one.pause();
      one.on('data', (bytes) => other.write(bytes));
      one.on('error', () => {}).on('close', () => other.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const set = (now: boolean): void => {
    frozen = now;
    for (const socket of sockets) now ? socket.pause() : socket.resume();
  };
  return {
    url: through.href,
    freeze: () => set(true),
    /** Those that stand by now: nothing passes on them any more, and nobody hangs up; new ones are let through. */
    forget() {
      for (const socket of sockets) socket.pause();
      sockets.clear();
    },
    thaw: () => set(false),
    [Symbol.asyncDispose]: async () => {
      for (const socket of all) socket.destroy();
      server.close();
    },
  };
};

test('law 13: with a PostgreSQL that hangs, every door says so within seconds, the doctor tells the rest, and a SIGTERM ends', {
  timeout: 60_000,
}, async () => {
  await using stack = new AsyncDisposableStack();
  const database = await createTestDatabase();
  stack.defer(() => database.drop());
  const freezer = stack.use(await startFreezer(database.url));
  const app = stack.use(await startApp({ DATABASE_URL: freezer.url, ALERTS_TOKEN: 'a-token-for-alerts-of-tests' }, { wanted: ['api'] }));
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-hanging-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const stopped = startProcess('src/main.ts', ['api'], {
    DATABASE_URL: freezer.url,
    DATA_DIR: dataDir,
    NODE_ENV: 'test',
    STOP_GRACE_SECONDS: '1',
  });
  stack.defer(async () => {
    stopped.child.kill('SIGKILL');
    await stopped.ended;
  });
  const stoppedUrl = await stopped.url();
  stack.defer(() => freezer.thaw());
  // Where the database works on it, a statement takes the time it takes.
  const { orm } = app.runtime.database as NonNullable<typeof app.runtime.database>;
  const long = whileSomebodyWaits(() => orm.em.fork().getConnection().execute('select pg_sleep(3.5)'));
  await expect(long).resolves.toBeDefined();

  freezer.freeze();
  const headers = { authorization: `Bearer ${app.token}`, 'content-type': 'application/json' };
  const ask = async (path: string, init: RequestInit = {}): Promise<[number, string]> => {
    const response = await fetch(`${app.url}${path}`, { headers, ...init, signal: AbortSignal.timeout(12_000) });
    return [response.status, await response.text()];
  };
  const asked = fetch(`${stoppedUrl}/readyz`).then(({ status }) => stopped.child.kill('SIGTERM') && status);
  const ended = Promise.race([stopped.ended, sleep(15_000, 'hangs', { ref: false })]);
  const doctor = startProcess('src/doctor.ts', ['--json'], { DATABASE_URL: freezer.url });
  const [ready, upload, query, alerts] = await Promise.all([
    ask('/readyz'),
    ask('/logs/hanging.log', { method: 'PUT', body: sampleLog() }),
    ask('/graphql', { method: 'POST', body: JSON.stringify({ query: '{ logs(first: 1) { edges { node { id } } } }' }) }),
    ask('/webhooks/alerts', {
      method: 'POST',
      headers: { ...headers, authorization: 'Bearer a-token-for-alerts-of-tests' },
      body: JSON.stringify({
        version: '4',
        groupKey: 'g',
        status: 'firing',
        receiver: 'bot',
        alerts: [{ status: 'firing', startsAt: new Date().toISOString() }],
      }),
    }),
  ]);
  expect(ready).toEqual([503, expect.stringContaining('no answer in 3 s')]);
  for (const answer of [upload, query, alerts]) expect(answer).toEqual([503, expect.stringContaining('UNAVAILABLE')]);
  expect([await asked, await ended]).toEqual([503, expect.any(Number)]);
  expect(await doctor.ended).toBe(1);
  expect(JSON.parse(doctor.out())).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ about: 'Database', state: 'bad', mend: expect.stringContaining('hangs') }),
      expect.objectContaining({ about: 'Engine', state: 'ok' }),
    ]),
  );

  freezer.thaw();
  expect((await ask('/logs/after.log', { method: 'PUT', body: sampleLog() }))[0]).toBe(202);
});

test('connections that a firewall forgot, while PostgreSQL is there, are found out and replaced: nothing is lost, in a request or in a job', {
  timeout: 90_000,
}, async () => {
  await using stack = new AsyncDisposableStack();
  const database = await createTestDatabase();
  stack.defer(() => database.drop());
  const freezer = stack.use(await startFreezer(database.url));
  const openai = stack.use(await startOpenAi());
  const gate = createGate();
  let calls = 0;
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    calls++;
    await gate.opened;
    return { content: JSON.stringify(summaryAnswer()) };
  });
  const app = stack.use(await startApp({ DATABASE_URL: freezer.url, DB_POOL: '3', ...openAiSettings(openai) }));
  const put = (key: string) =>
    fetch(`${app.url}/logs/app.log`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${app.token}`, 'idempotency-key': key },
      body: sampleLog(),
    });
  const { id } = (await (await put('under way')).json()) as { id: string };
  await until(
    () => calls,
    (count) => count === 1,
    'the engine to be asked',
  );
  freezer.forget();
  gate.open();
  const { status } = await until(
    () => put('anew'),
    (response) => response.status === 202,
    'a request to get through',
  );
  expect(status).toBe(202);
  expect(await app.settled(id)).toMatchObject({ status: 'SUCCEEDED' });
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
});
