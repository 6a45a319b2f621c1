import { fromAudience } from '#graphql/changelog/enums.ts';
import { parseEntryEdit } from '#graphql/changelog/parse-inputs.ts';
import { userErrors } from '#graphql/errors.ts';
import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import { toWords } from '#src/changelog/changelog-post-view.ts';
import { parseAsk, parseChange, parseSubscribe } from './parse-inputs.ts';

export const changelogPostsResolvers: Resolvers = {
  Query: {
    changelogSubscriptions: async (_, { channel }, { changelogPosts, actor }) =>
      changelogPosts.subscriptions(await actor(), { channel: channel ? withoutNul(channel) : undefined }),
    changelogSubscription: async (_, { id }, { changelogPosts, actor }) => changelogPosts.subscription(await actor(), withoutNul(id)),
    changelogPost: async (_, { id }, { changelogPosts, actor }) => changelogPosts.post(await actor(), withoutNul(id)),
  },
  Mutation: {
    subscribeChangelog: (_, { input }, { changelogPosts, actor }) =>
      userErrors(async () => changelogPosts.subscribe(await actor(), parseSubscribe(input)), { replayed: false, unknownSystems: [] }),
    updateChangelogSubscription: (_, { input }, { changelogPosts, actor }) =>
      userErrors(async () => ({
        subscription: await changelogPosts.changeSubscription(await actor(), withoutNul(input.id), parseChange(input)),
      })),
    unsubscribeChangelog: (_, { input }, { changelogPosts, actor }) =>
      userErrors(async () => ({ subscription: await changelogPosts.unsubscribe(await actor(), withoutNul(input.id)) })),
    postChangelogNow: (_, { input }, { changelogPosts, actor }) =>
      userErrors(async () => changelogPosts.postNow(await actor(), parseAsk(input)), { replayed: false }),
    previewChangelog: (_, { input }, { changelogPosts, actor }) =>
      userErrors(async () => changelogPosts.preview(await actor(), parseAsk(input)), { replayed: false }),
    approveChangelogPost: (_, { input }, { changelogPosts, actor }) =>
      userErrors(async () => changelogPosts.approve(await actor(), withoutNul(input.id))),
    skipChangelogPost: (_, { input }, { changelogPosts, actor }) =>
      userErrors(async () => ({ post: await changelogPosts.skip(await actor(), withoutNul(input.id)) })),
    editChangelogPost: (_, { input }, { changelogPosts, actor }) =>
      userErrors(async () => {
        const entries = input.entries.map(parseEntryEdit);
        return { post: await changelogPosts.edit(await actor(), { id: withoutNul(input.id), entries }) };
      }),
    recomposeChangelogPost: (_, { input }, { changelogPosts, actor }) =>
      userErrors(async () => ({ post: await changelogPosts.composeAgain(await actor(), withoutNul(input.id)) })),
  },
  ChangelogSubscription: {
    audience: ({ audience }) => fromAudience(audience),
    schedule: (subscription) => toWords(subscription),
    number: async (subscription, _, { changelogPosts, actor }) => changelogPosts.numberOf(await actor(), subscription),
    posts: async ({ id }, { first }, { changelogPosts, actor }) => changelogPosts.posts(await actor(), id, first),
  },
  ChangelogPost: {
    changelog: async ({ changelogId }, _, { changelogs, actor }) => (changelogId ? changelogs.changelog(await actor(), changelogId) : null),
  },
};
