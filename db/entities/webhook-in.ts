import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';

/** Where in a sender's JSON the parts of a ticket are: keys and places in lists, with dots, e.g. 'issue.user.login', 'alerts.0.name'. */
export type WebhookMapping = {
  title: string | null;
  text: string | null;
  reporter: string | null;
  /** What tells this ticket from others there: the same key again is the same ticket. */
  key: string | null;
};

/** Only what is equal counts; numbers and truth are compared as they are written. */
export type WebhookFilter = { path: string; equals: string };

/** How the HMAC-SHA256 of the raw body is written in the header. GITHUB: 'sha256=<hex>'. TOKEN: the header is the secret itself (GitLab). */
export type SignatureScheme = 'GITHUB' | 'HEX' | 'BASE64' | 'TOKEN';

/** What comes in there: tickets by a mapping; changes of a repository as GitHub or GitLab tell them; change events in our own form; alerts as Alertmanager tells them. */
export type WebhookKind = 'TICKET' | 'GITHUB' | 'GITLAB' | 'EVENTS' | 'ALERTS';

/** A signed way in for tickets and changes born elsewhere. */
const WebhookInSchema = defineEntity({
  name: 'WebhookIn',
  tableName: 'webhook_in',
  indexes: [{ name: 'webhook_in_by_workspace', properties: ['workspaceId'] }],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    name: p.text(),
    // The default is for a version that knows tickets only, and runs on while this one starts.
    kind: p.text().$type<WebhookKind>().default('TICKET'),
    /** Encrypted; empty once it is revoked. */
    sealedSecret: p.text().hidden(),
    signatureHeader: p.text(),
    signatureScheme: p.text().$type<SignatureScheme>(),
    /** Header with an id that stays the same when the sender tries again. */
    deliveryHeader: p.text().nullable(),
    mapping: p.json().$type<WebhookMapping>(),
    filter: p.json().$type<WebhookFilter[]>(),
    /** Of alerts: where their threads are opened. */
    channel: p.text().nullable(),
    /** To the minute. */
    lastReceivedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
});
export class WebhookIn extends WebhookInSchema.class {}
WebhookInSchema.setClass(WebhookIn);

export { WebhookInSchema };
