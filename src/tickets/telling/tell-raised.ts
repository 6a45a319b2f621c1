import type { Priority, Ticket } from '#db/entities/ticket.ts';
import { Workspace } from '#db/entities/workspace.ts';
import type { Db } from '#db/orm.ts';
import { isOver } from '#src/tickets/ticket-state.ts';
import { noteInChannel } from './note.ts';
import { mayBeCritical, seemingTeam } from './tell-critical.ts';

/** A ticket its team has seen already is critical or high now (of one that nobody confirmed: critical): the team hears of it, for nobody hears of an edit. */
export const tellIfRaised = async (
  db: Db,
  ticket: Ticket,
  before: Priority | null | undefined,
  { adminChannel }: { adminChannel?: string | null },
  now: Date,
): Promise<void> => {
  const { priority, categoryId, workspaceId } = ticket;
  // P1 comes before P2.
  const raised = before && priority && priority < before && isUrgent(priority);
  if (!raised || isOver(ticket.state) || !(categoryId || mayBeCritical(ticket))) return;
  const team = await seemingTeam(db, ticket);
  const channel = team?.channel || (categoryId ? null : adminChannel);
  const { slackTeamId: teamId } = await db.findOneOrFail(Workspace, { id: workspaceId });
  if (channel && teamId) await noteInChannel(db, ticket, 'raised', { teamId, channel, at: now });
};

/** Only these call who is on call: everything else waits for business hours. */
export const isUrgent = (priority: Priority | null | undefined): boolean => priority === 'P1' || priority === 'P2';
