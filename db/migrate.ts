import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Orm } from './orm.ts';

// Any number will do as long as nobody else locks the same one: processes that start together take turns.
const LOCK = 7_305_112;

/** Brings our tables and the queue's up to date; safe to call from many processes at once. Returns the names of migrations that ran. */
export const migrate = async (orm: Orm, url: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: url, application_name: 'ai-ops-assistant migrate' });
  // Without a handler, a connection that breaks while we migrate ends the process; whatever is asked of it next says so anyway.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const ran = await orm.migrator.up();
    await runMigrations({ connectionString: url });
    return ran.map(({ name }) => name);
  } finally {
    await client.end();
  }
};

/** Names of migrations that have not run yet; empty when the schema is up to date. */
export const pendingMigrations = async (orm: Orm): Promise<string[]> => (await orm.migrator.getPending()).map(({ name }) => name);
