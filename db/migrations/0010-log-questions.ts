import { Migration } from '@mikro-orm/migrations';

export class LogQuestions extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "log_question" ("id" text not null, "workspace_id" text not null, "log_id" text not null, "question" text not null, "status" text not null, "answer" jsonb null, "failure" jsonb null, "created_by" text not null, "acting_for" text null, "idempotency_key" text null, "created_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"))`,
  `create index "log_question_by_log" on "log_question" ("log_id", "id")`,
  `create unique index "log_question_idempotency_key" on "log_question" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
  `alter table "log_question" add constraint "log_question_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "log_question" add constraint "log_question_log_id_foreign" foreign key ("log_id") references "log" ("id") on update no action on delete cascade`,
];
