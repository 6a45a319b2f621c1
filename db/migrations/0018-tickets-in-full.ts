import { Migration } from '@mikro-orm/migrations';

export class TicketsInFull extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table "ticket" add "typed" text null, add "channels" text[] not null default '{}', add "openly" boolean not null default false, add "by_reaction" boolean not null default false`,
  `alter table "category" add "mode_since" timestamptz null`,
  `alter table "audit_event" add "detail" jsonb null`,
  `alter table "triage_model" add "weights" jsonb null`,
  `create table "triage_night" ("id" text not null, "workspace_id" text not null, "day" text not null, "report" jsonb not null, "created_at" timestamptz not null, primary key ("id"))`,
  `alter table "triage_night" add constraint "triage_night_day" unique ("workspace_id", "day")`,
  `alter table "triage_night" add constraint "triage_night_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
];
