import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { livingSince } from './living-since.ts';

/** A process that uses a data folder: as a server, of which there is one, or as a guest (a command that ends by itself). */
type FolderUser = { pid: number; since: string; kind: 'server' | 'guest' };

export type Membership = {
  /** The other processes that use the folder and live. */
  others(): FolderUser[];
  /** From now on it is the folder's server. */
  serve(): void;
  leave(): void;
};

// Everything here is small and synchronous: a process that ends at once leaves in its 'exit' handler, where nothing can be awaited.

/** Writes this process down as a guest of the folder. What processes that crashed have left is not counted, and tidied away. */
export const joinFolder = (home: string): Membership => {
  const folder = join(home, 'users');
  const own = `${process.pid}-${randomBytes(4).toString('hex')}`;
  mkdirSync(folder, { recursive: true });
  const write = (kind: FolderUser['kind']): void => writeWhole(join(folder, own), { ...thisProcess(), kind });
  write('guest');
  return {
    others: () =>
      readdirSync(folder).flatMap((name) => {
        const user = name === own || name.endsWith(NEW) ? null : read<FolderUser>(join(folder, name));
        if (user && isAlive(user)) return [user];
        if (user) rmSync(join(folder, name), { force: true });
        return [];
      }),
    serve: () => write('server'),
    leave: () => rmSync(join(folder, own), { force: true }),
  };
};

const LOCK_PATIENCE_MS = 90_000;

/** Whoever opens or closes a folder does it alone; the holder's lock ends with its process. Null when it was not to be had. */
export const lockFolder = async (
  home: string,
  { signal, patienceMs = LOCK_PATIENCE_MS }: { signal?: AbortSignal | undefined; patienceMs?: number } = {},
): Promise<Disposable | null> => {
  const file = join(home, 'lock');
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(20)) {
    signal?.throwIfAborted();
    const held = take(file);
    if (held) return held;
    const holder = read<Holder>(file);
    if (holder && !isAlive(holder)) breakLock(file);
  }
  return null;
};

type Holder = Omit<FolderUser, 'kind'>;

const NEW = '.new';

const take = (file: string): Disposable | null => {
  const draft = `${file}-${process.pid}-${randomBytes(4).toString('hex')}${NEW}`;
  writeFileSync(draft, JSON.stringify(thisProcess()));
  try {
    // A link appears whole, and for one process only.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const release = (): void => {
    process.off('exit', release);
    rmSync(file, { force: true });
  };
  process.on('exit', release);
  return { [Symbol.dispose]: release };
};

// Taken aside first: between our look and now, somebody else may have broken it and taken a lock that is good.
const breakLock = (file: string): void => {
  const aside = `${file}-${process.pid}-${randomBytes(4).toString('hex')}${NEW}`;
  try {
    renameSync(file, aside);
    const holder = read<Holder>(aside);
    if (holder && isAlive(holder)) linkSync(aside, file);
  } catch {
    // Gone already, or taken again.
  } finally {
    rmSync(aside, { force: true });
  }
};

const thisProcess = (): Holder => ({ pid: process.pid, since: livingSince(process.pid) ?? '' });

const isAlive = ({ pid, since }: Holder): boolean => {
  const living = livingSince(pid);
  return living !== null && (living === since || living === '' || since === '');
};

// Others read at any moment: a file is there whole or not at all.
const writeWhole = (file: string, value: unknown): void => {
  writeFileSync(file + NEW, JSON.stringify(value));
  renameSync(file + NEW, file);
};

const read = <Value>(file: string): Value | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Value;
  } catch {
    return null;
  }
};
