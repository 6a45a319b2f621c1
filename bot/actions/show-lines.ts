import { drawLines } from '#bot/draw-lines.ts';
import { LogLinesDocument } from '#bot/generated/operations.ts';
import type { ActionHandler } from '#bot/handler.ts';
import { AppError } from '#src/core/errors.ts';
import { chosenValue, parseActionValue } from './action-value.ts';

const SHOWN = 100;

/** Opens a window with raw lines of the log, to be read by whoever clicked. */
export const showLines: ActionHandler = {
  id: 'show_lines',
  async run(click, { api, slack, acting }) {
    const { logId, from = 1, to = from + SHOWN - 1 } = parseActionValue(chosenValue(click));
    const { logLines } = await api.request(LogLinesDocument, { logId, from, to: Math.min(to, from + SHOWN - 1) }, acting);
    if (logLines.length === 0) throw new AppError('NOT_FOUND', 'Those lines are no longer kept.');
    const view = {
      type: 'modal',
      title: { type: 'plain_text', text: `Lines ${from}–${from + logLines.length - 1}`.slice(0, 24) },
      close: { type: 'plain_text', text: 'Close' },
      blocks: drawLines(logLines, to - from + 1),
    };
    await slack('views.open', { trigger_id: click.trigger_id, view });
    return undefined;
  },
};
