import { Migration } from '@mikro-orm/migrations';

export class TriageReplay extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "triage_replay" ("id" text not null, "workspace_id" text not null, "model" text not null, "last" int not null, "engine" boolean not null, "status" text not null, "failure" jsonb null, "result" jsonb null, "created_at" timestamptz not null, "finished_at" timestamptz null, primary key ("id"))`,
  `create index "triage_replay_by_workspace" on "triage_replay" ("workspace_id", "id")`,
  `alter table "triage_replay" add constraint "triage_replay_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
];
