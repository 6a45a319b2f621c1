import { Migration } from '@mikro-orm/migrations';

export class Foundation extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "login_throttle" ("key" text not null, "failures" int not null, "last_failure_at" timestamptz not null, "locked_until" timestamptz null, primary key ("key"))`,
  `create table "setup_token" ("id" text not null, "token_hash" text not null, "created_at" timestamptz not null, primary key ("id"))`,
  `create table "workspace" ("id" text not null, "name" text not null, "slack_team_id" text null, "created_at" timestamptz not null, primary key ("id"))`,
  `alter table "workspace" add constraint "workspace_slack_team_id_unique" unique ("slack_team_id")`,
  `create table "user_account" ("id" text not null, "workspace_id" text not null, "email" text not null, "name" text not null, "password_hash" text not null, "role" text not null, "created_at" timestamptz not null, primary key ("id"))`,
  `alter table "user_account" add constraint "user_account_email_unique" unique ("email")`,
  `create table "session" ("id" text not null, "workspace_id" text not null, "user_id" text not null, "family_id" text not null, "token_hash" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "rotated_at" timestamptz null, "revoked_at" timestamptz null, primary key ("id"))`,
  `create index "session_family_id_index" on "session" ("family_id")`,
  `alter table "session" add constraint "session_token_hash_unique" unique ("token_hash")`,
  `create table "log" ("id" text not null, "workspace_id" text not null, "title" text not null, "source" text null, "entry" text not null, "origin" jsonb null, "status" text not null, "progress" real not null, "bytes" bigint null, "line_count" bigint null, "failure" jsonb null, "created_by" text not null, "acting_for" text null, "idempotency_key" text null, "request_id" text null, "created_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"))`,
  `create index "log_by_workspace" on "log" ("workspace_id", "id")`,
  `alter table "log" add constraint "log_idempotency_key" unique ("workspace_id", "idempotency_key")`,
  `create table "log_result" ("log_id" text not null, "workspace_id" text not null, "digest" jsonb not null, "summary" jsonb null, "receipt" jsonb null, "digested_at" timestamptz not null, "summarized_at" timestamptz null, primary key ("log_id"))`,
  `create table "log_chunk" ("log_id" text not null, "seq" int not null, "workspace_id" text not null, "first_line" bigint not null, "newlines" bigint not null, "bytes" int not null, "data" bytea not null, primary key ("log_id", "seq"))`,
  `create table "engine_call" ("id" text not null, "workspace_id" text not null, "subject_id" text not null, "at" timestamptz not null, "outcome" text not null, "receipt" jsonb null, primary key ("id"))`,
  `create index "engine_call_subject_id_index" on "engine_call" ("subject_id")`,
  `create table "delivery" ("id" text not null, "workspace_id" text not null, "subject_id" text not null, "reply_to" jsonb not null, "state" text not null, "root_ts" text null, "message_ts" text null, "posting_since" timestamptz null, "shown_hash" text null, "failure" text null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
  `alter table "delivery" add constraint "delivery_subject_id_unique" unique ("subject_id")`,
  `create table "audit_event" ("id" text not null, "workspace_id" text not null, "at" timestamptz not null, "actor" text not null, "acting_for" text null, "action" text not null, "subject_id" text null, "request_id" text null, primary key ("id"))`,
  `create index "audit_event_subject_id_index" on "audit_event" ("subject_id")`,
  `create table "api_token" ("id" text not null, "workspace_id" text not null, "user_id" text null, "kind" text not null, "name" text not null, "token_hash" text not null, "preview" text not null, "scopes" text[] not null, "last_used_at" timestamptz null, "expires_at" timestamptz null, "revoked_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"))`,
  `alter table "api_token" add constraint "api_token_token_hash_unique" unique ("token_hash")`,
  `alter table "user_account" add constraint "user_account_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "session" add constraint "session_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "session" add constraint "session_user_id_foreign" foreign key ("user_id") references "user_account" ("id") on update no action on delete cascade`,
  `alter table "log" add constraint "log_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "log_result" add constraint "log_result_log_id_foreign" foreign key ("log_id") references "log" ("id") on update no action on delete cascade`,
  `alter table "log_chunk" add constraint "log_chunk_log_id_foreign" foreign key ("log_id") references "log" ("id") on update no action on delete cascade`,
  `alter table "engine_call" add constraint "engine_call_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "delivery" add constraint "delivery_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "audit_event" add constraint "audit_event_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "api_token" add constraint "api_token_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "api_token" add constraint "api_token_user_id_foreign" foreign key ("user_id") references "user_account" ("id") on update no action on delete cascade`,
  // Chunks are compressed already: TOAST would only try in vain.
  `alter table "log_chunk" alter column "data" set storage external`,
  // Most digests have some thousand bytes: whole in their row they are written in a third less time than compressed and cut up.
  `alter table "log_result" set (toast_tuple_target = 8160)`,
];
