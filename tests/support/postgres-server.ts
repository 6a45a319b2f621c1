import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { createOrm } from '#db/orm.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Server with a migrated database `postgres`, which every test file clones. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'aiops-test-'));
  await chmod(home, 0o755);
  const server = await startEmbeddedPostgres(home);
  const orm = await createOrm(server.url, { pool: 2 });
  await migrate(orm, server.url);
  await orm.close();
  project.provide('postgresUrl', server.url);
  return async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
}
