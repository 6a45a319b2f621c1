import { Migration } from '@mikro-orm/migrations';

export class TriageAdvice extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "triage_advice" ("id" text not null, "workspace_id" text not null, "week" text not null, "content" jsonb not null, "created_at" timestamptz not null, primary key ("id"))`,
  `alter table "triage_advice" add constraint "triage_advice_week" unique ("workspace_id", "week")`,
  `alter table "triage_advice" add constraint "triage_advice_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "triage_settings" add "unanswered_told_on" text null`,
];
