import { createItemFinder } from './find-items.ts';
import type { Group, Item } from './item.ts';
import { parseChange } from './parse-change.ts';
import { cancelReverts } from './reverts.ts';
import { splitGroup } from './steps.ts';
import type { Change, Omitted } from './types.ts';
import { unify } from './unify.ts';
import { findUnreleasedFixes } from './unreleased.ts';

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
  const { left: standing, omitted } = cancelReverts(unify(items, finder), finder);
  const left = standing.flatMap(splitGroup);
  const mended = findUnreleasedFixes(left, finder);
  return { groups: left.filter((group) => !mended.has(group)), cancelled: omitted, mended, items };
};
