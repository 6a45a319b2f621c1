import { LockMode } from '@mikro-orm/core';
import { Delivery } from '#db/entities/delivery.ts';
import { Log } from '#db/entities/log.ts';
import { LogChunk } from '#db/entities/log-chunk.ts';
import { LogQuestion } from '#db/entities/log-question.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { BlobStore } from '#src/core/ports.ts';
import { isFinished } from '#src/logs/log-state.ts';

/**
 * Deletes a log with all that was found in it; false when there is no such log. What is on record about it (calls of engines, the audit trail) stays,
 * and so do messages in Slack. Throws CONFLICT while it is worked on.
 */
export const deleteLog = async ({ orm, blobs }: { orm: Orm; blobs: BlobStore }, actor: Actor, id: string): Promise<boolean> => {
  const keys = await forWorkspace(orm, actor.workspaceId).transactional(async (db) => {
    const log = await db.findOne(Log, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!log) return null;
    if (!isFinished(log.status)) throw new AppError('CONFLICT', 'This log is being worked on: cancel it, or wait until it is finished.');
    const chunks = await db.find(LogChunk, { logId: id, blobKey: { $ne: null } }, { fields: ['blobKey'] });
    const questions = await db.find(LogQuestion, { logId: id }, { fields: ['id'] });
    await db.nativeDelete(Delivery, { subjectId: { $in: [id, ...questions.map((question) => question.id)] } });
    await db.nativeDelete(Log, { id });
    await recordAudit(db, actor, 'log.deleted', id);
    return chunks.flatMap(({ blobKey }) => blobKey ?? []);
  });
  // The rows are gone; an object that stays is found by the nightly sweep.
  if (keys && keys.length > 0)
    await blobs.delete(keys).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
    });
  return keys !== null;
};
