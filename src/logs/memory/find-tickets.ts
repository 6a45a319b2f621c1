import { LogFingerprint } from '#db/entities/log-fingerprint.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { type Db, queryRows } from '#db/orm.ts';
import type { Pattern } from '#src/logs/digest/types.ts';

const MOST_TICKETS = 5;
const MOST_PHRASES = 3;
const MOST_LOGS = 10;
/** A ticket speaks of what happened lately. */
const LATELY_MS = 30 * 24 * 60 * 60_000;

/** What of a log's leading problems a ticket would quote: of each the longest run of words that never vary. */
export const phrasesToQuote = (leading: readonly Pattern[]): string[] =>
  leading.flatMap(({ template }) => longestPhrase(template) ?? []).slice(0, MOST_PHRASES);

const longestPhrase = (template: string): string | null => {
  const [longest = ''] = template
    .split(/<[a-z]+>|[\n↳]/)
    // A person who quotes a message leaves out the name of what varies: 'rejected invoice=<num>'.
    .map((part) => part.trim().replace(/[\s,;({[]*[\w.@-]+=["']?$/, ''))
    .sort((a, b) => b.length - a.length);
  return longest.split(/\s+/).length >= 3 && longest.length >= 16 ? longest.slice(0, 200) : null;
};

const words = `to_tsvector('simple', "title" || ' ' || left("body", 50000))`;

/** Open tickets in which one of the phrases stands word for word, newest first: whenever they were opened. */
export const findTickets = async (db: Db, phrases: readonly string[]): Promise<{ id: string; name: string }[]> => {
  const found = new Map<number, string>();
  for (const phrase of phrases) {
    const rows = await queryRows(db, Ticket)
      .select(['id', 'number'])
      .andWhere(`${words} @@ phraseto_tsquery('simple', ?)`, [phrase])
      .andWhere({ state: { $nin: ['RESOLVED', 'MERGED', 'WITHDRAWN', 'NOT_A_TICKET'] } })
      .orderBy({ number: 'desc' })
      .limit(MOST_TICKETS)
      .execute<{ id: string; number: number }[]>();
    for (const { id, number } of rows) found.set(number, id);
  }
  return [...found].slice(0, MOST_TICKETS).map(([number, id]) => ({ id, name: `T-${number}` }));
};

/** Logs of the last weeks whose problems a ticket quotes, newest first. */
export const findLogsOfTicket = async (db: Db, number: number, now: Date): Promise<string[]> => {
  const ticket = await db.findOne(Ticket, { number }, { fields: ['title', 'body', 'createdAt'] });
  if (!ticket) return [];
  const rows = await queryRows(db, LogFingerprint)
    .select('logId')
    .andWhere(
      `exists (select from unnest(phrases) as phrase where to_tsvector('simple', ? || ' ' || left(?, 50000)) @@ phraseto_tsquery('simple', phrase))`,
      [ticket.title, ticket.body],
    )
    .andWhere({ at: { $gte: new Date(Math.min(now.getTime(), ticket.createdAt.getTime()) - LATELY_MS) } })
    .orderBy({ at: 'desc' })
    .limit(MOST_LOGS)
    .execute<{ logId: string }[]>();
  return rows.map(({ logId }) => logId);
};
