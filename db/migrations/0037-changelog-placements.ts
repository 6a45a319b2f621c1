import { Migration } from '@mikro-orm/migrations';

export class ChangelogPlacements extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "changelog_placement" ("workspace_id" text not null, "audience" text not null, "entry_key" text not null, "changes" text[] not null, "section" text null, "left_out" boolean not null, "placed_by" text not null, "placed_at" timestamptz not null, primary key ("workspace_id", "audience", "entry_key"))`,
  `alter table "changelog_placement" add constraint "changelog_placement_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
];
