import type { EntityName } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, type QBFilterQuery } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { entities } from './entities/index.ts';
import { WORKSPACE_FILTER } from './entities/owned.ts';
import { guardPool, keptAlive } from './hanging.ts';
import { toJsonb } from './jsonb.ts';
import { migrationsList } from './migrations/index.ts';

export type Orm = MikroORM;
export type Db = MikroORM['em'];

/** Opens the pool; does not migrate. `url` is a postgres:// URL; `pool` the most connections, whose names end with `process`. */
export const createOrm = async (url: string, { pool, process }: { pool: number; process?: string | undefined }): Promise<Orm> => {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    pool: { min: 0, max: pool },
    // Of the URL the ORM reads host, port, user, password and name only; the driver reads sslmode and the rest, too.
    driverOptions: {
      connectionString: url,
      application_name: process ? `ai-ops-assistant ${process}` : 'ai-ops-assistant',
      ...keptAlive,
      onPoolCreated(pool: pg.Pool) {
        takeBackBroken(pool);
        guardPool(pool, url);
      },
    },
    // Ours alone: graphile_worker belongs to the queue.
    schemaGenerator: { ignoreSchema: ['graphile_worker'] },
    migrations: { migrationsList, tableName: 'migration', transactional: true, snapshot: false },
    logger: () => {},
    // Law 11 in one place: every query on a row that has a workspace is filtered; a fork without one cannot ask at all.
    filters: { [WORKSPACE_FILTER]: { entity: ownedNames, cond: byWorkspace, default: true } },
    ignoreUndefinedInQuery: false,
    forceUtcTimezone: true,
    debug: false,
  });
  // Here rather than in a type of each column: none can be forgotten.
  orm.em.getPlatform().convertJsonToDatabaseValue = toJsonb;
  return orm;
};

// The failure of a single query gives its connection back within a tick.
const HELD_MS = 100;

/**
 * Kysely gives a transaction's connection back only after a rollback that worked, so one that breaks inside a transaction is held for
 * ever: the pool has one place less, and closing it never ends. Here whoever still holds a broken one has it taken away.
 */
const takeBackBroken = (pool: pg.Pool): void => {
  const held = new WeakSet<pg.PoolClient>();
  // The process must not end before: whoever waits for the pool to close has something to say.
  const takeBack = (client: pg.PoolClient): unknown => setTimeout(() => held.has(client) && client.release(true), HELD_MS);
  pool.on('acquire', (client) => {
    held.add(client);
    // Kysely throws away what it is given after its pool was closed (a start that is broken off), and does not give it back.
    if (pool.ending) takeBack(client);
  });
  pool.on('release', (_, client) => held.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (held.has(client)) takeBack(client);
    });
  });
};

const ownedNames = entities.filter((entity) => 'workspaceId' in entity.meta.properties).map((entity) => entity.meta.className as string);

const byWorkspace = (args: { workspaceId?: string } | undefined): { workspaceId: string } => {
  if (!args?.workspaceId) throw new Error('A query needs a workspace: fork with forWorkspace(), or say unscoped.');
  return { workspaceId: args.workspaceId };
};

/** A fork whose queries see one workspace's rows. One per request and per job. */
export const forWorkspace = (orm: Pick<Orm, 'em'>, workspaceId: string): Db => {
  const em = orm.em.fork();
  em.setFilterParams(WORKSPACE_FILTER, { workspaceId });
  return em;
};

/**
 * A query builder that sees one workspace's rows only: the ORM's own does not apply filters. Throws for a fork that has no workspace. A test of the
 * house lets nobody else make one.
 */
export const queryRows = <Row extends object>(db: Db, entity: EntityName<Row>) =>
  db.createQueryBuilder(entity).where(byWorkspace(db.getFilterParams(WORKSPACE_FILTER)) as QBFilterQuery<Row>);

/** For the few look-ups that come before a workspace is known (tokens, sign-in): pass as find options. */
export const unscoped = { filters: { [WORKSPACE_FILTER]: false } } as const;
