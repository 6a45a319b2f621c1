import type { Lane } from '#db/queue.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { createComeBack } from './come-back.ts';
import type { Waiting } from './count-waiting.ts';
import { type LaneState, nextTag } from './fair-tags.ts';

export type AdmissionLimits = {
  /** Work that may wait in all. */
  queue: number;
  /** Answers that may wait in one channel, whoever asked. */
  channel: number;
};

/** The door to the queue. */
export type Admission = {
  /**
   * Lets a piece of work in, and says where it stands: behind what came from the same place, and in turns with what came from elsewhere. The place
   * is the channel it is for, or else who asked. Throws BUSY, with the time after which to try again.
   */
  admit(asker: Asker, channel?: string | undefined): Promise<Lane>;
};

type Asker = Pick<Actor, 'workspaceId' | 'id' | 'actingFor'>;

/** Lets everything in: for where nobody else waits. */
export const openDoor: Admission = { admit: async () => ({ place: '', priority: 0 }) };

const FRESH_MS = 1_000;
// Counting ten thousand takes a tenth of a second or less; on a slow database it is done less often.
const SHARE = 20;
const USABLE = 5;

/**
 * Decides by what waits, counted anew every second while there is something to decide; what this process lets in meanwhile it adds itself. So a
 * limit may be passed by what other processes let in within that second.
 */
export const createAdmission = (
  countWaiting: () => Promise<Waiting>,
  limits: AdmissionLimits,
  now = () => performance.now(),
): Admission => {
  let counted: { waiting: Waiting; at: number; freshMs: number } | undefined;
  let counting: Promise<Waiting> | undefined;
  const count = (): Promise<Waiting> => {
    const begun = now();
    counting ??= countWaiting()
      .then((waiting) => {
        counted = { waiting, at: now(), freshMs: Math.max(FRESH_MS, SHARE * (now() - begun)) };
        return waiting;
      })
      .finally(() => {
        counting = undefined;
      });
    return counting;
  };
  const comeBack = createComeBack(now);
  const known = async (): Promise<Waiting> => {
    const age = counted ? now() - counted.at : Number.POSITIVE_INFINITY;
    if (!counted || age > USABLE * counted.freshMs) return count();
    if (age > counted.freshMs) count().catch(() => {});
    return counted.waiting;
  };
  return {
    async admit({ workspaceId, id, actingFor }, channel) {
      const waiting = await known();
      const own = waiting.workspaces.get(workspaceId) ?? newWorkspace();
      const place = channel ?? actingFor ?? id;
      const lane = own.lanes.get(place) ?? newLane();
      if (channel !== undefined && lane.count >= limits.channel)
        throw busy(inChannel(lane.count), comeBack.in(`${workspaceId} ${place}`, lane));
      const most = WORKSPACE_SHARE * (limits.queue - waiting.count);
      if (own.count >= most) throw busy(inAll, comeBack.in(workspaceId, own));
      if (lane.count >= LANE_SHARE * (most - own.count)) throw busy(fromHere(lane.count), comeBack.in(`${workspaceId} ${place}`, lane));
      const priority = nextTag(lane, { firstTag: waiting.firstTag, busyLanes: own.lanes.size });
      waiting.workspaces.set(workspaceId, own);
      own.lanes.set(place, lane);
      for (const counter of [waiting, own, lane]) counter.count++;
      return { place, priority };
    },
  };
};

// Dynamic thresholds (Choudhury and Hahne, IEEE/ACM Transactions on Networking 6(2), 1998): nobody holds more than so many times what is still free,
// a workspace of the queue, a lane of what its workspace may have. Alone, one lane fills two thirds of the queue and a workspace four fifths; what all
// hold never passes the limit, and whoever comes next finds room.
const WORKSPACE_SHARE = 4;
const LANE_SHARE = 1;

const newWorkspace = () => ({ count: 0, oldestSeconds: 0, lanes: new Map<string, LaneState>() });
const newLane = (): LaneState => ({ count: 0, oldestSeconds: 0, lastTag: null });

const inAll = 'I am busy: there is more waiting than can be worked off soon.';
const fromHere = (count: number): string => `I am busy: ${count} that came the same way are waiting already.`;
const inChannel = (count: number): string => `I am busy: ${count} answers are on their way to this channel already.`;

const busy = (why: string, seconds: number): AppError =>
  new AppError('BUSY', `${why} Nothing was kept; please try again in ${seconds} s.`, { retryAfterMs: seconds * 1000 });
