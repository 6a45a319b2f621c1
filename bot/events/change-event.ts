import { z } from 'zod';
import { RecordChangeEventDocument } from '#bot/generated/operations.ts';
import type { Call, EventSource } from '#bot/handler.ts';
import { rawText, slackMessage } from '#bot/slack-message.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { isDirect } from './post.ts';
import { notNow } from './reaction.ts';

const botMessage = slackMessage.extend({ bot_id: z.string(), edited: z.object({ ts: z.string() }).nullish() });
const place = { channel: z.string(), channel_type: z.string().nullish() };
const botPost = botMessage.extend(place);
// Many tools post "Deploying…" and make "Deployed" of it.
const botEdit = z.object({ subtype: z.literal('message_changed'), message: botMessage, ts: z.string().nullish(), ...place });

/** What another bot says; `editedTs` since when it reads so. */
type BotPost = z.infer<typeof botPost> & { editedTs: string | null };

/** The message of a bot behind an event, new or edited; null for people, deletions, and what is ours by its mark. */
export const parseBotPost = (event: unknown): BotPost | null => {
  const edit = botEdit.safeParse(event).data;
  const post = edit ? { ...edit.message, channel: edit.channel, channel_type: edit.channel_type } : botPost.safeParse(event).data;
  // Nobody chooses direct messages for it.
  if (!post || isDirect(post) || post.metadata?.event_type === 'aiops_delivery') return null;
  if (post.subtype && post.subtype !== 'bot_message') return null;
  return { ...post, editedTs: edit ? (post.edited?.ts ?? edit.ts ?? null) : null };
};

export const botSource = (event: unknown): EventSource | null => {
  const post = parseBotPost(event);
  return post && { user: post.user ?? post.bot_id, channel: post.channel, botId: post.bot_id };
};

/** In a channel that is listened to, it may tell of something that changed. Nobody asked, so nobody is told anything. */
export const changeEvent = async (post: BotPost, call: Call): Promise<undefined> => {
  const { api, acting, eventChannels } = call;
  const { channel, ts, editedTs } = post;
  try {
    if (!(await eventChannels.read(acting)).includes(channel)) return undefined;
    const input = { teamId: acting.teamId, channel, ts, ...(editedTs ? { editedTs } : {}), text: rawText(post) };
    throwUserError((await api.request(RecordChangeEventDocument, { input }, acting)).recordChangeEvent.userErrors);
  } catch (error) {
    notNow(error, call);
  }
  return undefined;
};
