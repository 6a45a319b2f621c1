import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import { toClaim } from './summary-resolvers.ts';

/** A question and its checked answer. */
export const questionResolvers = {
  LogQuestion: {
    failure: ({ failure }) => failure ?? null,
    answer: async ({ answer, logId }, _, { logs, actor, publicUrl }) => {
      const claims = answer?.claims ?? [];
      if (claims.length === 0) return [];
      const summary = await logs.logSummary(await actor(), logId);
      return claims.map((claim) => toClaim(claim, { logId, digest: summary?.result?.digest, publicUrl }));
    },
    missing: ({ answer }) => answer?.missing ?? [],
    linesSearched: ({ answer }) => answer?.linesSearched ?? null,
    unsupportedDropped: ({ answer }) => answer?.unsupportedDropped ?? 0,
    withoutEngine: ({ answer }) => answer?.withoutEngine ?? false,
    receipt: ({ answer }) => answer?.receipt ?? null,
  },
} satisfies Resolvers;
