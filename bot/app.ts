import type { IncomingMessage, RequestListener } from 'node:http';
import { App, HTTPReceiver, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';
import type { Api } from './api.ts';
import { createWhisper } from './chat/whisper.ts';
import type { BotObserver } from './observer.ts';
import { registerHandlers } from './register.ts';
import { createSlackCall, createSlackClient, type SlackCall, slackClientOptions, toSlackLogger } from './slack-call.ts';

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
  /** Checks the token; in Socket Mode, connects. Throws AppError CHAT_DENIED when Slack refuses the token; an unreachable Slack is waited for. */
  start(): Promise<void>;
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
  const app = new App({
    receiver: acknowledgeAfterwards(inner),
    authorize: async () => ({ botToken: token, ...identity.soFar() }),
    clientOptions: slackClientOptions({ apiUrl: config.SLACK_API_URL, timeoutMs: INTERACTIVE_TIMEOUT_MS, log }),
    logger: toSlackLogger(log),
    convoStore: false,
  });
  const whisper = createWhisper({ slack, apiUrl: config.SLACK_API_URL });
  const handlers = registerHandlers(app, { api, slack, log, observe, whisper, homeTeamId: () => identity.soFar().teamId });
  const socket = inner instanceof SocketModeReceiver ? inner : null;
  return {
    ...(inner instanceof HTTPReceiver ? { requestListener: refuseFuture(inner.requestListener) } : {}),
    async start() {
      await identity.ask();
      await socket?.start();
    },
    async stop() {
      await socket?.stop();
      await handlers.settled();
    },
  };
};

// A trigger lives for 3 s, and so does a request: waiting longer helps nobody.
const INTERACTIVE_TIMEOUT_MS = 2_500;

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

const socketReceiver = (config: BotConfig, log: Log) =>
  new SocketModeReceiver({
    appToken: required(config.SLACK_APP_TOKEN, 'SLACK_APP_TOKEN'),
    logger: toSlackLogger(log),
    installerOptions: { clientOptions: { slackApiUrl: config.SLACK_API_URL } },
    processEventErrorHandler: async () => false,
  });

/**
 * Bolt acknowledges every event before any handler has seen it, and what fails afterwards is lost. Here an event's
 * acknowledgement waits until the handlers are through, and is left out when they threw.
 */
const acknowledgeAfterwards = (inner: Receiver): Receiver => ({
  init: (app) =>
    inner.init(Object.create(app, { processEvent: { value: (event: ReceiverEvent) => processThenAcknowledge(app, event) } }) as App),
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
  const ask = async (): Promise<void> => {
    try {
      const { user_id, bot_id, team_id } = await slack('auth.test', {});
      known = {
        ...(typeof user_id === 'string' ? { botUserId: user_id } : {}),
        ...(typeof bot_id === 'string' ? { botId: bot_id } : {}),
        ...(typeof team_id === 'string' ? { teamId: team_id } : {}),
      };
    } catch (error) {
      if (isAppError(error) && error.code === 'CHAT_DENIED') throw error;
      log.warn({ code: isAppError(error) ? error.code : 'INTERNAL' }, 'Slack could not be asked who we are; it will be asked again');
    }
  };
  const soFar = (): Identity => {
    // Not awaited: an event must not wait for a slow Slack.
    if (!known) void ask().catch(() => {});
    return known ?? {};
  };
  return { ask, soFar };
};
