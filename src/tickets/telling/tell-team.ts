import { Category } from '#db/entities/category.ts';
import type { Ticket } from '#db/entities/ticket.ts';
import type { TriageSettings } from '#db/entities/triage-settings.ts';
import type { Db } from '#db/orm.ts';
import { teamOf } from '#src/tickets/team-of.ts';
import { isOver, isWaiting } from '#src/tickets/ticket-state.ts';
import { postsOf, postToTeam } from './team-post.ts';

type Admins = Partial<Pick<TriageSettings, 'adminChannel'>>;

/** Posts a ticket where it is told apart from its thread, and says whether that post is still to go out. A tap edits that very message. */
export const tellTeam = async (db: Db, ticket: Ticket, settings: Admins, now: Date): Promise<boolean> =>
  postToTeam(db, ticket, { channel: await placeOf(db, ticket, settings) }, now);

/**
 * The channel a ticket belongs in, null where it is told in its thread only: that of its team; of what may be critical, which does not wait for a tap,
 * that of the team it seems to be for. What is critical and waits while nobody can say whose it is, or the team has no channel, the admins see.
 */
export const placeOf = async (db: Db, ticket: Ticket, { adminChannel }: Admins): Promise<string | null> => {
  if (isOver(ticket.state) || !(ticket.categoryId || mayBeCritical(ticket))) return null;
  const id = teamOf(ticket);
  const team = id ? await db.findOne(Category, { id }) : null;
  return team?.channel || (ticket.priority === 'P1' && isWaiting(ticket.state) ? adminChannel : null) || null;
};

/** Whether a post that was never sent is still to be: not where its ticket went on to another channel, and not where it is told nowhere any more. */
export const isWantedIn = async (db: Db, ticket: Ticket, channel: string, settings: Admins): Promise<boolean> => {
  const place = await placeOf(db, ticket, settings);
  // A team that has another channel since then has no other post.
  return place === channel || (place !== null && !(await postsOf(db, ticket.id)).some(({ replyTo }) => replyTo.channel === place));
};

/** P1, by its words or by a person, while somebody has yet to say what it is; what reads like no ticket at all calls nobody by its words. */
export const mayBeCritical = ({
  state,
  priority,
  priorityBy,
  prediction,
}: Pick<Ticket, 'state' | 'priority' | 'priorityBy' | 'prediction'>): boolean =>
  priority === 'P1' &&
  (state === 'SUGGESTED' || (state === 'NEEDS_HUMAN' && (priorityBy === 'PERSON' || prediction?.notATicketLike === undefined)));
