import { readFileSync } from 'node:fs';
import { createSchema } from 'graphql-yoga';
import { authResolvers } from './auth/resolvers.ts';
import { baseResolvers } from './base/resolvers.ts';
import { changelogResolvers } from './changelog/resolvers.ts';
import { changelogPostsResolvers } from './changelog-posts/resolvers.ts';
import type { GraphContext, ServerContext } from './context.ts';
import type { Resolvers } from './generated/resolver-types.ts';
import { incidentsResolvers } from './incidents/resolvers.ts';
import { logsResolvers } from './logs/resolvers.ts';
import { ticketsResolvers } from './tickets/resolvers.ts';
import { webhooksResolvers } from './webhooks/resolvers.ts';

// One more module is one folder and one line here.
const modules: Record<string, Resolvers> = {
  base: baseResolvers,
  auth: authResolvers,
  logs: logsResolvers,
  tickets: ticketsResolvers,
  changelog: changelogResolvers,
  'changelog-posts': changelogPostsResolvers,
  incidents: incidentsResolvers,
  webhooks: webhooksResolvers,
};

/** The schema of every module, with its resolvers. */
export const createGraphSchema = () =>
  createSchema<ServerContext & GraphContext>({
    typeDefs: Object.keys(modules).map((name) => readFileSync(new URL(`./${name}/schema.graphql`, import.meta.url), 'utf8')),
    resolvers: Object.values(modules),
  });
