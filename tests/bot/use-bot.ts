import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { type RunningBot, startBot } from './start-bot.ts';

/** Slack and the bot, once the tests that use them began. */
export let slack: SlackStandIn;
export let bot: RunningBot;

/** Starts both before the tests of a file, and sets them right before each. */
export const useBot = (): void => {
  beforeAll(async () => {
    slack = await startSlack();
    bot = await startBot(slack);
  });
  afterAll(async () => {
    await bot.stop();
    await slack.stop();
  });
  beforeEach(() => {
    bot.api.mood = 'well';
    bot.api.tickets.length = bot.api.requests.length = bot.api.kept.length = bot.logged.length = 0;
    bot.api.threads.clear();
    slack.heal();
  });
};

export const place = () => ({ teamId: slack.teamId, channel: slack.general });
export const reporter = (user: string) => `slack:${slack.teamId}:${user}`;
export const reacted = (ts: string, more: object = {}) => ({
  type: 'reaction_added',
  user: slack.ana,
  reaction: 'ticket',
  item: { type: 'message', channel: slack.general, ts },
  item_user: slack.ben,
  ...more,
});

/** A message with the emoji on it. */
export const postWithEmoji = async (text: string, more: { threadTs?: string } = {}) => {
  const { ts } = await slack.post({ text, ...more });
  await slack.react({ ts, name: 'ticket' });
  return { ts };
};

/** A window as Slack has it. */
export type View = { view_id: string; callback_id: string; private_metadata: string; blocks: Record<string, unknown>[] };
/** The window that was opened or changed last. */
export const newest = () => slack.views().at(-1) as unknown as View;
export const filled = (part: string, view = newest) => vi.waitFor(() => expect(JSON.stringify(view().blocks)).toContain(part));
