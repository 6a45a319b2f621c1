import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of the product, under a supervisor: however it ends, another is started in its place until it is told to stop. */
export type Part = {
  url: string;
  /** What it said while it started. */
  said: string;
  /** How often it ended although nobody killed it. */
  fell(): number;
  /** What it logged that somebody must act on. */
  alarms(): string[];
  kill(): Promise<void>;
  stop(): Promise<void>;
};

const [compileCache, main] = ['compile-cache.js', 'main.ts'].map((name) => join(import.meta.dirname, '../../src', name)) as [
  string,
  string,
];

const DOWN_MS = 2_000;
const STARTS = 10;

export type PartOptions = {
  env: Record<string, string>;
  cwd: string;
  /** Whether what it logs is shown as it comes. */
  verbose: boolean;
};

/** Starts the product with these roles; resolves once it is ready. A `PORT` of its own keeps its address the same from start to start. */
export const startPart = async (roles: readonly string[], options: PartOptions): Promise<Part> => {
  const alarms: string[] = [];
  const hear = (line: string): void => {
    if (options.verbose) process.stderr.write(`${line}\n`);
    const alarm = alarmIn(line);
    if (alarm) alarms.push(alarm);
  };
  let stopping = false;
  let fallen = 0;
  let { child, said } = await start(roles, options, hear);
  const supervise = async (): Promise<void> => {
    for (;;) {
      const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      if (stopping) return;
      if (signal !== 'SIGKILL') fallen++;
      await sleep(DOWN_MS);
      if (stopping) return;
      ({ child, said } = await start(roles, options, hear));
      // Told to while it started.
      if (stopping) child.kill('SIGTERM');
    }
  };
  const supervised = supervise();
  return {
    url: addressIn(said),
    said,
    fell: () => fallen,
    alarms: () => alarms,
    async kill() {
      child.kill('SIGKILL');
    },
    async stop() {
      stopping = true;
      child.kill('SIGTERM');
      await supervised;
    },
  };
};

/** Again and again when it cannot start: its database may be away just now. */
const start = async (
  roles: readonly string[],
  { env, cwd }: PartOptions,
  hear: (line: string) => void,
): Promise<{ child: ChildProcess; said: string }> => {
  for (let tries = 1; ; tries++) {
    const child = spawn(process.execPath, ['--import', compileCache, main, ...roles], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    createInterface({ input: child.stderr }).on('line', hear);
    try {
      return { child, said: await readUntilReady(child) };
    } catch (error) {
      if (tries === STARTS) throw error;
      await sleep(DOWN_MS / 4);
    }
  }
};

const readUntilReady = (child: ChildProcess): Promise<string> => {
  let text = '';
  child.stdout?.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (piece: string) => {
      text += piece;
      if (text.includes('Ctrl-C stops')) resolve(text);
    });
    child.once('exit', (code) => reject(new Error(`A part ended with ${code}:\n${text}`)));
  });
};

const addressIn = (said: string): string => /(http:\/\/\S+?)\/(graphql|slack\/events)/.exec(said)?.[1] ?? '';

const alarmIn = (line: string): string | null => {
  if (!line.startsWith('{')) return line.trim() ? line : null;
  const { level, msg, task, code, queue } = JSON.parse(line) as Record<string, string | undefined>;
  return level === 'error' ? [task, msg, code, queue].filter((part) => part !== undefined).join(': ') : null;
};
