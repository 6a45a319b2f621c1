import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of the product. */
export type Part = { url: string; kill(): Promise<void>; stop(): Promise<void> };

const main = join(import.meta.dirname, '../../src/main.ts');

const STARTS = 5;
const BETWEEN_MS = 500;

/** Starts the product with these roles, and again when it cannot start, as a supervisor would; resolves once it is ready. */
export const startPart = async (roles: readonly string[], env: Record<string, string>, cwd: string): Promise<Part> => {
  for (let tries = 1; ; tries++) {
    try {
      return await startOnce(roles, env, cwd);
    } catch (error) {
      if (tries === STARTS) throw error;
      await sleep(BETWEEN_MS);
    }
  }
};

const startOnce = async (roles: readonly string[], env: Record<string, string>, cwd: string): Promise<Part> => {
  const child = spawn(process.execPath, [main, ...roles], { env, cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await readUntilReady(child);
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return { url, kill: end('SIGKILL'), stop: end('SIGTERM') };
};

const readUntilReady = async (child: ChildProcess): Promise<string> => {
  let text = '';
  child.stdout?.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (piece: string) => {
      text += piece;
      if (text.includes('Ctrl-C stops')) resolve(/(http:\/\/\S+)\/graphql/.exec(text)?.[1] ?? '');
    });
    child.once('exit', (code) => reject(new Error(`A part ended with ${code}:\n${text}`)));
  });
};
