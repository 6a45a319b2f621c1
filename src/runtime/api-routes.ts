import { createGraphServer } from '#graphql/server.ts';
import type { graphPlugin } from '#monitoring/observe.ts';
import { createAuth } from '#src/auth/service.ts';
import { needsFirstAdmin } from '#src/auth/setup.ts';
import type { Config } from '#src/config.ts';
import type { Log } from '#src/core/ports.ts';
import { alertsEndpoint } from '#src/http/alerts-endpoint.ts';
import { changelogFeed } from '#src/http/changelog-feed.ts';
import { changesEndpoint } from '#src/http/changes-endpoint.ts';
import { logsEndpoint } from '#src/http/logs-endpoint.ts';
import { pages } from '#src/http/pages.ts';
import { runbook } from '#src/http/runbook.ts';
import type { Route } from '#src/http/server.ts';
import { ticketsEndpoint } from '#src/http/tickets-endpoint.ts';
import { createReceiveAlerts } from '#src/webhooks/receive-alerts.ts';
import { createReceiveChanges } from '#src/webhooks/receive-changes.ts';
import { createReceiveTicket } from '#src/webhooks/receive-ticket.ts';
import { createSeal } from '#src/webhooks/sealed-secret.ts';
import { createWebhookService } from '#src/webhooks/service.ts';
import type { Back } from './open-back.ts';

type GraphPlugin = ReturnType<typeof graphPlugin>;

/** What the API answers at. */
export const apiRoutes = (
  config: Config,
  { database, workspaceId, jwtSecret, clock, logs, tickets, changelogs, changelogPosts, incidents }: Back,
  log: Log,
  plugins: GraphPlugin[],
): Route[] => {
  const { ACCESS_TOKEN_MINUTES, REFRESH_TOKEN_DAYS, BCRYPT_COST } = config;
  const lives = { ACCESS_TOKEN_MINUTES, REFRESH_TOKEN_DAYS, BCRYPT_COST };
  const auth = createAuth({ orm: database.orm, config: { ...lives, jwtSecret }, clock });
  const seal = createSeal(jwtSecret);
  const allow = { private: config.WEBHOOK_ALLOW_PRIVATE, plainLoopback: config.WEBHOOK_ALLOW_PRIVATE && config.NODE_ENV !== 'production' };
  const webhooks = createWebhookService({ orm: database.orm, clock, seal, allow });
  const graph = createGraphServer({ logs, tickets, changelogs, changelogPosts, incidents, webhooks, auth, config, log, plugins });
  const authenticate = (request: { headers: Record<string, unknown> }, requestId: string) =>
    auth.authenticate({ get: (name) => (typeof request.headers[name] === 'string' ? (request.headers[name] as string) : null) }, requestId);
  return [
    { path: '/graphql', handle: (request, response) => void graph(request, response) },
    logsEndpoint({ logs, authenticate, maxBytes: config.MAX_LOG_BYTES, idleMs: config.UPLOAD_IDLE_SECONDS * 1000 }),
    ticketsEndpoint({ receiveTicket: createReceiveTicket({ orm: database.orm, clock, seal, tickets }) }),
    alertsEndpoint({
      receiveAlerts: createReceiveAlerts({
        orm: database.orm,
        clock,
        seal,
        incidents,
        settings: { token: config.ALERTS_TOKEN, channel: config.ALERTS_CHANNEL ?? null, workspaceId },
      }),
    }),
    changesEndpoint({ receiveChanges: createReceiveChanges({ orm: database.orm, clock, seal, changelogs }) }),
    changelogFeed({ changelogs, authenticate, publicUrl: config.PUBLIC_URL ?? null }),
    runbook(),
    ...pages(() => needsFirstAdmin(database.orm)),
  ];
};
