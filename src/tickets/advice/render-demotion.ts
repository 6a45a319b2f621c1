import { AuditEvent } from '#db/entities/audit-event.ts';
import { Category } from '#db/entities/category.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Renderer } from '#src/delivery/deliver.ts';

/** A category went back to suggesting: the admins' channel hears of it the same night. The subject is what the audit trail has on it. */
export const createDemotionRenderer =
  ({ orm }: { orm: Orm }): Renderer =>
  async (workspaceId, subjectId) => {
    const db = forWorkspace(orm, workspaceId);
    const event = await db.findOne(AuditEvent, { id: subjectId, action: 'category.demoted' });
    const category = event?.subjectId ? await db.findOne(Category, { id: event.subjectId }) : null;
    if (!category) return null;
    const root = {
      headline: `${category.name} only suggests from now on`,
      tone: 'medium' as const,
      subtitle: `It was right less often than its target of ${Math.round(category.targetPrecision * 100)} %.`,
      sections: [],
      charts: [],
      facts: ['When you trust it again, let it apply by itself in /aiops settings; triageReport of the API shows what it is mistaken for.'],
      actions: [],
    };
    return { root, reply: null, final: true, unhurried: true };
  };
