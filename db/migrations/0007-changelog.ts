import { Migration } from '@mikro-orm/migrations';

export class Changelogs extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "change" ("id" text not null, "workspace_id" text not null, "source" text not null, "external_key" text not null, "system" text not null, "kind" text not null, "title" text not null, "body" text not null, "refs" text[] not null, "labels" text[] not null, "paths" text[] not null, "files_changed" int null, "breaking" boolean not null, "time" timestamptz not null, "url" text null, "sha" text null, "merged" text[] not null, "restricted" boolean not null, "created_by" text not null, "acting_for" text null, "received_at" timestamptz not null, primary key ("id"))`,
  `create index "change_by_time" on "change" ("workspace_id", "time")`,
  `create index "change_by_workspace" on "change" ("workspace_id", "id")`,
  `alter table "change" add constraint "change_external_key" unique ("workspace_id", "source", "external_key")`,
  `create table "changelog" ("id" text not null, "workspace_id" text not null, "scope" jsonb not null, "from" timestamptz not null, "to" timestamptz not null, "late_since" timestamptz null, "read_at" timestamptz null, "audience" text not null, "format" text not null, "status" text not null, "failure" jsonb null, "headline" text null, "semver" jsonb null, "change_count" int null, "omitted" jsonb null, "rejected" int not null, "receipt" jsonb null, "created_by" text not null, "acting_for" text null, "idempotency_key" text null, "request_id" text null, "created_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"))`,
  `create index "changelog_by_workspace" on "changelog" ("workspace_id", "id")`,
  `create unique index "changelog_idempotency_key" on "changelog" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
  `create table "changelog_entry" ("changelog_id" text not null, "position" int not null, "workspace_id" text not null, "key" text not null, "section" text not null, "text" text not null, "worded_by" text not null, "breaking" boolean not null, "changes" text[] not null, "refs" text[] not null, "tickets" text[] not null, primary key ("changelog_id", "position"))`,
  `create index "changelog_entry_tickets" on "changelog_entry" using gin ("tickets") where tickets <> '{}'`,
  `create table "changelog_edit" ("workspace_id" text not null, "audience" text not null, "entry_key" text not null, "text" text not null, "edited_by" text not null, "edited_at" timestamptz not null, primary key ("workspace_id", "audience", "entry_key"))`,
  `create table "changelog_settings" ("workspace_id" text not null, "leak_list" text[] not null, "event_channels" text[] not null, "updated_at" timestamptz not null, primary key ("workspace_id"))`,
  // The default stays: the version before makes webhooks without a kind, and runs on while the next one starts.
  `alter table "webhook_in" add "kind" text not null default 'TICKET'`,
  `alter table "change" add constraint "change_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "changelog" add constraint "changelog_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "changelog_entry" add constraint "changelog_entry_changelog_id_foreign" foreign key ("changelog_id") references "changelog" ("id") on update no action on delete cascade`,
  `alter table "changelog_edit" add constraint "changelog_edit_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "changelog_settings" add constraint "changelog_settings_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
];
