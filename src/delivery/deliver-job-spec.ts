import type { Delivery } from '#db/entities/delivery.ts';
import type { JobSpec } from '#db/queue.ts';

/**
 * The job that brings an answer up to date where it was asked for. Waiting ones of a delivery melt into one (they all show the newest
 * state), and those of a channel run one after another: Slack takes about one message a second there.
 */
export const deliverJob = (
  { id, workspaceId, replyTo }: Pick<Delivery, 'id' | 'workspaceId' | 'replyTo'>,
  requestId?: string,
): JobSpec => ({
  name: 'deliver',
  payload: { deliveryId: id, workspaceId, ...(requestId ? { requestId } : {}) },
  key: `deliver:${id}`,
  onSameKey: 'keep-time',
  queue: `slack:${replyTo.channel}`,
});
