import { hostname } from 'node:os';
import { createNotices } from '#db/notices.ts';
import { outboxDepth, queueDepth } from '#db/queue.ts';
import { createGraphServer } from '#graphql/server.ts';
import { createLog } from '#monitoring/log.ts';
import { createMetrics, type Metrics } from '#monitoring/metrics.ts';
import {
  botObserver,
  graphPlugin,
  httpObserver,
  jobObserver,
  observeChat,
  observeDigest,
  observeEngine,
  observeTickets,
  observeVerifier,
  queueCollector,
} from '#monitoring/observe.ts';
import { ensureProcessToken } from './auth/process-token.ts';
import { createAuth } from './auth/service.ts';
import { createSetupToken, needsFirstAdmin } from './auth/setup.ts';
import { createRequireSlackTeam } from './auth/slack-team.ts';
import { ensureDefaultWorkspace } from './auth/workspaces.ts';
import { createComposer } from './changelog/composer.ts';
import { createChangelogJobs } from './changelog/jobs.ts';
import { createChangelogRenderer } from './changelog/render-changelog.ts';
import { type ChangelogService, createChangelogService } from './changelog/service.ts';
import { createWeeklyJobs, weeklyCrontab } from './changelog/weekly/jobs.ts';
import { type ChangelogPostService, createChangelogPostService } from './changelog/weekly/post-service.ts';
import { createPostRenderer, createSubscriptionRenderer } from './changelog/weekly/render-post.ts';
import type { Config } from './config.ts';
import { AppError } from './core/errors.ts';
import { orAborted } from './core/or-aborted.ts';
import type { Chat, Clock, Conversations, Engine, Log } from './core/ports.ts';
import { type Database, inWords, openDatabase } from './database.ts';
import { createDeliverJob } from './delivery/deliver.ts';
import { createEngine } from './engine/create-engine.ts';
import { alertsEndpoint } from './http/alerts-endpoint.ts';
import { changelogFeed } from './http/changelog-feed.ts';
import { changesEndpoint } from './http/changes-endpoint.ts';
import { logsEndpoint } from './http/logs-endpoint.ts';
import { metricsEndpoint } from './http/metrics-endpoint.ts';
import { pages } from './http/pages.ts';
import { healthz, readyz } from './http/probes.ts';
import { type HttpServer, type Route, startHttpServer } from './http/server.ts';
import { ticketsEndpoint } from './http/tickets-endpoint.ts';
import { createIncidentJobs } from './incidents/jobs.ts';
import { createIncidentRenderer } from './incidents/render-incident.ts';
import { createIncidentService } from './incidents/service.ts';
import { startWorker } from './jobs/worker.ts';
import { createAnswerRenderer } from './logs/ask/render-answer.ts';
import { createDigestRunner } from './logs/digest-runner.ts';
import { createLogJobs } from './logs/jobs.ts';
import { logCrontab } from './logs/memory/prune-memory.ts';
import { createLogRenderer } from './logs/render-log.ts';
import { createLogService, type LogService } from './logs/service.ts';
import { createUploadSlots } from './logs/upload-slots.ts';
import { verifySummary } from './logs/verify-summary.ts';
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

export const roles = ['api', 'bot', 'worker'] as const;
export type Role = (typeof roles)[number];

/** What tests may replace; everything else is real. */
export type Overrides = { clock?: Clock; retryScale?: number };

type SlackObserver = ReturnType<typeof botObserver>;

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
  const slackObserver = botObserver(metrics);
  const withBot = wanted.includes('bot') && config.SLACK_BOT_TOKEN !== undefined;

  const routes: Route[] = [healthz, metricsEndpoint(metrics)];
  const needsDatabase = wanted.includes('api') || wanted.includes('worker');
  const back = needsDatabase ? await openBack(config, overrides, log, opening, signal) : null;
  routes.push(readyz(back?.database.orm ?? null));
  if (back)
    queueCollector(
      metrics,
      () => queueDepth(back.database.orm),
      () => outboxDepth(back.database.orm),
    );
  if (back && wanted.includes('api')) {
    const observed = { ...back, tickets: observeTickets(back.tickets, metrics) };
    routes.push(...apiRoutes(config, observed, log, [graphPlugin(metrics)]));
  }
  const bot = withBot ? await createBotParts(config, log, routes, slackObserver) : null;

  // Before any work is taken on: a port that is in use should be found out first.
  const server = await startHttpServer({ routes, log, onResponse: httpObserver(metrics) }, { host: config.HOST, port: config.PORT });
  opening.defer(() => server.close());
  const engine =
    back && wanted.includes('worker')
      ? await startWork(config, back, { log, metrics, slackObserver, retryScale: overrides.retryScale ?? 1 }, opening)
      : null;
  signal?.throwIfAborted();
  const connecting = bot?.connect(server, config.API_TOKEN ?? (await ensureProcessToken(...processOf(back))), opening);
  const slackReached = connecting ? await orAborted(connecting, signal) : false;

  const setupToken = back && wanted.includes('api') ? await createSetupToken(back.database.orm) : null;
  log.info({ host: hostname(), roles: wanted, url: server.url, engine: engine?.name, slack: config.slackMode }, 'started');
  const closing = opening.move();
  return {
    url: config.PUBLIC_URL ?? server.url,
    database: back?.database ?? null,
    engine,
    slack: bot ? config.slackMode : 'off',
    slackReached,
    setupToken,
    workspaceId: back?.workspaceId ?? null,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
};

/** What stands behind the API and the workers alike. */
type Back = {
  database: Database;
  workspaceId: string;
  jwtSecret: string;
  clock: Clock;
  logs: LogService;
  tickets: TicketService;
  changelogs: ChangelogService;
  changelogPosts: ChangelogPostService;
  models: Models;
};

const openBack = async (
  config: Config,
  overrides: Overrides,
  log: Log,
  opening: AsyncDisposableStack,
  signal: AbortSignal | undefined,
): Promise<Back> => {
  const clock = overrides.clock ?? { now: () => new Date() };
  const database = await openDatabase(config, opening, { signal });
  const { orm, url } = database;
  const notices = createNotices(url);
  opening.defer(() => notices.close());
  const workspaceId = (await ensureDefaultWorkspace(orm)).id;
  const uploads = createUploadSlots(Math.max(1, Math.floor(config.DB_POOL / 2)));
  const logs = createLogService({ orm, notices, clock, limits: { maxUnpackRatio: config.MAX_UNPACK_RATIO }, uploads });
  const models = createModels({ orm });
  const requireSlackTeam = createRequireSlackTeam(orm);
  const tickets = createTicketService({ orm, notices, clock, log, models, requireSlackTeam });
  const changelogs = createChangelogService({ orm, notices, clock, requireSlackTeam });
  const changelogPosts = createChangelogPostService({ orm, clock, requireSlackTeam, editEntry: changelogs.editEntry });
  return { database, workspaceId, jwtSecret: await loadJwtSecret(config), clock, logs, tickets, changelogs, changelogPosts, models };
};

const processOf = (back: Back | null): Parameters<typeof ensureProcessToken> => {
  if (!back) throw new AppError('CONFIG', 'A bot without an API in the same process needs API_TOKEN, a service token made there.');
  return [back.database.orm, back.workspaceId, back.jwtSecret];
};

const apiRoutes = (
  config: Config,
  { database, jwtSecret, clock, logs, tickets, changelogs, changelogPosts }: Back,
  log: Log,
  plugins: ReturnType<typeof graphPlugin>[],
): Route[] => {
  const auth = createAuth({ orm: database.orm, config: { ...config, jwtSecret }, clock });
  const seal = createSeal(jwtSecret);
  const allow = { private: config.WEBHOOK_ALLOW_PRIVATE, plainLoopback: config.WEBHOOK_ALLOW_PRIVATE && config.NODE_ENV !== 'production' };
  const webhooks = createWebhookService({ orm: database.orm, clock, seal, allow });
  const graph = createGraphServer({ logs, tickets, changelogs, changelogPosts, webhooks, auth, config, log, plugins });
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
        incidents: createIncidentService({ orm: database.orm, clock }),
      }),
    }),
    changesEndpoint({ receiveChanges: createReceiveChanges({ orm: database.orm, clock, seal, changelogs }) }),
    changelogFeed({ changelogs, authenticate, publicUrl: config.PUBLIC_URL ?? null }),
    ...pages(() => needsFirstAdmin(database.orm)),
  ];
};

type WorkParts = { log: Log; metrics: Metrics; slackObserver: SlackObserver; retryScale: number };

const startWork = async (
  config: Config,
  { database, jwtSecret, clock, models }: Back,
  { log, metrics, slackObserver, retryScale }: WorkParts,
  opening: AsyncDisposableStack,
): Promise<Engine> => {
  const { orm, url } = database;
  const engine = observeEngine(await createEngine(config), metrics);
  const slack = config.SLACK_BOT_TOKEN ? await createSlackDrivers(config, config.SLACK_BOT_TOKEN, log, slackObserver) : null;
  const chat = slack && observeChat(slack.chat, metrics);
  const conversations = slack?.conversations ?? null;
  const digest = createDigestRunner({ threads: config.DIGEST_THREADS });
  opening.defer(() => digest.close());
  const limits = { maxBytes: config.MAX_LOG_BYTES, maxUnpackRatio: config.MAX_UNPACK_RATIO };
  const jobs = createLogJobs({
    orm,
    clock,
    chat,
    engine,
    limits,
    memoryDays: config.LOG_MEMORY_DAYS,
    digest: observeDigest(digest.run, metrics),
    verify: observeVerifier(verifySummary, metrics),
  });
  jobs.push(...createTicketJobs({ orm, conversations, engine, models, clock }));
  const composer = createComposer({ threads: config.DIGEST_THREADS });
  opening.defer(() => composer.close());
  jobs.push(...createChangelogJobs({ orm, engine, clock, composer }), ...createWeeklyJobs({ orm, engine, clock, composer }));
  jobs.push(...createIncidentJobs({ orm, clock }));
  jobs.push(
    createSendWebhook({ orm, clock, seal: createSeal(jwtSecret), post: createPost({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE }) }),
  );
  if (chat && conversations)
    jobs.push(
      createDeliverJob({
        orm,
        chat,
        clock,
        renderers: {
          log: createLogRenderer({ orm }),
          qst: createAnswerRenderer({ orm }),
          inc: createIncidentRenderer({ orm }),
          tkt: createTicketRenderer({ orm, clock, conversations }),
          clg: createChangelogRenderer({ orm }),
          pst: createPostRenderer({ orm, clock }),
          csb: createSubscriptionRenderer({ orm }),
          adv: createAdviceRenderer({ orm }),
          aud: createDemotionRenderer({ orm }),
          una: createUnansweredRenderer({ orm, clock }),
        },
      }),
    );
  const worker = await startWorker(jobs, {
    orm,
    url,
    log,
    observer: jobObserver(metrics),
    crontab: [...logCrontab, ...ticketCrontab, ...weeklyCrontab],
    concurrency: config.WORKER_CONCURRENCY,
    pool: config.DB_POOL,
    retryScale,
  }).catch((error: unknown) => {
    throw inWords(error);
  });
  opening.defer(() => worker.stop());
  return engine;
};

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
  const client = createSlackClient({ token, apiUrl: config.SLACK_API_URL, timeoutMs: JOB_CALL_TIMEOUT_MS, log });
  const options = { client, token, maxFileBytes: config.MAX_LOG_BYTES, observe };
  return { chat: createSlackChat(options), conversations: createConversations(options) };
};

// A job can wait longer for Slack than a person who clicked.
const JOB_CALL_TIMEOUT_MS = 15_000;

const createBotParts = async (config: Config, log: Log, routes: Route[], observe: SlackObserver) => {
  const [{ createBot, SLACK_EVENTS_PATH }, { createApi }] = await Promise.all([import('#bot/app.ts'), import('#bot/api.ts')]);
  let listen: Route['handle'] | undefined;
  // The route stands before the server does; the bot needs the server's address.
  if (config.slackMode === 'http')
    routes.push({ path: SLACK_EVENTS_PATH, handle: (request, response, requestId) => listen?.(request, response, requestId) });
  return {
    async connect(server: HttpServer, token: string, closing: AsyncDisposableStack): Promise<boolean> {
      const api = createApi({ url: new URL('/graphql', config.API_URL ?? server.url).href, token });
      const bot = createBot({ config, api, log, observe });
      listen = (request, response) => bot.requestListener?.(request, response);
      closing.defer(() => bot.stop());
      return bot.start();
    },
  };
};
