import { LogRating } from '#db/entities/log-rating.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';

export type RateLog = { logId: string; helpful: boolean };

export type Ratings = { helpful: number; notHelpful: number };

export type RatingService = {
  /**
   * Says whether a summary helped; a person's last word counts. `changed` is false when they had said so before, `by` the engine it is about.
   * Throws NOT_FOUND, CONFLICT while there is no summary.
   */
  rateLog(actor: Actor, input: RateLog): Promise<RateLog & { changed: boolean; by: string }>;
  ratings(actor: Actor, logId: string): Promise<Ratings>;
};

export const createRatingService = ({ orm, clock }: { orm: Orm; clock: Clock }): RatingService => ({
  async rateLog(actor, { logId, helpful }) {
    requireScope(actor, 'LOGS_WRITE');
    const db = forWorkspace(orm, actor.workspaceId);
    const result = await db.findOne(LogResult, { logId }, { fields: ['logId', 'summary', 'receipt'] });
    if (!result) throw new AppError('NOT_FOUND', 'That log was not found, or nothing has been found in it yet.');
    if (!result.summary) throw new AppError('CONFLICT', 'This log has no summary yet; say whether it helps once it is there.');
    const mine = { logId, ratedBy: actor.actingFor ?? actor.id };
    const before = await db.findOne(LogRating, mine, { disableIdentityMap: true });
    await db.upsert(LogRating, { ...mine, workspaceId: actor.workspaceId, helpful, ratedAt: clock.now() });
    return { logId, helpful, changed: before?.helpful !== helpful, by: result.receipt?.engine ?? 'unknown' };
  },

  async ratings(actor, logId) {
    requireScope(actor, 'LOGS_READ');
    const db = forWorkspace(orm, actor.workspaceId);
    const [all, helpful] = await Promise.all([db.count(LogRating, { logId }), db.count(LogRating, { logId, helpful: true })]);
    return { helpful, notHelpful: all - helpful };
  },
});
