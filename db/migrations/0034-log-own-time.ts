import { Migration } from '@mikro-orm/migrations';

export class LogOwnTime extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

// Of logs read before, and of what an older version reads meanwhile, it is not known: those go by when they came.
const statements = [`alter table "log" add "first_at" timestamptz null`, `alter table "log" add "last_at" timestamptz null`];
