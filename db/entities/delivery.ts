import { defineEntity, p } from '@mikro-orm/core';
import type { ReplyTo } from '#src/core/ports.ts';
import { workspaceId } from './owned.ts';

export type DeliveryState = 'WAITING' | 'DELIVERED' | 'FAILED';

/** An answer on its way to where the question was asked: one root (if we had to start the thread) and one reply, edited in place. */
const DeliverySchema = defineEntity({
  name: 'Delivery',
  tableName: 'delivery',
  indexes: [
    {
      name: 'delivery_thread',
      expression: `create index "delivery_thread" on "delivery" ((reply_to->>'channel'), (coalesce(root_ts, reply_to->>'threadTs')))`,
    },
    {
      name: 'delivery_unshown',
      expression: `create index "delivery_unshown" on "delivery" ("updated_at") where state = 'WAITING' and message_ts is null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    subjectId: p.text().unique(),
    replyTo: p.json().$type<ReplyTo>(),
    state: p.text().$type<DeliveryState>(),
    /** Root message we posted to have a thread; null when the question came in one. */
    rootTs: p.text().nullable(),
    messageTs: p.text().nullable(),
    /** When its turn in the channel comes. */
    turnAt: p.datetime().nullable(),
    /** Set before a call to Slack whose outcome we then may not learn, by the database's clock. */
    postingSince: p.datetime().nullable(),
    /** Whose call that is: what another has claimed meanwhile is not ours any more. */
    postingBy: p.text().nullable(),
    /** Hash of what the message shows now: the same report is not sent twice. */
    shownHash: p.text().nullable(),
    failure: p.text().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export class Delivery extends DeliverySchema.class {}
DeliverySchema.setClass(Delivery);

export { DeliverySchema };
