import { glob, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { startProcess } from '#tests/support/start-process.ts';

test('a benchmark that is told to stop leaves neither its PostgreSQL nor a folder behind', async () => {
  const room = await mkdtemp(join(tmpdir(), 'aiops-stopped-'));
  const running = startProcess('bench/main.ts', ['pipeline'], { TMPDIR: room });
  const pidFile = async (): Promise<string | undefined> => (await Array.fromAsync(glob(join(room, '*/postgres/postmaster.pid'))))[0];
  const pid = Number((await readFile(await until(pidFile, (path) => path !== undefined).then(String), 'utf8')).split('\n')[0]);
  running.child.kill('SIGTERM');
  expect(await running.ended).toBe(130);
  expect(isAlive(pid)).toBe(false);
  expect(await readdir(room)).toEqual([]);
  await rm(room, { recursive: true });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
