import { AppError } from '#src/core/errors.ts';

export type UploadSlots = {
  /** Runs `work` when there is room. Throws RATE_LIMITED when there was none for half a minute. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
};

const WAIT_MS = 30_000;

/**
 * A large log holds a database connection for as long as it arrives, and its sender decides how long that is. At most `slots` arrive at a
 * time, so that slow ones leave connections for everybody else; further ones are not read until it is their turn.
 */
export const createUploadSlots = (slots: number, waitMs = WAIT_MS): UploadSlots => {
  let free = slots;
  const waiting: (() => void)[] = [];

  const turn = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const called = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(called), 1);
        reject(busy(slots));
      }, waitMs);
      waiting.push(called);
    });

  return {
    async hold(work) {
      if (free > 0) free--;
      else await turn();
      try {
        return await work();
      } finally {
        // Handed on, or given back: a newcomer cannot slip in between.
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
};

const busy = (slots: number): AppError =>
  new AppError(
    'RATE_LIMITED',
    `${slots === 1 ? 'Another large log is' : `${slots} large logs are`} arriving just now, as many as are taken at a time. Nothing was kept; send this one again in a minute.`,
    { retryAfterMs: 60_000 },
  );
