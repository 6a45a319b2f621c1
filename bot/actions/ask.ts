import type { ActionHandler } from '#bot/handler.ts';
import { askLogModal } from '#bot/views/ask-log-modal.ts';
import { AppError } from '#src/core/errors.ts';
import { chosenValue, parseActionValue } from './action-value.ts';

/** Opens a window for a question about the log; it is answered in the thread of the report. */
export const ask: ActionHandler = {
  id: 'ask_log',
  async run(click, { slack }) {
    const { logId } = parseActionValue(chosenValue(click));
    const channel = click.channel?.id;
    const threadTs: string | undefined = click.message?.['thread_ts'] ?? click.message?.ts;
    if (!channel || !threadTs) throw new AppError('BAD_INPUT', 'Ask in the thread of the report: write your question there.');
    const view = askLogModal({ logId, channel, threadTs });
    await slack('views.open', { trigger_id: click.trigger_id, view });
    return undefined;
  },
};
