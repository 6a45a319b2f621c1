import { Migration } from '@mikro-orm/migrations';

export class ChangelogEditsOfPrograms extends Migration {
  override up(): void {
    // The default stays: the version before runs on beside this one, and says nothing of this column.
    this.addSql(`alter table "changelog_edit" add "worded_by" text not null default 'PERSON'`);
  }
}
