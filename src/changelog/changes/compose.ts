import { collectSmall, isCollected } from './group/collect-small.ts';
import { foldDeploys } from './group/fold-deploys.ts';
import { foldRaises } from './group/fold-raises.ts';
import { foldTickets } from './group/fold-tickets.ts';
import { groupChanges } from './group/group-changes.ts';
import { type Group, leadOf, requestOf } from './group/item.ts';
import { isTyped, splitGroup } from './group/steps.ts';
import { tellApart } from './group/tell-apart.ts';
import { type ParsedChange, parseChange } from './parse/parse-change.ts';
import { inSystem, isTicket } from './parse/references.ts';
import { classify, classifyByRules, classifyRelease, releaseSections, type SectionWeights, sectionsOf } from './sections/classify.ts';
import { isForReaders, type Judged, pickNotable, type Weights } from './select/notable.ts';
import { proposeVersion, type Standing } from './semver.ts';
import type { Audience, Change, Changelog, ComposeOptions, Entry, Omitted, ReleaseSection, SectionName } from './types.ts';
import { createLeakGuard, type LeakGuard } from './verify/leak.ts';
import { checkConservation } from './verify/verify.ts';
import { neutral, wordEntry } from './wording/wording.ts';

/** Weights other than the shipped ones, for a benchmark that must not judge by what it taught. */
export type Learned = { notable: Weights; sections: SectionWeights };

/**
 * Changes in, the plan of a changelog out, with the built-in words: every change is in exactly one entry or omitted with its reason. The same
 * changes give the same changelog, whatever their order. Near linear: a hundred thousand changes take seconds.
 * @throws when a change got lost on the way, which is our mistake and never ships
 */
export const composeChangelog = (changes: readonly Change[], options: ComposeOptions, learned?: Learned): Changelog => {
  const guard = createLeakGuard(options.leakList, options.audience);
  const { groups, cancelled, mended, items } = groupChanges(changes);
  const certain = new Set(options.certain);
  const isCertain = ({ items: own }: Group): boolean => own.some(({ change }) => certain.has(change.id));
  const out = new Set(options.leftOut);
  const isOut = ({ items: own }: Group): boolean => own.some(({ change }) => out.has(change.id));
  const wanted = [...groups, ...[...mended.keys()].filter(isCertain)];
  const parts = foldDeploys(
    foldRaises(options.audience === 'customers' ? wanted.flatMap(forCustomers).flatMap(splitGroup) : foldTickets(wanted)),
  );
  const picked = pickNotable(parts, options.audience, learned?.notable)
    .map((one): Judged => (isCertain(one.group) ? { group: one.group, notable: true, small: false } : one))
    .map((one): Judged => (isOut(one.group) ? { group: one.group, notable: false, reason: 'by-a-person' } : one))
    .map((one) => keepPrivate(one, guard));
  const keys = createKeys();
  // Customers know no repositories.
  const isSeveral =
    options.audience !== 'customers' &&
    new Set(picked.flatMap(({ group, notable }) => (notable && isCode(group) ? [leadOf(group).change.system.toLowerCase()] : []))).size > 1;
  const worded = picked.flatMap((one) =>
    one.notable
      ? [{ group: one.group, small: one.small, entry: toEntry(one.group, { ...options, guard, learned, isSeveral, key: keys(one.group) }) }]
      : [],
  );
  // Of what no word is left, nobody learns anything but that it is there: a line by itself that says so is noise.
  const silenced = new Set(worded.filter((one) => isSilenced(one, guard) && !isCertain(one.group)).map(({ group }) => group));
  const told = worded.filter(({ group }) => !silenced.has(group));
  const judged = picked.map((one): Judged => (silenced.has(one.group) ? { group: one.group, notable: false, reason: 'private' } : one));
  const sections = new Map(told.map(({ group, entry }) => [group, entry.section]));
  const standing = judged.flatMap((one) =>
    toStanding(one, options.audience, (group) => releaseSectionOf(sections.get(group)) ?? classifyRelease(group, learned?.sections)),
  );
  const entries = collectSmall(options.audience === 'engineers' ? told : tellApart(told, guard));
  const keyOf = new Map(entries.map(({ group, entry }) => [group, entry.key]));
  const omitted = [...cancelled];
  for (const one of judged) if (!one.notable) omitted.push(...omit(one.group, one.reason));
  for (const [group, target] of mended)
    for (const { change } of isCertain(group) ? [] : group.items)
      omitted.push({ change: change.id, reason: 'unreleased-fix', of: keyOf.get(target) ?? leadOf(target).change.id });
  const sorted = inOrder(entries, options.audience);
  const changelog: Changelog = {
    entries: sorted,
    omitted: omitted.sort((x, y) => compare(x.change, y.change)),
    semver: proposeVersion(standing),
  };
  const parsed = new Map<string, ParsedChange>();
  for (const item of items) parsed.set(item.change.id, item.parsed);
  checkConservation(changes, changelog, (change) => parsed.get(change.id) ?? parseChange(change));
  return changelog;
};

/** What was released, be it told or not; what happens beside the code has no version. */
const toStanding = (one: Judged, audience: Audience, sectionOf: (group: Group) => ReleaseSection): Standing[] => {
  const lead = leadOf(one.group);
  const { kind } = lead.change;
  // What customers do not read of is in their release all the same.
  const stands =
    one.notable ||
    one.reason === 'less-notable' ||
    one.reason === 'private' ||
    one.reason === 'by-a-person' ||
    (one.reason === 'internal' && isTyped(lead));
  if (!stands) return [];
  const isNote = kind === 'note' && audience !== 'company' && isBreaking(one.group);
  if (kind !== 'commit' && kind !== 'merge' && kind !== 'product' && !isNote) return [];
  const section = kind === 'product' ? 'Added' : one.notable ? sectionOf(one.group) : classifyByRules(one.group).section;
  return [{ section, breaking: isBreaking(one.group), told: one.notable }];
};

const releaseSectionOf = (section: SectionName | undefined): ReleaseSection | undefined => releaseSections.find((one) => one === section);

const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);

/** What lies wholly in listed places stays out, and everybody can see that this is why; what breaks readers is said even then, in neutral words. */
const keepPrivate = (judged: Judged, guard: LeakGuard): Judged =>
  isHidden(judged.group, guard) && !isBreaking(judged.group) ? { group: judged.group, notable: false, reason: 'private' } : judged;

/** All that its words say may not show; what breaks readers is said even then. */
const isSilenced = ({ group, entry }: Worded, guard: LeakGuard): boolean =>
  !entry.breaking && entry.text === neutral[entry.section] && group.items.some(({ change }) => guard.leaks(change.title));

const isHidden = ({ items }: Group, guard: LeakGuard): boolean => guard.hides(items.map(({ change }) => change));

const isBreaking = (group: Group): boolean => group.items.some(({ parsed }) => parsed.breaking);

const omit = (group: Group, reason: Omitted['reason']): Omitted[] => {
  const lead = leadOf(group).change.id;
  return group.items.map(({ change }) => ({ change: change.id, reason, of: change.id === lead ? null : lead }));
};

/** What people of the house say among themselves words nothing for customers: it is judged by itself. */
const forCustomers = (group: Group): Group[] => {
  const [first, ...rest] = group.items.filter((item) => isForReaders(item, 'customers'));
  const [other, ...others] = group.items.filter((item) => !isForReaders(item, 'customers'));
  if (!first || !other) return [group];
  return [{ items: [first, ...rest] }, { items: [other, ...others] }];
};

type Making = Pick<ComposeOptions, 'audience' | 'placed'> & {
  guard: LeakGuard;
  learned: Learned | undefined;
  /** It tells of several repositories, so a number alone says not of which. */
  isSeveral: boolean;
  key: string;
};

const toEntry = (group: Group, { audience, placed, guard, learned, isSeveral, key }: Making): Entry => {
  const section = placedUnder(group, audience, placed) ?? classify(group, audience, learned?.sections);
  const hidden = isHidden(group, guard);
  const refs = hidden ? [] : refsOf(group, isSeveral).filter((ref) => !guard.leaks(ref));
  return {
    key,
    section,
    text: hidden ? neutral[section] : wordEntry(group, section, audience, guard),
    breaking: isBreaking(group),
    changes: group.items.map(({ change }) => change.id),
    refs,
    tickets: refs.filter(isTicket).map((ref) => ref.toUpperCase()),
  };
};

/** Where a person put it, the change that leads first. */
const placedUnder = ({ items }: Group, audience: Audience, placed: ComposeOptions['placed'] = {}): SectionName | undefined =>
  items.map(({ change }) => placed[change.id]).find((section) => section !== undefined && sectionsOf(audience).includes(section));

const isCode = ({ items }: Group): boolean => items.some(({ change }) => change.kind === 'commit' || change.kind === 'merge');

/** What the changes are known by, then what they close; a sha where there is nothing else to find them by. Of several repositories, with theirs. */
const refsOf = (group: Group, isSeveral: boolean): string[] => {
  const named = (refs: readonly string[], { system }: Change): string[] => refs.map((ref) => (isSeveral ? inSystem(ref, system) : ref));
  const own = group.items.flatMap(({ change, parsed }) => named([...parsed.own, ...change.refs], change));
  const all = [...own, ...group.items.flatMap(({ change, parsed }) => named(parsed.closes, change))];
  if (all.length > 0) return [...new Set(all)];
  const { sha, system } = leadOf(group).change;
  return sha === null ? [] : [isSeveral ? `${system}@${sha.slice(0, 10)}` : sha.slice(0, 10)];
};

/** The request's number or the oldest change's name: another telling of the same change rarely alters it. Where two claim a number, one has it. */
const createKeys = (): ((group: Group) => string) => {
  const taken = new Set<string>();
  return ({ items }) => {
    const requests = items.flatMap((item) => {
      const request = requestOf(item);
      return request === null ? [] : [{ name: `${item.change.system}${request}`, number: Number(request.slice(1)) }];
    });
    const [lowest] = requests.sort((x, y) => x.number - y.number);
    const { change } = items.reduce((first, item) => (compareAge(item.change, first.change) < 0 ? item : first));
    const key = lowest && !taken.has(lowest.name) ? lowest.name : `${change.system}@${change.sha ?? change.id}`;
    taken.add(key);
    return key;
  };
};

const compareAge = (x: Change, y: Change): number => x.time - y.time || compare(x.id, y.id);

type Worded = { group: Group; entry: Entry };

/** By section; breaking first and small ones together last; then what more people took part in or asked for, then the newest. */
const inOrder = (entries: readonly Worded[], audience: Audience): Entry[] => {
  const places = new Map(sectionsOf(audience).map((section, place) => [section, place]));
  const rank = ({ entry, group }: Worded) => ({
    place: places.get(entry.section) ?? 0,
    breaking: entry.breaking ? 0 : 1,
    small: isCollected(entry) ? 1 : 0,
    weight: -Math.min(3, entry.refs.length - 1) - Math.min(2, Math.log2(group.items.length)),
    time: -leadOf(group).change.time,
  });
  const ranked = entries.map((worded) => ({ worded, rank: rank(worded), place: placeOf(worded) }));
  ranked.sort(compareRanked);
  // What is of one place stands together, where its first stands.
  const firsts = new Map<string, number>();
  for (const [at, { place }] of ranked.entries()) if (place !== null && !firsts.has(place)) firsts.set(place, at);
  const at = new Map(ranked.map((one, place) => [one, one.place === null ? place : (firsts.get(one.place) ?? place)]));
  return ranked.toSorted((x, y) => (at.get(x) ?? 0) - (at.get(y) ?? 0)).map(({ worded }) => worded.entry);
};

type Ranked = { worded: Worded; rank: Record<'place' | 'breaking' | 'small' | 'weight' | 'time', number> };

const compareRanked = ({ rank: x, worded: one }: Ranked, { rank: y, worded: other }: Ranked): number =>
  x.place - y.place ||
  x.breaking - y.breaking ||
  x.small - y.small ||
  x.weight - y.weight ||
  x.time - y.time ||
  compare(one.entry.key, other.entry.key);

/** Repository and scope of what has one, within its section; what breaks stays first, and what is small last. */
const placeOf = ({ entry, group }: Worded): string | null => {
  const { change, parsed } = leadOf(group);
  const isCollectedOrLoud = entry.breaking || isCollected(entry);
  return parsed.scope === null || isCollectedOrLoud ? null : `${entry.section} ${change.system} ${parsed.scope.toLowerCase()}`;
};
