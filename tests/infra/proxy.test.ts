import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
  const isReady = () =>
    fetch(`${proxy.url}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  await until(isReady, (status) => status === 200);
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
