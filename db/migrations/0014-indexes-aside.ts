import { Migration } from '@mikro-orm/migrations';

/** Indexes on tables that may be large and in use: built aside, while everybody goes on reading and writing. */
export class IndexesAside extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    for (const [name, definition] of indexes) {
      // A build that was broken off leaves an index that is kept up to date and never used.
      const broken = await this.execute(`select 1 from pg_index where indexrelid = to_regclass('"${name}"') and not indisvalid`);
      if (broken.length > 0) this.addSql(`drop index concurrently "${name}"`);
      this.addSql(`create index concurrently if not exists "${name}" on ${definition}`);
    }
  }
}

const indexes = [
  // Which log a thread is about.
  ['delivery_thread', `"delivery" ((reply_to->>'channel'), (coalesce(root_ts, reply_to->>'threadTs')))`],
  // What nobody has seen yet.
  ['delivery_unshown', `"delivery" ("updated_at") where state = 'WAITING' and message_ts is null`],
  ['log_result_normal', `"log_result" using gin ("normal" jsonb_path_ops) where normal is not null`],
] as const;
