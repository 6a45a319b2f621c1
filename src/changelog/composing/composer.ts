import { Piscina } from 'piscina';
import { composeChangelog } from '#src/changelog/changes/index.ts';
import type { Change, Changelog, ComposeOptions } from '#src/changelog/changes/types.ts';
import { AppError } from '#src/core/errors.ts';
import type { ComposeTask } from './compose-thread.ts';

/** Plans a changelog: what is notable, what belongs together, what is left out and why. Throws AppError CANCELLED when the signal aborts. */
export type Composer = {
  run(changes: Change[], options: ComposeOptions, signal?: AbortSignal): Promise<Changelog>;
  close(): Promise<void>;
};

// Up to here planning takes some tens of milliseconds.
const INLINE_CHANGES = 500;

/** Few changes are planned where we stand, many in a worker thread, so that the event loop stays free to answer Slack. */
export const createComposer = ({ threads }: { threads: number }): Composer => {
  let pool: Piscina | undefined;
  return {
    async run(changes, options, signal) {
      if (changes.length <= INLINE_CHANGES) return composeChangelog(changes, options);
      pool ??= new Piscina({
        filename: new URL('./compose-thread.ts', import.meta.url).href,
        maxThreads: threads,
        minThreads: 0,
        idleTimeout: 30_000,
        recordTiming: false,
      });
      const task: ComposeTask = { changes, options };
      const result = pool.run(task, signal ? { signal } : {}) as Promise<Changelog>;
      return result.catch((error: unknown) => {
        throw signal?.aborted ? new AppError('CANCELLED', 'Work on this changelog was stopped.') : error;
      });
    },
    async close() {
      await pool?.destroy();
    },
  };
};
