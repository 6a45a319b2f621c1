import { Migration } from '@mikro-orm/migrations';

export class Tickets extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create extension if not exists pg_trgm`,
  `create table "triage_settings" ("workspace_id" text not null, "emoji" text not null, "threshold" real not null, "delay_seconds" int not null, "restricted_channels" text[] not null, "business_hours" jsonb not null, "admin_channel" text null, "next_number" int not null, "updated_at" timestamptz not null, primary key ("workspace_id"))`,
  `create table "triage_model" ("id" text not null, "workspace_id" text not null, "version" int not null, "data" bytea not null, "report" jsonb not null, "created_at" timestamptz not null, primary key ("id"))`,
  `alter table "triage_model" add constraint "triage_model_version" unique ("workspace_id", "version")`,
  `create table "category" ("id" text not null, "workspace_id" text not null, "name" text not null, "description" text not null, "team" text not null, "channel" text null, "on_call" text null, "mode" text not null, "target_precision" real not null, "retired_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"))`,
  `create index "category_by_workspace" on "category" ("workspace_id")`,
  `create table "ticket" ("id" text not null, "workspace_id" text not null, "number" int not null, "title" text not null, "body" text not null, "entry" text not null, "origin" jsonb null, "reporter" text not null, "status" text not null, "failure" jsonb null, "state" text not null, "category_id" text null, "category_by" text null, "priority" text null, "priority_by" text null, "assignee" text null, "snoozed_until" timestamptz null, "due_at" timestamptz null, "merged_into" text null, "prediction" jsonb null, "fields" jsonb not null, "touched" boolean not null, "created_by" text not null, "acting_for" text null, "idempotency_key" text null, "request_id" text null, "created_at" timestamptz not null, "updated_at" timestamptz not null, "resolved_at" timestamptz null, primary key ("id"))`,
  `create index "ticket_by_state" on "ticket" ("workspace_id", "state", "id")`,
  `create index "ticket_merged" on "ticket" ("merged_into") where merged_into is not null`,
  `create index "ticket_decided" on "ticket" ("workspace_id", "updated_at") where category_by = 'PERSON'`,
  `create index "ticket_search" on "ticket" using gin (to_tsvector('simple', "title" || ' ' || left("body", 50000)))`,
  `create index "ticket_title_trigrams" on "ticket" using gin ("title" gin_trgm_ops)`,
  `alter table "ticket" add constraint "ticket_idempotency_key" unique ("workspace_id", "idempotency_key")`,
  `alter table "ticket" add constraint "ticket_number" unique ("workspace_id", "number")`,
  `alter table "triage_settings" add constraint "triage_settings_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "triage_model" add constraint "triage_model_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "category" add constraint "category_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "ticket" add constraint "ticket_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "ticket" add constraint "ticket_category_id_foreign" foreign key ("category_id") references "category" ("id") on update no action on delete set null`,
];
