/** What waits of one channel, or of a workspace's API. */
export type LaneState = {
  count: number;
  oldestSeconds: number /** The tag of the last job that waits; null when none does. */;
  lastTag: number | null;
};

// The queue's priority is a small integer. Beyond, jobs run in the order they came, until what waits is worked off.
const LAST_TAG = 30_000;

/**
 * The priority of the next job of a lane: start-time fair queueing (Goyal, Vin and Cheng, SIGCOMM '96). Lanes of a workspace share what the
 * workspace gets, and workspaces share alike: the more lanes a workspace keeps busy, the further apart the jobs of each are (from then on: what
 * stands stays, so lanes that fill one after another get somewhat more). A lane that had nothing waiting begins where the queue is, so it neither
 * waits for those who were here before nor saves up.
 */
export const nextTag = (
  lane: LaneState,
  { firstTag, busyLanes }: { /** Of what runs next. */ firstTag: number; busyLanes: number },
): number => {
  const tag = lane.lastTag === null ? firstTag : Math.max(firstTag, lane.lastTag + Math.max(1, busyLanes));
  lane.lastTag = Math.min(LAST_TAG, tag);
  return lane.lastTag;
};
