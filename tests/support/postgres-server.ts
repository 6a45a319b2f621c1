import { chmod, rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { createOrm, type Orm } from '#db/orm.ts';
import { makeRoomyFolder } from './roomy-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Server with a migrated database `postgres`, which every test file clones. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await makeRoomyFolder('aiops-test-');
  await chmod(home, 0o755);
  const server = await startEmbeddedPostgres(home);
  const orm = await createOrm(server.url, { pool: 2 });
  await forgetful(orm);
  await migrate(orm, server.url);
  await orm.close();
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
}

// What is lost with the machine is made anew by the next run: nothing waits for a disk.
const forgetful = async (orm: Orm): Promise<void> => {
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_wal_size: '1GB',
    wal_init_zero: 'off',
    checkpoint_timeout: '1h',
    jit: 'off',
  };
  const connection = orm.em.fork().getConnection();
  for (const [name, value] of Object.entries(settings)) await connection.execute(`alter system set ${name} = '${value}'`);
  await connection.execute('select pg_reload_conf()');
};
