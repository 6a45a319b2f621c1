import { Migration } from '@mikro-orm/migrations';

export class ChangelogCursors extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

// The defaults stay: the version before runs on beside this one, and says nothing of these columns.
const statements = [
  `alter table "change" add "commits" int null, add "channel" text null, add "said_at" timestamptz null`,
  // Forks and mirrors have commits in common.
  `update "change" set "external_key" = 'commit:' || "system" || '@' || "sha" where "external_key" = 'commit:' || "sha"`,
  `create index "change_by_system" on "change" ("workspace_id", lower("system"))`,
  `alter table "changelog" add "begins" jsonb null`,
  `alter table "changelog_edit" add "changes" text[] not null default '{}'`,
  `alter table "changelog_subscription" add "labels" text[] not null default '{}', add "paths" text[] not null default '{}', add "owner_lost_at" timestamptz null`,
  `alter table "changelog_post" add "labels" text[] not null default '{}', add "paths" text[] not null default '{}', add "preview_of" text null`,
];
