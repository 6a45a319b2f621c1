import type { FilterQuery } from '@mikro-orm/core';
import { Log } from '#db/entities/log.ts';
import type { Db } from '#db/orm.ts';
import { findPage } from '#db/page.ts';
import type { LogConnection, LogFilter, LogPage } from './service.ts';

/** One page of logs. Throws BAD_INPUT. */
export const findLogs = (db: Db, filter: LogFilter, page: LogPage): Promise<LogConnection> =>
  findPage(db, Log, 'log', matching(filter), page);

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
