import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiLink } from '#bot/api.ts';
import type { Bot } from '#bot/app.ts';
import type { EmbeddedPostgres } from '#db/embedded.ts';
import { createNotices } from '#db/notices.ts';
import { outboxDepth, queueDepth } from '#db/queue.ts';
import { createGraphServer } from '#graphql/server.ts';
import { createLog } from '#monitoring/log.ts';
import { createMetrics, type Metrics } from '#monitoring/metrics.ts';
import {
  botObserver,
  countEngineFromNought,
  countJobsFromNought,
  countPeopleFromNought,
  countSlackFromNought,
  graphPlugin,
  httpObserver,
  jobObserver,
  observeChat,
  observeDigest,
  observeEngine,
  observeRatings,
  observeTickets,
  observeVerifier,
  queueCollector,
} from '#monitoring/observe.ts';
import { type Tracing, traceChat, traceEngine, traceEntries, traceGraph, traceJobs, traceRoutes } from '#monitoring/tracing.ts';
import { ensureProcessToken } from './auth/process-token.ts';
import { createAuth } from './auth/service.ts';
import { createSetupToken, needsFirstAdmin } from './auth/setup.ts';
import { createRequireSlackTeam } from './auth/slack-team.ts';
import { ensureDefaultWorkspace } from './auth/workspaces.ts';
import { createBlobs } from './blobs/create-blobs.ts';
import { createComposer } from './changelog/composer.ts';
import { createChangelogJobs } from './changelog/jobs.ts';
import { createChangelogRenderer } from './changelog/render-changelog.ts';
import { type ChangelogService, createChangelogService } from './changelog/service.ts';
import { createWeeklyJobs, weeklyCrontab } from './changelog/weekly/jobs.ts';
import { type ChangelogPostService, createChangelogPostService } from './changelog/weekly/post-service.ts';
import { createSubscriptionRenderer } from './changelog/weekly/render-paused.ts';
import { createPostRenderer } from './changelog/weekly/render-post.ts';
import { type Config, traceHeadersOf } from './config.ts';
import { AppError, isAppError } from './core/errors.ts';
import { orAborted } from './core/or-aborted.ts';
import type { BlobStore, Chat, Clock, Colleagues, Conversations, Engine, Log } from './core/ports.ts';
import { type Database, inWords, openDatabase } from './database.ts';
import { createDeliverJob } from './delivery/deliver.ts';
import { createSweepDeliveries, deliveryCrontab } from './delivery/sweep-deliveries.ts';
import { createBuiltinEngine } from './engine/builtin.ts';
import { createEngine, createReckoner } from './engine/create-engine.ts';
import { createSpending, type Spending } from './engine/spending.ts';
import { withFallback } from './engine/with-fallback.ts';
import { alertsEndpoint } from './http/alerts-endpoint.ts';
import { changelogFeed } from './http/changelog-feed.ts';
import { changesEndpoint } from './http/changes-endpoint.ts';
import { logsEndpoint } from './http/logs-endpoint.ts';
import { metricsEndpoint } from './http/metrics-endpoint.ts';
import { pages } from './http/pages.ts';
import { healthz, needsDatabase, readyz } from './http/probes.ts';
import { createReadiness, NotReady, type Readiness } from './http/readiness.ts';
import { runbook } from './http/runbook.ts';
import { type HttpServer, type Route, startHttpServer } from './http/server.ts';
import { ticketsEndpoint } from './http/tickets-endpoint.ts';
import { createIncidentRenderer } from './incidents/render-incident.ts';
import { createIncidentService, createShownInIncidents, type IncidentService } from './incidents/service.ts';
import { createAdmission } from './jobs/admission.ts';
import { createCountWaiting } from './jobs/count-waiting.ts';
import { newProcessName } from './jobs/process-name.ts';
import { startWorker } from './jobs/worker.ts';
import { createAnswerRenderer } from './logs/ask/render-answer.ts';
import { createDigestRunner } from './logs/digest-runner.ts';
import { createHandOver, type HandOver, noHandOver } from './logs/hand-over.ts';
import { createLogJobs, logCrontab } from './logs/jobs.ts';
import { withLogs } from './logs/link-back.ts';
import { createLogRenderer } from './logs/render-log.ts';
import { createLogService, type LogService } from './logs/service.ts';
import { createUploadSlots } from './logs/upload-slots.ts';
import { verifySummary } from './logs/verify-summary.ts';
import type { Role } from './roles.ts';
import { loadJwtSecret } from './secrets.ts';
import { createAdviceRenderer } from './tickets/advice/render-advice.ts';
import { createDemotionRenderer } from './tickets/advice/render-demotion.ts';
import { createTicketJobs, ticketCrontab } from './tickets/jobs.ts';
import { createModels, type Models } from './tickets/models.ts';
import { createTicketRenderer } from './tickets/render-ticket.ts';
import { createTicketService, type TicketService } from './tickets/service.ts';
import { createUnansweredRenderer } from './tickets/unanswered/render-unanswered.ts';
import { createPost } from './webhooks/post.ts';
import { createReceiveAlerts } from './webhooks/receive-alerts.ts';
import { createReceiveChanges } from './webhooks/receive-changes.ts';
import { createReceiveTicket } from './webhooks/receive-ticket.ts';
import { createSeal } from './webhooks/sealed-secret.ts';
import { createSendWebhook } from './webhooks/send-webhook.ts';
import { createWebhookService } from './webhooks/service.ts';

/** What tests may replace; everything else is real. */
export type Overrides = {
  clock?: Clock;
  retryScale?: number;
  /** Between two messages in a channel. */
  quietMs?: number;
  /** The embedded PostgreSQL, when it is being started already. */
  embedded?: Promise<EmbeddedPostgres>;
};

type SlackObserver = ReturnType<typeof botObserver> & { around?: ReturnType<typeof traceEntries> };

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
  const routes: Route[] = [healthz, readyz(readiness), metricsEndpoint(metrics)];
  const withDatabase = wanted.includes('api') || wanted.includes('worker');
  // What the server's address is, is known once it listens.
  const address = { url: config.PUBLIC_URL ?? `http://localhost:${config.PORT}` };
  const back = withDatabase
    ? await openBack(config, wanted, overrides, { log, observe: slackObserver, url: () => address.url }, opening, signal)
    : null;
  if (back) needsDatabase(readiness, back.database.orm);
  if (back)
    queueCollector(
      metrics,
      () => queueDepth(back.database.orm),
      () => outboxDepth(back.database.orm),
    );
  if (withBot) countSlackFromNought(metrics);
  if (back && wanted.includes('api')) {
    countPeopleFromNought(metrics);
    const observed = { ...back, tickets: observeTickets(back.tickets, metrics), logs: observeRatings(back.logs, metrics) };
    routes.push(...apiRoutes(config, observed, log, [graphPlugin(metrics), ...(tracing ? [traceGraph(tracing)] : [])]));
  }
  const bot = withBot ? await createBotParts(config, log, routes, slackObserver) : null;

  // Before any work is taken on: a port that is in use should be found out first.
  const server = await startHttpServer(
    { routes: tracing ? traceRoutes(routes, tracing) : routes, log, onResponse: httpObserver(metrics) },
    { host: config.HOST, port: config.PORT },
  );
  address.url = config.PUBLIC_URL ?? server.url;
  let work: Work | null = null;
  let graceMs = 0;
  // Requests end while jobs do: neither waits for the other.
  opening.defer(async () => void (await Promise.all([server.close(graceMs > 0 ? { graceMs } : {}), work?.stop()])));
  if (back && wanted.includes('worker'))
    work = await startWork(
      config,
      back,
      { log, metrics, tracing, slackObserver, retryScale: overrides.retryScale ?? 1, quietMs: overrides.quietMs },
      opening,
    );
  const isWorking = work?.isReady;
  if (isWorking)
    readiness.needs('worker', async () => {
      if (!isWorking()) throw new NotReady('cannot say that it lives');
    });
  signal?.throwIfAborted();
  const connecting = bot?.connect(server, config.API_TOKEN ?? (await ensureProcessToken(...processOf(back))), opening);
  const slackReached = connecting ? await orAborted(connecting, signal) : false;
  bot?.addNeeds(readiness, { ownApi: wanted.includes('api') });

  const setupToken = back && wanted.includes('api') ? await createSetupToken(back.database.orm) : null;
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
    url: address.url,
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

/** Null unless traces are switched on; then, and only then, OpenTelemetry is loaded. */
const openTracing = async (config: Config, roles: readonly Role[], log: Log, opening: AsyncDisposableStack): Promise<Tracing | null> => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share } = config;
  if (!endpoint) return null;
  const { createTracing } = await import('#monitoring/open-telemetry.ts');
  const tracing = createTracing({ endpoint, headers: traceHeadersOf(config), share, roles, log });
  opening.defer(() => tracing.stop());
  return tracing;
};

/** What stands behind the API and the workers alike. */
type Back = {
  database: Database;
  /** What the names of this process's connections end with. */
  process: string;
  workspaceId: string;
  jwtSecret: string;
  clock: Clock;
  blobs: BlobStore;
  /** What the API took in and this process's worker need not fetch. */
  handOver: HandOver;
  logs: LogService;
  tickets: TicketService;
  changelogs: ChangelogService;
  changelogPosts: ChangelogPostService;
  incidents: IncidentService;
  models: Models;
};

const openBack = async (
  config: Config,
  wanted: readonly Role[],
  overrides: Overrides,
  { log, observe, url: ownUrl }: { log: Log; observe: SlackObserver; url(): string },
  opening: AsyncDisposableStack,
  signal: AbortSignal | undefined,
): Promise<Back> => {
  const clock = overrides.clock ?? { now: () => new Date() };
  const process = newProcessName();
  const database = await openDatabase(config, opening, { ...(signal ? { signal } : {}), process, log, embedded: overrides.embedded });
  const { orm, url } = database;
  const notices = createNotices(url);
  opening.defer(() => notices.close());
  const workspaceId = (await ensureDefaultWorkspace(orm)).id;
  const blobs = await createBlobs(config);
  opening.defer(() => blobs.close());
  const uploads = createUploadSlots(Math.max(1, Math.floor(config.DB_POOL / 2)));
  const admission = createAdmission(createCountWaiting(orm), { queue: config.QUEUE_LIMIT, channel: config.CHANNEL_QUEUE_LIMIT });
  const handOver = wanted.includes('api') && wanted.includes('worker') ? createHandOver() : noHandOver;
  const limits = { maxUnpackRatio: config.MAX_UNPACK_RATIO };
  const logs = createLogService({ orm, notices, clock, blobs, limits, uploads, handOver, admission });
  const models = createModels({ orm });
  const requireSlackTeam = createRequireSlackTeam(orm);
  const reckoner = createReckoner(config);
  const colleagues = createColleagues(config, log, observe);
  const tickets = createTicketService({ orm, notices, clock, log, models, reckoner, requireSlackTeam, colleagues, admission });
  const changelogs = createChangelogService({ orm, notices, clock, requireSlackTeam, admission });
  const changelogPosts = createChangelogPostService({ orm, clock, requireSlackTeam, editEntry: changelogs.editEntry });
  const incidents = createIncidentService({ orm, clock, url: ownUrl });
  return {
    database,
    process,
    workspaceId,
    jwtSecret: await loadJwtSecret(config),
    clock,
    blobs,
    handOver,
    logs,
    tickets,
    changelogs,
    changelogPosts,
    incidents,
    models,
  };
};

const processOf = (back: Back | null): Parameters<typeof ensureProcessToken> => {
  if (!back) throw new AppError('CONFIG', 'A bot without an API in the same process needs API_TOKEN, a service token made there.');
  return [back.database.orm, back.workspaceId, back.jwtSecret];
};

type GraphPlugin = ReturnType<typeof graphPlugin>;

const apiRoutes = (
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

type WorkParts = {
  log: Log;
  metrics: Metrics;
  tracing: Tracing | null;
  slackObserver: SlackObserver;
  retryScale: number;
  quietMs?: number | undefined;
};

type Work = { engine: Engine; isReady(): boolean; stop(): Promise<void> };

const startWork = async (
  config: Config,
  { database, process, jwtSecret, clock, blobs, handOver, models }: Back,
  { log, metrics, tracing, slackObserver, retryScale, quietMs }: WorkParts,
  opening: AsyncDisposableStack,
): Promise<Work> => {
  const { orm, url } = database;
  const publicUrl = config.PUBLIC_URL ?? null;
  const traced = (engine: Engine): Engine => (tracing ? traceEngine(engine, tracing) : engine);
  const budget = createBudget(config, orm, clock);
  const engineOf = async (model: string): Promise<Engine> => traced(observeEngine(await createEngine(config, budget, model), metrics));
  const asked = await engineOf(config.OPENAI_MODEL);
  const engine = asked.local ? asked : withFallback(asked, traced(observeEngine(createBuiltinEngine(), metrics)));
  const slack = config.SLACK_BOT_TOKEN ? await createSlackDrivers(config, config.SLACK_BOT_TOKEN, log, slackObserver) : null;
  const talking = slack && observeChat(slack.chat, metrics);
  const chat = talking && tracing ? traceChat(talking, tracing) : talking;
  const conversations = slack?.conversations ?? null;
  const digest = createDigestRunner({ threads: config.DIGEST_THREADS });
  opening.defer(() => digest.close());
  const limits = { maxBytes: config.MAX_LOG_BYTES, maxUnpackRatio: config.MAX_UNPACK_RATIO };
  const jobs = createLogJobs({
    orm,
    clock,
    chat,
    engine,
    blobs,
    handOver,
    limits,
    memoryDays: config.LOG_MEMORY_DAYS,
    keep: { textDays: config.LOG_TEXT_DAYS, logDays: config.LOG_DAYS },
    alsoShown: createShownInIncidents({ orm, clock }),
    digest: observeDigest(digest.run, metrics),
    verify: observeVerifier(verifySummary, metrics),
  });
  jobs.push(...createTicketJobs({ orm, conversations, engine: asked, engineOf, models, clock }));
  const composer = createComposer({ threads: config.DIGEST_THREADS });
  opening.defer(() => composer.close());
  jobs.push(...createChangelogJobs({ orm, engine, clock, composer }), ...createWeeklyJobs({ orm, engine, clock, composer }));
  jobs.push(
    createSendWebhook({ orm, clock, seal: createSeal(jwtSecret), post: createPost({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE }) }),
  );
  if (chat && conversations)
    jobs.push(
      createSweepDeliveries({ orm }),
      createDeliverJob({
        orm,
        chat,
        clock,
        callTimeoutMs: config.SLACK_TIMEOUT_SECONDS * 1000,
        ...(quietMs === undefined ? {} : { quietMs }),
        renderers: {
          log: createLogRenderer({ orm, publicUrl }),
          qst: createAnswerRenderer({ orm, publicUrl }),
          inc: createIncidentRenderer({ orm, clock }),
          tkt: withLogs({ orm, clock, publicUrl }, createTicketRenderer({ orm, clock, conversations })),
          clg: withLogs({ orm, clock, publicUrl }, createChangelogRenderer({ orm })),
          pst: createPostRenderer({ orm, clock }),
          csb: createSubscriptionRenderer({ orm, clock, log }),
          adv: createAdviceRenderer({ orm }),
          aud: createDemotionRenderer({ orm }),
          una: createUnansweredRenderer({ orm, clock, conversations }),
        },
      }),
    );
  countJobsFromNought(
    metrics,
    jobs.map(({ name }) => name),
  );
  countEngineFromNought(metrics, asked);
  const worker = await startWorker(tracing ? traceJobs(jobs, tracing) : jobs, {
    orm,
    url,
    log,
    observer: jobObserver(metrics),
    crontab: [...logCrontab, ...ticketCrontab, ...weeklyCrontab, ...(chat ? deliveryCrontab : [])],
    concurrency: config.WORKER_CONCURRENCY,
    pool: config.DB_POOL,
    process,
    lostAfterMs: config.WORKER_LOST_SECONDS * 1000,
    retryScale,
  }).catch((error: unknown) => {
    throw inWords(error, url);
  });
  return { engine, isReady: worker.isReady, stop: worker.stop };
};

const createBudget = (config: Config, orm: Database['orm'], clock: Clock): Spending | undefined => {
  const limits = { tokens: config.ENGINE_BUDGET_TOKENS_PER_DAY, usd: config.ENGINE_BUDGET_USD_PER_DAY };
  return limits.tokens === undefined && limits.usd === undefined ? undefined : createSpending({ orm, clock, limits });
};

/** Null without Slack. */
const createColleagues = (config: Config, log: Log, observe: SlackObserver): Colleagues | null => {
  const token = config.SLACK_BOT_TOKEN;
  if (token === undefined) return null;
  let people: Promise<Colleagues> | undefined;
  const load = async (): Promise<Colleagues> => {
    const [{ createPeople }, { createSlackCall, createSlackClient }] = await Promise.all([
      import('#bot/people.ts'),
      import('#bot/slack-call.ts'),
    ]);
    return createPeople(createSlackCall({ client: createSlackClient(slackClientOf(config, token, log)), observe }));
  };
  return {
    async isColleague(user, teamId) {
      people ??= load();
      return (await people).isColleague(user, teamId);
    },
  };
};

const slackClientOf = (config: Config, token: string, log: Log) => ({
  token,
  apiUrl: config.SLACK_API_URL,
  timeoutMs: config.SLACK_TIMEOUT_SECONDS * 1000,
  log,
});

// Loaded only when it is used: it costs a noticeable part of the start.
const createSlackDrivers = async (
  config: Config,
  token: string,
  log: Log,
  observe: SlackObserver,
): Promise<{ chat: Chat; conversations: Conversations }> => {
  const [{ createSlackChat }, { createConversations }, { createSlackClient }] = await Promise.all([
    import('#bot/chat.ts'),
    import('#bot/chat/conversations.ts'),
    import('#bot/slack-call.ts'),
  ]);
  const client = createSlackClient(slackClientOf(config, token, log));
  const options = { client, token, maxFileBytes: config.MAX_LOG_BYTES, observe };
  return { chat: createSlackChat(options), conversations: createConversations(options) };
};

const createBotParts = async (config: Config, log: Log, routes: Route[], observe: SlackObserver) => {
  const [{ createBot, SLACK_EVENTS_PATH }, { createApi }] = await Promise.all([import('#bot/app.ts'), import('#bot/api.ts')]);
  let listen: Route['handle'] | undefined;
  let connected: { api: ApiLink; bot: Bot } | undefined;
  // The route stands before the server does; the bot needs the server's address.
  if (config.slackMode === 'http')
    routes.push({ path: SLACK_EVENTS_PATH, handle: (request, response, requestId) => listen?.(request, response, requestId) });
  return {
    async connect(server: HttpServer, token: string, closing: AsyncDisposableStack): Promise<boolean> {
      const api = createApi({ url: new URL('/graphql', config.API_URL ?? server.url).href, token });
      const bot = createBot({ config, api, log, observe });
      connected = { api, bot };
      listen = (request, response) => bot.requestListener?.(request, response);
      closing.defer(() => bot.stop());
      return bot.start();
    },
    /** Whom a bot works between: Slack, and an API that takes its token. */
    addNeeds(readiness: Readiness, { ownApi }: { ownApi: boolean }): void {
      readiness.needs('slack', async () => {
        if (!connected?.bot.isReached()) throw new NotReady('not reached yet');
      });
      if (ownApi) return;
      readiness.needs('api', async () => {
        await connected?.api.ping().catch((error: unknown) => {
          throw isAppError(error) && error.code === 'UNAUTHENTICATED' ? new NotReady('does not take API_TOKEN') : error;
        });
      });
    },
  };
};
