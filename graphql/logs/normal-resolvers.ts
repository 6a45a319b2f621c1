import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import type { Normal } from '#src/logs/memory/normal.ts';

/** A comparison and the digest whose patterns it names. */
export type NormalView = { logId: string; normal: Normal; digest: Digest };

/** What is unusual for a log's source, with each pattern looked up in the digest. */
export const normalResolvers = {
  LogNormal: {
    logsBefore: ({ normal }) => normal.logsBefore,
    firstSeen: (view) => view.normal.firstSeen.flatMap((id) => patternOf(view, id)),
    more: (view) =>
      view.normal.more.flatMap(({ pattern, perHour, usualPerHour }) =>
        patternOf(view, pattern).map((found) => ({ pattern: found, perHour, usualPerHour })),
      ),
    usual: (view) =>
      (view.normal.usual ?? []).flatMap(({ pattern, usualPerHour }) =>
        patternOf(view, pattern).map((found) => ({ pattern: found, usualPerHour })),
      ),
    stopped: ({ normal }) => normal.stopped,
    noise: (view) => view.normal.noise.flatMap((id) => patternOf(view, id)),
    sameAs: ({ normal: { sameAs } }) => sameAs && { ...sameAs, at: new Date(sameAs.at) },
    changes: (view) =>
      view.normal.changes.flatMap(({ pattern, at, assumed, ...change }) =>
        patternOf(view, pattern).map((found) => ({
          ...change,
          firstSeen: change.firstSeen ?? true,
          url: change.url ?? null,
          zoneAssumed: assumed?.zone ?? null,
          pattern: found,
          at: new Date(at),
        })),
      ),
    tickets: async ({ normal, logId }, _, { logs, actor }) => (await logs.ticketsAbout(await actor(), logId)) ?? normal.tickets,
  },
  Ticket: {
    logs: async ({ number }, _, { logs, actor }) => logs.logsAbout(await actor(), { ticket: `T-${number}` }),
  },
  Change: {
    logs: async ({ id }, _, { logs, actor }) => logs.logsAbout(await actor(), { changeId: id }),
  },
} satisfies Resolvers;

const patternOf = ({ digest }: NormalView, id: string): Pattern[] => digest.patterns.filter((pattern) => pattern.id === id);
