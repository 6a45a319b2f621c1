import type { Priority, Ticket } from '#db/entities/ticket.ts';
import type { TriageSettings } from '#db/entities/triage-settings.ts';
import { Workspace } from '#db/entities/workspace.ts';
import type { Db } from '#db/orm.ts';
import { isWaiting } from '#src/tickets/ticket-state.ts';
import { type NoteKind, noteInChannel } from './note.ts';
import { isWantedIn, placeOf, tellTeam } from './tell-team.ts';

type Admins = Partial<Pick<TriageSettings, 'adminChannel'>>;

/** A ticket its team has seen already is critical or high now (of one that nobody confirmed: critical): the team hears of it, for nobody hears of an edit. */
export const callIfRaised = async (
  db: Db,
  ticket: Ticket,
  before: Priority | null | undefined,
  settings: Admins,
  now: Date,
): Promise<void> => {
  const { priority } = ticket;
  // P1 comes before P2.
  if (before && priority && priority < before) await callIfUrgent(db, ticket, 'raised', settings, now);
};

/** A ticket that was given back, reopened, wanted again or woke up, and nobody has: its team sees it, and where it did before hears of one that is critical or high. */
export const callIfFree = async (db: Db, ticket: Ticket, settings: Admins, now: Date): Promise<void> => {
  if (isWaiting(ticket.state) && !(await tellTeam(db, ticket, settings, now))) await callIfUrgent(db, ticket, 'free', settings, now);
};

const callIfUrgent = async (db: Db, ticket: Ticket, kind: NoteKind, settings: Admins, at: Date): Promise<void> => {
  if (!isUrgent(ticket.priority)) return;
  const channel = await placeOf(db, ticket, settings);
  const { slackTeamId: teamId } = await db.findOneOrFail(Workspace, { id: ticket.workspaceId });
  if (channel && teamId) await noteInChannel(db, ticket, kind, { teamId, channel, at });
};

/** Whether a call that is still to go out is to be made: not when its ticket became less urgent, and not where it is no more. */
export const isCallWanted = async (db: Db, ticket: Ticket, channel: string, settings: Admins): Promise<boolean> =>
  isUrgent(ticket.priority) && isWantedIn(db, ticket, channel, settings);

/** Only these call who is on call: everything else waits for business hours. */
export const isUrgent = (priority: Priority | null | undefined): boolean => priority === 'P1' || priority === 'P2';
