import { LockMode } from '@mikro-orm/core';
import { Log } from '#db/entities/log.ts';
import { LogFingerprint } from '#db/entities/log-fingerprint.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { PatternMemory } from '#db/entities/pattern-memory.ts';
import { notify } from '#db/notices.ts';
import { forWorkspace, type Orm, queryRows } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import { isSameKind } from './same-kind.ts';

export type MarkNoise = { logId: string; patternId: string; noise: boolean };

export type MemoryService = {
  /**
   * Says that a pattern of a log is known noise for its source, or no longer: from now on it is folded away there, and still counted. Throws
   * NOT_FOUND, CONFLICT for a log that names no source.
   */
  markNoise(actor: Actor, input: MarkNoise): Promise<string>;
  /** Logs with a problem that a ticket quotes, or that was first seen shortly after a change; newest first, a few. */
  logsAbout(actor: Actor, what: { ticket: string } | { changeId: string }): Promise<Log[]>;
};

const MOST_LOGS = 10;

export const createMemoryService = ({ orm }: { orm: Orm }): MemoryService => ({
  async markNoise(actor, { logId, patternId, noise }) {
    requireScope(actor, 'LOGS_WRITE');
    return forWorkspace(orm, actor.workspaceId).transactional(async (db) => {
      const result = await db.findOne(LogResult, { logId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const pattern = result?.digest.patterns.find(({ id }) => id === patternId);
      if (!result || !pattern)
        throw new AppError('NOT_FOUND', 'That pattern was not found. Check the log’s id and the pattern’s, e.g. P3.');
      const seen = await db.findOne(LogFingerprint, { logId });
      if (!seen || !result.normal)
        throw new AppError('CONFLICT', 'This log names no source, so there is nothing to remember it for. Submit logs with their source.');
      const kinds = await db.find(PatternMemory, { source: seen.source });
      const kind =
        kinds.find(({ template }) => template === pattern.template) ?? kinds.find(({ template }) => isSameKind(template, pattern.template));
      if (!kind) throw new AppError('NOT_FOUND', 'This pattern is no longer remembered; mark it in a newer log of the source.');
      kind.noise = noise;
      const others = result.normal.noise.filter((id) => id !== patternId);
      result.normal = { ...result.normal, noise: noise ? [...others, patternId] : others };
      await db.flush();
      await recordAudit(db, actor, noise ? 'pattern.silenced' : 'pattern.unsilenced', logId);
      await enqueueDelivery(db, logId);
      await notify(db, logId);
      return logId;
    });
  },

  async logsAbout(actor, what) {
    if (!actor.scopes.includes('LOGS_READ')) return [];
    const db = forWorkspace(orm, actor.workspaceId);
    const named = 'ticket' in what ? { tickets: [what.ticket] } : { changes: [{ changeId: what.changeId }] };
    const results = await queryRows(db, LogResult)
      .select('logId')
      .andWhere('normal is not null and normal @> ?::jsonb', [JSON.stringify(named)])
      .orderBy({ logId: 'desc' })
      .limit(MOST_LOGS)
      .execute<{ logId: string }[]>();
    return db.find(Log, { id: { $in: results.map(({ logId }) => logId) } }, { orderBy: { id: 'desc' } });
  },
});
