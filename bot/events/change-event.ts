import { z } from 'zod';
import { RecordChangeEventDocument } from '#bot/generated/operations.ts';
import type { Call, EventSource } from '#bot/handler.ts';
import { rawText, slackMessage } from '#bot/slack-message.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { isDirect } from './post.ts';
import { notNow } from './reaction.ts';

const botPost = slackMessage.extend({ channel: z.string(), channel_type: z.string().nullish(), bot_id: z.string() });

/** What another bot says. */
type BotPost = z.infer<typeof botPost>;

/** The message of a bot behind an event; null for people, edits, deletions, and what is ours by its mark. */
export const parseBotPost = (event: unknown): BotPost | null => {
  const { data } = botPost.safeParse(event);
  // Nobody chooses direct messages for it.
  if (!data || isDirect(data) || data.metadata?.event_type === 'aiops_delivery') return null;
  return !data.subtype || data.subtype === 'bot_message' ? data : null;
};

export const botSource = (event: unknown): EventSource | null => {
  const post = parseBotPost(event);
  return post && { user: post.user ?? post.bot_id, channel: post.channel, botId: post.bot_id };
};

/** In a channel that is listened to, it may tell of something that changed. Nobody asked, so nobody is told anything. */
export const changeEvent = async (post: BotPost, call: Call): Promise<undefined> => {
  const { api, acting, eventChannels } = call;
  const { channel, ts } = post;
  try {
    if (!(await eventChannels.read(acting)).includes(channel)) return undefined;
    const input = { teamId: acting.teamId, channel, ts, text: rawText(post) };
    throwUserError((await api.request(RecordChangeEventDocument, { input }, acting)).recordChangeEvent.userErrors);
  } catch (error) {
    notNow(error, call);
  }
  return undefined;
};
