/** When whoever is refused is to ask again, in whole seconds. */
export type ComeBack = {
  /** `lane` has `count` waiting, the oldest for `oldestSeconds`: how fast it goes on there. */
  in(lane: string, work: { count: number; oldestSeconds: number }): number;
};

const [LEAST_SECONDS, MOST_SECONDS] = [5, 300];
// Lanes whose turns have come are forgotten then.
const MANY = 1_000;

/**
 * Each who is refused gets a turn of their own, one place after the other as places become free: what is `count` deep and `oldestSeconds` long frees
 * one every oldestSeconds / count (Little's law). Told all the same, they would come all at once, and most be refused again. `now` in milliseconds.
 */
export const createComeBack = (now: () => number): ComeBack => {
  const turns = new Map<string, number>();
  return {
    in(lane, { count, oldestSeconds }) {
      const time = now() / 1000;
      if (turns.size > MANY) for (const [each, turn] of turns) if (turn < time) turns.delete(each);
      const turn = Math.min(time + MOST_SECONDS, Math.max(time + LEAST_SECONDS, turns.get(lane) ?? 0));
      // Of a flood that has just begun nobody knows yet how fast it goes.
      turns.set(lane, turn + Math.max(LEAST_SECONDS, oldestSeconds) / Math.max(1, count));
      return Math.ceil(turn - time);
    },
  };
};
