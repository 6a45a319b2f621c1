import { Migration } from '@mikro-orm/migrations';

/**
 * Keys only of the rows that have one. An index over all rows that begins with the workspace was mistaken, as long as the table's statistics
 * were young, for a good way to a single row, and then every look at a log read all logs of its workspace.
 */
export class PartialKeys extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement);
  }
}

const statements = ['log', 'ticket'].flatMap((table) => [
  `alter table "${table}" drop constraint "${table}_idempotency_key"`,
  `create unique index "${table}_idempotency_key" on "${table}" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
]);
