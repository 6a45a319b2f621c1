import { createHmac, timingSafeEqual } from 'node:crypto';
import { WebhookIn, type WebhookKind } from '#db/entities/webhook-in.ts';
import { forWorkspace, type Orm, unscoped } from '#db/orm.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import type { Seal } from './sealed-secret.ts';

/** What a sender handed in. The body is read only once it is known whom it is for. */
export type Posted = { header(name: string): string | undefined; readBody(): Promise<Buffer>; requestId: string };

export type OpenWebhookDeps = { orm: Orm; clock: Clock; seal: Seal };

const MINUTE = 60_000;

/** Finds the webhook a message is for and checks that its sender knows the secret. Throws NOT_FOUND, UNAUTHENTICATED, BAD_INPUT and what the body's reader throws. */
export const openWebhook = async (
  { orm, clock, seal }: OpenWebhookDeps,
  kinds: readonly WebhookKind[],
  webhookId: string,
  posted: Posted,
): Promise<{ webhook: WebhookIn; raw: Buffer; body: unknown }> => {
  const webhook = /^whk_[0-9a-z]{26}$/.test(webhookId)
    ? await orm.em.fork().findOne(WebhookIn, { id: webhookId, kind: { $in: [...kinds] }, revokedAt: null }, unscoped)
    : null;
  if (!webhook) throw new AppError('NOT_FOUND', 'There is no such webhook. Check the address; it may have been revoked.');
  const raw = await posted.readBody();
  if (!isProven(webhook, seal, raw, posted))
    throw new AppError(
      'UNAUTHENTICATED',
      webhook.signatureScheme === 'TOKEN'
        ? `The secret in ${webhook.signatureHeader} is not the one of this webhook.`
        : `The signature in ${webhook.signatureHeader} does not fit the body. Check the secret and that the body is sent as it was signed.`,
    );
  await noteReceived(orm, webhook, clock.now());
  return { webhook, raw, body: parseJson(raw) };
};

const isProven = (webhook: WebhookIn, seal: Seal, body: Buffer, posted: Posted): boolean => {
  // Alertmanager sends the secret itself; Grafana, which tells alerts in the same form, can sign with it.
  const signed = webhook.kind === 'ALERTS' ? posted.header(GRAFANA_SIGNATURE) : undefined;
  if (signed !== undefined) return isSigned({ ...webhook, signatureScheme: 'HEX' }, seal, body, signed);
  return isSigned(webhook, seal, body, posted.header(webhook.signatureHeader));
};

const GRAFANA_SIGNATURE = 'x-grafana-alerting-signature';

const isSigned = (
  { id, sealedSecret, signatureScheme }: Pick<WebhookIn, 'id' | 'sealedSecret' | 'signatureScheme'>,
  seal: Seal,
  body: Buffer,
  given: string | undefined,
): boolean => {
  const secret = seal.open(sealedSecret, id);
  // Of the secret itself only its mark is compared: the time it takes says nothing, not even how long it is.
  if (signatureScheme === 'TOKEN') return timingSafeEqual(markOf(secret), markOf((given ?? '').replace(/^Bearer\s+/i, '')));
  const digest = createHmac('sha256', secret).update(body).digest();
  const expected = Buffer.from(
    signatureScheme === 'BASE64' ? digest.toString('base64') : `${signatureScheme === 'GITHUB' ? 'sha256=' : ''}${digest.toString('hex')}`,
  );
  const signature = Buffer.from(signatureScheme === 'BASE64' ? (given ?? '').trim() : (given ?? '').trim().toLowerCase());
  return signature.length === expected.length && timingSafeEqual(signature, expected);
};

/** Of a secret that is to be compared: of the same length whatever it is of. */
export const markOf = (secret: string): Buffer => createHmac('sha256', 'webhook').update(secret).digest();

/** Throws BAD_INPUT. */
export const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('BAD_INPUT', 'The body is not JSON. Send JSON in UTF-8 (on GitHub: content type application/json).');
  }
};

// To the minute: a busy sender should not rewrite one row a hundred times a second.
const noteReceived = async (orm: Orm, { id, workspaceId, lastReceivedAt }: WebhookIn, now: Date): Promise<void> => {
  if (lastReceivedAt && now.getTime() - lastReceivedAt.getTime() < MINUTE) return;
  await forWorkspace(orm, workspaceId).nativeUpdate(WebhookIn, { id }, { lastReceivedAt: now });
};
