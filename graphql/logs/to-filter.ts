import type { LogFilter as LogFilterInput } from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import type { LogFilter } from '#src/logs/service.ts';

/** GraphQL says "not given" with null or nothing, the service with undefined. */
export const toFilter = (filter: LogFilterInput | null | undefined): LogFilter => ({
  status: filter?.status ?? undefined,
  entry: filter?.entry ?? undefined,
  source: filter?.source ? withoutNul(filter.source) : undefined,
  titleContains: filter?.titleContains ? withoutNul(filter.titleContains) : undefined,
  createdAfter: filter?.createdAfter ?? undefined,
  createdBefore: filter?.createdBefore ?? undefined,
});
