import { createDecisions, type Decisions } from './decisions.ts';
import { createPosts, type Posts } from './posts.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';

/** What can be asked about changelogs that come by the clock. Everything is within the actor's workspace. */
export type ChangelogPostService = Subscriptions & Posts & Decisions;

type Deps = Parameters<typeof createSubscriptions>[0] & Parameters<typeof createDecisions>[0];

export const createChangelogPostService = (deps: Deps): ChangelogPostService => ({
  ...createSubscriptions(deps),
  ...createPosts(deps),
  ...createDecisions(deps),
});
