import { Category } from '#db/entities/category.ts';
import type { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { teamOf } from '#src/tickets/team-of.ts';
import { postToTeam } from './team-post.ts';

/**
 * What may be critical does not wait for a tap: the team it seems to be for sees it at once, marked as not confirmed, and its person on call is named; where
 * nobody can say whose it is, or the team has no channel, the admins see it. A tap edits that very message. Says whether it is posted just now.
 */
export const tellIfCritical = async (
  db: Db,
  ticket: Ticket,
  { adminChannel }: { adminChannel?: string | null },
  now: Date,
): Promise<boolean> =>
  mayBeCritical(ticket) && postToTeam(db, ticket, { channel: (await seemingTeam(db, ticket))?.channel || adminChannel || null }, now);

/** P1, by its words or by a person, while somebody has yet to say what it is; what reads like no ticket at all calls nobody by its words. */
export const mayBeCritical = ({
  state,
  priority,
  priorityBy,
  prediction,
}: Pick<Ticket, 'state' | 'priority' | 'priorityBy' | 'prediction'>): boolean =>
  priority === 'P1' &&
  (state === 'SUGGESTED' || (state === 'NEEDS_HUMAN' && (priorityBy === 'PERSON' || prediction?.notATicketLike === undefined)));

/** The category whose team is to answer, or seems to be. */
export const seemingTeam = async (db: Db, ticket: Ticket): Promise<Category | null> => {
  const id = teamOf(ticket);
  return id ? db.findOne(Category, { id }) : null;
};
