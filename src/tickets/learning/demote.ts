import { Category } from '#db/entities/category.ts';
import { Ticket } from '#db/entities/ticket.ts';
import type { Db } from '#db/orm.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow } from '#src/auth/audit.ts';
import { ensureSettings } from '#src/tickets/settings/settings.ts';
import { postAlone } from '#src/tickets/telling/post-alone.ts';
import { guessOf, judged, saidPlace } from './judged.ts';

// A category is judged on so many decisions before it is demoted.
const JUDGED_AT_LEAST = 20;
const JUDGED_AT_MOST = 200;

/**
 * A category that applies itself and is right less often than it was to be suggests only, until somebody trusts it again. It is judged by
 * what came in since it was trusted: right is what people worked with and left where it was put. Resolves to whether it was demoted.
 */
export const demoteIfPoor = async (db: Db, category: Category, requestId: string, now: Date): Promise<boolean> => {
  const { id, workspaceId, modeSince } = category;
  const said = (
    await db.find(
      Ticket,
      {
        ...judged,
        prediction: { categoryId: id },
        ...(modeSince ? { createdAt: { $gte: modeSince } } : {}),
      },
      {
        fields: ['categoryId', 'categoryBy', 'touched', 'state', 'prediction'],
        orderBy: { id: 'desc' },
        limit: JUDGED_AT_MOST,
        disableIdentityMap: true,
      },
    )
  ).filter(({ prediction }) => guessOf(prediction) !== null);
  const right = said.filter((ticket) => saidPlace(ticket) === id).length;
  if (said.length < JUDGED_AT_LEAST || right / said.length >= category.targetPrecision) return false;
  return db.transactional(async (tx) => {
    if ((await tx.nativeUpdate(Category, { id, mode: 'AUTONOMOUS' }, { mode: 'SUPERVISED', modeSince: now })) === 0) return false;
    const [entity, event] = auditRow({ workspaceId, id: 'triage', actingFor: null, requestId }, 'category.demoted', id);
    await writeTogether(tx, { rows: [[entity, event]] });
    const { adminChannel } = await ensureSettings(tx, workspaceId, now);
    // Where no channel of admins is named, the team it posts to hears of it.
    await postAlone(tx, workspaceId, event.id, adminChannel ?? category.channel, now);
    return true;
  });
};
