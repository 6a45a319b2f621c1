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

export type WebhookMethod = 'POST' | 'PUT' | 'PATCH';

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
    method: p.text().$type<WebhookMethod>().default('POST'),
    headerNames: p.array().default([]),
    /** Headers the receiver wants, encrypted: they are keys to it. */
    sealedHeaders: p.text().hidden().nullable(),
    /** A ticket is told of the first of these events and no more: for receivers that make something of each message. */
    oncePerTicket: p.boolean().default(false),
    /** JSON with {{places}} that a message is written into; null for our own form. */
    bodyTemplate: p.text().nullable(),
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
