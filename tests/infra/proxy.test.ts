import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '#src/config.ts';
import { startRuntime } from '#src/runtime.ts';
import { startApp, until } from '#tests/support/app.ts';
import { freePort } from '#tests/support/free-port.ts';
import { startHaproxy } from '#tests/support/haproxy.ts';
import { expectProgram } from '#tests/support/prometheus.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { startProcess } from '#tests/support/start-process.ts';
import { countRows } from '#tests/support/submit.ts';

const haproxy = await expectProgram('haproxy');

// Every address of 127/8 is this machine, on Linux without further ado.
const [BEFORE, NEXT] = ['127.0.0.2', '127.0.0.3'];

test.skipIf(!haproxy)('an address that passes from an API to another part takes no requests along', async () => {
  await using stack = new AsyncDisposableStack();
  const port = await freePort();
  const api = stack.use(await startApp({ HOST: BEFORE, PORT: String(port) }, { wanted: ['api'] }));
  // One that is about to end says so until it does.
  let asked = 0;
  const ending = createServer((_request, response) => void response.writeHead(503).end(String(++asked)));
  ending.listen(port, NEXT);
  await once(ending, 'listening');
  const proxy = stack.use(await startHaproxy(haproxy as string, port));
  proxy.setAddresses([BEFORE, NEXT]);
  await until(
    () => asked,
    (times) => times > 3,
  );
  ending.closeAllConnections();
  await new Promise((resolve) => ending.close(resolve));
  // Docker gives its address to a worker, while the proxy still takes it for an API's.
  const settings = { DATABASE_URL: api.database.url, JWT_SECRET: 'x'.repeat(40), LOG_LEVEL: 'silent', NODE_ENV: 'test' };
  const worker = stack.use(await startRuntime(parseConfig({ ...settings, HOST: NEXT, PORT: String(port) }), ['worker']));
  expect(await statusOf(`http://${NEXT}:${port}/readyz`)).toBe(200);
  await until(
    async () => (await fetch(`${worker.url}/metrics`)).text(),
    (metrics) => /^aiops_http_requests_total\{[^}]*route="\/readyz"[^}]*status="503"[^}]*\} [3-9]/m.test(metrics),
  );
  const answers = await Promise.all(Array.from({ length: 20 }, () => statusOf(`${proxy.url}/setup`)));
  expect(new Set(answers)).toEqual(new Set([200]));
});

test.skipIf(!haproxy)('behind the compose file’s proxy no request is refused while one API takes over from another', async () => {
  await using stack = new AsyncDisposableStack();
  const port = await freePort();
  const next = stack.use(await startApp({ HOST: NEXT, PORT: String(port), JWT_SECRET: 'x'.repeat(40) }, { wanted: ['api'] }));
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-proxy-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true }));
  const before = startProcess('src/main.ts', ['api'], {
    DATABASE_URL: next.database.url,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
    JWT_SECRET: 'x'.repeat(40),
    HOST: BEFORE,
    PORT: String(port),
  });
  stack.defer(async () => {
    before.child.kill('SIGKILL');
    await before.ended;
  });
  await before.url();
  const proxy = stack.use(await startHaproxy(haproxy as string, port));
  proxy.setAddresses([BEFORE]);
  await until(
    () => statusOf(`${proxy.url}/readyz`),
    (status) => status === 200,
  );
  expect((await fetch(`${proxy.url}/metrics`)).status).toBe(404);

  // What was said where one was refused, so that it is seen who said it.
  const answers: string[] = [];
  let going = true;
  const sending = [1, 2, 3].map(async () => {
    while (going) {
      const sent = { method: 'PUT', headers: { authorization: `Bearer ${next.token}` }, body: sampleLog() };
      const answer = await fetch(`${proxy.url}/logs/short.log`, sent);
      answers.push(answer.status === 202 ? 'taken' : `${answer.status} ${await answer.text()}`);
    }
  });
  const some = async (more: number): Promise<void> => {
    const enough = answers.length + more;
    await until(
      () => answers.length,
      (count) => count >= enough,
    );
  };
  await some(20);
  // As Docker does: a name has both addresses while both run; the old one is told to end, and its address goes with it.
  proxy.setAddresses([BEFORE, NEXT]);
  // The script goes on once the new one takes its share; how soon names are asked for again, HAProxy says.
  await until(
    async () => (await fetch(`${next.url}/metrics`)).text(),
    (metrics) => /^aiops_http_requests_total\{[^}]*route="\/logs[^}]*\} [1-9]/m.test(metrics),
  );
  await some(20);
  before.child.kill('SIGTERM');
  expect(await before.ended).toBe(0);
  proxy.setAddresses([NEXT]);
  await some(20);
  going = false;
  await Promise.all(sending);
  expect(new Set(answers)).toEqual(new Set(['taken']));
  expect(await countRows(next, 'log')).toBe(answers.length);
});

const statusOf = (url: string): Promise<number> =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
