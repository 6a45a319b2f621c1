import { Migration } from '@mikro-orm/migrations';

/** Where tickets of the past were said and asked, and the way from a thread to its tickets: written aside, while everybody goes on working. */
export class TicketsOfThreads extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    // Whether everybody could read where one came from is not known; what came from no channel was never hidden.
    this.addSql(`update "ticket" t set "typed" = case when t."origin" is null then t."body" end, "by_reaction" = t."origin" is not null,
        "channels" = said."channels", "openly" = said."channels" = '{}'
      from (select o."id", array(select distinct c from unnest(array[o."origin"->>'channel',
          (select d."reply_to"->>'channel' from "delivery" d where d."subject_id" = o."id" limit 1)]) c where c is not null) as "channels" from "ticket" o) said
      where said."id" = t."id" and t."channels" = '{}' and not t."openly"`);
    // A build that was broken off leaves an index that is kept up to date and never used.
    const broken = await this.execute(`select 1 from pg_index where indexrelid = to_regclass('"ticket_thread"') and not indisvalid`);
    if (broken.length > 0) this.addSql(`drop index concurrently "ticket_thread"`);
    this.addSql(
      `create index concurrently if not exists "ticket_thread" on "ticket" ((origin->>'channel'), (coalesce(origin->>'threadTs', origin->>'ts'))) where origin is not null`,
    );
  }
}
