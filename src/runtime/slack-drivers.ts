import type { botObserver } from '#monitoring/observe.ts';
import type { traceEntries } from '#monitoring/tracing.ts';
import type { Config } from '#src/config.ts';
import type { Chat, Colleagues, Conversations, Log } from '#src/core/ports.ts';

export type SlackObserver = ReturnType<typeof botObserver> & { around?: ReturnType<typeof traceEntries> };

// Loaded only when it is used: it costs a noticeable part of the start.
export const createSlackDrivers = async (
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

/** Null without Slack. */
export const createColleagues = (config: Config, log: Log, observe: SlackObserver): Colleagues | null => {
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
