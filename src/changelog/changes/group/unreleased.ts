import { isTicket } from '#src/changelog/changes/parse/references.ts';
import type { ItemFinder } from './find-items.ts';
import { type Group, groupsByItem, type Item, leadOf } from './item.ts';
import { createNewThings } from './new-things.ts';

/**
 * Group to the group it mends: a fix of what came in the same input was never anybody's bug, so it goes with what it mends. It says so, or names what
 * came newly, also where that was taken back (`taken`).
 */
export const findUnreleasedFixes = (groups: readonly Group[], finder: ItemFinder, taken: readonly Group[]): Map<Group, Group> => {
  const all = [...groups, ...taken];
  const [groupOf, gone] = [groupsByItem(all), new Set(taken)];
  const mended = new Map<Group, Group>();
  const isReleasedBetween = createReleases(groupOf.keys(), finder);
  const things = createNewThings();
  for (const group of all.toSorted((x, y) => leadOf(x).change.time - leadOf(y).change.time)) {
    things.add(group);
    const { change, parsed } = leadOf(group);
    if (gone.has(group) || !isFix(leadOf(group)) || isAskedFor(group) || group.items.some((item) => item.parsed.breaking)) continue;
    const targets = parsed.mends.flatMap((target) =>
      target.startsWith('#') ? finder.byRequest(change.system, target) : (finder.bySha(change.system, target) ?? []),
    );
    const target = [...targets.map((item) => groupOf.get(item)), parsed.mends.length > 0 ? undefined : things.namedBy(leadOf(group))].find(
      (other) => other !== undefined && other !== group && isBefore(other, group) && !isReleasedBetween(other, group),
    );
    if (target && mended.get(target) !== group) mended.set(group, target);
  }
  return new Map([...mended].map(([group, target]) => [group, lastOf(target, mended, group)]));
};

/**
 * What was added and taken away again before anybody had it: neither is told. Gives the group that takes away to that which added. What breaks, or
 * what somebody waited for by a ticket, is told all the same.
 */
export const findGivenUp = (groups: readonly Group[], finder: ItemFinder): Map<Group, Group> => {
  const added = new Map<string, Group>();
  const givenUp = new Map<Group, Group>();
  const isReleasedBetween = createReleases(groupsByItem(groups).keys(), finder);
  for (const group of groups.toSorted((x, y) => leadOf(x).change.time - leadOf(y).change.time)) {
    const { change, parsed } = leadOf(group);
    if ((change.kind !== 'commit' && change.kind !== 'merge') || isAskedFor(group) || group.items.some((item) => item.parsed.breaking))
      continue;
    const [comes, goes] = [bringsIn, takesOut].map((pattern) => pattern.exec(parsed.subject)?.[1]);
    const thing = thingIn(comes ?? goes ?? '');
    if (thing.split(' ').length < fewestWordsOfThing) continue;
    const key = `${change.system} ${thing}`;
    const before = added.get(key);
    if (comes !== undefined) added.set(key, group);
    else if (before && !isReleasedBetween(before, group)) {
      givenUp.set(group, before);
      added.delete(key);
    }
  }
  return givenUp;
};

const bringsIn = /^(?:add|introduce|implement|create)(?:s|d|ed)?\s+(.+)$/i;
const takesOut = /^(?:remove|drop|delete)(?:s|d|ped)?\s+(.+)$/i;
const fewestWordsOfThing = 2;

/** Without articles, and what is said behind it: 'beta of ai search' of "the beta of AI search, behind a flag". */
const thingIn = (text: string): string =>
  (text.split(/[,;(]|\s+(?:again|for now)\b/, 1)[0] ?? '')
    .toLowerCase()
    .replaceAll(/\b(?:the|an?|new|initial)\s+/g, '')
    .trim();

/**
 * What was released (a tag, the commit of a release, a deploy) before it was mended was somebody's bug. A release is as late as the commit it
 * stands on.
 */
const createReleases = (items: Iterable<Item>, finder: ItemFinder) => {
  const times = new Map<string, number[]>();
  for (const { change, parsed } of items) {
    if (change.kind !== 'release' && change.kind !== 'deploy' && !parsed.release) continue;
    const commit = change.sha === null ? null : finder.bySha(change.system, change.sha);
    const known = times.get(change.system) ?? [];
    times.set(change.system, known);
    known.push(commit?.change.time ?? change.time);
  }
  return (one: Group, other: Group): boolean => {
    const { system, time } = leadOf(one).change;
    return times.get(system)?.some((release) => release >= time && release < leadOf(other).change.time) ?? false;
  };
};

const isFix = ({ change, parsed }: Item): boolean =>
  (change.kind === 'commit' || change.kind === 'merge') && (parsed.type === 'fix' || (parsed.type === null && parsed.deed === 'fix'));

/** Somebody waits for it by a ticket: it was their bug, whatever was released. */
const isAskedFor = ({ items }: Group): boolean =>
  items.some(({ change, parsed }) => change.kind === 'ticket' || [...parsed.closes, ...parsed.own, ...change.refs].some(isTicket));

const isBefore = (one: Group, other: Group): boolean => leadOf(one).change.time <= leadOf(other).change.time;

/** A fix of a fix of a feature goes with the feature. */
const lastOf = (target: Group, mended: ReadonlyMap<Group, Group>, start: Group): Group => {
  let at = target;
  for (let next = mended.get(at), steps = 0; next !== undefined && next !== start && steps < 50; next = mended.get(at), steps++) at = next;
  return at;
};
