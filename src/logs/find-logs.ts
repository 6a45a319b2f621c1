import type { FilterQuery } from '@mikro-orm/core';
import { Log } from '#db/entities/log.ts';
import type { Db } from '#db/orm.ts';
import { AppError } from '#src/core/errors.ts';
import type { LogConnection, LogFilter, LogPage } from './service.ts';

const MAX_PAGE = 100;

/** One page of logs. Ids sort by time, so an id is its own cursor. Throws BAD_INPUT. */
export const findLogs = async (db: Db, filter: LogFilter, page: LogPage): Promise<LogConnection> => {
  const { size, backwards } = pageSize(page);
  const newestFirst = page.order === 'NEWEST_FIRST';
  const after = page.after === undefined ? undefined : fromCursor(page.after, 'after');
  const before = page.before === undefined ? undefined : fromCursor(page.before, 'before');
  const range = newestFirst ? { $lt: after, $gt: before } : { $gt: after, $lt: before };
  const where = [
    matching(filter),
    ...Object.entries(range).flatMap(([operator, id]) => (id === undefined ? [] : [{ id: { [operator]: id } }])),
  ];
  // One more than asked tells whether there is more; the last page is read from its end.
  const rows = await db.find(Log, { $and: where } as FilterQuery<Log>, {
    orderBy: { id: newestFirst === backwards ? 'asc' : 'desc' },
    limit: size + 1,
  });
  const more = rows.length > size;
  const nodes = rows.slice(0, size);
  if (backwards) nodes.reverse();
  const edges = nodes.map((node) => ({ cursor: toCursor(node.id), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: backwards ? page.before !== undefined : more,
      hasPreviousPage: backwards ? more : page.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};

const pageSize = ({ first, last }: LogPage): { size: number; backwards: boolean } => {
  const size = first ?? last;
  if ((first === undefined) === (last === undefined) || size === undefined || size < 1 || size > MAX_PAGE)
    throw new AppError('BAD_INPUT', `Say how many logs: exactly one of "first" and "last", 1 to ${MAX_PAGE}.`, { field: 'first' });
  return { size, backwards: last !== undefined };
};

const matching = (filter: LogFilter): FilterQuery<Log> => ({
  ...(filter.status ? { status: { $in: [...filter.status] } } : {}),
  ...(filter.entry ? { entry: { $in: [...filter.entry] } } : {}),
  ...(filter.source === undefined ? {} : { source: filter.source }),
  ...(filter.titleContains === undefined ? {} : { title: { $ilike: `%${filter.titleContains.replace(/[\\%_]/g, '\\$&')}%` } }),
  ...(filter.createdAfter || filter.createdBefore
    ? {
        createdAt: {
          ...(filter.createdAfter ? { $gt: filter.createdAfter } : {}),
          ...(filter.createdBefore ? { $lt: filter.createdBefore } : {}),
        },
      }
    : {}),
});

const toCursor = (id: string): string => Buffer.from(id).toString('base64url');

const fromCursor = (cursor: string, field: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!/^log_[0-9a-z]{26}$/.test(id))
    throw new AppError('BAD_INPUT', 'This cursor is not one of ours; use a cursor from the last page.', { field });
  return id;
};
