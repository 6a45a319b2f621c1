import { Migration } from '@mikro-orm/migrations';

export class UsualRates extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

// Of what was remembered before, only the mean is known, and which kinds led an incident: both are made do with until newer logs say more.
const statements = [
  `alter table "pattern_memory" add "rates" float8[] not null default '{}'`,
  `alter table "log_fingerprint" add "problems" jsonb not null default '[]'`,
];
