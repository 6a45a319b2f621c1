import { CancelLogDocument } from '#bot/generated/operations.ts';
import type { ActionHandler } from '#bot/handler.ts';
import { AppError } from '#src/core/errors.ts';
import { chosenValue, parseActionValue } from './action-value.ts';

/** Stops work on a log; what is known so far stays. */
export const cancel: ActionHandler = {
  id: 'cancel',
  async run(click, { api, acting }) {
    const { logId } = parseActionValue(chosenValue(click));
    const { cancelLog } = await api.request(CancelLogDocument, { input: { logId } }, acting);
    const [problem] = cancelLog.userErrors;
    if (problem) throw new AppError(problem.code, problem.message);
    return 'Stopped. What was found so far stays.';
  },
};
