import type { Change } from '#db/entities/change.ts';
import type { OmittedView } from '#src/changelog/changelog-reading.ts';
import type { Omitted } from '#src/changelog/changes/types.ts';
import { AppError } from '#src/core/errors.ts';

type Args = { first?: number | null | undefined; after?: string | null | undefined };

const MOST = 100;

/** One page of a list that is stored whole; a cursor is a place in it. Throws BAD_INPUT. */
export const omittedPage = async (
  omitted: readonly Omitted[],
  { first, after }: Args,
  find: (ids: string[]) => Promise<Map<string, Change>>,
) => {
  if (!first || first < 1 || first > MOST) throw new AppError('BAD_INPUT', `Say how many: "first", 1 to ${MOST}.`, { field: 'first' });
  const begin = after ? placeOf(after) + 1 : 0;
  const some = omitted.slice(begin, begin + first);
  const rows = await find(some.map(({ change }) => change));
  const edges = some.flatMap((one, place) => {
    const row = rows.get(one.change);
    const node: OmittedView | null = row ? { ...one, row } : null;
    return node ? [{ cursor: cursorOf(begin + place), node }] : [];
  });
  return {
    edges,
    pageInfo: {
      hasNextPage: begin + first < omitted.length,
      hasPreviousPage: begin > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};

const cursorOf = (place: number): string => Buffer.from(`place ${place}`).toString('base64url');

const placeOf = (cursor: string): number => {
  const place = /^place (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (place === undefined)
    throw new AppError('BAD_INPUT', 'This cursor is not one of ours; use a cursor from the last page.', { field: 'after' });
  return Number(place);
};
