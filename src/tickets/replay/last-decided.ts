import type { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { judged } from '#src/tickets/judged.ts';

/** The newest tickets that people put into one of these categories, or left there, newest first. */
export const lastDecided = (db: Db, categories: readonly Category[], last: number): Promise<Ticket[]> =>
  db.find(
    Ticket,
    { ...judged, state: { $ne: 'NOT_A_TICKET' }, categoryId: { $in: categories.map(({ id }) => id) } },
    { orderBy: { id: 'desc' }, limit: last, disableIdentityMap: true },
  );
