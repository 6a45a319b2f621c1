import { Migration } from '@mikro-orm/migrations';

/**
 * `log_chunk` is cut by the time in its key from here on. What there was becomes its default partition as it stands: no row is moved or looked at. The
 * default also takes what belongs to no week, so that nothing depends on weeks being there (db/weeks.ts makes them).
 */
export class LogChunksByWeek extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table "log_chunk" rename to "log_chunk_default"`,
  `alter table "log_chunk_default" rename constraint "log_chunk_pkey" to "log_chunk_default_pkey"`,
  `create table "log_chunk" ("log_id" text not null, "seq" int not null, "workspace_id" text not null, "first_line" bigint not null, "newlines" bigint not null, "bytes" int not null, "data" bytea not null, "blob_key" text null, primary key ("log_id", "seq")) partition by range ("log_id")`,
  `alter table "log_chunk" alter column "data" set storage external`,
  // Before the default comes: what it has of the same constraint is taken over, and not checked again.
  `alter table "log_chunk" add constraint "log_chunk_log_id_foreign" foreign key ("log_id") references "log" ("id") on update no action on delete cascade`,
  `alter table "log_chunk" attach partition "log_chunk_default" default`,
];
