import { Migration } from '@mikro-orm/migrations';

export class TicketEmbeddings extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "ticket_embedding" ("ticket_id" text not null, "workspace_id" text not null, "model" text not null, "text_hash" text not null, "vector" bytea not null, "signature" bit(256) not null, "created_at" timestamptz not null, primary key ("ticket_id"))`,
  `create index "ticket_embedding_window" on "ticket_embedding" ("workspace_id", "model", "ticket_id") include ("signature")`,
  `alter table "ticket_embedding" add constraint "ticket_embedding_ticket_id_foreign" foreign key ("ticket_id") references "ticket" ("id") on update no action on delete cascade`,
  // Noise to a compressor.
  `alter table "ticket_embedding" alter column "vector" set storage external`,
];
