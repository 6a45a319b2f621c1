import type { ShortcutHandler } from '#bot/handler.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { messageFiles, messageText, quotedChannels, slackMessage } from '#bot/slack-message.ts';
import { openTicketModal } from '#bot/views/ticket-modal.ts';

/** "Create ticket": a window with what the message says, to be looked over first. */
export const createTicketShortcut: ShortcutHandler = {
  callbackId: 'create_ticket',
  async run({ message: sent, channel, trigger_id, response_url: responseUrl }, call) {
    await requireColleague(call);
    const message = slackMessage.parse(sent);
    const threadTs = message.thread_ts && message.thread_ts !== message.ts ? message.thread_ts : undefined;
    await openTicketModal(
      call,
      trigger_id,
      { channel: channel.id, responseUrl },
      {
        ts: message.ts,
        threadTs,
        text: messageText(message).trim(),
        quotedChannels: quotedChannels(message),
        author: message.bot_id ? null : (message.user ?? null),
        hasMore: messageFiles(message).length > 0 || (!threadTs && Boolean(message.thread_ts)),
      },
    );
    return undefined;
  },
};
