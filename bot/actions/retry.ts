import type { ActionHandler } from '#bot/handler.ts';
import { retryLog } from '#bot/retry-log.ts';
import { chosenValue, parseActionValue } from './action-value.ts';

/** Has a log that failed or was cancelled worked on once more. */
export const retry: ActionHandler = {
  id: 'retry',
  async run(click, { api, acting }) {
    await retryLog(api, parseActionValue(chosenValue(click)).logId, acting);
    return 'Trying again. The answer will appear here.';
  },
};
