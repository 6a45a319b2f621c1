import { parseSummarize, readsAsLog } from '#bot/commands/parse-summarize.ts';
import type { Told } from '#bot/handler.ts';
import { HINT } from '#bot/help.ts';
import { messageFiles, messageText } from '#bot/slack-message.ts';
import { isDirect, type Post, withoutMention } from './post.ts';

/** Something said or forwarded to the bot that has nothing of a log: it may be a request, so whoever sent it is asked. In a thread, the thread is meant. */
export const mayBeRequest = (post: Post): boolean => {
  const own = withoutMention(post.text ?? '');
  const forwards = (post.attachments ?? []).length > 0;
  if (messageFiles(post).length > 0 || (!forwards && post.thread_ts && !isDirect(post))) return false;
  if (!forwards && parseSummarize(own).kind !== 'text') return false;
  const text = messageText(post, own);
  return !readsAsLog(text) && text.trim().split(/\s+/).length >= FEWEST_WORDS;
};

// "hello" and "thanks a lot" want nothing of either kind.
const FEWEST_WORDS = 4;

/** Two buttons, for that person alone. Their values name the message, and say nothing of it. */
export const askWhich = ({ ts, thread_ts }: Post): Told => {
  const value = JSON.stringify({ ts, ...(thread_ts ? { threadTs: thread_ts } : {}) });
  return {
    text: `That does not read like a log. What shall I do with it?\n${HINT}`,
    buttons: [
      { id: 'post_ticket', label: 'Make a ticket', value, primary: true },
      { id: 'post_log', label: 'Summarize as log', value },
    ],
  };
};
