import { Delivery } from '#db/entities/delivery.ts';
import { newId } from '#src/core/ids.ts';
import type { ReplyTo } from '#src/core/ports.ts';

/** An answer on its way to where it was asked for; to be stored along with its subject. */
export const newDelivery = (workspaceId: string, subjectId: string, replyTo: ReplyTo, now: Date): Delivery =>
  Object.assign(new Delivery(), {
    id: newId('dlv'),
    workspaceId,
    subjectId,
    replyTo,
    state: 'WAITING' as const,
    rootTs: null,
    messageTs: null,
    postingSince: null,
    shownHash: null,
    failure: null,
    createdAt: now,
    updatedAt: now,
  });
