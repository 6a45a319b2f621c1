import { setTimeout as sleep } from 'node:timers/promises';
import { Log } from '#db/entities/log.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';

const LOOK_EVERY_MS = 1_000;

/**
 * Runs work that is paid by the second, and aborts its signal when somebody cancels the log (or `stopping` does). Null when it was
 * cancelled: nothing more is to be done then. What the work throws otherwise is thrown.
 */
export const stopWhenCancelled = async <Answer>(
  orm: Orm,
  { id, workspaceId }: { id: string; workspaceId: string },
  stopping: AbortSignal,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer | null> => {
  const cancelled = new AbortController();
  const over = new AbortController();
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await sleep(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => {});
      // With the database away for a moment nobody can cancel, either.
      const found = over.signal.aborted
        ? 0
        : await forWorkspace(orm, workspaceId)
            .count(Log, { id, status: 'CANCELLED' })
            .catch(() => 0);
      if (found > 0) return cancelled.abort();
    }
  };
  void watch();
  try {
    return await work(AbortSignal.any([cancelled.signal, stopping]));
  } catch (error) {
    if (cancelled.signal.aborted) return null;
    throw error;
  } finally {
    over.abort();
  }
};
