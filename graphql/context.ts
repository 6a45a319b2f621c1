import type { IncomingMessage } from 'node:http';
import type { YogaInitialContext } from 'graphql-yoga';
import type { Auth, Caller } from '#src/auth/service.ts';
import type { ChangelogService } from '#src/changelog/service.ts';
import type { ChangelogPostService } from '#src/changelog/weekly/post-service.ts';
import type { Actor } from '#src/core/actor.ts';
import type { IncidentService } from '#src/incidents/service.ts';
import type { LogService } from '#src/logs/service.ts';
import type { TicketService } from '#src/tickets/service.ts';
import type { WebhookService } from '#src/webhooks/service.ts';
import { clientAddress } from './client-address.ts';
import { requestIdOf } from './request-id.ts';

/** What the HTTP server knows and a `Request` does not; both are absent when yoga.fetch is called directly. */
export type ServerContext = { req?: IncomingMessage; address?: string };

/** The modules, as resolvers call them: a new one is named here, and nowhere else on the way. */
export type Services = {
  auth: Auth;
  logs: LogService;
  tickets: TicketService;
  changelogs: ChangelogService;
  changelogPosts: ChangelogPostService;
  incidents: IncidentService;
  webhooks: WebhookService;
};

export type ContextDeps = Services & {
  /** Most bytes of text a log may have that comes through GraphQL. */
  maxLogBytes: number;
  /** Address people reach us at; null when nobody said. Links are made with it, never from what a request claims. */
  publicUrl: string | null;
};

/** What every resolver can ask for. One per request. */
export type GraphContext = Caller &
  ContextDeps & {
    request: Request;
    /** Who asks; looked up once, and only when a resolver wants to know. Throws UNAUTHENTICATED. */
    actor(): Promise<Actor>;
  };

export const createContext =
  (deps: ContextDeps) =>
  ({ request, req, address }: YogaInitialContext & ServerContext): GraphContext => {
    const requestId = requestIdOf(request);
    let actor: Promise<Actor> | undefined;
    return {
      ...deps,
      requestId,
      address: address ?? clientAddress(req),
      request,
      actor: () => (actor ??= deps.auth.authenticate(request.headers, requestId)),
    };
  };
