import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';

/** What others can follow; on the wire 'ticket.created' and so on. Every change of a ticket is exactly one of them. */
export type WebhookEvent =
  | 'TICKET_CREATED'
  | 'TICKET_TRIAGED'
  | 'TICKET_ROUTED'
  | 'TICKET_PRIORITIZED'
  | 'TICKET_MOVED'
  | 'TICKET_MERGED'
  | 'TICKET_RESOLVED'
  | 'TICKET_WITHDRAWN';

/** A place that is told, signed, when tickets change. */
const WebhookOutSchema = defineEntity({
  name: 'WebhookOut',
  tableName: 'webhook_out',
  indexes: [{ name: 'webhook_out_by_workspace', properties: ['workspaceId'] }],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    name: p.text(),
    url: p.text(),
    events: p.array().$type<WebhookEvent[]>(),
    /** Encrypted; empty once it is revoked. */
    sealedSecret: p.text().hidden(),
    lastSuccessAt: p.datetime().nullable(),
    lastFailure: p.json().$type<{ at: string; message: string /** Null: given up. */; retryAt: string | null }>().nullable(),
    /** Messages given up since the last that got through. */
    failuresInARow: p.integer().fieldName('failures_in_a_row'),
    disabledAt: p.datetime().nullable(),
    /** A sentence. */
    disabledReason: p.text().nullable(),
    createdAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
});
export class WebhookOut extends WebhookOutSchema.class {}
WebhookOutSchema.setClass(WebhookOut);

export { WebhookOutSchema };
