import { looksLikeLog, parseSummarize } from '#bot/commands/parse-summarize.ts';
import type { SubmitLogInput } from '#bot/generated/operations.ts';
import type { Call } from '#bot/handler.ts';
import { HELP, HINT } from '#bot/help.ts';
import { messageContent } from '#bot/message-content.ts';
import { messageFiles } from '#bot/slack-message.ts';
import { submitLog } from '#bot/submit-log.ts';
import { isDirect, type Post, withoutMention } from './post.ts';

/**
 * Answers a post in its own thread. One post can arrive as `message` and as `app_mention`, and each of them again:
 * the key is made of where and when it was posted, so whichever comes first does the work.
 */
export const summarizePost = async (post: Post, { api, acting }: Call): Promise<string | undefined> => {
  const content = askedFor(post, acting.teamId);
  if (typeof content === 'string') return content;
  const replyTo = { teamId: acting.teamId, channel: post.channel, user: post.user, threadTs: post.thread_ts ?? post.ts };
  await submitLog(api, { ...content, replyTo, idempotencyKey: `slack:message:${post.channel}:${post.ts}` }, acting);
  return undefined;
};

/** What the post brings along or points at; a sentence when it does neither. Depends on the post alone, so a redelivery asks for the same. */
const askedFor = (post: Post, teamId: string): Pick<SubmitLogInput, 'text' | 'title' | 'slack'> | string => {
  const from = { teamId, channel: post.channel, user: post.user };
  const message = { ...post, text: withoutMention(post.text ?? '') };
  const carried = messageContent(message, from);
  if (messageFiles(post).length > 0 || (post.attachments ?? []).length > 0) return carried ?? HINT;

  const asked = parseSummarize(message.text);
  if (asked.kind === 'help') return HELP;
  if (asked.kind === 'unclear') return asked.sentence;
  if (asked.kind === 'message')
    return { slack: { kind: 'MESSAGE', ...from, channel: asked.channel, ts: asked.ts, threadTs: asked.threadTs } };
  if (asked.kind === 'history')
    return { slack: { kind: 'HISTORY', ...from, lastMessages: asked.lastMessages, sinceSeconds: asked.sinceSeconds, before: post.ts } };

  if (carried?.text && holdsLog(carried.text, post)) return carried;
  if (post.thread_ts && !isDirect(post)) return { slack: { kind: 'THREAD', ...from, ts: post.thread_ts } };
  return HINT;
};

// In a thread one line is a question about the thread.
const holdsLog = (text: string, post: Post): boolean =>
  (post.text ?? '').includes('```') || text.includes('\n') || (!post.thread_ts && looksLikeLog(text));
