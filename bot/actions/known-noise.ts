import { z } from 'zod';
import { MarkNoiseDocument } from '#bot/generated/operations.ts';
import type { ActionHandler } from '#bot/handler.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { AppError } from '#src/core/errors.ts';
import { chosenValue, tryJson } from './action-value.ts';

/** From now on a pattern is folded away for the log's source, and still counted; or no longer. */
export const knownNoise: ActionHandler = {
  id: 'known_noise',
  async run(click, { api, acting }) {
    const chosen = choice.safeParse(tryJson(chosenValue(click)));
    if (!chosen.success)
      throw new AppError('BAD_INPUT', 'That menu is from an older version of me and no longer works. Ask for the summary again.');
    const { logId, pattern, noise } = chosen.data;
    const { markNoise } = await api.request(MarkNoiseDocument, { input: { logId, patternId: pattern, noise } }, acting);
    throwUserError(markNoise.userErrors);
    return noise
      ? `${pattern} is known noise for this source from now on: folded away, still counted. The same menu takes it back.`
      : `${pattern} is no longer noise for this source: it is shown again.`;
  },
};

const choice = z.object({ logId: z.string().min(1), pattern: z.string().min(1), noise: z.boolean().default(true) });
