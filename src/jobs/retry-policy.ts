import { type ErrorCode, isAppError } from '#src/core/errors.ts';

export type RetryRule = {
  tries: number;
  /** Before the second try; doubles from there. */
  firstDelayMs: number;
  maxDelayMs: number;
  /** A wait the other side asks for is kept up to here (default: 15 minutes); beyond, the person is told instead. */
  longestWaitMs?: number;
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * How often and how fast each kind of error is tried again. What is not listed is final: trying again changes nothing. The table of
 * docs/architecture.md says the same (a test compares).
 */
export const retryRules: Partial<Record<ErrorCode | 'INTERNAL', RetryRule>> = {
  ENGINE_RATE_LIMITED: { tries: 10, firstDelayMs: 2_000, maxDelayMs: 2 * MINUTE },
  // An outage of a model lasts minutes; the digest is there meanwhile, and the thread says when the next try is.
  ENGINE_UNAVAILABLE: { tries: 14, firstDelayMs: 1_000, maxDelayMs: 2 * MINUTE },
  // A malformed answer comes from chance: ask again at once, but not for ever, each try is paid.
  ENGINE_BAD_ANSWER: { tries: 3, firstDelayMs: 200, maxDelayMs: 1_000 },
  // An answer waits for Slack for a day: longer than any outage of theirs, and nobody must ask again.
  CHAT_RATE_LIMITED: { tries: 300, firstDelayMs: 1_000, maxDelayMs: 5 * MINUTE, longestWaitMs: DAY },
  CHAT_UNAVAILABLE: { tries: 300, firstDelayMs: 1_000, maxDelayMs: 5 * MINUTE, longestWaitMs: DAY },
  // The same until an admin has installed the app anew.
  CHAT_TOKEN_REFUSED: { tries: 300, firstDelayMs: 1_000, maxDelayMs: 5 * MINUTE, longestWaitMs: DAY },
  // A bucket may be refused by a policy that somebody mends in the morning.
  STORE_UNAVAILABLE: { tries: 300, firstDelayMs: 1_000, maxDelayMs: 5 * MINUTE },
  // Somebody else's server may be down for an evening: 15 tries take about four hours.
  HOOK_UNAVAILABLE: { tries: 15, firstDelayMs: 2_000, maxDelayMs: 60 * MINUTE },
  // The database, restarted, out of reach or full: of that nobody is to hear who waits, also where somebody makes room only in the morning.
  UNAVAILABLE: { tries: 300, firstDelayMs: 1_000, maxDelayMs: 5 * MINUTE },
  // Unexpected: a bug.
  INTERNAL: { tries: 4, firstDelayMs: 1_000, maxDelayMs: MINUTE },
};

const LONGEST_WAIT_MS = 15 * MINUTE;

/** Milliseconds until the next try, or null when this was the last. `scale` shrinks our own delays (tests), never a wait we were told. */
export const retryDelay = (error: unknown, attempt: number, scale = 1): number | null => {
  const rule = retryRules[isAppError(error) ? error.code : 'INTERNAL'];
  if (!rule || attempt >= rule.tries) return null;
  const told = isAppError(error) ? error.retryAfterMs : undefined;
  if (told !== undefined) return told <= (rule.longestWaitMs ?? LONGEST_WAIT_MS) ? told : null;
  return Math.min(rule.maxDelayMs, rule.firstDelayMs * 2 ** (attempt - 1)) * scale;
};
