import { createHash } from 'node:crypto';
import { chownSync, cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whose the database is. */
export const ROLE = 'aiops';

/** --no-sync: a cluster lost to a power cut in its first second holds nothing; the server itself runs with fsync on. */
export const INITDB_FLAGS = ['--username', ROLE, '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'] as const;

const root = join(import.meta.dirname, '..');
/** Where installations keep the cluster that first starts copy. */
export const READY_MADE = join(root, 'node_modules/.cache/postgres');

/**
 * The folder of the cluster for what is installed here now, whether it was made or not: other packages, other migrations, another folder. Null
 * where that cannot be told.
 */
export const readyMadeFolder = (): string | null => {
  try {
    const hash = createHash('sha256').update(INITDB_FLAGS.join(' '));
    const migrations = join(root, 'db/migrations');
    const paths = readdirSync(migrations)
      .sort()
      .map((name) => join(migrations, name));
    for (const path of [join(root, 'package-lock.json'), ...paths]) hash.update(`\n${path}\n`).update(readFileSync(path));
    return join(READY_MADE, hash.digest('hex').slice(0, 16));
  } catch {
    return null;
  }
};

/** Copies a cluster that no server uses into an empty folder; all of it belongs to `user` then. Throws what the file system says. */
export const copyReadyMade = (from: string, to: string, user?: { uid: number; gid: number }): void => {
  cpSync(from, to, { recursive: true, mode: 0 });
  if (user) for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' })) chownSync(join(to, name), user.uid, user.gid);
};
