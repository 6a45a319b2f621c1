import type { IncomingMessage, RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { App, HTTPReceiver, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';
import type { Api } from './api.ts';
import { createWhisper } from './chat/whisper.ts';
import type { BotObserver } from './observer.ts';
import { registerHandlers } from './register.ts';
import { createSlackCall, createSlackClient, type SlackCall, slackClientOptions, toSlackLogger } from './slack-call.ts';
import { createSocketLink, pause } from './socket-link.ts';

/** The Slack part of the process's settings, by their own names: `Config` fits. */
export type BotConfig = {
  slackMode: 'off' | 'http' | 'socket';
  SLACK_BOT_TOKEN?: string | undefined;
  SLACK_SIGNING_SECRET?: string | undefined;
  SLACK_APP_TOKEN?: string | undefined;
  SLACK_API_URL: string;
};

export type Bot = {
  /** For HTTP mode: give it every request under SLACK_EVENTS_PATH. Absent in Socket Mode. */
  requestListener?: RequestListener;
  /**
   * Checks the token; in Socket Mode, connects. Says whether Slack was reached within five seconds; if not, it is tried on and on until `stop`.
   * Throws AppError CHAT_DENIED or CHAT_TOKEN_REFUSED when Slack refuses a token.
   */
  start(): Promise<boolean>;
  /** Slack has said who we are, and over Socket Mode we are connected. */
  isReached(): boolean;
  /** Lets what is under way finish. */
  stop(): Promise<void>;
};

export const SLACK_EVENTS_PATH = '/slack/events';

/** Turns what Slack sends into mutations of the API. Throws AppError CONFIG when a setting its mode needs is missing. */
export const createBot = ({ config, api, log, observe = {} }: { config: BotConfig; api: Api; log: Log; observe?: BotObserver }): Bot => {
  const token = required(config.SLACK_BOT_TOKEN, 'SLACK_BOT_TOKEN');
  const client = createSlackClient({ token, apiUrl: config.SLACK_API_URL, timeoutMs: INTERACTIVE_TIMEOUT_MS, log });
  const slack = createSlackCall({ client, observe });
  const inner = config.slackMode === 'socket' ? socketReceiver(config, log) : httpReceiver(config, log);
  const identity = knowOurselves(slack, log);
  const underWay = new Set<Promise<void>>();
  const app = new App({
    receiver: acknowledgeAfterwards(inner, underWay),
    authorize: async () => ({ botToken: token, ...identity.soFar() }),
    clientOptions: slackClientOptions({ apiUrl: config.SLACK_API_URL, timeoutMs: INTERACTIVE_TIMEOUT_MS, log }),
    logger: toSlackLogger(log),
    convoStore: false,
  });
  const whisper = createWhisper({ slack, apiUrl: config.SLACK_API_URL });
  const handlers = registerHandlers(app, { api, slack, log, observe, whisper, homeTeamId: () => identity.soFar().teamId });
  const socket = inner instanceof SocketModeReceiver ? createSocketLink(inner, log) : null;
  const stopping = new AbortController();
  let isReached = false;
  const reach = async (): Promise<boolean> => {
    await identity.ask();
    await Promise.all([identity.untilKnown(stopping.signal), socket?.open()]);
    isReached = !stopping.signal.aborted;
    return isReached;
  };
  return {
    ...(inner instanceof HTTPReceiver ? { requestListener: refuseFuture(inner.requestListener) } : {}),
    async start() {
      const reaching = reach();
      const reached = await withinPatience(reaching);
      if (!reached)
        reaching.then(
          (late) => late && log.info({ mode: config.slackMode }, 'Slack is reached now'),
          (error: unknown) => log.error({ code: isAppError(error) ? error.code : 'INTERNAL' }, toSentence(error)),
        );
      return reached;
    },
    isReached: () => isReached && (socket?.isConnected() ?? true),
    async stop() {
      stopping.abort();
      await socket?.stop();
      await Promise.allSettled(underWay);
      await handlers.settled();
    },
  };
};

// A trigger lives for 3 s, and so does a request: waiting longer helps nobody.
const INTERACTIVE_TIMEOUT_MS = 2_500;

// Whoever starts us wants to see that the rest is up.
const START_PATIENCE_MS = 5_000;

const withinPatience = async (reaching: Promise<boolean>): Promise<boolean> => {
  const enough = new AbortController();
  const waiting = sleep(START_PATIENCE_MS, false, { signal: enough.signal }).catch(() => false);
  try {
    return await Promise.race([reaching, waiting]);
  } finally {
    enough.abort();
  }
};

const toSentence = (error: unknown): string => (isAppError(error) ? error.message : 'Slack could not be reached');

const required = (value: string | undefined, name: string): string => {
  if (!value?.trim()) throw new AppError('CONFIG', `${name} is not set; the Slack bot does not start without it.`);
  return value;
};

const httpReceiver = (config: BotConfig, log: Log) =>
  new HTTPReceiver({
    signingSecret: required(config.SLACK_SIGNING_SECRET, 'SLACK_SIGNING_SECRET'),
    endpoints: SLACK_EVENTS_PATH,
    logger: toSlackLogger(log),
    // What was not stored is answered 503: Slack delivers it again at once, after a minute and after five.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(503).end();
      return true;
    },
  });

const CONNECT_TIMEOUT_MS = 10_000;

const socketReceiver = (config: BotConfig, log: Log) =>
  new SocketModeReceiver({
    appToken: required(config.SLACK_APP_TOKEN, 'SLACK_APP_TOKEN'),
    // The link tells what becomes of the connection, once, where the SDK does for every try.
    logger: toSlackLogger(undefined),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { slackApiUrl: config.SLACK_API_URL, retryConfig: { retries: 0 }, timeout: CONNECT_TIMEOUT_MS } },
    processEventErrorHandler: async ({ error }) => {
      log.warn(
        { code: isAppError(error) ? error.code : 'INTERNAL' },
        'what came over the socket is not acknowledged: Slack may bring it again',
      );
      return false;
    },
  });

/**
 * Bolt acknowledges every event before any handler has seen it, and what fails afterwards is lost. Here an event's
 * acknowledgement waits until the handlers are through, and is left out when they threw. What is under way can be waited for.
 */
const acknowledgeAfterwards = (inner: Receiver, underWay: Set<Promise<void>>): Receiver => ({
  init: (app) => {
    const processEvent = (event: ReceiverEvent): Promise<void> => {
      const working = processThenAcknowledge(app, event);
      underWay.add(working);
      const done = (): void => void underWay.delete(working);
      working.then(done, done);
      return working;
    };
    inner.init(Object.create(app, { processEvent: { value: processEvent } }) as App);
  },
  start: (...args) => inner.start(...args),
  stop: (...args) => inner.stop(...args),
});

const processThenAcknowledge = async (app: App, event: ReceiverEvent): Promise<void> => {
  if (event.body['type'] !== 'event_callback') return app.processEvent(event);
  await app.processEvent({ ...event, ack: async () => {} });
  await event.ack();
};

const MAX_CLOCK_SKEW_SECONDS = 300;

/** Bolt refuses signatures that are too old, not those of the future, which could be kept and replayed later. */
const refuseFuture =
  (next: RequestListener): RequestListener =>
  (request, response) => {
    if (sentAt(request) > Date.now() / 1000 + MAX_CLOCK_SKEW_SECONDS) {
      request.resume();
      response.writeHead(401).end();
      return;
    }
    try {
      next(request, response);
    } catch {
      // Bolt throws for whatever is not a POST to its path.
      request.resume();
      response.writeHead(404).end();
    }
  };

const sentAt = (request: IncomingMessage): number => Number(request.headers['x-slack-request-timestamp'] ?? 0);

type Identity = { botUserId?: string; botId?: string; teamId?: string };

/** Who we are, asked of Slack once. Until it has answered, our own messages are told apart by what they carry (`bot_id`) alone. */
const knowOurselves = (slack: SlackCall, log: Log) => {
  let known: Identity | undefined;
  let asked = false;
  const ask = async (): Promise<void> => {
    try {
      const { user_id, bot_id, team_id } = await slack('auth.test', {});
      known = {
        ...(typeof user_id === 'string' ? { botUserId: user_id } : {}),
        ...(typeof bot_id === 'string' ? { botId: bot_id } : {}),
        ...(typeof team_id === 'string' ? { teamId: team_id } : {}),
      };
    } catch (error) {
      if (isAppError(error) && (error.code === 'CHAT_DENIED' || error.code === 'CHAT_TOKEN_REFUSED')) throw error;
      if (!asked)
        log.warn({ code: isAppError(error) ? error.code : 'INTERNAL' }, 'Slack could not be asked who we are; it will be asked again');
      asked = true;
    }
  };
  const untilKnown = async (stopping: AbortSignal): Promise<void> => {
    for (let failures = 1; !known && !stopping.aborted; failures++) {
      await pause(failures, stopping);
      if (!known && !stopping.aborted) await ask();
    }
  };
  const soFar = (): Identity => {
    // Not awaited: an event must not wait for a slow Slack.
    if (!known) void ask().catch(() => {});
    return known ?? {};
  };
  return { ask, untilKnown, soFar };
};
