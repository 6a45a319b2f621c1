import { LockMode } from '@mikro-orm/core';
import type { Log } from '#db/entities/log.ts';
import { LogFingerprint } from '#db/entities/log-fingerprint.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { PatternMemory } from '#db/entities/pattern-memory.ts';
import { notify } from '#db/notices.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import { applyNormal } from './apply-normal.ts';
import { findLogsAbout } from './find-logs-about.ts';
import { findTickets } from './find-tickets.ts';
import { isSameKind } from './same-kind.ts';
import { withoutNoise } from './without-noise.ts';

export type MarkNoise = { logId: string; patternId: string; noise: boolean };

export type MemoryService = {
  /**
   * Says that a pattern of a log is known noise for its source, or no longer: from now on it is folded away there, and still counted. Throws
   * NOT_FOUND, CONFLICT for a log that names no source.
   */
  markNoise(actor: Actor, input: MarkNoise): Promise<string>;
  /** Logs with a problem that a ticket quotes, or that was first seen shortly after a change; newest first, a few. */
  logsAbout(actor: Actor, what: { ticket: string } | { changeId: string }): Promise<Log[]>;
  /** Open tickets that quote a leading problem of the log, as 'T-42', also those opened since; null where what they would quote is not known. */
  ticketsAbout(actor: Actor, logId: string): Promise<string[] | null>;
};

export const createMemoryService = ({ orm, clock }: { orm: Orm; clock: Clock }): MemoryService => ({
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
      if (result.summary)
        result.summary = withoutNoise(
          result.summary,
          applyNormal(result.digest, result.normal),
          result.normal.noise,
          result.receipt ?? null,
        );
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
    return findLogsAbout(db, what, clock.now());
  },

  async ticketsAbout(actor, logId) {
    if (!actor.scopes.includes('LOGS_READ')) return [];
    const db = forWorkspace(orm, actor.workspaceId);
    const seen = await db.findOne(LogFingerprint, { logId });
    return seen && seen.phrases.length > 0 ? (await findTickets(db, seen.phrases)).map(({ name }) => name) : null;
  },
});
