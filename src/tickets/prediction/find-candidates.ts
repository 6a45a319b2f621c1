import type { Priority, Ticket } from '#db/entities/ticket.ts';
import { toJsonb } from '#db/jsonb.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { type WordRarity, wordRarity } from './word-rarity.ts';

export type Candidate = Pick<Ticket, 'id' | 'number' | 'title' | 'body' | 'state' | 'createdAt'> & {
  categoryId: string | null;
  categoryBy: string | null;
  priority: Priority | null;
  priorityBy: string | null;
} & Pick<Ticket, 'channels' | 'openly'>;

/** Which tickets count: all but one, or those that came in before it (ids sort by time). */
export type Others = { workspaceId: string; than: string; onlyEarlier: boolean };

/** Of a ticket's text so much is compared: twice as much found no more of a tracker's duplicates and took a third longer. */
export const MAX_CHARACTERS = 2000;

const CANDIDATES = 60;
const FEW_TICKETS = 10_000;
const SHORT_TITLE = 40;

/**
 * Tickets that may read alike, by rare words of the title and of the first sentences (full text) and by alike titles (trigrams). At 100,000
 * tickets the words take 2 to 6 ms and titles 35 to 130, so there only short titles are compared, and only when words found nothing.
 */
export const findCandidates = async (db: Db, text: { title: string; body: string }, others: Others): Promise<Candidate[]> => {
  const rarity = await wordRarity(db);
  const terms = chooseTerms(await readWords(db, text), rarity);
  const rows = terms.length > 0 ? await findByWords(db, terms, others) : [];
  if (rarity.tickets < FEW_TICKETS || (rows.length === 0 && text.title.length <= SHORT_TITLE))
    rows.push(...(await findByTitle(db, text.title, others)));
  return toCandidates(rows);
};

/** Tickets by id, as candidates. */
export const candidatesById = async (db: Db, ids: readonly string[], others: Others): Promise<Candidate[]> =>
  toCandidates(
    await queryPrepared<CandidateRow>(
      db,
      `select ${SHOWN} from ticket t where t.id = any(?::text[]) and t.workspace_id = ? and t.${COUNTS}`,
      [[...ids], others.workspaceId],
    ),
  );

const DOCUMENT = `to_tsvector('simple', title || ' ' || left(body, 50000))`;
const SHOWN = `t.id, t.number, t.title, left(t.body, ${MAX_CHARACTERS}) as body, t.state, t.created_at, t.category_id, t.category_by,
  t.priority, t.priority_by, t.channels, t.openly`;
// What people said is no ticket is found as well: it says the same of what reads like it.
const COUNTS = `state <> 'WITHDRAWN'`;
const than = ({ onlyEarlier }: Others): string => (onlyEarlier ? 'id < ?' : 'id <> ?');

// Each word by itself: which of them a ticket has is known without taking its text apart again, which costs 20 times as much. A word is
// taken as it is (::tsquery): parsed once more, an address would become a phrase, and phrases are looked up in the text.
const findByWords = (db: Db, terms: readonly Term[], others: Others): Promise<CandidateRow[]> =>
  queryPrepared(
    db,
    `with alike as (
       select hit.id, sum(term.weight) as rank
       from json_to_recordset(?::json) as term (words text, weight float8) cross join lateral (
         select id from ticket where workspace_id = ? and ${DOCUMENT} @@ term.words::tsquery and ${COUNTS} and ${than(others)}
         order by id desc limit ${MOST_HITS}
       ) hit group by hit.id order by rank desc limit ${CANDIDATES}
     )
     select ${SHOWN} from alike join ticket t using (id)`,
    [toJsonb(terms), others.workspaceId, others.than],
  );

const findByTitle = (db: Db, title: string, others: Others): Promise<CandidateRow[]> =>
  queryPrepared(
    db,
    `select ${SHOWN} from ticket t
     where t.workspace_id = ? and t.title % ? and t.${COUNTS} and t.${than(others)} order by similarity(t.title, ?) desc limit ${CANDIDATES / 4}`,
    [others.workspaceId, title, others.than, title],
  );

type Word = { lexeme: string; times: number };

// A title says what it is about, and so do the first sentences: what follows is often a trace, whose rare words mean little.
const HEAD = 600;

const readWords = (db: Db, { title, body }: { title: string; body: string }): Promise<Word[]> =>
  queryPrepared(
    db,
    `select lexeme, cardinality(positions) + (weights[1] = 'A')::int as times
     from unnest(setweight(to_tsvector('simple', ?), 'A') || to_tsvector('simple', ?)) where length(lexeme) between 2 and 60`,
    [title, body.slice(0, HEAD)],
  );

/** One rare word, or two that are rare together; the rarer and the oftener said, the heavier. */
type Term = { words: string; weight: number };

const MOST_HITS = 100;
const MOST_WORDS = 20;
const PAIRED = 4;

type Weighed = { lexeme: string; share: number; weight: number };

const chooseTerms = (read: readonly Word[], { tickets, shareOf }: WordRarity): Term[] => {
  const words = read
    .map(({ lexeme, times }): Weighed => ({ lexeme, share: shareOf(lexeme), weight: (1 + Math.log(times)) * telling(shareOf(lexeme)) }))
    .sort((a, b) => b.weight - a.weight || b.lexeme.length - a.lexeme.length);
  const rare = words.filter(({ share }) => share * tickets <= MOST_HITS).slice(0, MOST_WORDS);
  const common = words.filter((word) => !rare.includes(word)).slice(0, PAIRED);
  const pairs = common
    .flatMap((one, place) => common.slice(place + 1).map((other): [Weighed, Weighed] => [one, other]))
    // Words that go together do so oftener than chance would have them.
    .filter(([one, other]) => one.share * other.share * tickets * 2 <= MOST_HITS);
  // A short text of everyday words: as many of them together as it takes to be rare.
  const last = rare.length + pairs.length === 0 ? fewerAndFewer(common, tickets) : [];
  return [...rare.map((word) => [word]), ...pairs, ...last].map(toTerm);
};

/** Fewer words are found oftener: only as few as can still be read in a moment. */
const fewerAndFewer = (common: readonly Weighed[], tickets: number): Weighed[][] =>
  [common.length, 2, 1]
    .filter((count, place) => count > 0 && count <= common.length && (place === 0 || count < common.length))
    .map((count) => common.slice(0, count))
    .filter((words, place) => place === 0 || words.reduce((share, word) => share * word.share, tickets) <= READ_IN_A_MOMENT);

const READ_IN_A_MOMENT = 1000;

const toTerm = (words: readonly Weighed[]): Term => ({
  words: words.map(({ lexeme }) => `'${lexeme.replace(/['\\]/g, '\\$&')}'`).join(' & '),
  weight: words.reduce((sum, { weight }) => sum + weight, 0),
});

const telling = (share: number): number => Math.log(1 + 1 / Math.max(share, 1e-5)) ** 2;

type CandidateRow = {
  id: string;
  number: number;
  title: string;
  body: string;
  state: Ticket['state'];
  created_at: Date | string;
  category_id: string | null;
  category_by: string | null;
  priority: Priority | null;
  priority_by: string | null;
  channels: string[];
  openly: boolean;
};

const toCandidates = (rows: readonly CandidateRow[]): Candidate[] => [
  ...new Map(
    rows.map(({ created_at, category_id, category_by, priority_by, ...row }) => [
      row.id,
      { ...row, createdAt: new Date(created_at), categoryId: category_id, categoryBy: category_by, priorityBy: priority_by },
    ]),
  ).values(),
];
