import type { Job, WorkerEvents } from 'graphile-worker';
import { startStopwatch } from '#src/core/stopwatch.ts';

/** A job's lock as the database knows it. */
export type Lock = { id: string; lockedAt: Date };

/** What this process has of the jobs that the database says it has. */
export type HeldJobs = {
  /** Of locks that are older than `graceMs`, those whose job never came here. */
  findStrays(locks: readonly Lock[], graceMs: number): Lock[];
  /** They are given back: should their job come after all, it is not ours. */
  disown(strays: readonly Lock[]): void;
  isOurs(job: Lock): boolean;
  /** How many are being done just now. */
  underWay(): number;
};

type Held = { lock: string; sinceEnded: (() => number) | null };

/** Follows the queue's events: what it fetched, and what it is done with. */
export const watchHeldJobs = (events: WorkerEvents): HeldJobs => {
  const held = new Map<string, Held>();
  const disowned = new Set<string>();
  const running = new Set<string>();
  const end = ({ id }: Job): void => {
    running.delete(id);
    const job = held.get(id);
    if (job) job.sinceEnded = startStopwatch();
  };
  events.on('localQueue:getJobs:complete', ({ jobs }) => {
    for (const job of jobs) {
      const lock = nameOf({ id: job.id, lockedAt: job.locked_at as Date });
      if (!disowned.delete(lock)) held.set(job.id, { lock, sinceEnded: null });
    }
  });
  events.on('localQueue:returnJobs', ({ jobs }) => jobs.forEach(end));
  events.on('job:start', ({ job }) => void running.add(job.id));
  events.on('job:complete', ({ job }) => end(job));
  return {
    findStrays(locks, graceMs) {
      const strays = locks.filter((lock) => {
        const job = held.get(lock.id);
        // The end of a job is written a little later, or much later if the database is in trouble: until then its lock is no stray.
        return !job || (job.sinceEnded && job.lock !== nameOf(lock));
      });
      const locked = new Set(locks.map(nameOf));
      for (const [id, { lock, sinceEnded }] of held) if (sinceEnded && sinceEnded() > graceMs && !locked.has(lock)) held.delete(id);
      return strays;
    },
    disown(strays) {
      for (const stray of strays) disowned.add(nameOf(stray));
    },
    underWay: () => running.size,
    isOurs: ({ id, lockedAt }) => held.get(id)?.lock === nameOf({ id, lockedAt }),
  };
};

const nameOf = ({ id, lockedAt }: Lock): string => `${id} ${lockedAt.getTime()}`;
