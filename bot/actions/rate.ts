import { RateLogDocument } from '#bot/generated/operations.ts';
import type { ActionHandler } from '#bot/handler.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { chosenValue, parseActionValue } from './action-value.ts';

const rate = (id: string, helpful: boolean, thanks: string): ActionHandler => ({
  id,
  async run(click, { api, acting }) {
    const { logId } = parseActionValue(chosenValue(click));
    const { rateLog } = await api.request(RateLogDocument, { input: { logId, helpful } }, acting);
    throwUserError(rateLog.userErrors);
    return thanks;
  },
});

/** Whether a summary helped; counted by engine, so that a change of model or prompt shows. */
export const ratingActions: ActionHandler[] = [
  rate('rate_helpful', true, 'Noted: it helped.'),
  rate('rate_not_helpful', false, 'Noted: it did not help. The patterns and the lines behind it are still there; Ask asks about them.'),
];
