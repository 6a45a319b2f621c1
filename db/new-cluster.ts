import { type ChildProcess, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '#src/core/errors.ts';
import type { Binaries } from './postgres-package.ts';
import { copyReadyMade, INITDB_FLAGS, ROLE, readyMadeFolder } from './ready-made.ts';
import type { RunAs } from './run-as.ts';

/** A data folder, and what we run in it that is not finished: killed when we end at once. */
export type Place = {
  home: string;
  cluster: string;
  /** A cluster made before, to be copied: the one made at installation when not said; null to have initdb make it. */
  readyMade: string | null | undefined;
  signal: AbortSignal | undefined;
  /** Called when a program of PostgreSQL's runs that takes a while. */
  onBusy: (() => void) | undefined;
  children: Set<ChildProcess>;
};

/**
 * Makes PostgreSQL's files in a data folder that has none, with a random password in `postgres-password` beside them: a copy of what was made
 * at installation, which takes a fifth of the time, or by initdb. Throws AppError CONFIG that says what to do.
 */
export const makeCluster = async (binaries: Binaries, place: Place, as: RunAs): Promise<void> => {
  const { home, cluster } = place;
  if (await exists(join(cluster, 'PG_VERSION'))) return;
  // Made aside and moved into place: one that was cut short looks finished, and who cut it short may be at it still.
  for (const name of await readdir(home)) if (name.startsWith(MAKING)) await remove(join(home, name)).catch(() => {});
  const password = randomBytes(24).toString('base64url');
  await writeFile(join(home, 'postgres-password'), password, { mode: 0o600 });
  const making = (await copied(binaries, place, as, password)) ?? (await initialised(binaries, place, as, password));
  await rm(cluster, { recursive: true, force: true });
  await rename(making, cluster);
};

const MAKING = 'postgres-new-';

const newFolder = async (home: string, { user }: RunAs): Promise<string> => {
  const making = await mkdtemp(join(home, MAKING));
  if (user) await chown(making, user.uid, user.gid);
  return making;
};

/** Null when there is nothing to copy that works: made by another user, for another processor, spoilt. */
const copied = async ({ postgres }: Binaries, place: Place, as: RunAs, password: string): Promise<string | null> => {
  const { home, readyMade = readyMadeFolder(), signal } = place;
  if (readyMade === null || !(await exists(join(readyMade, 'PG_VERSION')))) return null;
  const making = await newFolder(home, as);
  try {
    copyReadyMade(readyMade, making, as.user);
    // Without a server: nobody can come in before it has its own password. -F: nothing of it is anybody's yet.
    const change = `alter role ${ROLE} password '${password}'\n`;
    const { stderr } = await run(place, as, postgres, ['--single', '-F', '-D', making, 'postgres'], change);
    if (/ERROR|FATAL|PANIC/.test(stderr)) throw new Error(stderr);
    return making;
  } catch {
    await remove(making);
    signal?.throwIfAborted();
    return null;
  }
};

const initialised = async ({ initdb }: Binaries, place: Place, as: RunAs, password: string): Promise<string> => {
  const { home, signal } = place;
  const making = await newFolder(home, as);
  const passwordFile = `${making}.password`;
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (as.user) await chown(passwordFile, as.user.uid, as.user.gid);
    await run(place, as, initdb, ['--pgdata', making, '--pwfile', passwordFile, ...INITDB_FLAGS]);
    return making;
  } catch (error) {
    await remove(making);
    signal?.throwIfAborted();
    throw new AppError(
      'CONFIG',
      NO_ROOM.test(reason(error))
        ? `There is no room left on the disk of ${home}. Make some, or set DATA_DIR to a folder on another disk.`
        : `The embedded PostgreSQL could not be set up in ${home}: ${reason(error)} Set DATABASE_URL to use a PostgreSQL of your own.`,
      { cause: error },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
};

/** Rejects when it fails or is aborted, once it has really ended: from then on the files are ours again. */
const run = async (
  { signal, onBusy, children }: Place,
  { command }: RunAs,
  program: string,
  flags: string[],
  input = '',
): Promise<{ stderr: string }> => {
  const { file, args, ids } = command(program, flags);
  const working = promisify(execFile)(file, args, { ...ids, ...(signal ? { signal } : {}) });
  const { child } = working;
  children.add(child);
  onBusy?.();
  // One that ends before it has read says why itself.
  child.stdin?.on('error', () => {}).end(input);
  const closed = new Promise((resolve) => child.once('close', resolve));
  return await working.finally(() => closed).finally(() => children.delete(child));
};

// Somebody may be writing there still, until it notices.
const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 });

/** Whether a file can be read. */
export const exists = (path: string): Promise<boolean> =>
  readFile(path).then(
    () => true,
    () => false,
  );

const NO_ROOM = /No space left on device|Disk quota exceeded|ENOSPC/;

/** What a program of PostgreSQL's complained of, as a sentence: its own line about it, without time and number. */
export const reason = (error: unknown): string => {
  const text = typeof error === 'string' ? error : ((error as { stderr?: string }).stderr ?? String(error));
  const line = text.split('\n').find((candidate) => /error|fatal|denied|cannot|could not/i.test(candidate)) ?? text.split('\n')[0] ?? '';
  return line
    .replace(/^\d{4}-\d\d-\d\d \S+ \S+ \[\d+\] [A-Z]+: +/, '')
    .trim()
    .replace(/\.?$/, '.');
};
