import { Migration } from '@mikro-orm/migrations';

export class IncidentsWithoutSlack extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table "incident" alter column "channel" drop not null`,
  `alter table "incident" add "post_failure" text null`,
  // To find the last incident of a group, and those that a log may belong to; there are few incidents.
  `create index "incident_by_group" on "incident" ("workspace_id", "group_key", "id")`,
  `create index "incident_by_end" on "incident" ("workspace_id", "resolved_at")`,
];
