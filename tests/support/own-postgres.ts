import { chmod, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { makeRoomyFolder } from './roomy-folder.ts';

/** How PostgreSQL is told to end: with its sessions and its books in order, or at once, as in a crash, after which it reads its journal again. */
export type Ending = 'fast' | 'immediate';

export type OwnPostgres = {
  url: string;
  down(ending: Ending): Promise<void>;
  /** Same port, same data. */
  up(): Promise<void>;
  /** Down, and up again after so long. */
  restart(ending: Ending, downMs: number): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A PostgreSQL that belongs to one test or bench, which may take it down. */
export const startOwnPostgres = async (): Promise<OwnPostgres> => {
  const home = await makeRoomyFolder('aiops-own-');
  await chmod(home, 0o755);
  let server = await startEmbeddedPostgres(home);
  const port = Number(new URL(server.url).port);
  const down = async (ending: Ending): Promise<void> => {
    if (ending === 'immediate') await crash(home);
    await server.stop();
  };
  const up = async (): Promise<void> => {
    server = await startEmbeddedPostgres(home, { port });
  };
  return {
    url: server.url,
    down,
    up,
    async restart(ending, downMs) {
      await down(ending);
      await sleep(downMs);
      await up();
    },
    async [Symbol.asyncDispose]() {
      await down('fast');
      await rm(home, { recursive: true, force: true });
    },
  };
};

const crash = async (home: string): Promise<void> => {
  const [first] = (await readFile(join(home, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  const pid = Number(first);
  process.kill(pid, 'SIGQUIT');
  while (isAlive(pid)) await sleep(10);
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
