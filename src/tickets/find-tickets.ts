import type { FilterQuery } from '@mikro-orm/core';
import { raw } from '@mikro-orm/core';
import { type Priority, Ticket, type TicketState } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { type Connection, findPage, type Page } from '#db/page.ts';

export type TicketFilter = {
  state?: readonly TicketState[] | undefined;
  categoryId?: string | undefined;
  priority?: readonly Priority[] | undefined;
  assignee?: string | undefined;
  search?: string | undefined;
  createdAfter?: Date | undefined;
  createdBefore?: Date | undefined;
};
export type TicketPage = Page;
export type TicketConnection = Connection<Ticket>;

/** One page of tickets. Throws BAD_INPUT. */
export const findTickets = (db: Db, filter: TicketFilter, page: TicketPage): Promise<TicketConnection> =>
  findPage(db, Ticket, 'tkt', matching(filter), page);

const matching = (filter: TicketFilter): FilterQuery<Ticket> => ({
  ...(filter.state ? { state: { $in: [...filter.state] } } : {}),
  ...(filter.categoryId === undefined ? {} : { categoryId: filter.categoryId }),
  ...(filter.priority ? { priority: { $in: [...filter.priority] } } : {}),
  ...(filter.assignee === undefined ? {} : { assignee: filter.assignee }),
  ...matchingWords(filter.search?.trim()),
  ...(filter.createdAfter || filter.createdBefore
    ? {
        createdAt: {
          ...(filter.createdAfter ? { $gt: filter.createdAfter } : {}),
          ...(filter.createdBefore ? { $lt: filter.createdBefore } : {}),
        },
      }
    : {}),
});

const matchingWords = (search: string | undefined): object => {
  if (!search) return {};
  const number = numberOf(search);
  if (number !== null) return { number };
  return { [raw(`(to_tsvector('simple', title || ' ' || left(body, 50000)) @@ websearch_to_tsquery('simple', ?))`, [search])]: true };
};

/** The id behind a ticket's name; what is no name is an id already. Null when no ticket here has that number. */
export const idOf = async (db: Db, name: string): Promise<string | null> => {
  const number = numberOf(name);
  return number === null ? name : ((await db.findOne(Ticket, { number }, { fields: ['id'] }))?.id ?? null);
};

// What a column of whole numbers holds.
const MOST = 2_147_483_647;

/** The number in a ticket's name as people say it, e.g. T-142; null when it is no such name. */
export const numberOf = (name: string): number | null => {
  const number = Number(/^T-(\d{1,10})$/i.exec(name.trim())?.[1]);
  return Number.isInteger(number) && number <= MOST ? number : null;
};
