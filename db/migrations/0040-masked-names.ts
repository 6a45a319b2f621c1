import { Migration } from '@mikro-orm/migrations';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';

type Named = { id: string; title: string; source: string | null };

const PAGE = 2_000;

/**
 * Logs that came before secrets in their titles and sources were masked: masked as those of today are. Page by page and outside a transaction, so
 * that only rows with a secret are held, each for a moment; broken off, it begins anew and changes the rest.
 */
export class MaskedNames extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    for (let after = ''; ; ) {
      const page = (await this.execute('select id, title, source from log where id > ? order by id limit ?', [after, PAGE])) as Named[];
      for (const { id, title, source } of page) {
        const masked = [redactSecrets(title), source && redactSecrets(source)];
        if (masked[0] !== title || masked[1] !== source)
          await this.execute('update log set title = ?, source = ? where id = ?', [...masked, id]);
      }
      if (page.length < PAGE) break;
      after = (page.at(-1) as Named).id;
    }
    // What was usual for such a source is learned anew under its masked name, which is what its logs are sent under since.
    for (const table of ['pattern_memory', 'source_memory', 'log_fingerprint']) {
      const rows = (await this.execute(`select distinct source from ${table}`)) as { source: string }[];
      for (const { source } of rows)
        if (redactSecrets(source) !== source) await this.execute(`delete from ${table} where source = ?`, [source]);
    }
  }
}
