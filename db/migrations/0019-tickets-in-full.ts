import { Migration } from '@mikro-orm/migrations';

export class TicketsInFull extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table "ticket" add "typed" text null, add "channels" text[] not null default '{}', add "openly" boolean not null default false, add "by_reaction" boolean not null default false`,
  `create index "ticket_thread" on "ticket" ((origin->>'channel'), (coalesce(origin->>'threadTs', origin->>'ts'))) where origin is not null`,
  // Whether everybody could read where a ticket of the past came from is not known; what came from no channel was never hidden.
  `update "ticket" t set "typed" = case when t."origin" is null then t."body" end,
     "by_reaction" = t."origin" is not null,
     "channels" = array(select distinct c from unnest(array[t."origin"->>'channel', (select d."reply_to"->>'channel' from "delivery" d where d."subject_id" = t."id")]) c where c is not null)`,
  `update "ticket" set "openly" = true where "channels" = '{}'`,
  `alter table "category" add "mode_since" timestamptz null`,
  `alter table "triage_model" add "weights" jsonb null`,
  `create table "triage_night" ("id" text not null, "workspace_id" text not null, "day" text not null, "report" jsonb not null, "created_at" timestamptz not null, primary key ("id"))`,
  `alter table "triage_night" add constraint "triage_night_day" unique ("workspace_id", "day")`,
  `alter table "triage_night" add constraint "triage_night_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
];
