import type { Change } from '#src/changelog/changes/types.ts';

type Commit = { sha: string; time: number };

const MOST_MS = 900;
const DAY_MS = 24 * 3_600_000;

/**
 * When each commit landed on the main line (oldest first): no earlier than what was there before, a millisecond apart where clocks say the same
 * second or a later one first. So "since a release" is what comes after its commit, also when a rebase made twenty commits within a second.
 * A clock that is wrong by more than a day moves nobody else.
 */
const landedTimes = (line: readonly Commit[]): Map<string, number> => {
  const landed = new Map<string, number>();
  let before = Number.NEGATIVE_INFINITY;
  for (const { sha, time } of line) {
    before = before >= time && before - time < DAY_MS ? before + 1 : time;
    landed.set(sha, before);
  }
  return landed;
};

/**
 * The same changes at the times they landed: those that a merge brought in at that of the merge, in their order, before the merge and after
 * what was there before. Releases are at that of their commit.
 */
export const asLanded = (changes: readonly Change[], line: readonly Commit[]): Change[] => {
  const landed = landedTimes(line);
  const before = new Map(line.slice(1).map(({ sha }, place) => [sha, landed.get(line[place]?.sha ?? '') ?? 0]));
  const own = new Map(changes.map(({ sha, time }) => [sha, time]));
  const brought = new Map<string, number>();
  for (const { sha, merged } of changes) {
    const time = landed.get(sha ?? '');
    // What was merged into a branch landed with the branch.
    if (time === undefined) continue;
    const floor = (before.get(sha ?? '') ?? 0) + 1;
    const inOrder = merged.toSorted((a, b) => (own.get(a) ?? 0) - (own.get(b) ?? 0));
    for (const [place, one] of inOrder.entries()) brought.set(one, Math.max(floor, time - Math.min(MOST_MS, inOrder.length - place)));
  }
  return changes.map((change) => ({ ...change, time: landed.get(change.sha ?? '') ?? brought.get(change.sha ?? '') ?? change.time }));
};
