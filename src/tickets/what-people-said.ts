import type { Priority } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import type { FoundLookAlike } from './look-alikes.ts';

/** What people decided on tickets that read alike. */
export type Known = {
  /** The tickets that are some, with the channels they are from; most alike first. */
  alike: (FoundLookAlike & { channels: string[]; openly: boolean })[];
  decided: { categoryId: string; score: number }[];
  /** Of the most alike whose priority a person set, if it reads nearly the same. */
  priority: { priority: Priority; number: number } | null;
  /** The number of one that reads nearly the same and that a person said is no ticket; null when a ticket reads as much like it. */
  notATicket: number | null;
};

// Of the others nobody would say that they read alike.
const LOOKED_AT = 20;
// What says the same, give or take a word.
const NEARLY_THE_SAME = 0.6;

type Row = { id: string; priority: Priority | null; priority_by: string | null; channels: string[]; openly: boolean };

export const whatPeopleSaid = async (db: Db, workspaceId: string, found: readonly FoundLookAlike[]): Promise<Known> => {
  const closest = found.slice(0, LOOKED_AT);
  const rows = await queryPrepared<Row>(
    db,
    'select id, priority, priority_by, channels, openly from ticket where id = any(?::text[]) and workspace_id = ?',
    [closest.map(({ ticket }) => ticket.id), workspaceId],
  );
  const more = new Map(rows.map((row) => [row.id, row]));
  const known = closest.flatMap((one) => {
    const row = more.get(one.ticket.id);
    return row ? [{ ...one, row, channels: row.channels, openly: row.openly }] : [];
  });
  const alike = known.filter(({ ticket }) => ticket.state !== 'NOT_A_TICKET');
  const not = known.find(({ ticket, score }) => ticket.state === 'NOT_A_TICKET' && score >= NEARLY_THE_SAME);
  const like = alike.find(({ row, score }) => score >= NEARLY_THE_SAME && row.priority_by === 'PERSON');
  return {
    alike: alike.map(({ row: _, ...one }) => one),
    decided: alike.flatMap(({ ticket, score }) =>
      ticket.categoryBy === 'PERSON' && ticket.categoryId ? [{ categoryId: ticket.categoryId, score }] : [],
    ),
    priority: like?.row.priority ? { priority: like.row.priority, number: like.ticket.number } : null,
    notATicket: not && !alike.some((one) => outweighs(one, not)) ? not.ticket.number : null,
  };
};

// Scores closer than this are the same.
const EVEN = 0.02;

/** A person sorted one that reads more like it; or as much, and later. */
const outweighs = (one: FoundLookAlike, not: FoundLookAlike): boolean =>
  one.ticket.categoryBy === 'PERSON' && (one.score > not.score + EVEN || (one.score > not.score - EVEN && one.ticket.id > not.ticket.id));
