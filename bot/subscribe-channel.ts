import { AppError } from '#src/core/errors.ts';
import { listed, nextTimeOf, type Subscription, toSentence } from './changelog-words.ts';
import { SubscribeChangelogDocument, type SubscribeChangelogInput } from './generated/operations.ts';
import type { Call } from './handler.ts';
import { throwUserError } from './user-errors.ts';

/** The one mutation every way to a subscription ends in. Throws AppError with the sentence for the person. */
export const subscribeChannel = async (
  { api, acting }: Pick<Call, 'api' | 'acting'>,
  input: SubscribeChangelogInput,
): Promise<Subscribed> => {
  const { subscribeChangelog } = await api.request(SubscribeChangelogDocument, { input }, acting);
  throwUserError(subscribeChangelog.userErrors);
  if (!subscribeChangelog.subscription)
    throw new AppError('API_UNAVAILABLE', 'I could not store this, so nothing was kept. Please try again in a minute.');
  return { subscription: subscribeChangelog.subscription, unknownSystems: subscribeChangelog.unknownSystems };
};

/** `unknownSystems` are those of which nothing was heard yet, perhaps since they are written otherwise. */
export type Subscribed = { subscription: Subscription; unknownSystems: readonly string[] };

/** What whoever subscribed is told. */
export const subscribed = ({ subscription, unknownSystems }: Subscribed): string =>
  `Got it: ${toSentence(subscription)}. The first one comes on ${nextTimeOf(subscription)}; /changelog preview shows it now.${unheardOf(unknownSystems)}`;

/** Empty where all are known. */
export const unheardOf = (systems: readonly string[]): string =>
  systems.length === 0
    ? ''
    : ` I have heard nothing from ${listed(systems, 'and')} yet: ${systems.length === 1 ? 'is that its name' : 'are those their names'}? Until a webhook or "npm run changes -- push" tells me of ${systems.length === 1 ? 'it' : 'them'}, there is nothing to post.`;
