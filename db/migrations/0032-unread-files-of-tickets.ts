import { Migration } from '@mikro-orm/migrations';

export class UnreadFilesOfTickets extends Migration {
  override up(): void {
    this.addSql(`alter table "ticket" add column "unread_files" text[] not null default '{}'`);
  }
}
