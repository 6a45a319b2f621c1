import type { ShortcutHandler } from '#bot/handler.ts';
import { messageText, slackMessage } from '#bot/slack-message.ts';
import { addChangeModal } from '#bot/views/add-change-modal.ts';

/** "Add to changelog": a window with what the message says, to be looked over first. */
export const addToChangelog: ShortcutHandler = {
  callbackId: 'add_to_changelog',
  async run({ message: sent, channel, trigger_id }, { slack }) {
    const message = slackMessage.parse(sent);
    const view = addChangeModal({ channel: channel.id, ts: message.ts, text: messageText(message) });
    await slack('views.open', { trigger_id, view });
    return undefined;
  },
};
