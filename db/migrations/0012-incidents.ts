import { Migration } from '@mikro-orm/migrations';

export class Incidents extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "incident" ("id" text not null, "workspace_id" text not null, "group_key" text not null, "status" text not null, "channel" text not null, "title" text not null, "services" text[] not null, "alerts" jsonb not null, "started_at" timestamptz not null, "resolved_at" timestamptz null, "updated_at" timestamptz not null, primary key ("id"))`,
  `create unique index "incident_open_group" on "incident" ("workspace_id", "group_key") where status = 'FIRING'`,
  `create index "incident_by_workspace" on "incident" ("workspace_id", "id")`,
  `alter table "incident" add constraint "incident_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "webhook_in" add "channel" text null`,
];
