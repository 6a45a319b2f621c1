import { toSentence } from '#bot/failures.ts';
import { BotSelfTestDocument } from '#bot/generated/operations.ts';
import type { Call, CommandHandler } from '#bot/handler.ts';
import { HELP } from '#bot/help.ts';
import { openTriageSettings } from '#bot/views/triage-settings-modal.ts';
import { isAppError } from '#src/core/errors.ts';

/** `/aiops settings` for admins, and what the bot can do for everybody. */
export const aiops: CommandHandler = {
  name: '/aiops',
  async run(command, call) {
    if (!/^settings?$/i.test((command.text ?? '').trim())) return help(call);
    await openTriageSettings(call, command.trigger_id);
    return undefined;
  },
};

/** What can be done, and whether it could be done now. The API learns from whoever asks which Slack team is ours: alerts need that to be posted. */
const help = async ({ api, acting, log }: Call): Promise<string> => {
  try {
    await api.request(BotSelfTestDocument, {}, acting);
    return HELP;
  } catch (error) {
    const sentence = toSentence(error, log);
    const away = isAppError(error) && error.code === 'API_UNAVAILABLE';
    return `${HELP}\n\n${away ? AWAY : sentence}`;
  }
};

const AWAY = 'Just now I cannot reach the API, so none of this works. Please try again in a minute.';
