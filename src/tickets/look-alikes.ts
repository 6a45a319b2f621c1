import type { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { type LookAlike, rankLookAlikes, type TicketText } from './classify/index.ts';

export type Candidate = Pick<Ticket, 'id' | 'number' | 'title' | 'body' | 'state' | 'createdAt'> & {
  categoryId: string | null;
  categoryBy: string | null /** In Slack: where it was said, and where it was asked. */;
  channels: string[];
};
export type FoundLookAlike = LookAlike & { ticket: Candidate };

const CANDIDATES = 30;
const MAX_CHARACTERS = 4000;

/**
 * Tickets of this workspace that read alike, best first: PostgreSQL finds candidates by rare words (full text) and by alike titles
 * (trigrams), our own measure ranks them. Never the ticket itself. At 100,000 tickets the words take 6 ms and titles 35 to 130, so
 * there only short titles are compared, and only when words found nothing.
 */
export const findLookAlikes = async (
  db: Db,
  workspaceId: string,
  text: TicketText & { title: string },
  except: string | null,
  { onlyEarlier = false } = {},
): Promise<FoundLookAlike[]> => {
  const query = { title: text.title.slice(0, 500), body: text.body.slice(0, MAX_CHARACTERS) };
  const { terms, tickets } = await chooseTerms(db, `${query.title} ${query.body}`);
  // Ids sort by time.
  const other: Other = { than: except ?? '', by: onlyEarlier && except ? '<' : '<>' };
  const rows = terms.length > 0 ? await findByWords(db, workspaceId, terms, other) : [];
  if (tickets < FEW_TICKETS || (rows.length === 0 && query.title.length <= SHORT_TITLE))
    rows.push(...(await findByTitle(db, workspaceId, query.title, other)));
  const byId = new Map(rows.map((row) => [row.id, toCandidate(row)]));
  const ranked = rankLookAlikes(
    query,
    [...byId.values()].map(({ id, title, body }) => ({ id, text: { title, body } })),
  );
  return ranked.map((found) => ({ ...found, ticket: byId.get(found.id) as Candidate }));
};

type Other = { than: string; by: '<' | '<>' };

const FEW_TICKETS = 20_000;
const SHORT_TITLE = 40;

const DOCUMENT = `to_tsvector('simple', title || ' ' || left(body, 50000))`;
const SHOWN = `t.id, t.number, t.title, left(t.body, ${MAX_CHARACTERS}) as body, t.state, t.created_at, t.category_id, t.category_by,
  array_remove(array[t.origin ->> 'channel', d.reply_to ->> 'channel'], null) as channels`;

// Each word by itself: which of them a ticket has is known without taking its text apart again, which costs 20 times as much.
const findByWords = (db: Db, workspaceId: string, terms: readonly Term[], other: Other): Promise<CandidateRow[]> =>
  db.getConnection().execute<CandidateRow[]>(
    `with alike as (
       select hit.id, sum(term.weight) as rank
       from json_to_recordset(?::json) as term (words text, weight float8) cross join lateral (
         select id from ticket where workspace_id = ? and ${DOCUMENT} @@ to_tsquery('simple', term.words) and state not in ('WITHDRAWN', 'NOT_A_TICKET') and id ${other.by} ?
         order by id desc limit ${MOST_HITS}
       ) hit group by hit.id order by rank desc limit ${CANDIDATES}
     )
     select ${SHOWN} from alike join ticket t using (id) left join delivery d on d.subject_id = t.id`,
    [JSON.stringify(terms), workspaceId, other.than],
    'all',
    db.getTransactionContext(),
  );

const findByTitle = (db: Db, workspaceId: string, title: string, other: Other): Promise<CandidateRow[]> =>
  db.getConnection().execute<CandidateRow[]>(
    `select ${SHOWN} from ticket t left join delivery d on d.subject_id = t.id
     where t.workspace_id = ? and t.title % ? and t.state not in ('WITHDRAWN', 'NOT_A_TICKET') and t.id ${other.by} ? order by similarity(t.title, ?) desc limit ${CANDIDATES / 2}`,
    [workspaceId, title, other.than, title],
    'all',
    db.getTransactionContext(),
  );

/** One rare word, or two that are rare together; the rarer the heavier. */
type Term = { words: string; weight: number };
type Word = { lexeme: string; share: number };

const MOST_HITS = 250;
const MOST_WORDS = 8;
const PAIRED = 3;

/** How common words are is known to PostgreSQL: its statistics of the search index hold the thousand most common. */
const chooseTerms = async (db: Db, text: string): Promise<{ terms: Term[]; tickets: number }> => {
  const rows = await db.getConnection().execute<{ lexeme: string; freq: number | null; rarest: number | null; tickets: number }[]>(
    `with stats as (
       select most_common_elems::text::text[] as words, most_common_elem_freqs as freqs from pg_stats where schemaname = current_schema() and tablename = 'ticket_search'
     ), known as (select unnest(words) as lexeme, unnest(freqs[1:cardinality(words)]) as freq from stats)
     select word.lexeme, known.freq, (select min(freq) from known) as rarest, (select reltuples from pg_class where oid = 'ticket'::regclass) as tickets
     from unnest(to_tsvector('simple', ?)) word left join known using (lexeme) where length(word.lexeme) between 3 and 60`,
    [text],
    'all',
    db.getTransactionContext(),
  );
  const tickets = Math.max(0, Number(rows[0]?.tickets ?? 0));
  // What is not among the most common is rarer than all of them; among those, long words tend to be the rarest.
  const words = rows
    .map(({ lexeme, freq, rarest }): Word => ({ lexeme, share: Number(freq ?? (rarest ?? 0) / (lexeme.length > 6 ? 8 : 4)) }))
    .sort((a, b) => a.share - b.share || b.lexeme.length - a.lexeme.length);
  const rare = words.filter(({ share }) => share * tickets <= MOST_HITS).slice(0, MOST_WORDS);
  const common = words.filter((word) => !rare.includes(word)).slice(0, PAIRED);
  const pairs = common
    .flatMap((one, place) => common.slice(place + 1).map((other) => [one, other]))
    .filter(([one, other]) => (one?.share ?? 1) * (other?.share ?? 1) * tickets <= MOST_HITS);
  // A short text of everyday words: as many of them together as it takes to be rare.
  const last = rare.length + pairs.length === 0 && common.length > 0 ? [common, common.slice(0, 2), common.slice(0, 1)] : [];
  return { tickets, terms: [...rare.map((word) => [word]), ...pairs, ...last].map(toTerm) };
};

const toTerm = (words: Word[]): Term => ({
  words: words.map(({ lexeme }) => `'${lexeme.replace(/['\\]/g, '\\$&')}'`).join(' & '),
  weight: words.reduce((sum, { share }) => sum + Math.log(1 / Math.max(share, 1e-5)), 0),
});

type CandidateRow = {
  id: string;
  number: number;
  title: string;
  body: string;
  state: Ticket['state'];
  created_at: Date | string;
  category_id: string | null;
  category_by: string | null;
  channels: string[];
};

const toCandidate = ({ created_at, category_id, category_by, ...row }: CandidateRow): Candidate => ({
  ...row,
  createdAt: new Date(created_at),
  categoryId: category_id,
  categoryBy: category_by,
});
