import { Migration } from '@mikro-orm/migrations';

export class TriageTuning extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

// The defaults stay: the version before runs on beside this one, and says nothing of these columns.
const statements = [
  `alter table "triage_settings" add "answer_within" jsonb null, add "engine_prompt" text null`,
  `alter table "triage_replay" add "engine_model" text null, add "prompt" text null, add "most_usd" double precision null, add "estimate" jsonb null`,
  `alter table "webhook_out" add "method" text not null default 'POST', add "header_names" text[] not null default '{}', add "sealed_headers" text null, add "body_template" text null, add "once_per_ticket" boolean not null default false`,
  `alter table "ticket" add "told_once" text[] not null default '{}'`,
];
