import type { ShortcutHandler } from '#bot/handler.ts';
import { messageContent } from '#bot/message-content.ts';
import { retryLog } from '#bot/retry-log.ts';
import { slackMessage } from '#bot/slack-message.ts';
import { submitLog } from '#bot/submit-log.ts';
import { AppError } from '#src/core/errors.ts';

/** "Summarize as log": the payload carries the message itself, so no history permission is needed to read it. */
export const summarizeAsLog: ShortcutHandler = {
  callbackId: 'summarize_as_log',
  async run({ message: sent, channel, user, response_url: responseUrl }, { api, acting }) {
    const message = slackMessage.parse(sent);
    const from = { teamId: acting.teamId, channel: channel.id, user: user.id };
    const content = messageContent(message, from);
    if (!content) throw new AppError('BAD_INPUT', 'There is no text and no file in that message. Use the shortcut on one that has a log.');
    const replyTo = { ...from, threadTs: message.thread_ts ?? message.ts, responseUrl };
    // A second click of the same person on the same message is the same request.
    const idempotencyKey = `slack:shortcut:${channel.id}:${message.ts}:${user.id}`;
    const { logId, replayed, stopped } = await submitLog(api, { ...content, replyTo, idempotencyKey }, acting);
    if (replayed && stopped) {
      await retryLog(api, logId, acting);
      return 'Trying again. The answer will appear in the thread of that message.';
    }
    return replayed
      ? 'You asked for this one before: the answer is in the thread of that message.'
      : 'Got it. The answer will appear in the thread of that message.';
  },
};
