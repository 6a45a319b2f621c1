import { askLog } from '#bot/ask-log.ts';
import { parseSummarize } from '#bot/commands/parse-summarize.ts';
import type { Call } from '#bot/handler.ts';
import { messageFiles } from '#bot/slack-message.ts';
import { isDirect, type Post, withoutMention } from './post.ts';

/**
 * Asks the log a thread is about, with no need to mention us again. Resolves to whether it was a question and there was a log. Everybody
 * talks in a thread: without a mention, only what ends in a question mark or orders a search counts, and nothing that speaks to somebody else.
 */
export const logQuestion = async (post: Post, call: Call, { mentioned }: { mentioned: boolean }): Promise<boolean> => {
  const { thread_ts: threadTs, channel, ts } = post;
  if (!threadTs || threadTs === ts || messageFiles(post).length > 0 || (post.attachments ?? []).length > 0) return false;
  const text = withoutMention(post.text ?? '').trim();
  const meant = mentioned || isDirect(post) ? parseSummarize(text).kind === 'text' && !text.includes('```') : isQuestion(text);
  if (!meant) return false;
  return askLog(call, {
    thread: { channel, ts: threadTs },
    question: text,
    idempotencyKey: `slack:ask:${channel}:${ts}`,
    replyTo: { teamId: call.acting.teamId, channel, user: post.user, threadTs },
  });
};

const isQuestion = (text: string): boolean =>
  !/<@[UW]|```|\n.*\n/.test(text) && (/\?\s*$/.test(text) || /^(?:show|find|list|count|grep|search)\b/i.test(text));
