import { withoutNul } from '#graphql/without-nul.ts';

type PageArgs = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  orderBy: 'NEWEST_FIRST' | 'OLDEST_FIRST';
};

/** GraphQL says "not given" with null or nothing, services with undefined. */
export const toPage = ({ first, after, last, before, orderBy }: PageArgs) => ({
  first: first ?? undefined,
  after: after ? withoutNul(after) : undefined,
  last: last ?? undefined,
  before: before ? withoutNul(before) : undefined,
  order: orderBy,
});
