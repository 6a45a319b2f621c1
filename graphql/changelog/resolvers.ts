import { endable } from '#graphql/base/endable.ts';
import { toPage } from '#graphql/base/to-page.ts';
import { userErrors } from '#graphql/errors.ts';
import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import type { ChangelogView } from '#src/changelog/changelog-view.ts';
import { AppError } from '#src/core/errors.ts';
import { fromAudience, fromBump, fromKind, fromReason, fromSection, fromSource } from './enums.ts';
import { omittedPage } from './omitted-page.ts';
import {
  parseAddChange,
  parseChangeEvent,
  parseEntryEdit,
  parseGenerateChangelog,
  parseRecordChanges,
  toChangeFilter,
  toChangelogFilter,
} from './parse-inputs.ts';

const MOST_SPLICED = 5_000_000;

export const changelogResolvers: Resolvers = {
  Query: {
    change: async (_, { id }, { changelogs, actor }) => changelogs.change(await actor(), withoutNul(id)),
    changes: async (_, args, { changelogs, actor }) => changelogs.changes(await actor(), toChangeFilter(args.filter), toPage(args)),
    changelog: async (_, { id }, { changelogs, actor }) => changelogs.changelog(await actor(), withoutNul(id)),
    changelogs: async (_, args, { changelogs, actor }) =>
      changelogs.changelogs(await actor(), toChangelogFilter(args.filter), toPage(args)),
    changelogSettings: async (_, _args, { changelogs, actor }) => changelogs.changelogSettings(await actor()),
  },
  Mutation: {
    recordChanges: (_, { input }, { changelogs, actor }) =>
      userErrors(
        async () => {
          const { recorded, problems } = await changelogs.recordChanges(await actor(), parseRecordChanges(input));
          const created = recorded.filter((one) => one.created).length;
          return {
            created,
            known: recorded.length - created,
            ids: recorded.map(({ id }) => id),
            replayed: recorded.length > 0 && created === 0,
            problems,
          };
        },
        { created: 0, known: 0, ids: [], replayed: false },
      ).then((payload) => ({
        ...payload,
        userErrors: [
          ...payload.userErrors,
          ...('problems' in payload ? payload.problems : []).map(({ field, message }) => ({ code: 'BAD_INPUT' as const, field, message })),
        ],
      })),
    addChange: (_, { input }, { changelogs, actor }) =>
      userErrors(
        async () => {
          const asker = await actor();
          return changelogs.addChange(asker, parseAddChange(asker, input));
        },
        { replayed: false },
      ),
    recordChangeEvent: (_, { input }, { changelogs, actor }) =>
      userErrors(async () => {
        const asker = await actor();
        return { change: await changelogs.recordChangeEvent(asker, parseChangeEvent(asker, input)) };
      }),
    generateChangelog: (_, { input }, { changelogs, actor }) =>
      userErrors(
        async () => {
          const asker = await actor();
          return changelogs.generateChangelog(asker, parseGenerateChangelog(asker, input));
        },
        { replayed: false },
      ),
    editChangelogEntry: (_, { input }, { changelogs, actor }) =>
      userErrors(async () => {
        const asker = await actor();
        const [changelogId, key] = [withoutNul(input.changelogId), withoutNul(input.key)];
        await changelogs.editEntry(asker, { changelogId, ...parseEntryEdit(input) });
        return { entry: (await changelogs.entriesOf(asker, changelogId)).find(({ entry }) => entry.key === key) ?? null };
      }),
    includeChanges: (_, { input }, { changelogs, actor }) =>
      userErrors(async () => ({
        changelog: await changelogs.includeChanges(await actor(), {
          changelogId: withoutNul(input.changelogId),
          changes: input.changes.map(withoutNul),
        }),
      })),
    saveChangelogSettings: (_, { input }, { changelogs, actor }) =>
      userErrors(async () => ({
        settings: await changelogs.saveChangelogSettings(await actor(), {
          leakList: input.leakList?.map(withoutNul),
          eventChannels: input.eventChannels?.map(withoutNul),
        }),
      })),
  },
  Subscription: {
    changelogProgress: {
      subscribe: async (_, { changelogId }, { changelogs, actor, request }) => {
        const asker = await actor();
        const watch = (ended: AbortSignal) => changelogs.watchChangelog(asker, withoutNul(changelogId), ended);
        return endable(watch, request.signal) as AsyncIterable<never>;
      },
      resolve: (changelog: unknown) => changelog as ChangelogView,
    },
  },
  Change: {
    source: ({ source }) => fromSource(source),
    kind: ({ kind }) => fromKind(kind),
  },
  Changelog: {
    audience: ({ audience }) => fromAudience(audience),
    headline: async (changelog, _, { changelogs, actor }) => changelogs.headlineOf(await actor(), changelog),
    semver: ({ semver }) => (semver ? { bump: fromBump(semver.bump), reason: semver.reason, version: semver.version ?? null } : null),
    rejectedTexts: ({ rejected }) => rejected,
    entries: async ({ id }, _, { changelogs, actor }) => changelogs.entriesOf(await actor(), id),
    omitted: async ({ id }, page, { changelogs, actor }) => {
      const asker = await actor();
      return omittedPage(await changelogs.omittedOf(asker, id), page, (ids) => changelogs.changesByIds(asker, ids));
    },
    omittedCounts: async ({ id }, _, { changelogs, actor }) => {
      const counts = new Map<string, number>();
      for (const { reason } of await changelogs.omittedOf(await actor(), id)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
      return [...counts].map(([reason, count]) => ({ reason: fromReason(reason as Parameters<typeof fromReason>[0]), count }));
    },
    rendered: async ({ id, changeCount, format: wanted }, { format, version }, { changelogs, actor }) =>
      isPlanned(changeCount) ? changelogs.rendered(await actor(), id, format ?? wanted, versionOf(version)) : null,
    spliced: async ({ id, changeCount }, { into, version }, { changelogs, actor }) => {
      if (into.length > MOST_SPLICED) throw new AppError('TOO_LARGE', 'A CHANGELOG.md may have up to 5 MB; cut off its oldest releases.');
      return isPlanned(changeCount) ? changelogs.spliced(await actor(), id, into, versionOf(version)) : null;
    },
  },
  ChangelogEntry: {
    key: ({ entry }) => entry.key,
    changelogId: ({ entry }) => entry.changelogId,
    section: ({ entry }) => fromSection(entry.section),
    text: ({ entry }) => entry.text,
    wordedBy: ({ entry }) => entry.wordedBy,
    breaking: ({ entry }) => entry.breaking,
    refs: ({ entry }) => entry.refs,
    ticketRefs: ({ entry }) => entry.tickets,
    originalTitle: (view) => view.title(),
    changes: (view) => view.changes(),
    tickets: (view) => view.tickets(),
  },
  OmittedChange: {
    change: ({ row }) => row,
    title: async ({ row, reason }, _, { changelogs, actor }) => changelogs.shownTitle(await actor(), row, reason),
    reason: ({ reason }) => fromReason(reason),
  },
  Ticket: {
    changelogEntries: async ({ number }, _, { changelogs, actor }) => {
      const asker = await actor();
      // Who may read tickets only still sees the ticket.
      return asker.scopes.includes('CHANGES_READ') ? changelogs.entriesOfTicket(asker, number) : [];
    },
  },
};

const isPlanned = (changeCount: number | null | undefined): boolean => changeCount !== null && changeCount !== undefined;

const versionOf = (version: string | null | undefined): string | undefined =>
  version
    ?.replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 100) || undefined;
