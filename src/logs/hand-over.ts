import type { LogWork } from './log-work.ts';

/**
 * What a process that took in a log already knows of it, for its own worker, which then need not fetch it again. Only a shortcut: what is not
 * here (another process took it in, there was no room, it is a second try) is read from the database, and whether the log is still wanted is
 * asked there in any case, when the result is written.
 */
export type HandOver = {
  put(work: LogWork): void;
  /** Gone afterwards. */
  take(logId: string): LogWork | null;
};

const MAX_BYTES_EACH = 64 * 1024;
const MAX_BYTES = 16 * 1024 * 1024;
// Beside its text, a log is a few hundred bytes.
const OVERHEAD = 1024;
const MAX_AGE_MS = 60_000;

/**
 * Holds 16 MiB at most. What was not asked for within a minute is another worker's, and goes when the next log comes. When it is full, what comes
 * is not taken, for those that wait longest are asked for first.
 */
export const createHandOver = (now = Date.now): HandOver => {
  const held = new Map<string, { work: LogWork; since: number }>();
  let bytes = 0;
  const sizeOf = ({ log }: LogWork): number => log.bytes + OVERHEAD;
  const take = (logId: string): LogWork | null => {
    const found = held.get(logId);
    if (!found) return null;
    held.delete(logId);
    bytes -= sizeOf(found.work);
    return found.work;
  };
  return {
    put(work) {
      // A Map lists what was put first first.
      for (const [id, { since }] of held) {
        if (now() - since < MAX_AGE_MS) break;
        take(id);
      }
      if (work.log.bytes > MAX_BYTES_EACH || bytes + sizeOf(work) > MAX_BYTES) return;
      held.set(work.log.id, { work, since: now() });
      bytes += sizeOf(work);
    },
    take,
  };
};

/** For a process that takes in logs or works on them, but not both. */
export const noHandOver: HandOver = { put: () => {}, take: () => null };
