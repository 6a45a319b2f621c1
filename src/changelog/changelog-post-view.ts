export type { ChangelogPost as ChangelogPostView } from '#db/entities/changelog-post.ts';
export type { ChangelogSubscription as ChangelogSubscriptionView } from '#db/entities/changelog-subscription.ts';
export { toWords } from './weekly/schedule-words.ts';
