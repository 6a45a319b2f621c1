import { type WebhookEvent, WebhookOut } from '#db/entities/webhook-out.ts';
import type { Db } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import { addJob } from '#db/queue.ts';
import { newId } from '#src/core/ids.ts';

/**
 * Tells every webhook that follows `event`; call it inside the transaction of the change (law 1): what is rolled back is told to nobody.
 * What it says of the ticket is read when it is sent, so a late message never carries an older state than an earlier one.
 */
export const announce = async (
  db: Db,
  ticket: { id: string; workspaceId: string },
  event: WebhookEvent,
  requestId?: string,
): Promise<void> => {
  const { workspaceId } = ticket;
  const open = await db.find(
    WebhookOut,
    { workspaceId, revokedAt: null, disabledAt: null },
    { fields: ['events', 'oncePerTicket'], disableIdentityMap: true },
  );
  for (const { id, oncePerTicket } of open.filter(({ events }) => events.includes(event))) {
    if (oncePerTicket && !(await isFirst(db, ticket, id))) continue;
    await addJob(db, {
      name: 'send-webhook',
      payload: {
        webhookId: id,
        workspaceId,
        deliveryId: newId('whd'),
        ticketId: ticket.id,
        event,
        at: new Date().toISOString(),
        ...(requestId ? { requestId } : {}),
      },
      // One after another, in order; a receiver that hangs holds one worker's slot and no more.
      queue: `webhook:${id}`,
    });
  }
};

const isFirst = async (db: Db, { id, workspaceId }: { id: string; workspaceId: string }, webhookId: string): Promise<boolean> => {
  const rows = await queryPrepared(
    db,
    'update ticket set told_once = array_append(told_once, ?) where id = ? and workspace_id = ? and not (? = any(told_once)) returning id',
    [webhookId, id, workspaceId, webhookId],
  );
  return rows.length > 0;
};

/** The event that a change of a ticket is, by its name in the audit trail. */
export const eventOf = (action: string): WebhookEvent => events[action] ?? 'TICKET_MOVED';

const events: Record<string, WebhookEvent> = {
  'ticket.created': 'TICKET_CREATED',
  'ticket.created_again': 'TICKET_CREATED',
  'ticket.category_set': 'TICKET_ROUTED',
  'ticket.priority_set': 'TICKET_PRIORITIZED',
  'ticket.priority_changed': 'TICKET_PRIORITIZED',
  'ticket.merged': 'TICKET_MERGED',
  'ticket.resolve': 'TICKET_RESOLVED',
  'ticket.withdrawn': 'TICKET_WITHDRAWN',
};
