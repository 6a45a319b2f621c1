import { Migration } from '@mikro-orm/migrations';

export class LogBlobs extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

// What runs beside it and does not know the columns leaves them empty, which is right.
const statements = [
  `alter table "log_chunk" add "blob_key" text null`,
  `alter table "log" add "text_deleted_at" timestamptz null`,
  `create table "log_rating" ("log_id" text not null, "rated_by" text not null, "workspace_id" text not null, "helpful" boolean not null, "rated_at" timestamptz not null, primary key ("log_id", "rated_by"))`,
  `alter table "log_rating" add constraint "log_rating_log_id_foreign" foreign key ("log_id") references "log" ("id") on update no action on delete cascade`,
];
