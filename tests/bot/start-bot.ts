import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createApi } from '#bot/api.ts';
import { type Bot, createBot, SLACK_EVENTS_PATH } from '#bot/app.ts';
import type { SubmitLogInput } from '#bot/generated/operations.ts';
import type { BotObserver } from '#bot/observer.ts';
import type { Log } from '#src/core/ports.ts';
import type { SlackSender, SlackStandIn } from '#tests/support/slack.ts';

export type Logged = { level: string; fields: Record<string, unknown>; message: string };

export type ApiMood =
  | 'well'
  | 'down'
  | 'hangs'
  | 'slow'
  | { userError: { code: string; message: string; field?: string } }
  | { data: unknown };

export type RunningBot = {
  send: SlackSender;
  /** How the API behaves from now on. */
  api: {
    mood: ApiMood;
    /** Inputs of every submitLog that reached it. */
    submitted: SubmitLogInput[];
    /** Those that were new: the work done. */
    kept: SubmitLogInput[];
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
  const api: RunningBot['api'] = { mood: 'well', submitted: [], kept: [], requests: [] };
  const graph = await listen(async (body, headers, respond) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    api.requests.push({ query, variables, headers });
    if (api.mood === 'hangs') return;
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
  if (query.includes('mutation CancelLog')) return { cancelLog: { log, userErrors } };
  const { from, to } = variables as { from: number; to: number };
  return {
    logLines: Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({
      number: from + index,
      text: `line ${from + index} <!channel>`,
      truncated: false,
    })),
  };
};

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
