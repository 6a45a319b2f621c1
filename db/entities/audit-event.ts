import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';

export type AuditDetail = { from?: string | null; to?: string | null };

const AuditEventSchema = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_event',
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    at: p.datetime(),
    /** User or token id. */
    actor: p.text(),
    /** e.g. 'slack:T1:U1'. */
    actingFor: p.text().nullable(),
    action: p.text(),
    subjectId: p.text().nullable().index(),
    /** What was before and what is since, in words. */
    detail: p.json().$type<AuditDetail>().nullable(),
    requestId: p.text().nullable(),
  },
});
export class AuditEvent extends AuditEventSchema.class {}
AuditEventSchema.setClass(AuditEvent);

export { AuditEventSchema };
