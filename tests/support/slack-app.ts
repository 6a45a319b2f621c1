import { type App, startApp } from './app.ts';
import { type OpenAiStandIn, startOpenAi } from './openai.ts';
import { type SlackSender, type SlackStandIn, startSlack } from './slack.ts';

export type SlackApp = { app: App; slack: SlackStandIn; openai: OpenAiStandIn; send: SlackSender; [Symbol.asyncDispose](): Promise<void> };

type Options = {
  settings?: Record<string, string> | ((slack: SlackStandIn) => Record<string, string>) /** Of the bot's token; all when absent. */;
  scopes?: string[] /** Who writes summaries. */;
  engine?: 'builtin' | 'openai';
  /** Between two messages in a channel; default none. */
  quietMs?: number;
};

/** The whole product with Slack over signed HTTP and, if asked for, OpenAI; both are stand-ins on loopback. */
export const startSlackApp = async ({ settings = {}, scopes, engine = 'builtin', quietMs }: Options = {}): Promise<SlackApp> => {
  await using opening = new AsyncDisposableStack();
  const slack = opening.use(await startSlack(scopes ? { scopes } : {}));
  const openai = opening.use(await startOpenAi());
  const more = typeof settings === 'function' ? settings(slack) : settings;
  const app = opening.use(
    await startApp({ ...slackSettings(slack), ...(engine === 'openai' ? openAiSettings(openai) : {}), ...more }, { quietMs }),
  );
  const closing = opening.move();
  return { app, slack, openai, send: slack.sendTo(`${app.url}/slack/events`), [Symbol.asyncDispose]: () => closing.disposeAsync() };
};

export const slackSettings = (slack: SlackStandIn) => ({
  SLACK_API_URL: slack.apiUrl,
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
});

export const openAiSettings = (openai: OpenAiStandIn) => ({ OPENAI_BASE_URL: openai.baseUrl, OPENAI_API_KEY: openai.apiKey });

/** The id of the one log, newest first, as its admin sees it. */
export const newestLog = async (app: App): Promise<string> => {
  const { logs } = await app.gql<{ logs: { edges: { node: { id: string } }[] } }>('{ logs(first: 1) { edges { node { id } } } }');
  return logs.edges[0]?.node.id ?? '';
};

/** How many logs the workspace has. */
export const countLogs = async (app: App): Promise<number> => {
  const { logs } = await app.gql<{ logs: { edges: unknown[] } }>('{ logs(first: 100) { edges { node { id } } } }');
  return logs.edges.length;
};
