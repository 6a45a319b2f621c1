import { Category } from '#db/entities/category.ts';
import { TriageAdvice } from '#db/entities/triage-advice.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { adviceReport } from './report.ts';

/** The week's advice as one message in the admins' channel. */
export const createAdviceRenderer =
  ({ orm }: { orm: Orm }): Renderer =>
  async (workspaceId, subjectId) => {
    const db = forWorkspace(orm, workspaceId);
    const advice = await db.findOne(TriageAdvice, { id: subjectId });
    return advice && { root: adviceReport(advice, await db.find(Category, {})), reply: null, final: true, unhurried: true };
  };
