import { LockMode } from '@mikro-orm/core';
import { Delivery } from '#db/entities/delivery.ts';
import { Log } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { notify } from '#db/notices.ts';
import type { Db } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import { logJob } from './log-job.ts';

/**
 * Puts a log that failed or was cancelled back to work, at the step it had come to: what was fetched is not fetched again, and what was digested not
 * digested. To be called in a transaction. Null when there is no such log; throws CONFLICT when there is nothing to try again.
 */
export const retryLog = async (db: Db, actor: Actor, id: string): Promise<Log | null> => {
  const log = await db.findOne(Log, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!log) return null;
  if (log.status !== 'FAILED' && log.status !== 'CANCELLED')
    throw new AppError('CONFLICT', 'This log did not fail; there is nothing to try again.');
  const isDigested = (await db.count(LogResult, { logId: id })) > 0;
  const step = isDigested ? 'summarize-log' : log.bytes === null ? 'collect-log' : 'digest-log';
  Object.assign(log, { status: isDigested ? 'DIGESTED' : 'QUEUED', progress: isDigested ? 0.5 : 0, failure: null, finishedAt: null });
  await db.flush();
  const job = logJob(step, log, actor.requestId);
  // A key of its own: the try that was cancelled may still be running, and would keep this one out.
  await addJob(db, { ...job, key: `${job.key}:${actor.requestId}` });
  await db.nativeUpdate(Delivery, { subjectId: id, messageTs: null }, { state: 'WAITING', failure: null });
  await enqueueDelivery(db, id, actor.requestId);
  await recordAudit(db, actor, 'log.retried', id);
  await notify(db, id);
  return log;
};
