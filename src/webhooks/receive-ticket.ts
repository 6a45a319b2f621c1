import { createHmac, timingSafeEqual } from 'node:crypto';
import { WebhookIn } from '#db/entities/webhook-in.ts';
import { forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import type { TicketService } from '#src/tickets/service.ts';
import { mapTicket, shortKey } from './map-ticket.ts';
import type { Seal } from './sealed-secret.ts';

export type ReceivedTicket = Awaited<ReturnType<TicketService['createTicket']>>;

/** What a sender handed in. The body is read only once it is known whom it is for. */
export type Posted = { header(name: string): string | undefined; readBody(): Promise<Buffer>; requestId: string };

export type ReceiveTicketDeps = { orm: Orm; clock: Clock; seal: Seal; tickets: Pick<TicketService, 'createTicket'> };

/** Makes a ticket of a signed message; null when the webhook's filter leaves it out. Throws NOT_FOUND, UNAUTHENTICATED, BAD_INPUT and what the body's reader throws. */
export type ReceiveTicket = (webhookId: string, posted: Posted) => Promise<ReceivedTicket | null>;

const MINUTE = 60_000;

export const createReceiveTicket =
  ({ orm, clock, seal, tickets }: ReceiveTicketDeps): ReceiveTicket =>
  async (webhookId, posted) => {
    const webhook = /^whk_[0-9a-z]{26}$/.test(webhookId)
      ? await orm.em.fork().findOne(WebhookIn, { id: webhookId, revokedAt: null }, unscoped)
      : null;
    if (!webhook) throw new AppError('NOT_FOUND', 'There is no such webhook. Check the address; it may have been revoked.');
    const body = await posted.readBody();
    if (!isSigned(webhook, seal, body, posted.header(webhook.signatureHeader)))
      throw new AppError(
        'UNAUTHENTICATED',
        `The signature in ${webhook.signatureHeader} does not fit the body. Check the secret and that the body is sent as it was signed.`,
      );
    await noteReceived(orm, webhook, clock.now());
    const mapped = mapTicket(parseJson(body), webhook.mapping, webhook.filter);
    if (!mapped) return null;
    const { title, text, reporter } = mapped;
    return tickets.createTicket(actorOf(webhook, posted.requestId), {
      content: { kind: 'text', title, text },
      entry: 'WEBHOOK',
      // Whoever writes there cannot pass for one of ours, whose names begin with slack: or usr_.
      reporter: reporter && `webhook:${reporter}`,
      idempotencyKey: `webhook:${webhook.id}:${mapped.key ?? deliveryKey(webhook, posted)}`,
    });
  };

const isSigned = ({ id, sealedSecret, signatureScheme }: WebhookIn, seal: Seal, body: Buffer, given: string | undefined): boolean => {
  const digest = createHmac('sha256', seal.open(sealedSecret, id)).update(body).digest();
  const expected = Buffer.from(
    signatureScheme === 'BASE64' ? digest.toString('base64') : `${signatureScheme === 'GITHUB' ? 'sha256=' : ''}${digest.toString('hex')}`,
  );
  const signature = Buffer.from(signatureScheme === 'BASE64' ? (given ?? '').trim() : (given ?? '').trim().toLowerCase());
  return signature.length === expected.length && timingSafeEqual(signature, expected);
};

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('BAD_INPUT', 'The body is not JSON. Send JSON in UTF-8 (on GitHub: content type application/json).');
  }
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

// To the minute: a busy sender should not rewrite one row a hundred times a second.
const noteReceived = async (orm: Orm, { id, workspaceId, lastReceivedAt }: WebhookIn, now: Date): Promise<void> => {
  if (lastReceivedAt && now.getTime() - lastReceivedAt.getTime() < MINUTE) return;
  await forWorkspace(orm, workspaceId).nativeUpdate(WebhookIn, { id }, { lastReceivedAt: now });
};
