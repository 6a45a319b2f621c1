import { Migration } from '@mikro-orm/migrations';

export class ChangelogInclusions extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `create table "changelog_inclusion" ("workspace_id" text not null, "audience" text not null, "change_id" text not null, "included_by" text not null, "included_at" timestamptz not null, primary key ("workspace_id", "audience", "change_id"))`,
  `alter table "changelog_inclusion" add constraint "changelog_inclusion_workspace_id_foreign" foreign key ("workspace_id") references "workspace" ("id") on update no action on delete cascade`,
];
