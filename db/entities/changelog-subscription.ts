import { defineEntity, p } from '@mikro-orm/core';
import type { Audience } from '#src/changelog/changes/types.ts';
import type { Frequency } from '#src/changelog/weekly/schedule.ts';
import { workspaceId } from './owned.ts';

/** What happens in a period in which nothing changed. */
export type EmptyPeriods = 'SILENT' | 'POSTED';

/** A channel that wants a changelog by the clock. Its two cursors say how far time is covered, so that no week is lost or told twice. */
const ChangelogSubscriptionSchema = defineEntity({
  name: 'ChangelogSubscription',
  tableName: 'changelog_subscription',
  indexes: [
    {
      name: 'changelog_subscription_due',
      expression: `create index "changelog_subscription_due" on "changelog_subscription" ("next_at") where paused_at is null and ended_at is null`,
    },
    { name: 'changelog_subscription_by_workspace', properties: ['workspaceId', 'channel'] },
    {
      name: 'changelog_subscription_idempotency_key',
      expression: `create unique index "changelog_subscription_idempotency_key" on "changelog_subscription" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    /** Slack's ids: where it is posted, and who is asked and told about it. */
    channel: p.text(),
    owner: p.text(),
    every: p.text().$type<Frequency>(),
    /** Monday is 1; null unless weekly. */
    weekday: p.integer().nullable(),
    /** 1 to 31; null unless monthly. */
    monthDay: p.integer().nullable(),
    /** '09:00' */
    time: p.text(),
    timeZone: p.text(),
    /** Repositories and systems; empty for everything. */
    systems: p.array(),
    /** Changes have at least one of these labels, touch at least one of these places; empty for any. */
    labels: p.array().default([]),
    paths: p.array().default([]),
    audience: p.text().$type<Audience>(),
    emptyPeriods: p.text().$type<EmptyPeriods>(),
    /** Its owner sees each post first, and approves it. */
    draftFirst: p.boolean(),
    /** Everything before was posted, skipped, or nothing. */
    coveredUntil: p.datetime(),
    /** Everything before has its post, which may still wait for somebody. */
    plannedUntil: p.datetime(),
    /** Changes that came in up to here are told of, also those of earlier times; null before the first. */
    readUntil: p.datetime().nullable(),
    /** When the next post is due. */
    nextAt: p.datetime(),
    pausedAt: p.datetime().nullable(),
    /** A sentence. */
    pausedReason: p.text().nullable(),
    /** Since when Slack does not let us reach its owner; whoever resumes it then is its owner. */
    ownerLostAt: p.datetime().nullable(),
    createdBy: p.text(),
    actingFor: p.text().nullable(),
    idempotencyKey: p.text().nullable(),
    createdAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});
export class ChangelogSubscription extends ChangelogSubscriptionSchema.class {}
ChangelogSubscriptionSchema.setClass(ChangelogSubscription);

export { ChangelogSubscriptionSchema };
