import { type AuditDetail, AuditEvent } from '#db/entities/audit-event.ts';
import type { Db } from '#db/orm.ts';
import { writeTogether } from '#db/write-together.ts';
import type { Actor } from '#src/core/actor.ts';
import { newId } from '#src/core/ids.ts';

export type AuditedActor = Pick<Actor, 'workspaceId' | 'id' | 'actingFor' | 'requestId'>;

/** Writes who did what, inside the caller's transaction: what was rolled back was not done. */
export const recordAudit = async (
  em: Db,
  actor: AuditedActor,
  action: string,
  subjectId: string | null,
  detail?: AuditDetail,
): Promise<void> => {
  await writeTogether(em, { rows: [auditRow(actor, action, subjectId, detail)] });
};

/** The row that says who did what, to be written together with what was done. `action` reads '<noun>.<past verb>'. */
export const auditRow = (
  actor: AuditedActor,
  action: string,
  subjectId: string | null,
  detail?: AuditDetail,
): readonly [typeof AuditEvent, { id: string; [column: string]: unknown }] => [
  AuditEvent,
  {
    id: newId('aud'),
    workspaceId: actor.workspaceId,
    at: new Date(),
    actor: actor.id,
    actingFor: actor.actingFor,
    action,
    subjectId,
    ...(detail ? { detail } : {}),
    requestId: actor.requestId,
  },
];
