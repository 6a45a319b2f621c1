import type { SlashCommand } from '@slack/bolt';
import type { SubmitLogInput } from '#bot/generated/operations.ts';
import type { Call, CommandHandler } from '#bot/handler.ts';
import { toPlainText } from '#bot/slack-message.ts';
import { submitLog } from '#bot/submit-log.ts';
import { summarizeModal } from '#bot/views/summarize-modal.ts';
import { looksLikeLog, NO_LOG, parseSummarize, USAGE } from './parse-summarize.ts';

/** `/summarize`: text, a link to a message, `last 2h`, `last 200`, or nothing, which opens the window. */
export const summarize: CommandHandler = {
  name: '/summarize',
  async run(command, call) {
    const asked = parseSummarize(command.text ?? '');
    const from = { teamId: command.team_id, channel: command.channel_id, user: command.user_id };
    switch (asked.kind) {
      case 'help':
        return USAGE;
      case 'unclear':
        return asked.sentence;
      case 'nothing':
        await call.slack('views.open', {
          trigger_id: command.trigger_id,
          view: summarizeModal({ channel: command.channel_id, responseUrl: command.response_url }),
        });
        return undefined;
      case 'text':
        // Before everybody in the channel reads it.
        if (!looksLikeLog(asked.text) && asked.text.length < SHORT) return NO_LOG;
        return submit(command, call, { text: toPlainText(asked.text), title: 'pasted log' });
      case 'message':
        return submit(command, call, {
          slack: { kind: 'MESSAGE', ...from, channel: asked.channel, ts: asked.ts, threadTs: asked.threadTs },
        });
      case 'history':
        return submit(command, call, {
          slack: { kind: 'HISTORY', ...from, lastMessages: asked.lastMessages, sinceSeconds: asked.sinceSeconds, before: slackNow() },
        });
    }
  },
};

// What is longer than a request is a log of some kind.
const SHORT = 120;

// A command runs in no thread and carries no message: without threadTs a root message is posted and answered under.
const submit = async (command: SlashCommand, call: Call, content: Pick<SubmitLogInput, 'text' | 'slack' | 'title'>): Promise<string> => {
  const replyTo = { teamId: command.team_id, channel: command.channel_id, user: command.user_id, responseUrl: command.response_url };
  await submitLog(call.api, { ...content, replyTo, idempotencyKey: `slack:command:${command.trigger_id}` }, call.acting);
  return 'Got it. The answer will appear in this channel.';
};

const slackNow = (): string => (Date.now() / 1000).toFixed(6);
