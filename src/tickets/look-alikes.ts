import type { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { type LookAlike, rankLookAlikes, type TicketText } from './classify/index.ts';

export type Candidate = Pick<Ticket, 'id' | 'number' | 'title' | 'body' | 'state' | 'createdAt'> & { categoryId: string | null; categoryBy: string | null; /** In Slack: where it was said, and where it was asked. */ channels: string[] };
export type FoundLookAlike = LookAlike & { ticket: Candidate };

const CANDIDATES = 60;
const MAX_WORDS = 24;

/**
 * Tickets of this workspace that read alike, best first: PostgreSQL finds candidates by rare words (full text) and by alike titles
 * (trigrams), our own measure ranks them. Never the ticket itself.
 */
export const findLookAlikes = async (db: Db, workspaceId: string, text: TicketText & { title: string }, except: string | null): Promise<FoundLookAlike[]> => {
  const words = searchWords(`${text.title} ${text.body.slice(0, 4000)}`);
  const rows = await db.getConnection().execute<CandidateRow[]>(
    `with by_words as (
       select id, ts_rank_cd(to_tsvector('simple', title || ' ' || left(body, 50000)), query) as rank
       from ticket, to_tsquery('simple', ?) query
       where workspace_id = ? and to_tsvector('simple', title || ' ' || left(body, 50000)) @@ query and state not in ('WITHDRAWN', 'NOT_A_TICKET')
       order by id desc limit 2000
     ), by_title as (
       select id, similarity(title, ?) as rank from ticket where workspace_id = ? and title % ? and state not in ('WITHDRAWN', 'NOT_A_TICKET') order by rank desc limit 30
     ), found as (
       select id from (select id from by_words order by rank desc limit ${CANDIDATES - 20}) a union select id from (select id from by_title limit 20) b
     )
     select t.id, t.number, t.title, left(t.body, 4000) as body, t.state, t.created_at, t.category_id, t.category_by,
       array_remove(array[t.origin ->> 'channel', d.reply_to ->> 'channel'], null) as channels
     from ticket t join found using (id) left join delivery d on d.subject_id = t.id where t.id <> ?`,
    [words, workspaceId, text.title.slice(0, 500), workspaceId, text.title.slice(0, 500), except ?? ''],
    'all',
    db.getTransactionContext(),
  );
  const byId = new Map(rows.map((row) => [row.id, toCandidate(row)]));
  const ranked = rankLookAlikes({ ...text, body: text.body.slice(0, 4000) }, [...byId.values()].map(({ id, title, body }) => ({ id, text: { title, body } })));
  return ranked.map((found) => ({ ...found, ticket: byId.get(found.id) as Candidate }));
};

type CandidateRow = { id: string; number: number; title: string; body: string; state: Ticket['state']; created_at: Date | string; category_id: string | null; category_by: string | null; channels: string[] };

const toCandidate = ({ created_at, category_id, category_by, ...row }: CandidateRow): Candidate => ({ ...row, createdAt: new Date(created_at), categoryId: category_id, categoryBy: category_by });

/** The longest words make the rarest; joined by "or", so that one of them is enough to be looked at. */
const searchWords = (text: string): string => {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}_]{3,40}/gu) ?? []);
  const chosen = [...words].sort((a, b) => b.length - a.length).slice(0, MAX_WORDS);
  return chosen.length > 0 ? chosen.map((word) => `'${word}'`).join(' | ') : `'-'`;
};
