import { isOfBuild, isTold } from '#src/changelog/changes/parse/dependency-bump.ts';
import type { ParsedChange } from '#src/changelog/changes/parse/parse-change.ts';
import type { Change } from '#src/changelog/changes/types.ts';

/** One telling of a change, read. */
export type Item = {
  change: Change;
  parsed: ParsedChange;
  /** A merge that only names what came together: each of that stands for itself. */
  hollow?: boolean;
};

/** All tellings of one change and what came with it, the leading one first. */
export type Group = { items: readonly [Item, ...Item[]] };

export const leadOf = (group: Group): Item => group.items[0];

/** The group of each item. */
export const groupsByItem = (groups: readonly Group[]): Map<Item, Group> => {
  const found = new Map<Item, Group>();
  for (const group of groups) for (const item of group.items) found.set(item, group);
  return found;
};

/** The request a change is, such as '#12': not one it closes or mentions. */
export const requestOf = ({ change, parsed }: Item): string | null => {
  if (parsed.merge?.request != null) return parsed.merge.request;
  if (change.kind === 'merge' && !parsed.merge) return change.refs.find((ref) => /^[#!]\d+$/.test(ref)) ?? null;
  return squashed.exec(change.title.trimEnd())?.[1] ?? null;
};

const squashed = /\((?:[\w.-]+\/[\w.-]+)?([#!]\d+)\)\.?$/;

/** Catches a branch up with another one; brings nothing of its own. */
export const isCatchUp = ({ change, parsed }: Item): boolean =>
  parsed.merge !== null &&
  parsed.merge.request === null &&
  parsed.merge.branch === null &&
  !parsed.merge.advisory &&
  change.labels.length === 0;

/** Raises a dependency, and nobody says what that does for readers. */
export const isSilentRaise = ({ items }: Group): boolean =>
  items[0].parsed.bump !== null &&
  !items.some(
    ({ change, parsed }) =>
      parsed.bump !== null && !isOfBuild(parsed.bump) && isTold({ title: change.title, body: parsed.body, closes: parsed.closes }),
  );

/** What it brings to another version, such as 'winit'; null for what does something else. */
export const raisedBy = ({ parsed }: Item): string | null => {
  if (parsed.release || parsed.breaking || parsed.deed !== 'update') return null;
  if (parsed.bump) return parsed.bump.name;
  const masked = parsed.said.replaceAll(version, '');
  return masked === parsed.said ? null : masked;
};

const version = /\bv?\d+(?:\.\d+)+[\w.+-]*/g;
