import { Migration } from '@mikro-orm/migrations';

/** What a source's logs held and were too long to list, and the words by which a ticket opened later finds the logs it speaks of. */
export class LogMemory extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = [
  `alter table "source_memory" add "unlisted" text not null default 'NONE'`,
  `alter table "log_fingerprint" add "phrases" text[] not null default '{}'`,
];
