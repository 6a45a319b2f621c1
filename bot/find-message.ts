import { z } from 'zod';
import { slackCodeOf } from './chat/to-chat-error.ts';
import type { SlackCall } from './slack-call.ts';
import { slackMessage } from './slack-message.ts';

const found = z.object({
  message: slackMessage.extend({
    permalink: z.string().nullish(),
    reactions: z.array(z.object({ name: z.string(), count: z.number() })).nullish(),
  }),
});

/** A message by its place: the thread it is a reply in, if it is one, whether a bot wrote it, and the emoji on it. */
export type FoundMessage = { threadTs: string | undefined; byBot: boolean; reactions: string[] };

/**
 * The message behind a reaction, whose event says neither its text nor its thread. reactions.get finds replies as well, and is not
 * under the limits of conversations.history. 'gone' when it was deleted; throws AppError CHAT_*.
 */
export const findMessage = async (slack: SlackCall, { channel, ts }: { channel: string; ts: string }): Promise<FoundMessage | 'gone'> => {
  try {
    const { message } = found.parse(await slack('reactions.get', { channel, timestamp: ts, full: true }));
    const threadTs = message.thread_ts ?? threadOf(message.permalink ?? '');
    return {
      threadTs: threadTs === ts ? undefined : threadTs,
      byBot: Boolean(message.bot_id),
      reactions: (message.reactions ?? []).map(({ name }) => name),
    };
  } catch (error) {
    if (slackCodeOf(error) === 'message_not_found') return 'gone';
    throw error;
  }
};

const threadOf = (permalink: string): string | undefined => /[?&]thread_ts=(\d+\.\d+)/.exec(permalink)?.[1];
