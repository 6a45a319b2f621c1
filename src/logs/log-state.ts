import { Log, type WorkFailure, type WorkStatus } from '#db/entities/log.ts';
import { notify } from '#db/notices.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import type { JobFailure } from '#src/jobs/define-job.ts';

const finished: readonly WorkStatus[] = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

export const isFinished = (status: WorkStatus): boolean => finished.includes(status);

type Change = Partial<Pick<Log, 'status' | 'progress' | 'failure' | 'finishedAt' | 'bytes' | 'lineCount' | 'title' | 'origin'>>;

/**
 * Moves a log on, unless it is finished: somebody may have cancelled it meanwhile, and that stands. Returns whether it moved. Whoever
 * watches hears of it when the transaction commits.
 */
export const moveLog = async (db: Db, id: string, change: Change): Promise<boolean> => {
  const moved = await db.nativeUpdate(Log, { id, status: { $nin: [...finished] } }, change);
  if (moved > 0) await notify(db, id);
  return moved > 0;
};

/** The same, as the condition of what is written together with it. */
export const onlyUnfinished = ({ id, workspaceId }: { id: string; workspaceId: string }, set: Change) => ({
  entity: Log,
  id,
  workspaceId,
  statusNotIn: finished,
  set,
});

/** Moves the progress bar of a log that is being read; false when it was cancelled. A late word never turns a later state back. */
export const moveProgress = async (db: Db, id: string, progress: number): Promise<boolean> => {
  const moved = await db.nativeUpdate(Log, { id, status: { $in: ['QUEUED', 'RUNNING'] } }, { status: 'RUNNING', progress });
  if (moved > 0) await notify(db, id);
  return moved > 0 || (await db.count(Log, { id, status: 'CANCELLED' })) === 0;
};

const LONG_MS = 60_000;

/** For job hooks: what a failure looks like on the log while another try is planned, and after the last. */
export const createFailureHooks = ({ orm, clock }: { orm: Orm; clock: Clock }) => ({
  async retrying({ logId, workspaceId }: { logId: string; workspaceId: string }, failure: JobFailure & { retryAt: Date }): Promise<void> {
    await forWorkspace(orm, workspaceId).transactional(async (db) => {
      const before = (await db.findOne(Log, { id: logId }, { fields: ['failure'] }))?.failure;
      // One trouble is one failure however often it is met: people keep the id they copied, and Slack is told once, or when it takes long.
      const again = before !== null && before !== undefined && before.code === failure.code;
      const shown = toWorkFailure(again ? { ...failure, id: before.id } : failure, failure.retryAt);
      if ((await moveLog(db, logId, { failure: shown })) && (!again || failure.retryAt.getTime() - clock.now().getTime() > LONG_MS))
        await showIn(db, logId);
    });
  },
  async giveUp({ logId, workspaceId }: { logId: string; workspaceId: string }, failure: JobFailure): Promise<void> {
    await forWorkspace(orm, workspaceId).transactional(async (db) => {
      if (await moveLog(db, logId, { status: 'FAILED', failure: toWorkFailure(failure, null), finishedAt: clock.now() }))
        await showIn(db, logId);
    });
  },
});

/** Under the request that asked for the log, so that its last line in the log of events can be found by it, too. */
const showIn = async (db: Db, logId: string): Promise<void> => {
  const log = await db.findOne(Log, { id: logId }, { fields: ['requestId'] });
  await enqueueDelivery(db, logId, log?.requestId ?? undefined);
};

const toWorkFailure = ({ id, code, message }: JobFailure, retryAt: Date | null): WorkFailure => ({
  id,
  code,
  message,
  retryAt: retryAt?.toISOString() ?? null,
});
