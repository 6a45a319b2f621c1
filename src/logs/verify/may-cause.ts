import type { Supported } from './check-evidence.ts';
import { distance, startOf } from './moments.ts';
import type { Saying } from './said-by.ts';

const SHORTLY_MS = 5 * 60_000;
const LONGEST_MS = 30 * 60_000;

/**
 * One record may tell of both. Of two it takes that the one began with the other or shortly before: what had been there for long, or came later, did not
 * bring it about.
 */
export const mayCause = (cause: readonly Saying[], effect: readonly Saying[], { digest }: Supported): boolean => {
  if (cause.some((one) => effect.includes(one))) return true;
  const [causes, effects] = [cause, effect].map((side) => side.flatMap(({ pattern }) => pattern ?? []));
  if (!causes?.length || !effects?.length) return false;
  const gap = -distance(startOf(causes), startOf(effects));
  const isTimed = startOf(causes).time !== null && startOf(effects).time !== null;
  if (!isTimed) return gap >= 0 && causes.every(({ count }) => count <= 3);
  if (gap < -1000) return false;
  const seldom = causes.every(({ count }) => count <= 3);
  const opens = Math.max(3, digest.ledger.lines * 0.02);
  const wasThere = !seldom && startOf(causes).line <= opens && startOf(effects).line > opens;
  return gap <= (seldom ? LONGEST_MS : SHORTLY_MS) && !wasThere;
};
