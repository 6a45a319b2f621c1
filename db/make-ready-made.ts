import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { startEmbeddedPostgres } from './embedded.ts';
import { migrate } from './migrate.ts';
import { exists } from './new-cluster.ts';
import { createOrm } from './orm.ts';
import { READY_MADE, readyMadeFolder } from './ready-made.ts';

/**
 * At installation: a cluster with all migrations, for first starts to copy. Does nothing where there is one already; takes away those of
 * earlier installations. Throws where there is no embedded PostgreSQL, or it does not run.
 */
export const makeReadyMade = async (folder: string | null = readyMadeFolder(), within = READY_MADE): Promise<void> => {
  if (folder === null || (await exists(join(folder, 'PG_VERSION')))) return;
  await mkdir(within, { recursive: true });
  const home = await mkdtemp(join(within, 'new-'));
  try {
    // PostgreSQL may have to run as another user than root.
    await chmod(home, 0o755);
    const server = await startEmbeddedPostgres(home, { readyMade: null });
    try {
      const orm = await createOrm(server.url, { pool: 2 });
      await migrate(orm, server.url).finally(() => orm.close());
    } finally {
      await server.stop();
    }
    for (const name of await readdir(within)) if (name !== basename(home)) await rm(join(within, name), { recursive: true, force: true });
    await rename(join(home, 'postgres'), folder);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};
