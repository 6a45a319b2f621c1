import { type Logger, LogLevel, WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import type { Log } from '#src/core/ports.ts';
import { toChatError } from './chat/to-chat-error.ts';
import type { BotObserver } from './observer.ts';

/** One Web API method call. Throws AppError CHAT_* whose `cause` is what Slack or the network said. */
export type SlackCall = (method: string, args: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** The one place our code calls Slack through: errors become sentences here, and here calls are counted. */
export const createSlackCall =
  ({ client, observe = {} }: { client: WebClient; observe?: BotObserver | undefined }): SlackCall =>
  async (method, args) => {
    const started = performance.now();
    try {
      const result = await client.apiCall(method, args);
      observe.call?.(method, 'ok', secondsSince(started));
      return { ...result };
    } catch (error) {
      observe.call?.(method, outcomeOf(error), secondsSince(started));
      const told = toChatError(error);
      if (told.code === 'CHAT_RATE_LIMITED') observe.rateLimited?.(method, (told.retryAfterMs ?? 0) / 1000);
      throw told;
    }
  };

export type SlackClientOptions = { token: string; apiUrl?: string | undefined; timeoutMs?: number | undefined; log?: Log | undefined };

/** A WebClient that neither retries nor waits: the queue owns both (left alone, the SDK retries ten times over half an hour). */
export const createSlackClient = (options: SlackClientOptions): WebClient => new WebClient(options.token, slackClientOptions(options));

export const slackClientOptions = ({ apiUrl, timeoutMs = 15_000, log }: Omit<SlackClientOptions, 'token'>) => ({
  ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: timeoutMs,
  logger: toSlackLogger(log),
});

/** Slack's libraries log payloads below warning level; those lines are dropped, for message text never enters a log. */
export const toSlackLogger = (log: Log | undefined): Logger => ({
  debug: () => {},
  info: () => {},
  warn: (...words) => log?.warn({ from: 'slack-sdk' }, words.map(String).join(' ')),
  error: (...words) => log?.warn({ from: 'slack-sdk' }, words.map(String).join(' ')),
  setLevel: () => {},
  getLevel: () => LogLevel.WARN,
  setName: () => {},
});

const outcomeOf = (error: unknown): string => {
  if (error instanceof WebAPIRateLimitedError) return 'rate_limited';
  if (error instanceof WebAPIPlatformError) return /^[a-z_]{1,60}$/.test(error.data.error) ? error.data.error : 'unreadable';
  return error instanceof WebAPIHTTPError ? `http_${error.statusCode}` : 'no_answer';
};

const secondsSince = (started: number): number => (performance.now() - started) / 1000;
