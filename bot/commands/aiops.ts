import type { CommandHandler } from '#bot/handler.ts';
import { HELP } from '#bot/help.ts';
import { openTriageSettings } from '#bot/views/triage-settings-modal.ts';

/** `/aiops settings` for admins, and what the bot can do for everybody. */
export const aiops: CommandHandler = {
  name: '/aiops',
  async run(command, call) {
    if (!/^settings?$/i.test((command.text ?? '').trim())) return HELP;
    await openTriageSettings(call, command.trigger_id);
    return undefined;
  },
};
