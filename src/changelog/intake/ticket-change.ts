import { Change } from '#db/entities/change.ts';
import type { Ticket } from '#db/entities/ticket.ts';
import { TriageSettings } from '#db/entities/triage-settings.ts';
import type { Db } from '#db/orm.ts';
import { isRestricted } from '#db/restricted.ts';
import { checkChange } from './new-change.ts';
import { recordChanges } from './record-changes.ts';

/**
 * Keeps what a ticket is to changelogs up to date; call it inside the transaction in which the ticket moved. A resolved one is a change, one
 * opened again is none any more. What was said in a restricted channel stays there.
 */
export const recordTicketChange = async (db: Db, ticket: Ticket, by: { id: string; actingFor: string | null }): Promise<void> => {
  const { id, workspaceId, number, state, title, body, resolvedAt } = ticket;
  const key = `ticket:${id}`;
  if (state !== 'RESOLVED' || !resolvedAt) {
    await db.nativeDelete(Change, { source: 'ticket', externalKey: key });
    return;
  }
  const [settings] = await db.find(TriageSettings, {}, { disableIdentityMap: true });
  if (isRestricted(ticket, settings?.restrictedChannels ?? [])) return;
  const change = checkChange(
    { source: 'ticket', system: 'tickets', kind: 'ticket', title, body, refs: [`T-${number}`], time: resolvedAt },
    key,
    resolvedAt,
  );
  if (!Array.isArray(change)) await recordChanges(db, { workspaceId, ...by }, [change], resolvedAt);
};
