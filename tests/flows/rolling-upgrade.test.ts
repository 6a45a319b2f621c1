import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { addJob } from '#db/queue.ts';
import { parseConfig } from '#src/config.ts';
import type { Log } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { newProcessName } from '#src/jobs/process-name.ts';
import { startWorker } from '#src/jobs/worker.ts';
import { startRuntime } from '#src/runtime.ts';
import { startApp, until } from '#tests/support/app.ts';
import { freePort } from '#tests/support/free-port.ts';
import { createGate } from '#tests/support/gate.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { startSlack } from '#tests/support/slack.ts';
import { slackSettings } from '#tests/support/slack-app.ts';
import { startProcess } from '#tests/support/start-process.ts';
import { countRows, submitText } from '#tests/support/submit.ts';
import { readEvents, watchProgress } from '#tests/support/watch-progress.ts';

test('while one API takes over from another, stopped by SIGTERM, every request is answered, and an upload that had begun ends well', async () => {
  await using stack = new AsyncDisposableStack();
  const next = stack.use(await startApp({ JWT_SECRET: 'x'.repeat(40) }, { wanted: ['api'] }));
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-rolling-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const before = startProcess('src/main.ts', ['api'], {
    DATABASE_URL: next.database.url,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
    JWT_SECRET: 'x'.repeat(40),
    STOP_DELAY_SECONDS: '1',
    PORT: String(port),
  });
  stack.defer(async () => {
    before.child.kill('SIGKILL');
    await before.ended;
  });
  const url = await before.url();
  // A balancer: asks for readiness now and then, and sends requests to the first that was ready.
  let target = '';
  const looking = new AbortController();
  stack.defer(() => looking.abort());
  void (async () => {
    while (!looking.signal.aborted) {
      const isReady = await fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
      target = isReady ? url : next.url;
      await sleep(50);
    }
  })();
  await until(
    () => target,
    (at) => at === url,
  );
  const headers = { authorization: `Bearer ${next.token}` };
  const half = createGate();
  const upload = fetch(`${url}/logs/slow.log`, {
    method: 'PUT',
    headers,
    body: Readable.toWeb(
      Readable.from(
        (async function* () {
          yield sampleLog();
          await half.opened;
          yield sampleLog();
        })(),
      ),
    ),
    duplex: 'half',
  } as unknown as RequestInit);
  const statuses: number[] = [];
  const servedBy = new Set<string>();
  let going = true;
  const sending = (async () => {
    while (going) {
      const at = target;
      servedBy.add(at);
      statuses.push(await fetch(`${at}/logs/short.log`, { method: 'PUT', headers, body: sampleLog() }).then(({ status }) => status));
    }
  })();
  before.child.kill('SIGTERM');
  await until(
    () => target,
    (at) => at === next.url,
  );
  await until(
    () => servedBy.size,
    (count) => count === 2,
  );
  half.open();
  expect((await upload).status).toBe(202);
  expect(await before.ended).toBe(0);
  going = false;
  await sending;
  expect(new Set(statuses)).toEqual(new Set([202]));
  expect(await countRows(next, 'log')).toBe(statuses.length + 1);
});

test('who watches a log through an API that is stopped is asked to come again, and sees the rest through the next', async () => {
  await using stack = new AsyncDisposableStack();
  const next = stack.use(await startApp({ JWT_SECRET: 'x'.repeat(40) }, { wanted: ['api'] }));
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-rolling-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const settings = { DATABASE_URL: next.database.url, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', JWT_SECRET: 'x'.repeat(40) };
  const before = startProcess('src/main.ts', ['api'], { ...settings, NODE_ENV: 'production', STOP_DELAY_SECONDS: '0' });
  stack.defer(async () => {
    before.child.kill('SIGKILL');
    await before.ended;
  });
  const id = await submitText(next, sampleLog());
  const watching = (await watchProgress({ url: await before.url(), token: next.token }, id)).body?.pipeThrough(new TextDecoderStream());
  let seen = '';
  for await (const text of watching as ReadableStream<string>) {
    seen += text;
    if (seen.includes('QUEUED') && !before.child.killed) before.child.kill('SIGTERM');
  }
  expect(seen).toMatch(/being stopped; subscribe again\nretry: \d+\n\n$/);
  // For a client of GraphQL over SSE "complete" would mean that there is nothing more to come.
  expect(seen).not.toContain('event: complete');
  expect(await before.ended).toBe(0);
  const again = await watchProgress(next, id);
  stack.use(await startRuntime(parseConfig({ ...settings, NODE_ENV: 'test' }), ['worker']));
  expect((await Array.fromAsync(readEvents(again))).at(-1)).toMatchObject({ data: { logProgress: { status: 'SUCCEEDED' } } });
});

test('law 10: an answer whose job a version that could not draw it took for done is brought on its way by the next', async () => {
  await using stack = new AsyncDisposableStack();
  const slack = stack.use(await startSlack());
  const app = stack.use(await startApp(slackSettings(slack), { wanted: ['api', 'bot'] }));
  const jobs = () => countRows(app, 'graphile_worker.jobs');
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-rolling-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const settings = { DATABASE_URL: app.database.url, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', NODE_ENV: 'test' };
  await slack.sendTo(`${app.url}/slack/events`).slash({ text: sampleLog() });
  // A worker without Slack computes the answer; one of an older version takes the delivery, and does not know what to do with it.
  {
    await using _blind = await startRuntime(parseConfig(settings), ['worker']);
    await until(
      () => app.gql<{ logs: { edges: { node: { status: string } }[] } }>('{ logs(first: 1) { edges { node { status } } } }'),
      ({ logs }) => logs.edges[0]?.node.status === 'SUCCEEDED',
    );
  }
  const swallow = defineJob({ name: 'deliver', payload: z.object({}).loose(), run: async () => {} });
  const old = await startWorker([swallow], {
    ...{ orm: app.database.orm, url: app.database.url, log: quiet, observer: { started() {}, finished() {} } },
    ...{ concurrency: 1, pool: 2, process: newProcessName(), lostAfterMs: 15_000, retryScale: 1 },
  });
  await until(jobs, (count) => count === 0);
  await old.stop();
  expect(slack.messages()).toEqual([]);
  // As if it were a while ago.
  const db = app.database.orm.em.fork();
  await db.getConnection().execute(`update delivery set updated_at = now() - interval '1 minute'`);
  await addJob(db, { name: 'sweep-deliveries', payload: {} });
  stack.use(await startRuntime(parseConfig({ ...settings, ...slackSettings(slack) }), ['worker'], { quietMs: 0 }));
  await until(
    () => slack.messages().length,
    (count) => count === 2,
  );
});

const quiet: Log = { info() {}, warn() {}, error() {}, child: () => quiet };
