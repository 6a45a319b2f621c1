import { defineEntity, p } from '@mikro-orm/core';
import type { Audience } from '#src/changelog/changes/types.ts';
import { ChangelogSubscription } from './changelog-subscription.ts';
import type { WorkFailure } from './log.ts';
import { workspaceId } from './owned.ts';

/** What it is for: a period of a subscription, what somebody asked to have posted, or to see by themselves. */
export type PostPurpose = 'PERIOD' | 'NOW' | 'PREVIEW';

/** COMPOSING → (DRAFT →) POSTING → POSTED; or EMPTY (nothing changed, and silence was wished for), SKIPPED, FAILED. */
export type PostState = 'COMPOSING' | 'DRAFT' | 'POSTING' | 'POSTED' | 'EMPTY' | 'SKIPPED' | 'FAILED';

/** A changelog on its way into a channel; one for each subscription and period (law 3). */
const ChangelogPostSchema = defineEntity({
  name: 'ChangelogPost',
  tableName: 'changelog_post',
  uniques: [{ name: 'changelog_post_period', properties: ['subscriptionId', 'to'] }],
  indexes: [
    { name: 'changelog_post_by_workspace', properties: ['workspaceId', 'id'] },
    {
      name: 'changelog_post_open',
      expression: `create index "changelog_post_open" on "changelog_post" ("subscription_id") where state in ('COMPOSING', 'DRAFT', 'POSTING', 'FAILED')`,
    },
    {
      name: 'changelog_post_idempotency_key',
      expression: `create unique index "changelog_post_idempotency_key" on "changelog_post" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    /** Null for what covers no time of a subscription: a preview, or a channel that has none. */
    subscriptionId: () =>
      p.manyToOne(ChangelogSubscription).mapToPk().fieldName('subscription_id').nullable().deleteRule('cascade').updateRule('no action'),
    purpose: p.text().$type<PostPurpose>(),
    /** Of a preview: the subscription whose next post it shows. */
    previewOf: p.text().nullable(),
    /** Slack's ids: a channel, or for a preview who asked for it; and who is told when it cannot be posted. */
    channel: p.text(),
    owner: p.text(),
    systems: p.array(),
    labels: p.array().default([]),
    paths: p.array().default([]),
    audience: p.text().$type<Audience>(),
    timeZone: p.text(),
    from: p.datetime(),
    to: p.datetime(),
    /** How many periods it makes up for; 1 but after a long silence. */
    covers: p.integer(),
    state: p.text().$type<PostState>(),
    changelogId: p.text().nullable(),
    failure: p.json().$type<WorkFailure>().nullable(),
    remindedAt: p.datetime().nullable(),
    /** Who approved or skipped it, and when. */
    decidedBy: p.text().nullable(),
    decidedAt: p.datetime().nullable(),
    createdBy: p.text(),
    idempotencyKey: p.text().nullable(),
    requestId: p.text().nullable(),
    createdAt: p.datetime(),
    postedAt: p.datetime().nullable(),
  },
});
export class ChangelogPost extends ChangelogPostSchema.class {}
ChangelogPostSchema.setClass(ChangelogPost);

export { ChangelogPostSchema };
