import { Migration } from '@mikro-orm/migrations';

export class PatternMemories extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "source_memory" ("workspace_id" text not null, "source" text not null, "logs" int not null, "hours" double precision not null, "last_seen" timestamptz not null, primary key ("workspace_id", "source"))`,
  `create table "pattern_memory" ("workspace_id" text not null, "source" text not null, "key" text not null, "template" text not null, "level" text not null, "logs" int not null, "records" bigint not null, "hours_before" double precision not null, "first_seen" timestamptz not null, "first_log_id" text not null, "last_seen" timestamptz not null, "noise" boolean not null, primary key ("workspace_id", "source", "key"))`,
  `create table "log_fingerprint" ("log_id" text not null, "workspace_id" text not null, "source" text not null, "keys" text[] not null, "at" timestamptz not null, primary key ("log_id"))`,
  `create index "log_fingerprint_by_source" on "log_fingerprint" ("workspace_id", "source", "at")`,
  `alter table "log_result" add "normal" jsonb null`,
  `alter table "source_memory" add constraint "source_memory_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "pattern_memory" add constraint "pattern_memory_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "log_fingerprint" add constraint "log_fingerprint_log_id_foreign" foreign key ("log_id") references "log" ("id") on update no action on delete cascade`,
];
