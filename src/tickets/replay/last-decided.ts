import type { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { taught } from '#src/tickets/models.ts';

/** The newest tickets that people put into one of these categories, newest first. */
export const lastDecided = (db: Db, categories: readonly Category[], last: number): Promise<Ticket[]> =>
  db.find(
    Ticket,
    { ...taught, categoryId: { $in: categories.map(({ id }) => id) } },
    { orderBy: { id: 'desc' }, limit: last, disableIdentityMap: true },
  );
