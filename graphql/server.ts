import { createYoga, type Plugin, renderGraphiQL } from 'graphql-yoga';
import type { Config } from '#src/config.ts';
import type { Log } from '#src/core/ports.ts';
import { useBodyLimit } from './body-limit.ts';
import { createContext, type GraphContext, type ServerContext, type Services } from './context.ts';
import { defaultQuery } from './default-query.ts';
import { useErrorTable } from './errors.ts';
import { useLimits } from './limits.ts';
import { useRequestErrors } from './request-errors.ts';
import { useRequestId } from './request-id.ts';
import { createGraphSchema } from './schema.ts';

export type GraphDeps = Services & {
  config: Pick<Config, 'graphiql' | 'introspection' | 'MAX_GRAPHQL_LOG_BYTES' | 'PUBLIC_URL'>;
  log: Log;
  /** Telemetry and the like, told of every request. */
  plugins?: Plugin[];
};

/** The GraphQL API at /graphql, for `http.createServer` as a listener or by `fetch`. Multipart uploads in, server-sent events out. */
export const createGraphServer = ({ config, log, plugins = [], ...services }: GraphDeps) =>
  createYoga<ServerContext, GraphContext>({
    schema: createGraphSchema(),
    context: createContext({
      ...services,
      maxLogBytes: config.MAX_GRAPHQL_LOG_BYTES,
      publicUrl: config.PUBLIC_URL ?? null,
    }),
    graphqlEndpoint: '/graphql',
    graphiql: config.graphiql && { title: 'AI Ops Assistant', defaultQuery },
    renderGraphiQL: (options) => renderGraphiQL(options).replace('Loading __TITLE__...', WITHOUT_INTERNET),
    landingPage: false,
    cors: false,
    batching: false,
    logging: false,
    // Both are done by plugins of ours: with ids and request ids, and without copying each body.
    maskedErrors: false,
    maxRequestBodySize: false,
    plugins: [
      useRequestId(),
      useRequestErrors(),
      useBodyLimit(bodyLimit(config.MAX_GRAPHQL_LOG_BYTES)),
      useLimits(config),
      useErrorTable(log),
      ...plugins,
    ],
  });

// GraphiQL's own code comes from there; until it has come, this is all there is to see.
const WITHOUT_INTERNET =
  'Loading GraphiQL from unpkg.com. If this stays, your browser has no way there; the API itself needs none: send operations with curl, as docs/api.md shows.';

const MIB = 1024 * 1024;

// In JSON a line end takes two bytes and a quote too: half as much again holds any log but pure escapes.
const bodyLimit = (maxLogBytes: number) => ({
  maxBytes: Math.ceil(maxLogBytes * 1.5) + MIB,
  tooLarge: `This is too large for GraphQL, which takes logs of up to ${inWords(maxLogBytes)}. Send the log as a stream instead: curl -T app.log <server>/logs`,
});

const inWords = (bytes: number): string => (bytes >= MIB ? `${Math.floor(bytes / MIB)} MiB` : `${bytes} bytes`);
