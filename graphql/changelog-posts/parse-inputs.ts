import { parseSlackId } from '#graphql/base/parse-slack-origin.ts';
import { toAudience } from '#graphql/changelog/enums.ts';
import type {
  AskChangelogInput,
  ChangelogPlaceInput,
  SubscribeChangelogInput,
  UpdateChangelogSubscriptionInput,
} from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import type { AskNow } from '#src/changelog/weekly/posts.ts';
import type { ChangeSubscription, Place, Subscribe } from '#src/changelog/weekly/subscriptions.ts';
import { parseLine } from '#src/core/parse-line.ts';

/** Throws BAD_INPUT. */
export const parseSubscribe = ({ place, idempotencyKey, ...wishes }: SubscribeChangelogInput): Subscribe => ({
  place: parsePlace(place),
  wishes: {
    every: wishes.every ?? 'WEEKLY',
    weekday: wishes.weekday ?? null,
    monthDay: wishes.monthDay ?? null,
    time: wishes.time ?? '09:00',
    timeZone: wishes.timeZone ?? 'UTC',
    systems: (wishes.systems ?? []).map(withoutNul),
    labels: (wishes.labels ?? []).map(withoutNul),
    paths: (wishes.paths ?? []).map(withoutNul),
    audience: toAudience(wishes.audience ?? 'COMPANY'),
    emptyPeriods: wishes.emptyPeriods ?? 'SILENT',
    draftFirst: wishes.draftFirst ?? false,
  },
  idempotencyKey: parseKey(idempotencyKey),
});

/** What was left out, or is null, stays as it is. Throws BAD_INPUT. */
export const parseChange = (input: UpdateChangelogSubscriptionInput): ChangeSubscription => {
  const given: ChangeSubscription = {
    channel: input.channel ? parseSlackId(input.channel, 'channel') : undefined,
    owner: input.owner ? parseSlackId(input.owner, 'owner') : undefined,
    every: input.every ?? undefined,
    weekday: input.weekday ?? undefined,
    monthDay: input.monthDay ?? undefined,
    time: input.time ?? undefined,
    timeZone: input.timeZone ?? undefined,
    systems: input.systems?.map(withoutNul),
    labels: input.labels?.map(withoutNul),
    paths: input.paths?.map(withoutNul),
    audience: input.audience ? toAudience(input.audience) : undefined,
    emptyPeriods: input.emptyPeriods ?? undefined,
    draftFirst: input.draftFirst ?? undefined,
    paused: input.paused ?? undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
};

/** Throws BAD_INPUT. */
export const parseAsk = ({
  place,
  subscriptionId,
  audience,
  systems,
  labels,
  paths,
  timeZone,
  idempotencyKey,
}: AskChangelogInput): AskNow => ({
  place: parsePlace(place),
  subscriptionId: subscriptionId ? withoutNul(subscriptionId) : undefined,
  audience: audience ? toAudience(audience) : undefined,
  systems: systems?.map(withoutNul),
  labels: labels?.map(withoutNul),
  paths: paths?.map(withoutNul),
  timeZone: timeZone ?? undefined,
  idempotencyKey: parseKey(idempotencyKey),
});

const parsePlace = ({ teamId, channel, owner }: ChangelogPlaceInput): Place => ({
  teamId: parseSlackId(teamId, 'place.teamId'),
  channel: parseSlackId(channel, 'place.channel'),
  owner: parseSlackId(owner, 'place.owner'),
});

const parseKey = (key: string | null | undefined): string | undefined => (key ? parseLine(key, 'idempotencyKey', 200) : undefined);
