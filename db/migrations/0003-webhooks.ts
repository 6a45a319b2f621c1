import { Migration } from '@mikro-orm/migrations';

export class Webhooks extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "webhook_in" ("id" text not null, "workspace_id" text not null, "name" text not null, "sealed_secret" text not null, "signature_header" text not null, "signature_scheme" text not null, "delivery_header" text null, "mapping" jsonb not null, "filter" jsonb not null, "last_received_at" timestamptz null, "created_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"))`,
  `create index "webhook_in_by_workspace" on "webhook_in" ("workspace_id")`,
  `create table "webhook_out" ("id" text not null, "workspace_id" text not null, "name" text not null, "url" text not null, "events" text[] not null, "sealed_secret" text not null, "last_success_at" timestamptz null, "last_failure" jsonb null, "failures_in_a_row" int not null, "disabled_at" timestamptz null, "disabled_reason" text null, "created_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"))`,
  `create index "webhook_out_by_workspace" on "webhook_out" ("workspace_id")`,
  `alter table "webhook_in" add constraint "webhook_in_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "webhook_out" add constraint "webhook_out_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
];
