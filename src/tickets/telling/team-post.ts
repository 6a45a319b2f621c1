import type { Category } from '#db/entities/category.ts';
import { Delivery } from '#db/entities/delivery.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { notify } from '#db/notices.ts';
import type { Db } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import type { ReplyTo } from '#src/core/ports.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';

// A ticket that goes from team to team has a message with each, in the order it came to them.
const MOST_TEAMS = 9;
const teamSubject = (ticketId: string, place: number): string => `${ticketId}:team${place === 0 ? '' : place + 1}`;

/** Everything there is to show about a ticket: in its thread, and in the channels of the teams it has been with. */
const subjectsOf = (ticketId: string): string[] => [
  ticketId,
  ...Array.from({ length: MOST_TEAMS }, (_, place) => teamSubject(ticketId, place)),
];

/**
 * Posts a ticket where its team reads, once for each channel, and nowhere when the category names none. Says whether what is shown there is still to go
 * out: then it tells all there is to tell by now.
 */
export const postToTeam = async (db: Db, ticket: Ticket, category: Pick<Category, 'channel'>, now: Date): Promise<boolean> => {
  const { channel } = category;
  const workspace = await db.findOneOrFail(Workspace, { id: ticket.workspaceId });
  if (!channel || !workspace.slackTeamId) return false;
  const posted = await postsOf(db, ticket.id);
  const there = posted.find(({ replyTo }) => replyTo.channel === channel);
  if (there) return !mayStand(there);
  if (posted.length === MOST_TEAMS) return false;
  const user = ticket.reporter.startsWith('slack:') ? (ticket.reporter.split(':')[2] ?? '') : '';
  const replyTo: ReplyTo = { kind: 'slack', teamId: workspace.slackTeamId, channel, user };
  await db.persist(newDelivery(ticket.workspaceId, teamSubject(ticket.id, posted.length), replyTo, now)).flush();
  return true;
};

/** Whether a message is in Slack, or may be: then it is put right, and else it may still be left out. */
export const mayStand = ({ messageTs, postingSince }: Pick<Delivery, 'messageTs' | 'postingSince'>): boolean =>
  Boolean(messageTs || postingSince);

/** What was posted of a ticket in channels of teams. */
export const postsOf = (db: Db, ticketId: string): Promise<Delivery[]> =>
  db.find(Delivery, { subjectId: { $in: subjectsOf(ticketId).slice(1) } });

/** The message a ticket is about, or else ours in the thread it is answered in; null where nothing is in Slack. */
export const threadOf = async (db: Db, ticketId: string): Promise<{ channel: string; ts: string } | null> => {
  const { origin } = (await db.findOne(Ticket, { id: ticketId }, { fields: ['origin'] })) ?? {};
  if (origin) return { channel: origin.channel, ts: origin.ts };
  const delivery = await db.findOne(Delivery, { subjectId: ticketId }, { disableIdentityMap: true });
  const ts = delivery && (delivery.replyTo.threadTs ?? delivery.rootTs);
  return delivery && ts ? { channel: delivery.replyTo.channel, ts } : null;
};

/** The thread, the teams' channels and whoever watches hear of it. */
export const tellAll = async (db: Db, ticketId: string): Promise<void> => {
  const subjectId = { $in: subjectsOf(ticketId) };
  // A team's channel that had no place for us may have one by now.
  await db.nativeUpdate(Delivery, { subjectId, state: 'FAILED', messageTs: null, rootTs: null }, { state: 'WAITING', failure: null });
  const deliveries = await db.find(Delivery, { subjectId }, { disableIdentityMap: true });
  for (const delivery of deliveries) await addJob(db, deliverJob(delivery));
  await notify(db, ticketId);
};
