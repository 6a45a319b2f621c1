import { normalTitle } from '#src/changelog/changes/parse/normal-title.ts';
import { parseChange } from '#src/changelog/changes/parse/parse-change.ts';
import type { Change, Omitted } from '#src/changelog/changes/types.ts';
import type { ItemFinder } from './find-items.ts';
import { type Group, groupsByItem, type Item, leadOf, requestOf } from './item.ts';

/**
 * Takes out what was taken back within the input, and what took it back. A revert of something older stays: it is news.
 * A revert of a revert leaves the first as it was.
 */
export const cancelReverts = (groups: readonly Group[], finder: ItemFinder): { left: Group[]; omitted: Omitted[] } => {
  if (!groups.some(({ items }) => items.some(({ parsed }) => parsed.reverts))) return { left: [...groups], omitted: [] };
  const groupOf = groupsByItem(groups);
  const targets = new Map<Item, Item>();
  const takers = new Map<Item, Item[]>();
  for (const item of groupOf.keys()) {
    const target = findTarget(item, finder, groupOf);
    if (!target) continue;
    targets.set(item, target);
    takers.set(target, [...(takers.get(target) ?? []), item]);
  }
  if (targets.size === 0) return { left: [...groups], omitted: [] };
  const stands = new Map<Item, boolean>();
  const isStanding = (item: Item): boolean => {
    const known = stands.get(item);
    if (known !== undefined) return known;
    stands.set(item, true);
    const result = !(takers.get(item) ?? []).some(isStanding);
    stands.set(item, result);
    return result;
  };
  const omitted = new Map<Item, Omitted>();
  for (const [taker, target] of targets) {
    if (!isStanding(taker)) continue;
    omitted.set(taker, { change: taker.change.id, reason: 'revert', of: target.change.id });
    // What landed again afterwards stands.
    for (const item of takenWith(target, groupOf))
      if (item !== taker && item.change.time <= taker.change.time)
        omitted.set(item, { change: item.change.id, reason: 'reverted', of: taker.change.id });
  }
  for (const [taker, target] of targets)
    if (!omitted.has(taker))
      omitted.set(taker, { change: taker.change.id, reason: 'reverted', of: takers.get(taker)?.[0]?.change.id ?? target.change.id });
  const left = groups.flatMap((group): Group[] => {
    const [first, ...rest] = group.items.filter((item) => !omitted.has(item));
    return first ? [{ items: [first, ...rest] }] : [];
  });
  return { left, omitted: [...omitted.values()] };
};

const findTarget = (item: Item, finder: ItemFinder, groupOf: Map<Item, Group>): Item | null => {
  const { change, parsed } = item;
  if (!parsed.reverts) return null;
  const { sha, title } = parsed.reverts;
  const named = sha === null ? [] : /^[#!]/.test(sha) ? finder.byRequest(change.system, sha) : [finder.bySha(change.system, sha)];
  const titled = named.some(Boolean) || title === null ? [] : findQuoted(change, title, finder);
  // Landed twice, it is the later one that is taken back.
  const found = [...named, ...titled].findLast((other) => other && other !== item && other.change.time <= change.time);
  return found && (groupOf.get(found) !== groupOf.get(item) || found.parsed.merge === null) ? found : null;
};

/** Whoever takes it back quotes it with its number or without. */
const findQuoted = (change: Change, title: string, finder: ItemFinder): readonly Item[] => {
  const exact = finder.byTitle(change.system, title);
  if (exact.length > 0) return exact;
  const { subject } = parseChange({ ...change, title, body: '' });
  const wanted = normalTitle(title);
  return finder.byTitle(change.system, subject).filter((item) => normalTitle(item.change.title.replace(numbers, '')) === wanted);
};

const numbers = /(?:\s*\((?:[\w.-]{1,100}\/[\w.-]{1,100})?[#!]\d+\))+\s*$/;

/** Taking back a merge, the leading telling or another of the same takes back all; taking back one commit of several only that one. */
const takenWith = (target: Item, groupOf: Map<Item, Group>): readonly Item[] => {
  const group = groupOf.get(target);
  return group && (target.parsed.merge !== null || isSame(target, leadOf(group))) ? group.items : [target];
};

const isSame = (one: Item, other: Item): boolean =>
  one === other ||
  (one.change.sha !== null && one.change.sha === other.change.sha) ||
  (requestOf(one) !== null && requestOf(one) === requestOf(other));
