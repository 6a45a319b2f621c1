import type { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import type { ReplayModel } from '#db/entities/triage-replay.ts';
import type { Db } from '#db/orm.ts';
import { judged } from '#src/tickets/learning/judged.ts';

/** `decided`: how many there are in all. */
export type LastDecided = { tickets: Ticket[]; decided: number };

/**
 * The newest tickets that people put into one of these categories, or left there, newest first; for a new model no more than half of all, so that
 * it has something to learn from.
 */
export const lastDecided = async (
  db: Db,
  categories: readonly Category[],
  { last, model }: { last: number; model: ReplayModel },
): Promise<LastDecided> => {
  const which = { ...judged, state: { $ne: 'NOT_A_TICKET' as const }, categoryId: { $in: categories.map(({ id }) => id) } };
  const decided = await db.count(Ticket, which);
  const limit = model === 'NEW' ? Math.min(last, Math.ceil(decided / 2)) : last;
  return {
    decided,
    tickets: limit === 0 ? [] : await db.find(Ticket, which, { orderBy: { id: 'desc' }, limit, disableIdentityMap: true }),
  };
};
