import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';

/** How many tickets have a word, as PostgreSQL estimates it; and how many tickets there are. */
export type WordRarity = { tickets: number; shareOf(word: string): number };

const FRESH_MS = 60_000;
const known = new WeakMap<object, { at: number; rarity: Promise<WordRarity> }>();

/** PostgreSQL's statistics of the search index hold the thousand most common words. Kept for a minute: reading them takes a millisecond. */
export const wordRarity = (db: Db): Promise<WordRarity> => {
  const connection = db.getConnection();
  const kept = known.get(connection);
  if (kept && performance.now() - kept.at < FRESH_MS) return kept.rarity;
  const rarity = read(db);
  known.set(connection, { at: performance.now(), rarity });
  rarity.catch(() => known.delete(connection));
  return rarity;
};

type Row = { tickets: number; words: string[] | null; freqs: number[] | null };

const read = async (db: Db): Promise<WordRarity> => {
  const [row] = await queryPrepared<Row>(
    db,
    `select reltuples as tickets, stats.words, stats.freqs from pg_class left join lateral (
       select most_common_elems::text::text[] as words, most_common_elem_freqs as freqs from pg_stats where schemaname = current_schema() and tablename = 'ticket_search'
     ) stats on true where oid = 'ticket'::regclass`,
    [],
  );
  const shares = new Map((row?.words ?? []).map((word, place) => [word, Number(row?.freqs?.[place])]));
  const rarest = Math.min(1, ...shares.values());
  // What is not among the most common is rarer than all of them; among those, long words tend to be the rarest.
  const unknown = (word: string): number => (shares.size === 0 ? 0 : rarest / (word.length > 6 ? 8 : 4));
  return { tickets: Math.max(0, Number(row?.tickets ?? 0)), shareOf: (word) => shares.get(word) ?? unknown(word) };
};
