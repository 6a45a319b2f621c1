import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createApi } from '#bot/api.ts';
import { type Bot, createBot, SLACK_EVENTS_PATH } from '#bot/app.ts';
import type {
  ChangelogDraftQuery,
  ChangelogOmittedQuery,
  ChangelogSubscriptionsQuery,
  CreateTicketInput,
  PredictTicketMutation,
  SubmitLogInput,
  TriageAdminQuery,
} from '#bot/generated/operations.ts';
import type { BotObserver } from '#bot/observer.ts';
import type { Log } from '#src/core/ports.ts';
import type { SlackSender, SlackStandIn } from '#tests/support/slack.ts';

export type Logged = { level: string; fields: Record<string, unknown>; message: string };

type ApiMood = 'well' | 'down' | 'hangs' | 'slow' | { userError: { code: string; message: string; field?: string } } | { data: unknown };

export type RunningBot = {
  send: SlackSender;
  /** How the API behaves from now on. */
  api: {
    mood: ApiMood;
    /** Inputs of every submitLog that reached it. */
    submitted: SubmitLogInput[];
    /** Those that were new: the work done. */
    kept: SubmitLogInput[];
    /** Tickets that were new. */
    tickets: CreateTicketInput[];
    /** Threads that have one, as channel:ts. */
    threads: Set<string>;
    triage: TriageAdminQuery;
    /** Changelogs of every channel, one that is a draft, and where other bots are listened to. */
    subscriptions: ChangelogSubscriptionsQuery['changelogSubscriptions'];
    unknownSystems: string[];
    draft: ChangelogDraftQuery['changelogPost'];
    omitted: ChangelogOmittedQuery['changelogPost'];
    eventChannels: string[];
    prediction: PredictTicketMutation['predictTicket']['prediction'];
    /** An operation waits for this before it is answered. */
    hold: { operation: string; until: Promise<void> } | null;
    requests: {
      query: string;
      variables: Record<string, unknown>;
      headers: IncomingHttpHeaders;
    }[];
  };
  logged: Logged[];
  bot: Bot;
  stop(): Promise<void>;
};

/** The real bot behind a real HTTP server, in front of an API that keeps what it is given in a list. */
export const startBot = async (
  slack: SlackStandIn,
  { observe, slackMode = 'http' }: { observe?: BotObserver; slackMode?: 'http' | 'socket' } = {},
): Promise<RunningBot> => {
  const api: RunningBot['api'] = {
    mood: 'well',
    submitted: [],
    kept: [],
    tickets: [],
    threads: new Set(),
    triage: someTriage(),
    subscriptions: [],
    unknownSystems: [],
    draft: null,
    omitted: null,
    eventChannels: [],
    prediction: somePrediction(),
    hold: null,
    requests: [],
  };
  const graph = await listen(async (body, headers, respond) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    api.requests.push({ query, variables, headers });
    if (api.mood === 'hangs') return;
    if (api.hold && query.includes(` ${api.hold.operation}`)) await api.hold.until;
    if (api.mood === 'slow') await new Promise((resolve) => setTimeout(resolve, 300));
    if (api.mood === 'down') return respond(503, 'upstream is away');
    respond(200, JSON.stringify({ data: answerTo(query, variables, api) }));
  });
  const logged: Logged[] = [];
  const bot = createBot({
    config: {
      slackMode,
      SLACK_BOT_TOKEN: slack.botToken,
      ...(slackMode === 'http' ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: 'xapp-test' }),
      SLACK_API_URL: slack.apiUrl,
    },
    api: createApi({ url: graph.url, token: 'service-token', timeoutMs: 600 }),
    log: logTo(logged),
    ...(observe ? { observe } : {}),
  });
  await bot.start();
  const server = createServer(bot.requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const send = slack.sendTo(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}${SLACK_EVENTS_PATH}`);
  return {
    send,
    api,
    logged,
    bot,
    async stop() {
      await bot.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await graph.stop();
    },
  };
};

export const logTo = (lines: Logged[]): Log => {
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => void lines.push({ level, fields, message });
  return { info: at('info'), warn: at('warn'), error: at('error'), child: () => logTo(lines) };
};

const answerTo = (query: string, variables: Record<string, unknown>, api: RunningBot['api']): unknown => {
  if (typeof api.mood === 'object' && 'data' in api.mood) return api.mood.data;
  const userErrors = typeof api.mood === 'object' ? [{ field: null, ...api.mood.userError }] : [];
  const log = userErrors.length > 0 ? null : { id: 'log_1', status: 'QUEUED' };
  if (query.includes('mutation SubmitLog')) {
    const input = variables['input'] as SubmitLogInput;
    const replayed = api.kept.some((each) => each.idempotencyKey === input.idempotencyKey);
    api.submitted.push(input);
    if (log && !replayed) api.kept.push(input);
    return { submitLog: { log, replayed, userErrors } };
  }
  // No thread here is about a log.
  if (query.includes('mutation AskLog'))
    return { askLog: { question: null, replayed: false, userErrors: [{ code: 'NOT_FOUND', message: 'Not found.', field: null }] } };
  if (query.includes('mutation CancelLog')) return { cancelLog: { log, userErrors } };
  if (!query.includes('query LogLines')) return answerForTickets(query, variables, api, userErrors);
  const { from, to } = variables as { from: number; to: number };
  return {
    logLines: Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({
      number: from + index,
      text: `line ${from + index} <!channel>`,
      truncated: false,
    })),
  };
};

type UserErrors = { code: string; message: string; field: string | null }[];

const answerForTickets = (query: string, variables: Record<string, unknown>, api: RunningBot['api'], userErrors: UserErrors): unknown => {
  const [, operation = ''] = /(?:query|mutation) (\w+)/.exec(query) ?? [];
  const field = operation.charAt(0).toLowerCase() + operation.slice(1);
  const ticket = userErrors.length > 0 ? null : { id: 'tkt_1', number: 142, state: 'NEW' };
  switch (operation) {
    case 'TriageSettings':
    case 'TriageAdmin':
    case 'CategoryNames':
      return api.triage;
    case 'CreateTicket': {
      const input = variables['input'] as CreateTicketInput;
      const replayed = api.tickets.some((each) => each.idempotencyKey === input.idempotencyKey);
      if (ticket && !replayed) api.tickets.push(input);
      return { createTicket: { ticket: ticket && { ...ticket, state: replayed ? 'ROUTED' : 'NEW' }, replayed, userErrors } };
    }
    case 'ChangelogSettings':
      return { changelogSettings: { eventChannels: api.eventChannels } };
    case 'ChangelogSubscriptions':
      return { changelogSubscriptions: api.subscriptions };
    case 'ChangelogOmitted':
      return { changelogPost: api.omitted };
    case 'ChangelogDraft':
      return { changelogPost: api.draft };
    case 'SubscribeChangelog':
      return {
        subscribeChangelog: {
          subscription: userErrors.length > 0 ? null : someSubscription(),
          replayed: false,
          unknownSystems: api.unknownSystems,
          userErrors,
        },
      };
    case 'AddChange':
      return { addChange: { change: userErrors.length > 0 ? null : { id: 'chg_1', title: 'x' }, replayed: false, userErrors } };
    case 'ApproveChangelogPost':
      return { approveChangelogPost: { waitsFor: null, userErrors } };
    case 'PredictTicket':
      return { predictTicket: { prediction: api.prediction, userErrors } };
    case 'RefreshSlackTicket': {
      const { channel, ts } = variables['input'] as { channel: string; ts: string };
      return { refreshSlackTicket: { ticket: api.threads.has(`${channel}:${ts}`) ? ticket : null, userErrors } };
    }
    default:
      return { [field]: { userErrors } };
  }
};

/** Inputs of every request of an operation, oldest first. */
export const inputsOf = (bot: RunningBot, operation: string): unknown[] =>
  bot.api.requests.filter(({ query }) => query.includes(` ${operation}`)).map(({ variables }) => variables['input']);

export const someSubscription = (
  more: Partial<RunningBot['api']['subscriptions'][number]> = {},
): RunningBot['api']['subscriptions'][number] => ({
  id: 'csb_1',
  number: 1,
  schedule: 'every Monday at 09:00 (Europe/Berlin)',
  timeZone: 'Europe/Berlin',
  systems: [],
  labels: [],
  paths: [],
  audience: 'COMPANY',
  emptyPeriods: 'SILENT',
  draftFirst: false,
  nextAt: '2026-11-23T08:00:00.000Z',
  pausedAt: null,
  pausedReason: null,
  ...more,
});

const someTriage = (): TriageAdminQuery => ({
  triageSettings: {
    emoji: 'ticket',
    threshold: 0.6,
    delaySeconds: 0,
    restrictedChannels: [],
    adminChannel: null,
    businessHours: { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', closedDays: ['12-25'] },
    answerWithin: [
      { priority: 'P1', minutes: 60, aroundTheClock: true },
      { priority: 'P2', minutes: 240, aroundTheClock: false },
      { priority: 'P3', minutes: 480, aroundTheClock: false },
      { priority: 'P4', minutes: 2400, aroundTheClock: false },
    ],
    enginePrompt: null,
  },
  categories: [
    {
      id: 'cat_pay',
      name: 'Payments',
      description: 'Cards <!channel> & refunds',
      team: 'Money',
      channel: null,
      onCall: null,
      mode: 'SUPERVISED',
      targetPrecision: 0.9,
    },
    {
      id: 'cat_db',
      name: 'Database',
      description: 'Slow queries',
      team: 'Storage',
      channel: 'C0DB',
      onCall: 'U0ONCALL',
      mode: 'AUTONOMOUS',
      targetPrecision: 0.8,
    },
  ],
  all: [],
});

const somePrediction = (): RunningBot['api']['prediction'] => ({
  category: { id: 'cat_db', name: 'Database' },
  probability: 0.82,
  abstained: false,
  alternatives: [{ category: { id: 'cat_pay', name: 'Payments' }, probability: 0.11 }],
});

const listen = async (
  handle: (body: string, headers: IncomingHttpHeaders, respond: (status: number, body: string) => void) => Promise<void>,
) => {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
    await handle(body, request.headers, (status, text) => response.writeHead(status, { 'content-type': 'application/json' }).end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/graphql`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
