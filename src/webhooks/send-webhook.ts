import { createHmac } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Ticket } from '#db/entities/ticket.ts';
import { WebhookOut } from '#db/entities/webhook-out.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import { defineJob, type Job, type JobFailure } from '#src/jobs/define-job.ts';
import type { Post } from './post.ts';
import { type Seal, sealedWith } from './sealed-secret.ts';
import { fillTemplate, fillUrl } from './template.ts';
import { toTicketBody } from './ticket-body.ts';

export type SendWebhookDeps = { orm: Orm; clock: Clock; seal: Seal; post: Post };

const MOST_FAILURES = 100;

const payload = z.object({
  webhookId: z.string(),
  workspaceId: z.string(),
  deliveryId: z.string(),
  ticketId: z.string(),
  event: z.string(),
  at: z.string(),
});
type Payload = z.output<typeof payload>;

/**
 * Tells one receiver of one event. It gets there at least once: a try whose outcome nobody learnt is made again, under the same
 * `x-aiops-delivery`. Signed is "<timestamp>.<body>", so that an old message cannot be played back for long.
 */
export const createSendWebhook = ({ orm, clock, seal, post }: SendWebhookDeps): Job<Payload> => {
  const fail = async ({ webhookId, workspaceId }: Payload, { id, message }: JobFailure, retryAt: Date | null): Promise<void> =>
    forWorkspace(orm, workspaceId).transactional(async (db) => {
      const webhook = await db.findOne(WebhookOut, { id: webhookId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!webhook) return;
      const now = clock.now();
      webhook.lastFailure = { at: now.toISOString(), message: `${message} (${id})`, retryAt: retryAt?.toISOString() ?? null };
      if (!retryAt) webhook.failuresInARow++;
      if (webhook.failuresInARow >= MOST_FAILURES && !webhook.disabledAt)
        Object.assign(webhook, {
          disabledAt: now,
          disabledReason: `The last ${MOST_FAILURES} messages did not get through, so nothing more is sent. Mend the receiver, then switch the webhook on again with enableWebhookOut.`,
        });
    });

  return defineJob({
    name: 'send-webhook',
    payload,
    async run({ webhookId, workspaceId, deliveryId, ticketId, event, at }, { signal }) {
      const db = forWorkspace(orm, workspaceId);
      const webhook = await db.findOne(WebhookOut, { id: webhookId, revokedAt: null, disabledAt: null });
      const ticket = webhook && (await db.findOne(Ticket, { id: ticketId }));
      if (!webhook || !ticket) return;
      const message = { id: deliveryId, event: wireName(event), at, ticket: await toTicketBody(db, ticket) };
      const body = webhook.bodyTemplate ? fillTemplate(webhook.bodyTemplate, message) : JSON.stringify(message);
      const timestamp = String(Math.floor(clock.now().getTime() / 1000));
      const headers = {
        ...ownHeaders(webhook, seal),
        'content-type': 'application/json',
        'user-agent': 'ai-ops-assistant',
        'x-aiops-delivery': deliveryId,
        'x-aiops-event': wireName(event),
        'x-aiops-timestamp': timestamp,
        'x-aiops-signature': `sha256=${createHmac('sha256', seal.open(webhook.sealedSecret, webhook.id)).update(`${timestamp}.${body}`).digest('hex')}`,
      };
      await post(fillUrl(webhook.url, message), { method: webhook.method, headers, body, signal });
      await db.nativeUpdate(WebhookOut, { id: webhookId }, { lastSuccessAt: clock.now(), failuresInARow: 0 });
    },
    retrying: (given, failure) => fail(given, failure, failure.retryAt),
    giveUp: (given, failure) => fail(given, failure, null),
  });
};

const ownHeaders = ({ id, sealedHeaders }: WebhookOut, seal: Seal): Record<string, string> =>
  sealedHeaders ? (JSON.parse(seal.open(sealedHeaders, sealedWith(id))) as Record<string, string>) : {};

/** TICKET_CREATED is 'ticket.created' on the wire. */
const wireName = (event: string): string => event.toLowerCase().replace('_', '.');
