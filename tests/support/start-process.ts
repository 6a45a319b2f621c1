import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './app.ts';

export type Running = {
  child: ChildProcess;
  out(): string;
  err(): string;
  /** The address it printed. */
  url(): Promise<string>;
  /** What it ended with: a code or a signal's name. */
  ended: Promise<number | string>;
  /** To the whole process group, as a terminal does. */
  interrupt(): void;
};

const root = new URL('../../', import.meta.url).pathname;

/** Runs one of our programs as people run it: a process of its own, in a process group of its own. Nothing is inherited but the path. */
export const startProcess = (
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  input?: string | Uint8Array,
): Running => {
  const child = spawn(process.execPath, ['--import', join(root, 'src/compile-cache.js'), join(root, script), ...args], {
    cwd: root,
    detached: true,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', BCRYPT_COST: '4', ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr?.on('data', (bytes: Buffer) => (err += bytes.toString()));
  if (input !== undefined) child.stdin?.end(input);
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    child,
    out: () => out,
    err: () => err,
    ended,
    url: async () => {
      await until(
        () => out + err,
        () => (/API +http/.test(out) && out.includes('Ctrl-C stops.')) || child.exitCode !== null,
        'the address',
      );
      const url = /API\S* +(http\S+)\/graphql/.exec(out)?.[1];
      if (!url) throw new Error(`It did not start: ${out}${err}`);
      return url;
    },
    interrupt: () => void process.kill(-(child.pid as number), 'SIGINT'),
  };
};

/** Whether a PostgreSQL runs in this data folder. */
export const hasPostgres = async (dataDir: string): Promise<boolean> => {
  const [pid] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  try {
    return pid ? process.kill(Number(pid), 0) : false;
  } catch {
    return false;
  }
};
