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

const MAX_LOGS = 256;
const MAX_BYTES = 64 * 1024;

/** Holds at most 256 logs of at most 64 KiB; the oldest makes room. */
export const createHandOver = (): HandOver => {
  const held = new Map<string, LogWork>();
  return {
    put(work) {
      if (work.log.bytes > MAX_BYTES) return;
      if (held.size >= MAX_LOGS) held.delete(held.keys().next().value as string);
      held.set(work.log.id, work);
    },
    take(logId) {
      const work = held.get(logId);
      held.delete(logId);
      return work ?? null;
    },
  };
};

/** For a process that takes in logs or works on them, but not both. */
export const noHandOver: HandOver = { put: () => {}, take: () => null };
