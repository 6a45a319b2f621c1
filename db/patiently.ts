import { setTimeout as sleep } from 'node:timers/promises';

export type Patience = {
  signal?: AbortSignal | undefined;
  /** How long it waits for a lock at a time, and how long it is tried. */
  lockTimeoutMs?: number;
  patienceMs?: number;
  /** How long it lets others pass before it tries once more; half of it to the whole. */
  againMs?: number;
};

// Whoever wants a table after us waits behind us, so we wait for nobody (a log that arrives for an hour, say) longer than this at a time. It is
// less than PostgreSQL's deadlock_timeout (1 s): where two wait for each other, it is we who yield, and never a request.
const LOCK_TIMEOUT_MS = 500;
const AGAIN_MS = 2_000;
const PATIENCE_MS = 10 * 60_000;
/** Not available in time, cancelled by statement_timeout, deadlock. */
const WAITED_IN_VAIN = ['55P03', '57014', '40P01'];

/**
 * Does what needs a table for itself, while others work with it: `work` takes its locks within the time it is given, or throws, and is called again
 * later. Throws what it threw last when patience has run out, and at once what has nothing to do with waiting.
 */
export const patiently = async <Result>(
  work: (lockTimeoutMs: number) => Promise<Result>,
  { signal, lockTimeoutMs = LOCK_TIMEOUT_MS, patienceMs = PATIENCE_MS, againMs = AGAIN_MS }: Patience = {},
): Promise<Result> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work(lockTimeoutMs);
    } catch (error) {
      if (!waitedInVain(error) || performance.now() > deadline) throw error;
    }
    await sleep((againMs * (1 + Math.random())) / 2, undefined, { signal });
  }
};

/** Whether it failed for no other reason than that others held what it needed. */
export const waitedInVain = (error: unknown): boolean => hasState(error, WAITED_IN_VAIN);

/** Whether PostgreSQL said one of these SQLSTATEs, in the error or in what caused it. */
export const hasState = (error: unknown, states: readonly string[]): boolean => {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (states.includes(String((cause as { code?: unknown }).code))) return true;
  return false;
};
