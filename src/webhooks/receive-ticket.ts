import type { WebhookIn } from '#db/entities/webhook-in.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { TicketService } from '#src/tickets/service.ts';
import { mapTicket, shortKey } from './map-ticket.ts';
import { type OpenWebhookDeps, openWebhook, type Posted } from './open-webhook.ts';

/** With what was not kept of it, in words. */
type ReceivedTicket = Awaited<ReturnType<TicketService['createTicket']>> & { notes: string[] };

export type ReceiveTicketDeps = OpenWebhookDeps & { tickets: Pick<TicketService, 'createTicket'> };

/** Makes a ticket of a signed message; null when the webhook's filter leaves it out. Throws NOT_FOUND, UNAUTHENTICATED, BAD_INPUT and what the body's reader throws. */
export type ReceiveTicket = (webhookId: string, posted: Posted) => Promise<ReceivedTicket | null>;

export const createReceiveTicket =
  ({ tickets, ...deps }: ReceiveTicketDeps): ReceiveTicket =>
  async (webhookId, posted) => {
    const { webhook, body } = await openWebhook(deps, ['TICKET'], webhookId, posted);
    const mapped = mapTicket(body, webhook.mapping, webhook.filter);
    if (!mapped) return null;
    const { title, text, reporter } = mapped;
    const received = await tickets.createTicket(actorOf(webhook, posted.requestId), {
      title,
      text,
      entry: 'WEBHOOK',
      // Whoever writes there cannot pass for one of ours, whose names begin with slack: or usr_.
      reporter: reporter && `webhook:${reporter}`,
      idempotencyKey: `webhook:${webhook.id}:${mapped.key ?? deliveryKey(webhook, posted)}`,
    });
    return { ...received, notes: [...mapped.dropped, ...(received.note ? [received.note] : [])] };
  };

/** Without either we could not tell the same ticket sent twice from two tickets. */
const deliveryKey = ({ mapping, deliveryHeader }: WebhookIn, { header }: Posted): string => {
  const delivery = deliveryHeader && shortKey(header(deliveryHeader)?.trim() || undefined);
  if (delivery) return `delivery:${delivery}`;
  const places = [mapping.key && `"${mapping.key}" of the body`, deliveryHeader && `the header ${deliveryHeader}`].filter(Boolean);
  throw new AppError(
    'BAD_INPUT',
    `There is nothing at ${places.join(' or in ')}, so the same ticket sent twice could not be told from two. Nothing was kept.`,
  );
};

const actorOf = ({ id, workspaceId }: WebhookIn, requestId: string): Actor => ({
  workspaceId,
  id,
  role: 'MEMBER',
  scopes: ['TICKETS_WRITE'],
  actingFor: null,
  requestId,
});
