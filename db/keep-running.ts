import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';

export type KeepRunning = {
  isRunning(): boolean;
  /** Once more, at the same address. */
  startAgain(): Promise<void>;
  log: Log;
  lookMs?: number;
};

export type Kept = {
  /** Resolves, with what to say, when it died and could not be started again. */
  lost: Promise<AppError>;
  stop(): void;
};

const LOOK_MS = 1_000;
// What a killed one leaves behind (its own processes, a journal to be read) may take a moment to be over.
const TRIES = 5;

/** Looks after a PostgreSQL of ours: one that ends without being asked (out of memory, killed by hand) is started again. */
export const keepRunning = ({ isRunning, startAgain, log, lookMs = LOOK_MS }: KeepRunning): Kept => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const bringBack = async (): Promise<AppError | null> => {
    for (let tries = 1; ; tries++) {
      try {
        await startAgain();
        return null;
      } catch (cause) {
        if (tries === TRIES) return new AppError('CONFIG', GIVEN_UP, { cause });
        await sleep(lookMs, undefined, { signal });
      }
    }
  };
  const watch = async (): Promise<AppError> => {
    for (;;) {
      await sleep(lookMs, undefined, { signal, ref: false });
      if (isRunning()) continue;
      log.error({}, 'The embedded PostgreSQL ended without being asked to (out of memory, or killed by hand?); it is started again');
      const failed = await bringBack();
      if (failed) return failed;
      log.warn({}, 'The embedded PostgreSQL runs again');
    }
  };
  return {
    // Told to stop, it has nothing to say any more.
    lost: watch().catch(() => new Promise<never>(() => {})),
    stop: () => stopping.abort(),
  };
};

const GIVEN_UP =
  'The embedded PostgreSQL ended without being asked to, and could not be started again. What was stored lies in the data folder: look at memory and disk, and start again.';
