import { Migration } from '@mikro-orm/migrations';

/** An index on a table that may be large and in use: built aside, while everybody goes on reading and writing. */
export class LogByOwnTime extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    // A build that was broken off leaves an index that is kept up to date and never used.
    const broken = await this.execute(`select 1 from pg_index where indexrelid = to_regclass('"log_by_own_time"') and not indisvalid`);
    if (broken.length > 0) this.addSql(`drop index concurrently "log_by_own_time"`);
    this.addSql(
      `create index concurrently if not exists "log_by_own_time" on "log" ("workspace_id", "source", "last_at", "first_at") where source is not null and last_at is not null`,
    );
  }
}
