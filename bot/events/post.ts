import { z } from 'zod';
import type { EventSource } from '#bot/handler.ts';
import { slackMessage } from '#bot/slack-message.ts';

const post = slackMessage.extend({ channel: z.string(), user: z.string(), channel_type: z.string().nullish() });

/** A message a person wrote. */
export type Post = z.infer<typeof post>;

// Slack sends edits, deletions, joins and the like as subtypes of the same event; these are the ones a person writes.
const WRITTEN = new Set(['file_share', 'thread_broadcast', 'me_message']);

/** The post behind an event; null for bots (ourselves among them), edits, deletions and whatever else is not somebody asking. */
export const parsePost = (event: unknown): Post | null => {
  const parsed = post.safeParse(event);
  if (!parsed.success || parsed.data.bot_id) return null;
  return !parsed.data.subtype || WRITTEN.has(parsed.data.subtype) ? parsed.data : null;
};

export const isDirect = ({ channel, channel_type }: Pick<Post, 'channel' | 'channel_type'>): boolean =>
  channel_type === 'im' || channel.startsWith('D');

/** Whose post it is, and where they are answered. */
export const postSource = (event: unknown): EventSource | null => {
  const post = parsePost(event);
  return post && { user: post.user, channel: post.channel, threadTs: post.thread_ts ?? undefined };
};

export const withoutMention = (text: string): string => text.replace(/^\s*<@[UW][A-Z0-9]+(?:\|[^>]*)?>[ \t]*/, '');
