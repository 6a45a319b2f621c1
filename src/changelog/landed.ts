import type { Change } from './changes/types.ts';

const MOST_MS = 900;

/**
 * The same changes, those that a merge brought in at the time of the merge: on the main line they are as old as that. Their order stays, a
 * millisecond apart, and all of them come before the merge.
 */
export const asLanded = (changes: readonly Change[]): Change[] => {
  const landed = new Map<string, number>();
  const times = new Map(changes.map(({ sha, time }) => [sha, time]));
  for (const merge of changes) {
    const brought = merge.merged.toSorted((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0));
    for (const [place, sha] of brought.entries()) landed.set(sha, merge.time - Math.min(MOST_MS, brought.length - place));
  }
  return changes.map((change) => ({ ...change, time: landed.get(change.sha ?? '') ?? change.time }));
};
