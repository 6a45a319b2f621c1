import { Ticket, type TicketState } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';

const MOST_TICKETS = 10_000;
// Not sorted into anything, or the same as another.
const notCounted: TicketState[] = ['WITHDRAWN', 'NOT_A_TICKET', 'MERGED'];

export type PlacedTicket = Pick<
  Ticket,
  'id' | 'number' | 'categoryId' | 'categoryBy' | 'touched' | 'state' | 'prediction' | 'channels' | 'openly'
>;

/** What came in between two times and was sorted, newest first. */
export const ticketsBetween = (db: Db, from: Date, until: Date): Promise<PlacedTicket[]> =>
  db.find(
    Ticket,
    { createdAt: { $gte: from, $lt: until }, state: { $nin: notCounted } },
    {
      fields: ['number', 'categoryId', 'categoryBy', 'touched', 'state', 'prediction', 'channels', 'openly'],
      orderBy: { id: 'desc' },
      limit: MOST_TICKETS,
      disableIdentityMap: true,
    },
  );

/** Where it is, or where it was most likely to go. Null when nothing was ever said of it. */
export const placeOf = ({ categoryId, prediction }: Pick<PlacedTicket, 'categoryId' | 'prediction'>): string | null =>
  categoryId ?? prediction?.categoryId ?? prediction?.alternatives[0]?.categoryId ?? null;

const DAY_MS = 86_400_000;

/** Four weeks: so long a stretch is compared with the one before. */
export const PERIOD_MS = 28 * DAY_MS;
