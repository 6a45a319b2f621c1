import { parseReplyTo } from '#graphql/base/parse-reply-to.ts';
import { parseSlackId, parseTs } from '#graphql/base/parse-slack-origin.ts';
import type {
  AddChangeInput,
  ChangeFilter as ChangeFilterInput,
  ChangeInput,
  ChangelogEntryTextInput,
  ChangelogFilter as ChangelogFilterInput,
  GenerateChangelogInput,
  RecordChangeEventInput,
  RecordChangesInput,
} from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import type { ChangeFilter, ChangelogFilter } from '#src/changelog/changelog-reading.ts';
import type { GenerateChangelog } from '#src/changelog/changelog-requests.ts';
import type { AddChange, ChangeEventMessage, RecordChanges } from '#src/changelog/intake/change-intake.ts';
import type { GivenChange } from '#src/changelog/intake/new-change.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { parseLine } from '#src/core/parse-line.ts';
import { toAudience, toKind, toSection, toSource } from './enums.ts';

/** Throws BAD_INPUT. */
export const parseRecordChanges = ({ changes, idempotencyKey }: RecordChangesInput): RecordChanges => ({
  changes: changes.map(toGivenChange),
  idempotencyKey: parseKey(idempotencyKey),
});

const toGivenChange = ({ key, source, kind, time, ...rest }: ChangeInput): GivenChange => {
  // Tickets become changes here by being resolved; nobody else speaks for them.
  if (source === 'TICKET')
    throw new AppError('BAD_INPUT', 'Tickets become changes when they are resolved here; use another source.', { field: 'changes' });
  return {
    ...withoutNothing(rest),
    key: key?.trim() || undefined,
    source: toSource(source ?? 'API'),
    kind: toKind(kind),
    time: new Date(time),
    system: rest.system,
    title: rest.title,
  };
};

/** Throws BAD_INPUT, and FORBIDDEN for Slack's part without ACT_FOR_SLACK. */
export const parseAddChange = (actor: Actor, { slack, kind, title, time, idempotencyKey, ...rest }: AddChangeInput): AddChange => {
  if (slack) requireScope(actor, 'ACT_FOR_SLACK');
  const given = withoutNothing(rest);
  return {
    ...given,
    system: given.system?.trim() || undefined,
    title,
    kind: toKind(kind ?? 'NOTE'),
    time: time ? new Date(time) : undefined,
    idempotencyKey: parseKey(idempotencyKey),
    slack: slack
      ? {
          teamId: parseSlackId(slack.teamId, 'slack.teamId'),
          channel: parseSlackId(slack.channel, 'slack.channel'),
          ts: slack.ts ? parseTs(slack.ts, 'slack.ts') : undefined,
        }
      : undefined,
  };
};

/** Throws BAD_INPUT, and FORBIDDEN without ACT_FOR_SLACK. */
export const parseChangeEvent = (
  actor: Actor,
  { teamId, channel, ts, editedTs, text, url }: RecordChangeEventInput,
): ChangeEventMessage => {
  requireScope(actor, 'ACT_FOR_SLACK');
  return {
    teamId: parseSlackId(teamId, 'teamId'),
    channel: parseSlackId(channel, 'channel'),
    ts: parseTs(ts, 'ts'),
    editedTs: editedTs ? parseTs(editedTs, 'editedTs') : undefined,
    text: withoutNul(text),
    url: url || undefined,
  };
};

/** What is to become of an entry. */
export const parseEntryEdit = ({ key, text, section, leaveOut }: ChangelogEntryTextInput) => ({
  key: withoutNul(key),
  text: text === null || text === undefined ? undefined : withoutNul(text),
  section: section ? toSection(section) : undefined,
  leaveOut: leaveOut ?? undefined,
});

/** Throws BAD_INPUT, and FORBIDDEN for Slack's part without ACT_FOR_SLACK. */
export const parseGenerateChangelog = (actor: Actor, input: GenerateChangelogInput): GenerateChangelog => {
  if (input.replyTo) requireScope(actor, 'ACT_FOR_SLACK');
  const { systems, labels, paths } = input.scope ?? {};
  return {
    scope: { systems: systems ?? [], labels: labels ?? [], paths: paths ?? [] },
    from: input.from ? new Date(input.from) : undefined,
    lastTag: input.lastTag ? parseLine(input.lastTag, 'lastTag', 200) : undefined,
    to: input.to ? new Date(input.to) : undefined,
    audience: toAudience(input.audience ?? 'ENGINEERS'),
    format: input.format ?? 'MARKDOWN',
    idempotencyKey: parseKey(input.idempotencyKey),
    replyTo: input.replyTo ? parseReplyTo(input.replyTo) : undefined,
  };
};

export const toChangeFilter = (filter: ChangeFilterInput | null | undefined): ChangeFilter => ({
  system: text(filter?.system),
  kind: filter?.kind?.map(toKind),
  source: filter?.source?.map(toSource),
  label: text(filter?.label),
  ref: text(filter?.ref),
  since: filter?.since ? new Date(filter.since) : undefined,
  until: filter?.until ? new Date(filter.until) : undefined,
});

export const toChangelogFilter = (filter: ChangelogFilterInput | null | undefined): ChangelogFilter => ({
  audience: filter?.audience ? toAudience(filter.audience) : undefined,
  status: filter?.status ?? undefined,
  system: text(filter?.system),
});

const text = (given: string | null | undefined): string | undefined => (given ? withoutNul(given) : undefined);

const parseKey = (key: string | null | undefined): string | undefined => (key ? parseLine(key, 'idempotencyKey', 200) : undefined);

type WithoutNull<Given> = { [Key in keyof Given]: Exclude<Given[Key], null> };

/** GraphQL says "not given" with null or nothing, services with undefined. */
const withoutNothing = <Given extends object>(given: Given): WithoutNull<Given> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as WithoutNull<Given>;
