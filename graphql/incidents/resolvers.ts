import { toPage } from '#graphql/base/to-page.ts';
import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';

export const incidentsResolvers: Resolvers = {
  Query: {
    incident: async (_, { id }, { incidents, actor }) => incidents.incident(await actor(), withoutNul(id)),
    incidents: async (_, args, { incidents, actor }) =>
      incidents.incidents(await actor(), { status: args.filter?.status ?? undefined }, toPage(args)),
  },
  Incident: {
    alerts: ({ alerts }) => alerts.toSorted((a, b) => Number(b.firing) - Number(a.firing)),
    logs: async (incident, _, { incidents, actor }) => (await incidents.incidentLogs(await actor(), incident)).map(({ log }) => log),
  },
  IncidentAlert: {
    labels: ({ labels }) => Object.entries(labels).map(([name, value]) => ({ name, value })),
  },
};
