import { z } from 'zod';
import type { Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import type { BlobStore, Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';

// Bytes are kept before the row that speaks of them: an upload may be under way for hours.
const ORPHAN_AFTER_MS = 2 * 24 * 60 * 60_000;
const PAGES = 100;
// Here and there a try fails. Where many are strange, the bucket is another database's, and everything in it would look like an orphan.
const SUSPICIOUS = { count: 20, share: 0.5 };

/** Deletes what lies in the store and no row speaks of: uploads that failed half-way, and what a deleted log left behind. */
export const createSweepBlobs = ({ orm, clock, blobs }: { orm: Orm; clock: Clock; blobs: BlobStore }) =>
  defineJob({
    name: 'sweep-blobs',
    payload: z.object({ after: z.string().nullish() }).loose(),
    async run({ after = null }, { signal, log, requestId }) {
      let from: string | null = after;
      for (let page = 0; page < PAGES; page++) {
        signal.throwIfAborted();
        const { blobs: found, next } = await blobs.list(from);
        const old = found.filter(({ storedAt }) => clock.now().getTime() - storedAt.getTime() > ORPHAN_AFTER_MS).map(({ key }) => key);
        const orphans = await findOrphans(orm, old);
        if (orphans.length > SUSPICIOUS.count && orphans.length > old.length * SUSPICIOUS.share)
          return log.error(
            { objects: old.length, strange: orphans.length },
            'most of the bucket belongs to no row of this database: nothing is swept. Does another installation use it?',
          );
        await blobs.delete(orphans);
        if (orphans.length > 0) log.info({ orphans: orphans.length }, 'orphans swept');
        if (next === null) return;
        from = next;
      }
      await addJob(orm.em.fork(), { name: 'sweep-blobs', payload: { after: from, requestId } });
    },
  });

const findOrphans = async (orm: Orm, keys: string[]): Promise<string[]> => {
  if (keys.length === 0) return [];
  const orphans = await orm.em
    .fork()
    .getConnection()
    .execute<{ key: string }[]>(
      `select key from json_array_elements_text(?::json) key
       where not exists (select 1 from log_chunk where log_id = split_part(key, '/', 3) and blob_key = key)`,
      [JSON.stringify(keys)],
    );
  return orphans.map(({ key }) => key);
};
