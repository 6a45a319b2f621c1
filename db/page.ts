import type { EntityName, FilterQuery } from '@mikro-orm/core';
import { AppError } from '#src/core/errors.ts';
import type { Db } from './orm.ts';

export type Page = {
  first?: number | undefined;
  after?: string | undefined;
  last?: number | undefined;
  before?: string | undefined;
  order: 'NEWEST_FIRST' | 'OLDEST_FIRST';
};

export type Connection<Node> = {
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
};

const MAX_PAGE = 100;

/** One page of a list (Relay). Ids sort by time, so an id is its own cursor. Throws BAD_INPUT. */
export const findPage = async <Node extends { id: string }>(
  db: Db,
  entity: EntityName<Node>,
  prefix: string,
  filter: FilterQuery<Node>,
  page: Page,
): Promise<Connection<Node>> => {
  const { size, backwards } = pageSize(page);
  const newestFirst = page.order === 'NEWEST_FIRST';
  const after = page.after === undefined ? undefined : fromCursor(prefix, page.after, 'after');
  const before = page.before === undefined ? undefined : fromCursor(prefix, page.before, 'before');
  const range = newestFirst ? { $lt: after, $gt: before } : { $gt: after, $lt: before };
  const where = [filter, ...Object.entries(range).flatMap(([operator, id]) => (id === undefined ? [] : [{ id: { [operator]: id } }]))];
  // One more than asked tells whether there is more; the last page is read from its end.
  const rows = (await db.find(entity, { $and: where } as FilterQuery<Node>, {
    orderBy: { id: newestFirst === backwards ? 'asc' : 'desc' } as never,
    limit: size + 1,
  })) as Node[];
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

const pageSize = ({ first, last }: Page): { size: number; backwards: boolean } => {
  const size = first ?? last;
  if ((first === undefined) === (last === undefined) || size === undefined || size < 1 || size > MAX_PAGE)
    throw new AppError('BAD_INPUT', `Say how many: exactly one of "first" and "last", 1 to ${MAX_PAGE}.`, { field: 'first' });
  return { size, backwards: last !== undefined };
};

const toCursor = (id: string): string => Buffer.from(id).toString('base64url');

const fromCursor = (prefix: string, cursor: string, field: string): string => {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!new RegExp(`^${prefix}_[0-9a-z]{26}$`).test(id))
    throw new AppError('BAD_INPUT', 'This cursor is not one of ours; use a cursor from the last page.', { field });
  return id;
};
