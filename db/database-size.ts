import type { Orm } from './orm.ts';

/** Bytes of the whole database, indexes and queue included. */
export const databaseSize = async (orm: Pick<Orm, 'em'>): Promise<number> => {
  const [row] = await orm.em
    .fork()
    .getConnection()
    .execute<[{ bytes: number }]>('select pg_database_size(current_database())::float8 as bytes');
  return row.bytes;
};
