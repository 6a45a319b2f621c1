import { Migration } from '@mikro-orm/migrations';

export class Surviving extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "worker" ("id" text not null, "process" text not null, "host" text not null, "started_at" timestamptz not null, "beat_at" timestamptz not null, "lost_at" timestamptz null, primary key ("id"))`,
  `create table "engine_spend" ("workspace_id" text not null, "day" date not null, "tokens" bigint not null, "usd" double precision not null, "refused" int not null, primary key ("workspace_id", "day"))`,
  `alter table "engine_spend" add constraint "engine_spend_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
  `alter table "delivery" add "posting_by" text null`,
  `alter table "channel_pace" add "next_reply_at" timestamptz null`,
  // Once more, for those who ran 0007 before it kept its default.
  `alter table "webhook_in" alter column "kind" set default 'TICKET'`,
];
