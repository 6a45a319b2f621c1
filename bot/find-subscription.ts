import { AppError } from '#src/core/errors.ts';
import type { Subscription } from './changelog-words.ts';
import type { Which } from './commands/parse-changelog.ts';
import { ChangelogSubscriptionsDocument } from './generated/operations.ts';
import type { Call } from './handler.ts';

export const subscriptionsOf = async ({ api, acting }: Pick<Call, 'api' | 'acting'>, channel: string): Promise<Subscription[]> =>
  (await api.request(ChangelogSubscriptionsDocument, { channel }, acting)).changelogSubscriptions;

/** The one that is meant; null when the channel has none. Throws BAD_INPUT when it may be several, or none of them. */
export const findSubscription = async (call: Call, channel: string, which: Which): Promise<Subscription | null> => {
  const all = await subscriptionsOf(call, channel);
  if (which === null) {
    if (all.length > 1)
      throw new AppError(
        'BAD_INPUT',
        `This channel has ${all.length} changelogs; add the number of the one you mean, as /changelog list shows them.`,
      );
    return all[0] ?? null;
  }
  const meant =
    'place' in which ? all.filter(({ number }) => number === which.place) : all.filter(({ audience }) => audience === which.audience);
  if (meant.length === 1) return meant[0] ?? null;
  throw new AppError(
    'BAD_INPUT',
    `${meant.length === 0 ? 'There is no such changelog here' : 'There are several of those here'}; /changelog list shows them with their numbers.`,
  );
};
