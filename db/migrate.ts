import { setTimeout as sleep } from 'node:timers/promises';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { AppError } from '#src/core/errors.ts';
import { guardPool, keptAlive } from './hanging.ts';
import { migrationsList } from './migrations/index.ts';
import type { Orm } from './orm.ts';
import { type Patience, patiently, waitedInVain } from './patiently.ts';

// Any number will do as long as nobody else locks the same one: processes that start together take turns.
const LOCK = 7_305_112;
const TURN_MS = 200;
const CONNECT_MS = 10_000;

export type MigrateOptions = Patience & {
  /** The last one to run; all when not said. */
  upTo?: string | undefined;
};

/**
 * Brings our tables and the queue's up to date, while an older version works with them; safe to call from many processes at once. Returns the
 * names of migrations that ran.
 */
export const migrate = async (orm: Orm, url: string, options: MigrateOptions = {}): Promise<string[]> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'ai-ops-assistant migrate',
    connectionTimeoutMillis: CONNECT_MS,
    // It asks for the lock and for nothing else, which takes no time.
    query_timeout: CONNECT_MS,
    ...keptAlive,
  });
  // Without a handler, a connection that breaks while we migrate ends the process; whatever is asked of it next says so anyway.
  client.on('error', () => {});
  await client.connect();
  try {
    await takeLock(client, options.signal);
    const ran = upTo(await pendingMigrations(orm), options.upTo);
    const ours = async (): Promise<void> => {
      for (const names of inSteps(orm, ran)) await runPatiently(orm, names, options);
    };
    if (isNew(ran)) await bothEnd(ours(), migrateQueue(url));
    else await ours().then(() => migrateQueue(url));
    return ran;
  } finally {
    await client.end();
  }
};

// With a pool of its own the queue would write all it knows about a connection that breaks onto the screen, or end the process.
const migrateQueue = async (url: string): Promise<void> => {
  const pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'ai-ops-assistant migrate', ...keptAlive });
  guardPool(pool, url);
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
};

/** Names of migrations that have not run yet; empty when the schema is up to date. */
export const pendingMigrations = async (orm: Orm): Promise<string[]> => {
  // The migrator itself would make its table in order to look into it.
  const ask = async <Row>(query: string): Promise<Row[]> => (await orm.em.fork().getConnection().execute(query)) as Row[];
  const [table] = await ask<{ there: boolean }>(`select to_regclass('migration') is not null as there`);
  const ran = table?.there ? await ask<{ name: string }>('select name from migration') : [];
  const names = new Set(ran.map(({ name }) => name));
  return migrationsList.map(({ name }) => name).filter((name) => !names.has(name));
};

// Not by waiting inside PostgreSQL: an index that is built aside waits for every statement under way, and ours would wait for it.
const takeLock = async (client: pg.Client, signal: AbortSignal | undefined): Promise<void> => {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK]);
    if (rows[0]?.mine) return;
    await sleep(TURN_MS, undefined, { signal });
  }
};

const upTo = (pending: string[], last: string | undefined): string[] =>
  last === undefined ? pending : pending.slice(0, pending.indexOf(last) + 1);

const isNew = (pending: readonly string[]): boolean => pending[0] === migrationsList[0]?.name;

/** Neither is left running when the other fails. */
const bothEnd = async (...work: readonly Promise<void>[]): Promise<void> => {
  for (const end of await Promise.allSettled(work)) if (end.status === 'rejected') throw end.reason;
};

// One by one, so that each holds its locks for a moment only; in a new database nobody minds, and one commit is quicker.
const inSteps = (orm: Orm, names: readonly string[]): string[][] => {
  if (!isNew(names)) return names.map((name) => [name]);
  const [together, alone] = [names.filter((name) => isTransactional(orm, name)), names.filter((name) => !isTransactional(orm, name))];
  return [together, ...alone.map((name) => [name])];
};

const runPatiently = async (orm: Orm, names: string[], options: MigrateOptions): Promise<void> => {
  try {
    await patiently((lockTimeoutMs) => runStep(orm, names, lockTimeoutMs), options);
  } catch (error) {
    if (!waitedInVain(error)) throw error;
    throw new AppError(
      'CONFIG',
      `The database could not be brought up to date: others keep a table ${names.join(', ')} needs. Look for transactions that stay open (pg_stat_activity), and start again.`,
      { cause: error },
    );
  }
};

const runStep = async (orm: Orm, migrations: string[], lockTimeoutMs: number): Promise<void> => {
  if (!migrations.every((name) => isTransactional(orm, name))) return void (await orm.migrator.up({ migrations }));
  await orm.em.fork().transactional(async (db) => {
    const transaction = db.getTransactionContext();
    const ask = <Row>(query: string, values: unknown[] = []): Promise<Row[]> =>
      db.getConnection().execute(query, values, 'all', transaction) as Promise<Row[]>;
    const named = (await Promise.all(migrations.map((name) => tablesOf(orm, name)))).flat();
    const tables = await ask<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c where c.oid in (select to_regclass(quote_ident(n)) from unnest(string_to_array(?, ' ')) n) order by 1`,
      [named.join(' ')],
    );
    // All at once, in the order of their names and before anything is changed: whatever we wait for afterwards, we hold already.
    await ask(`set local statement_timeout = ${lockTimeoutMs}`);
    if (tables.length > 0) await ask(`lock table ${tables.map(({ name }) => name).join(', ')} in access exclusive mode`);
    await ask(`set local statement_timeout = 0`);
    await ask(`set local lock_timeout = ${lockTimeoutMs}`);
    await orm.migrator.up({ migrations, transaction });
  });
};

/** The tables a migration alters or refers to, as its statements name them. */
const tablesOf = async (orm: Orm, name: string): Promise<string[]> => {
  const migration = instanceOf(orm, name);
  await migration?.up();
  const statements = migration?.getQueries().map(String) ?? [];
  return statements.flatMap((statement) =>
    [...statement.matchAll(/(?:alter table|references|update|on) "(\w+)"/gi)].map(([, table = '']) => table),
  );
};

const instanceOf = (orm: Orm, name: string) => {
  const found = migrationsList.find((migration) => migration.name === name);
  return found && new found.class(orm.em.getDriver(), orm.config);
};

const isTransactional = (orm: Orm, name: string): boolean => instanceOf(orm, name)?.isTransactional() ?? true;
