import { AppError } from '#src/core/errors.ts';
import type { IncidentService, ReceivedAlerts } from '#src/incidents/service.ts';
import { type OpenWebhookDeps, openWebhook, type Posted } from './open-webhook.ts';

/** Takes in a group of alerts. Throws NOT_FOUND, UNAUTHENTICATED, BAD_INPUT, CONFLICT and what the body's reader throws. */
export type ReceiveAlerts = (webhookId: string, posted: Posted) => Promise<ReceivedAlerts>;

export type ReceiveAlertsDeps = OpenWebhookDeps & { incidents: IncidentService };

export const createReceiveAlerts =
  ({ incidents, ...deps }: ReceiveAlertsDeps): ReceiveAlerts =>
  async (webhookId, posted) => {
    const { webhook, body } = await openWebhook(deps, ['ALERTS'], webhookId, posted);
    if (!webhook.channel) throw new AppError('CONFLICT', 'This webhook names no channel; make a new one that does.');
    const { id, workspaceId } = webhook;
    const actor = { workspaceId, id, role: 'MEMBER', scopes: ['TICKETS_WRITE'], actingFor: null, requestId: posted.requestId } as const;
    return incidents.receiveAlerts(actor, { door: id, channel: webhook.channel, body });
  };
