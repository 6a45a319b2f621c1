import { parseChange } from '#src/changelog/changes/parse/parse-change.ts';
import type { Change, Omitted } from '#src/changelog/changes/types.ts';
import { createItemFinder } from './find-items.ts';
import { type Group, type Item, leadOf } from './item.ts';
import { cancelReverts } from './reverts.ts';
import { splitGroup } from './steps.ts';
import { unify } from './unify.ts';
import { findGivenUp, findUnreleasedFixes } from './unreleased.ts';

/** What stands for a reader to judge, what was taken back, and which fixes go with the group they mend. */
export type GroupedChanges = { groups: Group[]; cancelled: Omitted[]; mended: Map<Group, Group>; items: Item[] };

/** Oldest first, so that what comes out does not depend on the order of what went in. An id told twice is one change. */
export const groupChanges = (changes: readonly Change[]): GroupedChanges => {
  const byId = new Map<string, Change>();
  for (const change of changes) byId.set(change.id, change);
  const items = [...byId.values()]
    .sort((x, y) => x.time - y.time || (x.id < y.id ? -1 : 1))
    .map((change): Item => ({ change, parsed: parseChange(change) }));
  const finder = createItemFinder(items);
  const united = unify(items, finder);
  const { left: standing, omitted } = cancelReverts(united, finder);
  const split = standing.flatMap(splitGroup);
  const givenUp = findGivenUp(split, finder);
  const gone = new Set([...givenUp].flatMap(([taker, target]) => (landsAgain(target, taker) ? [taker] : [taker, target])));
  for (const [taker, target] of givenUp) omitted.push(...omitTaken(taker, target));
  const left = split.filter((group) => !gone.has(group));
  const taken = takenBack(united, omitted);
  const mended = findUnreleasedFixes(left, finder, taken);
  return { groups: left.filter((group) => !mended.has(group)), cancelled: omitted, mended, items };
};

/** What came and went within the input: whatever mended it meanwhile mends nothing that is there. */
const takenBack = (groups: readonly Group[], omitted: readonly Omitted[]): Group[] => {
  const reverted = new Set(omitted.flatMap(({ change, reason }) => (reason === 'reverted' ? [change] : [])));
  return reverted.size === 0 ? [] : groups.filter((group) => reverted.has(leadOf(group).change.id) && !leadOf(group).parsed.reverts);
};

/** Told twice in the same words, it came once more after it was taken away. */
const landsAgain = (target: Group, taker: Group): boolean => target.items.some(({ change }) => change.time > leadOf(taker).change.time);

/** "Remove the beta" of what "Add the beta" brought, as if it said that it takes that back. */
const omitTaken = (taker: Group, target: Group): Omitted[] => {
  const omit = (group: Group, reason: Omitted['reason'], of: Group): Omitted[] =>
    group.items.map(({ change }) => ({ change: change.id, reason, of: leadOf(of).change.id }));
  return landsAgain(target, taker)
    ? omit(taker, 'reverted', target)
    : [...omit(taker, 'revert', target), ...omit(target, 'reverted', taker)];
};
