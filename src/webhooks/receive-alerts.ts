import { timingSafeEqual } from 'node:crypto';
import { AppError } from '#src/core/errors.ts';
import type { IncidentService, ReceivedAlerts } from '#src/incidents/service.ts';
import { markOf, type OpenWebhookDeps, openWebhook, type Posted, parseJson } from './open-webhook.ts';

/**
 * Takes in a group of alerts; without the id of a webhook by the door that the settings open. Throws NOT_FOUND, UNAUTHENTICATED, BAD_INPUT,
 * CONFLICT and what the body's reader throws.
 */
export type ReceiveAlerts = (webhookId: string | null, posted: Posted) => Promise<ReceivedAlerts>;

/** ALERTS_TOKEN and ALERTS_CHANNEL: a door that is there from the first start. */
type AlertsSettings = { token: string | undefined; channel: string | null; workspaceId: string };

export type ReceiveAlertsDeps = OpenWebhookDeps & { incidents: Pick<IncidentService, 'receiveAlerts'>; settings: AlertsSettings };

export const createReceiveAlerts =
  ({ incidents, settings, ...deps }: ReceiveAlertsDeps): ReceiveAlerts =>
  async (webhookId, posted) => {
    const { requestId } = posted;
    if (webhookId === null) {
      const { workspaceId, channel } = settings;
      const body = await openByToken(settings.token, posted);
      return incidents.receiveAlerts({ id: 'settings', workspaceId, channel, requestId }, body);
    }
    const { webhook, body } = await openWebhook(deps, ['ALERTS'], webhookId, posted);
    if (!webhook.channel) throw new AppError('CONFLICT', 'This webhook names no channel; make a new one that does.');
    const { id, workspaceId, channel } = webhook;
    return incidents.receiveAlerts({ id, workspaceId, channel, requestId }, body);
  };

const openByToken = async (token: string | undefined, posted: Posted): Promise<unknown> => {
  if (!token)
    throw new AppError(
      'NOT_FOUND',
      'This door is shut. Set ALERTS_TOKEN, or use the address of a webhook of kind ALERTS (createWebhookIn).',
    );
  const given = (posted.header('authorization') ?? '').replace(/^Bearer\s+/i, '');
  // Asked before the body is read: a stranger's is not.
  if (!timingSafeEqual(markOf(token), markOf(given)))
    throw new AppError('UNAUTHENTICATED', 'The token is not the one that ALERTS_TOKEN names. Send it as "Authorization: Bearer …".');
  return parseJson(await posted.readBody());
};
