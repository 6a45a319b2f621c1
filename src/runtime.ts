import { hostname } from 'node:os';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { databaseSize } from '#db/database-size.ts';
import type { EmbeddedPostgres } from '#db/embedded.ts';
import { outboxDepth, queueDepth } from '#db/queue.ts';
import { createLog } from '#monitoring/log.ts';
import { createMetrics } from '#monitoring/metrics.ts';
import {
  botObserver,
  countPeopleFromNought,
  countSlackFromNought,
  graphPlugin,
  httpObserver,
  observeRatings,
  observeTickets,
  queueCollector,
  readinessCollector,
  sizeCollector,
} from '#monitoring/observe.ts';
import { traceEntries, traceGraph, traceRoutes } from '#monitoring/tracing.ts';
import type { Config } from './config.ts';
import { AppError } from './core/errors.ts';
import { orAborted } from './core/or-aborted.ts';
import type { Clock, Engine } from './core/ports.ts';
import type { Database } from './database.ts';
import { metricsEndpoint } from './http/metrics-endpoint.ts';
import { healthz, readyz, startedz } from './http/probes.ts';
import { createReadiness, NotReady } from './http/readiness.ts';
import { type Route, startHttpServer } from './http/server.ts';
import type { Role } from './roles.ts';
import { createBotParts } from './runtime/bot-parts.ts';
import { openTracing } from './runtime/open-tracing.ts';
import type { Work } from './runtime/start-work.ts';

/** What tests may replace; everything else is real. */
export type Overrides = {
  clock?: Clock;
  retryScale?: number;
  /** Between two messages in a channel. */
  quietMs?: number;
  /** The embedded PostgreSQL, when it is being started already. */
  embedded?: Promise<EmbeddedPostgres>;
};

export type Runtime = {
  url: string;
  /** Null for a bot alone: it knows the API and nothing behind it. */
  database: Database | null;
  engine: Pick<Engine, 'name' | 'model' | 'local'> | null;
  slack: 'off' | 'http' | 'socket';
  /** False when Slack was not reached during the start; it is tried on and on. */
  slackReached: boolean;
  /** One-time token for the first admin; null when there is somebody. */
  setupToken: string | null;
  workspaceId: string | null;
  /** Says no at `/readyz` for `delayMs`, then ends what is under way, requests for `graceMs` at most, and closes everything. */
  stop(how: { delayMs: number; graceMs: number }): Promise<void>;
  /** The same, at once. */
  [Symbol.asyncDispose](): Promise<void>;
};

/**
 * Puts the parts together for the given roles and starts them. What it opens, it closes when disposed of, in reverse order; also when it fails,
 * and when `signal` aborts while it waits for others: a database, Slack.
 */
export const startRuntime = async (
  config: Config,
  wanted: readonly Role[],
  overrides: Overrides = {},
  signal?: AbortSignal,
): Promise<Runtime> => {
  await using opening = new AsyncDisposableStack();
  const log = createLog({ level: config.LOG_LEVEL });
  const metrics = createMetrics();
  metrics.slackConfigured.set(config.SLACK_BOT_TOKEN ? 1 : 0);
  const tracing = await openTracing(config, wanted, log, opening);
  const slackObserver = { ...botObserver(metrics), ...(tracing ? { around: traceEntries(tracing) } : {}) };
  const withBot = wanted.includes('bot') && config.SLACK_BOT_TOKEN !== undefined;

  const readiness = createReadiness();
  readinessCollector(metrics, readiness.look);
  const routes: Route[] = [healthz, startedz(readiness), readyz(readiness, wanted), metricsEndpoint(metrics)];
  // Probes come every few seconds, and are no spans.
  const answerAt = (...more: Route[]): unknown => routes.push(...(tracing ? traceRoutes(more, tracing) : more));
  // That its folder is in use explains a port that is in use as well.
  await Promise.race([overrides.embedded, null]);
  // First of all: whoever brings a database up to date, or waits for one that is away, lives, and says so.
  const server = await startHttpServer(
    { routes, log, isStarting: () => readiness.state() === 'starting', onResponse: httpObserver(metrics) },
    { host: config.HOST, port: config.PORT },
  ).catch(async (error: unknown) => {
    await overrides.embedded?.then((embedded) => embedded.stop()).catch(() => {});
    throw error;
  });
  opening.defer(() => server.close());
  const url = config.PUBLIC_URL ?? server.url;

  // A process loads what its roles need. While it loads nothing else has its turn, but in between: the next program of an embedded PostgreSQL is started then.
  const behind = wanted.includes('api') || wanted.includes('worker') ? await import('./runtime/open-back.ts') : null;
  await nextTurn();
  const api = wanted.includes('api') ? await import('./runtime/api-routes.ts') : null;
  await nextTurn();
  const worker = wanted.includes('worker') ? await import('./runtime/start-work.ts') : null;
  const back =
    (await behind?.openBack(config, wanted, overrides, { log, observe: slackObserver, url, readiness }, opening, signal)) ?? null;
  if (back)
    queueCollector(
      metrics,
      () => queueDepth(back.database.orm),
      () => outboxDepth(back.database.orm),
    );
  if (back) sizeCollector(metrics, () => databaseSize(back.database.orm));
  if (withBot) countSlackFromNought(metrics);
  if (back && api) {
    countPeopleFromNought(metrics);
    const observed = { ...back, tickets: observeTickets(back.tickets, metrics), logs: observeRatings(back.logs, metrics) };
    answerAt(...api.apiRoutes(config, observed, log, [graphPlugin(metrics), ...(tracing ? [traceGraph(tracing)] : [])]));
  }
  const bot = withBot ? await createBotParts(config, log, answerAt, slackObserver) : null;

  let work: Work | null = null;
  let graceMs = 0;
  // Requests end while jobs do: neither waits for the other.
  opening.defer(async () => void (await Promise.all([server.close(graceMs > 0 ? { graceMs } : {}), work?.stop()])));
  if (back && worker)
    work = await worker.startWork(config, back, {
      log,
      metrics,
      tracing,
      slackObserver,
      retryScale: overrides.retryScale ?? 1,
      quietMs: overrides.quietMs,
    });
  const isWorking = work?.isReady;
  if (isWorking)
    readiness.needs('worker', async () => {
      if (!isWorking()) throw new NotReady('cannot say that it lives');
    });
  signal?.throwIfAborted();
  const connecting = bot?.connect(server, config.API_TOKEN ?? (await back?.processToken()) ?? needsToken(), opening);
  const slackReached = connecting ? await orAborted(connecting, signal) : false;
  bot?.addNeeds(readiness, { ownApi: wanted.includes('api') });

  const setupToken = back && api ? await back.newSetupToken() : null;
  log.info({ host: hostname(), roles: wanted, url: server.url, engine: work?.engine.name, slack: config.slackMode }, 'started');
  readiness.started();
  const closing = opening.move();
  const stop: Runtime['stop'] = async (how) => {
    readiness.stopping();
    if (how.delayMs > 0) await sleep(how.delayMs);
    graceMs = how.graceMs;
    await closing.disposeAsync();
  };
  return {
    url,
    database: back?.database ?? null,
    engine: work?.engine ?? null,
    slack: bot ? config.slackMode : 'off',
    slackReached,
    setupToken,
    workspaceId: back?.workspaceId ?? null,
    stop,
    [Symbol.asyncDispose]: () => stop({ delayMs: 0, graceMs: 0 }),
  };
};

const needsToken = (): never => {
  throw new AppError('CONFIG', 'A bot without an API in the same process needs API_TOKEN, a service token made there.');
};
