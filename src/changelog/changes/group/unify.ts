import type { ItemFinder } from './find-items.ts';
import { type Group, type Item, isCatchUp, raisedBy, requestOf } from './item.ts';
import { compareLeads } from './lead.ts';
import { findApart, isSamePlace } from './steps.ts';

/** Puts together what tells of one change: sources, a merge and what it brought, cherry-picks, fixups, follow-ups, the same title twice. */
export const unify = (items: readonly Item[], finder: ItemFinder): Group[] => {
  const sets = createSets(items);
  uniteSources(items, finder, sets);
  const steps = uniteMerges(items, finder, sets);
  uniteTellings(items, finder, sets, steps);
  uniteRaises(items, sets);
  uniteTickets(items, sets);
  return sets.groups();
};

type Sets = { unite(one: Item, other: Item): void; groups(): Group[] };

/** Disjoint sets with path halving: near linear. */
const createSets = (items: readonly Item[]): Sets => {
  const parents = new Map<Item, Item>();
  const find = (item: Item): Item => {
    let at = item;
    for (let up = parents.get(at); up !== undefined; up = parents.get(at)) {
      const above = parents.get(up);
      if (above !== undefined) parents.set(at, above);
      at = up;
    }
    return at;
  };
  return {
    unite(one, other) {
      const [x, y] = [find(one), find(other)];
      if (x !== y) parents.set(y, x);
    },
    groups() {
      const all = new Map<Item, [Item, ...Item[]]>();
      for (const item of items) {
        const root = find(item);
        const known = all.get(root);
        if (known) known.push(item);
        else all.set(root, [item]);
      }
      return [...all.values()].map((members) => ({ items: members.sort(compareLeads) }));
    },
  };
};

const uniteSources = (items: readonly Item[], finder: ItemFinder, sets: Sets): void => {
  for (const item of items) {
    const { system, sha } = item.change;
    const same = sha === null || item.change.kind === 'release' ? null : finder.bySha(system, sha);
    if (same && same !== item) sets.unite(same, item);
    const request = requestOf(item);
    const first =
      request === null ? undefined : finder.byRequest(system, request).find((other) => other === item || isOneRequest(other, item));
    if (first && first !== item) sets.unite(first, item);
  }
};

/** Two commits may end in the number of one issue: that makes no request of them, where nothing else does. */
const isOneRequest = (one: Item, other: Item): boolean =>
  one.change.source !== other.change.source ||
  [one, other].some(({ change, parsed }) => change.kind === 'merge' || parsed.merge !== null || parsed.fixupOf !== null) ||
  one.parsed.said === other.parsed.said;

/**
 * A step belongs to the smallest merge that brought it; news of its own stands apart. A merge that brought several requests is no change of its own,
 * nor is a release. Gives the steps.
 */
const uniteMerges = (items: readonly Item[], finder: ItemFinder, sets: Sets): ReadonlySet<Item> => {
  const taken = new Set<Item>();
  const steps = new Set<Item>();
  const merges = items.filter((item) => item.change.merged.length > 0 && !isCatchUp(item) && !item.parsed.release);
  for (const merge of merges.sort((x, y) => x.change.merged.length - y.change.merged.length)) {
    const brought = merge.change.merged.flatMap((sha) => finder.bySha(merge.change.system, sha) ?? []).filter((item) => item !== merge);
    const free = brought.filter((item) => !taken.has(item));
    const isOther = (item: Item): boolean => requestOf(item) !== null && requestOf(item) !== requestOf(merge);
    if (new Set(free.filter(isOther).map(requestOf)).size > 1) continue;
    const own = free.filter((item) => !isOther(item));
    const { apart, hollow } = findApart(merge, own);
    for (const item of own) {
      taken.add(item);
      if (hollow || apart.has(item)) continue;
      steps.add(item);
      sets.unite(merge, item);
    }
    taken.add(merge);
    if (hollow) merge.hollow = true;
  }
  return steps;
};

const uniteTellings = (items: readonly Item[], finder: ItemFinder, sets: Sets, steps: ReadonlySet<Item>): void => {
  for (const item of items) {
    const { change, parsed } = item;
    if (parsed.reverts) continue;
    const original = parsed.cherryPickOf === null ? null : finder.bySha(change.system, parsed.cherryPickOf);
    if (original) sets.unite(original, item);
    if (parsed.fixupOf !== null) for (const target of finder.byTitle(change.system, parsed.fixupOf)) sets.unite(target, item);
    // Two branches that each hold "fix lint" are two changes.
    if (steps.has(item)) continue;
    // One word ("wip") says nothing, so it cannot say the same.
    if (!parsed.said.includes(' ') || isCatchUp(item) || !isWritten(item)) continue;
    const twin = finder
      .bySubject(item)
      .find((other) => other === item || (!other.parsed.reverts && isWritten(other) && isTwin(other, item)));
    if (twin && twin !== item) sets.unite(twin, item);
  }
};

/** The same words of another place, or of another request, tell of another change, unless one is the other brought to an older line. */
const isTwin = (one: Item, other: Item): boolean => {
  if (one.parsed.type !== other.parsed.type) return false;
  const [request, second] = [requestOf(one), requestOf(other)];
  const isOther = !isSamePlace(one, other) || (request !== null && second !== null && request !== second);
  return !isOther || isPort(one, second) || isPort(other, request);
};

/** "Fix the cart [2.x]", "[Backport 2.x] …", "Fix the cart (#35) (#36)" for what #35 did. */
const isPort = ({ change, parsed }: Item, request: string | null): boolean =>
  parsed.cherryPickOf !== null ||
  (request !== null && parsed.own.includes(request)) ||
  ports.test(change.title) ||
  /\bback-?port(?:s|ed|ing)? (?:of|from)\b/i.test(parsed.body) ||
  change.labels.some((label) => /^back-?port/i.test(label));

const ports = /\bback-?port|\[v?\d+(?:\.(?:\d+|x))+\]/i;

/** A flag that is switched on twice was off in between, and two tickets of one name are two people's. */
const isWritten = ({ change }: Item): boolean => change.kind === 'commit' || change.kind === 'merge';

/** A ticket and the first change that closes it are one. */
const uniteTickets = (items: readonly Item[], sets: Sets): void => {
  const tickets = new Map<string, Item>();
  for (const item of items) if (item.change.kind === 'ticket') for (const ref of item.change.refs) tickets.set(ref.toUpperCase(), item);
  if (tickets.size === 0) return;
  for (const item of items) {
    if (!isWritten(item) || item.parsed.reverts) continue;
    const closed = [...item.parsed.closes, ...item.parsed.own, ...item.change.refs].map((ref) => ref.toUpperCase());
    for (const ref of closed) {
      const ticket = tickets.get(ref);
      if (!ticket) continue;
      sets.unite(item, ticket);
      tickets.delete(ref);
    }
  }
};

/** Who raised the same thing three times has it at the last version. */
const uniteRaises = (items: readonly Item[], sets: Sets): void => {
  const first = new Map<string, Item>();
  for (const item of items) {
    const what = raisedBy(item);
    if (what === null || item.parsed.reverts) continue;
    const key = `${item.change.system} ${what}`;
    const known = first.get(key);
    if (known) sets.unite(known, item);
    else first.set(key, item);
  }
};
