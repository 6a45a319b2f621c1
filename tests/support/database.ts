import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createOrm, type Orm } from '#db/orm.ts';

export type TestDatabase = { url: string; orm: Orm; drop(): Promise<void> };

/** A migrated database of its own for one test file: a clone of the template, some tens of milliseconds. */
export const createTestDatabase = (): Promise<TestDatabase> => cloneDatabase('postgres');

/** A database in which no migration has run. */
export const createEmptyDatabase = (): Promise<TestDatabase> => cloneDatabase('template0');

const cloneDatabase = async (template: string): Promise<TestDatabase> => {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, `create database ${name} template ${template} strategy file_copy`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const orm = await createOrm(url.href, { pool: 8 });
  return {
    url: url.href,
    orm,
    async drop() {
      await orm.close();
      await asAdmin(server, `drop database if exists ${name} with (force)`);
    },
  };
};

// The template may not be in use while it is cloned, so the admin connects to another database.
const asAdmin = async (server: string, statement: string): Promise<void> => {
  const url = new URL(server);
  url.pathname = '/template1';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
