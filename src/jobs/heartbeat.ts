import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '#src/core/ports.ts';
import { startStopwatch } from '#src/core/stopwatch.ts';
import { type AliveLink, openAliveLink } from './alive-link.ts';
import type { HeldJobs } from './held-jobs.ts';
import { keepLocks } from './keep-locks.ts';
import { takeOver } from './take-over.ts';

export type HeartbeatDeps = {
  url: string;
  /** How this process's connections are told from others': their names end so. */
  process: string;
  log: Log;
  /** What this worker has of the jobs the database says it has. */
  held: HeldJobs;
  /** A worker that has said nothing for so long is taken for dead. */
  lostAfterMs: number;
  /** Others took this worker for dead, and its jobs with it: whatever it still does must not count. */
  onLost(): void;
  /** Jobs were given back: look for them at once. */
  lookForJobs(): void;
};

export type Heartbeat = {
  /**
   * False once others took this worker for dead. While its last word is fresh it knows; otherwise it asks the database, and waits for it when it is away.
   */
  holds(): boolean | Promise<boolean>;
  /** Its last word is fresh. */
  isFresh(): boolean;
  stop(): Promise<void>;
};

const AGAIN_MS = 250;

/**
 * Says again and again that this worker lives, and gives back to the queue the jobs of those that stopped saying so and those that never
 * reached this one; by itself the queue would leave them locked for four hours. All by the database's clock.
 */
export const startHeartbeat = async (workerId: string, deps: HeartbeatDeps): Promise<Heartbeat> => {
  const { url, log, held, lostAfterMs, onLost } = deps;
  const worker = { id: workerId, process: deps.process, host: hostname() };
  const everyMs = lostAfterMs / 5;
  const freshMs = lostAfterMs / 2;
  const stopping = new AbortController();
  const waiting = new Set<(holds: boolean) => void>();
  let hurry = new AbortController();
  let sinceLastWord = startStopwatch();
  // Not at each beat: of 100,000 jobs that wait, finding ours takes some 40 ms.
  let sinceLocksKept = startStopwatch();
  let lost = false;
  let failures = 0;
  const openLink = (): Promise<AliveLink> => openAliveLink(url, workerId, { timeoutMs: freshMs, onLost: () => hurry.abort() });
  let link = await openLink();
  await link.query(enter, [worker.id, worker.process, worker.host]);

  const tell = (holds: boolean): void => {
    for (const answer of waiting) answer(holds);
    waiting.clear();
  };

  const beat = async (): Promise<void> => {
    if (!link.isAlive()) link = await openLink();
    const sinceSent = startStopwatch();
    const [heard] = await link.query(goOn, [worker.id]);
    lost = heard === undefined;
    if (lost) return onLost();
    sinceLastWord = sinceSent;
    // Frozen between question and answer, it holds an old answer.
    if (sinceSent() < freshMs) tell(true);
    else hurry.abort();
    if (sinceLocksKept() > lostAfterMs / 2) {
      sinceLocksKept = startStopwatch();
      if (await keepLocks(link.query, worker.id, { held, graceMs: lostAfterMs, log })) deps.lookForJobs();
    }
    // Whoever has just come, or come back, cannot know who is dead and who was cut off as it was: in this time the living speak up.
    if (link.ageMs() > lostAfterMs / 3 && (await takeOver(link.query, worker.id, { lostAfterMs, log }))) deps.lookForJobs();
  };

  const beats = (async () => {
    while (!stopping.signal.aborted && !lost) {
      hurry = new AbortController();
      await beat().then(
        () => {
          if (failures > 0) log.warn({ tries: failures }, 'this worker can say again that it lives');
          failures = 0;
        },
        (error: Error) => {
          link.drop();
          // Once for as long as it lasts.
          if (failures === 0 && !stopping.signal.aborted)
            log.warn({ error: error.message }, 'this worker cannot say that it lives; it tries on');
          failures += 1;
        },
      );
      if (!lost)
        await sleep(failures > 0 ? Math.min(AGAIN_MS * 2 ** Math.min(failures - 1, 10), everyMs) : everyMs, undefined, {
          signal: AbortSignal.any([stopping.signal, hurry.signal]),
          ref: false,
        }).catch(() => {});
    }
    tell(!lost);
  })();

  return {
    holds() {
      if (lost || stopping.signal.aborted) return !lost;
      if (sinceLastWord() < freshMs) return true;
      hurry.abort();
      return new Promise((answer) => waiting.add(answer));
    },
    isFresh: () => !lost && sinceLastWord() < lostAfterMs,
    async stop() {
      stopping.abort();
      await beats;
      if (!lost) await link.query(leave, [worker.id]).catch(() => {});
      link.drop();
    },
  };
};

// Names of the dead are kept for a day.
const enter = `with old as (delete from worker where lost_at < clock_timestamp() - interval '1 day')
  insert into worker (id, process, host, started_at, beat_at) values ($1, $2, $3, clock_timestamp(), clock_timestamp())`;
const goOn = `update worker set beat_at = clock_timestamp() where id = $1 and lost_at is null returning 1`;
// What it could not give back itself (the queue broke, say) is not left for others to find.
const leave = `with gone as (delete from worker where id = $1 and lost_at is null returning id)
  select graphile_worker.force_unlock_workers(array_agg(id)) from gone`;
