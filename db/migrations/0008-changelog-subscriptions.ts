import { Migration } from '@mikro-orm/migrations';

export class ChangelogSubscriptions extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "changelog_subscription" ("id" text not null, "workspace_id" text not null, "channel" text not null, "owner" text not null, "every" text not null, "weekday" int null, "month_day" int null, "time" text not null, "time_zone" text not null, "systems" text[] not null, "audience" text not null, "empty_periods" text not null, "draft_first" boolean not null, "covered_until" timestamptz not null, "planned_until" timestamptz not null, "read_until" timestamptz null, "next_at" timestamptz not null, "paused_at" timestamptz null, "paused_reason" text null, "created_by" text not null, "acting_for" text null, "idempotency_key" text null, "created_at" timestamptz not null, "ended_at" timestamptz null, primary key ("id"))`,
  `create index "changelog_subscription_due" on "changelog_subscription" ("next_at") where paused_at is null and ended_at is null`,
  `create index "changelog_subscription_by_workspace" on "changelog_subscription" ("workspace_id", "channel")`,
  `create unique index "changelog_subscription_idempotency_key" on "changelog_subscription" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
  `create table "changelog_post" ("id" text not null, "workspace_id" text not null, "subscription_id" text null, "purpose" text not null, "channel" text not null, "owner" text not null, "systems" text[] not null, "audience" text not null, "time_zone" text not null, "from" timestamptz not null, "to" timestamptz not null, "covers" int not null, "state" text not null, "changelog_id" text null, "failure" jsonb null, "reminded_at" timestamptz null, "decided_by" text null, "decided_at" timestamptz null, "created_by" text not null, "idempotency_key" text null, "request_id" text null, "created_at" timestamptz not null, "posted_at" timestamptz null, primary key ("id"))`,
  `create index "changelog_post_by_workspace" on "changelog_post" ("workspace_id", "id")`,
  `create index "changelog_post_open" on "changelog_post" ("subscription_id") where state in ('COMPOSING', 'DRAFT', 'POSTING', 'FAILED')`,
  `create unique index "changelog_post_idempotency_key" on "changelog_post" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
  `alter table "changelog_post" add constraint "changelog_post_period" unique ("subscription_id", "to")`,
  `create table "channel_pace" ("workspace_id" text not null, "channel" text not null, "last_at" timestamptz not null, "next_turn_at" timestamptz not null, primary key ("workspace_id", "channel"))`,
  `alter table "delivery" add "turn_at" timestamptz null`,
  `alter table "changelog_subscription" add constraint "changelog_subscription_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "changelog_post" add constraint "changelog_post_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "changelog_post" add constraint "changelog_post_subscription_id_foreign" foreign key ("subscription_id") references "changelog_subscription" ("id") on update no action on delete cascade`,
  `alter table "channel_pace" add constraint "channel_pace_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
];
