import { AuditEvent } from '#db/entities/audit-event.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';

export type AuditTrail = {
  /** Who did what, newest first. Throws FORBIDDEN, BAD_INPUT unless `first` is 1 to 100. */
  auditEvents(actor: Actor, page: { first: number; subjectId?: string | null | undefined }): Promise<AuditEvent[]>;
};

export const createAuditTrail = ({ orm }: { orm: Orm }): AuditTrail => ({
  async auditEvents(actor, { first, subjectId }) {
    requireScope(actor, 'ADMIN');
    if (first < 1 || first > 100) throw new AppError('BAD_INPUT', 'Ask for 1 to 100 events at a time.', { field: 'first' });
    return forWorkspace(orm, actor.workspaceId).find(AuditEvent, subjectId ? { subjectId } : {}, { orderBy: { id: 'desc' }, limit: first });
  },
});
