import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { inject, test } from 'vitest';
import { guardPool } from '#db/hanging.ts';
import { whileSomebodyWaits } from '#src/core/somebody-waits.ts';

const ANSWER_MS = 2_000;

test('a process that computes for seconds does not take its database for one that hangs', async () => {
  await using stack = new AsyncDisposableStack();
  const target = new URL(inject('postgresUrl'));
  const sockets = new Set<Socket>();
  stack.defer(() => sockets.forEach((socket) => void socket.destroy()));
  // Whoever connects after the first is let wait by this very process, which does nothing else meanwhile.
  const between = createServer((near) => {
    if (sockets.size > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ANSWER_MS + 500);
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {}).pipe(other);
    }
  }).listen(0, '127.0.0.1');
  stack.defer(() => void between.close());
  await once(between, 'listening');
  const through = new URL(target);
  through.host = `127.0.0.1:${(between.address() as AddressInfo).port}`;
  const pool = new pg.Pool({ connectionString: through.href, max: 1 });
  stack.defer(() => pool.end());
  pool.on('error', () => {});
  guardPool(pool, through.href, { patienceMs: 100, answerMs: ANSWER_MS });
  await whileSomebodyWaits(() => pool.query('select pg_sleep(3)'));
});
