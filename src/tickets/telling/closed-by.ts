import { ApiToken } from '#db/entities/api-token.ts';
import { AuditEvent } from '#db/entities/audit-event.ts';
import type { TicketState } from '#db/entities/ticket.ts';
import { User } from '#db/entities/user.ts';
import type { Db } from '#db/orm.ts';
import { userOf } from './note.ts';

/** Somebody in Slack (`user`, an id there) or in the API (`name`), and what they did. */
export type Closer = { word: string } & ({ user: string } | { name: string });

const ends: Partial<Record<TicketState, { action: string; word: string }>> = {
  RESOLVED: { action: 'ticket.resolve', word: 'resolved' },
  NOT_A_TICKET: { action: 'ticket.not_a_ticket', word: 'closed' },
  MERGED: { action: 'ticket.merged', word: 'merged' },
};

/** Who brought a ticket to where it stands, by its trail; null while it is open, and where no person is known (a program's token, triage itself). */
export const closedBy = async (db: Db, ticket: { id: string; state: TicketState }): Promise<Closer | null> => {
  const end = ends[ticket.state];
  if (!end) return null;
  const { action, word } = end;
  const [event] = await db.find(AuditEvent, { subjectId: ticket.id, action }, { orderBy: { at: 'desc', id: 'desc' }, limit: 1 });
  const person = event?.actingFor ?? event?.actor;
  const user = userOf(person);
  if (user) return { word, user };
  const token = person ? await db.findOne(ApiToken, { id: person, kind: 'PERSONAL' }, { fields: ['userId'] }) : null;
  const known = person ? await db.findOne(User, { id: token?.userId ?? person }, { fields: ['name'] }) : null;
  return known && { word, name: known.name };
};
