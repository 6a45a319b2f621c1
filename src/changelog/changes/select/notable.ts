import { type Group, type Item, isCatchUp, isSilentRaise, leadOf } from '#src/changelog/changes/group/item.ts';
import { type Topic, topicsOf } from '#src/changelog/changes/parse/topics.ts';
import { isIdle, isVague } from '#src/changelog/changes/parse/vague.ts';
import { isForeign, isForeignWork } from '#src/changelog/changes/sections/statement.ts';
import type { Audience, OmittedReason } from '#src/changelog/changes/types.ts';
import { type Conventions, isChangelogPath, seeConventions } from './conventions.ts';
import { describeGroup } from './features.ts';
import { isAlwaysTold, isHousekeeping, isInside, isNewsOfReaders, isSevere } from './floor.ts';
import { adaptToHabits } from './habits.ts';
import { isTechnical } from './technical.ts';
import { weights as shipped } from './weights.ts';

/** `small`: told, and weighs less than what is told for itself. */
export type Judged = { group: Group; notable: true; small: boolean } | { group: Group; notable: false; reason: OmittedReason };

export type Weights = Readonly<Record<string, number>>;

/** Which groups a reader wants to know of. What is breaking, or what somebody wrote down for readers, always is; what is left out has a reason. */
export const pickNotable = (groups: readonly Group[], audience: Audience, weights: Weights = shipped): Judged[] => {
  const chances = chancesOf(groups, audience, weights);
  const always = groups.map((group, i) => isOpen(chances[i]) && isAlwaysTold(group));
  const cut = bestThreshold(chances.filter((chance) => isOpen(chance)));
  return groups.map((group, i) => {
    const chance = chances[i] ?? 0;
    if (chance > 0 && chance >= Math.max(cut, leastOf(group))) return { group, notable: true, small: false };
    if (always[i]) return { group, notable: true, small: !isSevere(group) && !isNewsOfReaders(leadOf(group).parsed) };
    return { group, notable: false, reason: reasonFor(group, audience) };
  });
};

/** However quiet the period: what is less likely news than that is none, and work on the work has to be likely news by itself. */
const leastOf = (group: Group): number => {
  const { parsed } = leadOf(group);
  if (parsed.bump !== null) return leastNews;
  return isHousekeeping(parsed) || isOneWord(parsed) ? likelyNews : leastNews;
};

const [leastNews, likelyNews] = [0.1, 0.5];

/** "Vouchers": in languages with spaces that is a name at most. */
const isOneWord = ({ type, subject, body }: Item['parsed']): boolean => type === null && /^[!-~]+$/.test(subject) && body.trim() === '';

const isOpen = (chance = 0): boolean => chance > 0 && chance < 1;

/** How likely readers want to know of each group, seen among all of them. */
export const chancesOf = (groups: readonly Group[], audience: Audience, weights: Weights): number[] => {
  const conventions = seeConventions(groups);
  const table = new Map(Object.entries(weights));
  return adaptToHabits(
    groups,
    groups.map((group) => chanceOf(group, conventions, audience, table)),
  );
};

/** One and zero are certain: they do not depend on the model. */
const chanceOf = (group: Group, conventions: Conventions, audience: Audience, weights: ReadonlyMap<string, number>): number => {
  const lead = leadOf(group);
  const { change, parsed } = lead;
  if (group.items.some((item) => item.parsed.breaking)) return 1;
  if (group.items.some((item) => item.change.kind === 'note')) return isForReaders(lead, audience) ? 1 : 0;
  if (change.kind !== 'commit' && change.kind !== 'merge') return isForReaders(lead, audience) ? 1 : 0;
  if (isCatchUp(lead) || lead.hollow || isNamelessMerge(lead) || parsed.release || skipLabel(group)) return 0;
  if (parsed.merge?.advisory) return 1;
  if (isIdle(parsed.subject) || isWorkElsewhere(parsed)) return 0;
  const kept = keptByPaths(group);
  if (isAboutSecurity(group) && (kept === null || kept === 'dependency')) return 1;
  if (isForEngineers(group, audience)) return 0;
  if (isSilentRaise(group)) return chanceOfBump;
  if (kept !== null) return 0;
  if (isNotice(parsed)) return mostLikely;
  return chance(group, conventions, weights) * 0.998 + 0.001;
};

/** "Tippfehler behoben" */
const isWorkElsewhere = ({ type, subject }: Item['parsed']): boolean => type === null && isForeign(subject) && isForeignWork(subject);

const isAboutSecurity = (group: Group): boolean =>
  group.items.some(
    ({ change, parsed }) =>
      parsed.security || change.labels.some((label) => /^(?:[\w-]*[:/ ])?\s*(?:security|vulnerability|cve)\b/i.test(label)),
  );

const mostLikely = 0.999;

/** "Merge branch 'work-4'": what leads its group has no better words, so what it brought was told before or is not known. */
const isNamelessMerge = ({ change, parsed: { merge } }: Item): boolean =>
  merge !== null && merge.title === null && merge.request === null && !merge.advisory && change.labels.length === 0;

/** "Deprecate foo()": whoever uses it has to know. */
const isNotice = ({ type, subject }: Item['parsed']): boolean => (type === null || type === 'deprecate') && /^deprecat/i.test(subject);

const chance = (group: Group, conventions: Conventions, weights: ReadonlyMap<string, number>): number => {
  let sum = 0;
  for (const feature of describeGroup(group, conventions)) sum += weights.get(feature) ?? 0;
  // Whoever writes the changelog along with a change has said that readers should know.
  if (group.items.some(({ change }) => change.paths.length > 1 && change.paths.some(isChangelogPath))) sum += 3;
  else if (conventions.logged > 0.15 && group.items.some(({ change }) => change.paths.length > 0)) sum -= 1.5;
  return 1 / (1 + Math.exp(-sum));
};

// Of 430 bumps that nobody says anything of, 11 were in a changelog.
const chanceOfBump = 0.025;

const skipLabel = (group: Group): boolean =>
  group.items.some(({ change }) =>
    change.labels.some((label) => /^(?:skip|no|ignore)[-_ /:](?:changelog|release[-_ ]?notes?)$/i.test(label)),
  );

/** Taking the k likeliest promises an F1 of 2·Σp / (k + Σ all p): the k that promises most is taken, so that the cut fits the period. */
const bestThreshold = (chances: readonly number[]): number => {
  const sorted = [...chances].sort((x, y) => y - x);
  const all = sorted.reduce((sum, p) => sum + p, 0);
  let [taken, best, least] = [0, 0, 0.5];
  for (const [i, p] of sorted.entries()) {
    taken += p;
    const promised = (2 * taken) / (i + 1 + all);
    if (promised > best) [best, least] = [promised, p];
  }
  return least;
};

const readers: Record<string, readonly Audience[]> = {
  release: [],
  deploy: ['company'],
  flag: ['engineers', 'company'],
  config: ['engineers', 'company'],
  infrastructure: ['engineers', 'company'],
  database: ['engineers', 'company'],
  policy: ['engineers', 'company'],
  people: ['company'],
  product: ['customers', 'engineers', 'company'],
  ticket: ['engineers', 'company'],
  note: ['engineers', 'company'],
};

/** What people note, and what others asked them for, is for the house, unless a label says that it is for customers. */
export const isForReaders = ({ change }: Item, audience: Audience): boolean =>
  (readers[change.kind]?.includes(audience) ?? true) ||
  (audience === 'customers' && change.kind !== 'release' && change.labels.some(isForCustomers));

/** Customers use it: what only those read who build it is left out, unless a label says that it is for them. */
const isForEngineers = (group: Group, audience: Audience): boolean =>
  audience === 'customers' && isTechnical(leadOf(group).parsed) && !group.items.some(({ change }) => change.labels.some(isForCustomers));

const isForCustomers = (label: string): boolean => /^(?:audience[:/ ]\s*)?(?:customers?|public)$/i.test(label);

const places: [Topic, RegExp][] = [
  ['ci', /^(?:\.github\/|\.gitlab|\.circleci\/|\.travis|\.ci\/|azure-pipelines|appveyor|jenkinsfile|codecov|\.codecov|\.pre-commit)/i],
  [
    'tests',
    /(?:^|\/)(?:tests?|__tests__|spec|specs|testdata|fixtures|e2e|benchmarks?|bench)\/|[._-](?:test|spec)\.\w+$|(?:^|\/)test_[^/]+$|_test\.\w+$/i,
  ],
  [
    'docs',
    /(?:^|\/)(?:docs?|documentation|website|examples?)\/|\.(?:md|rst|adoc|mdx)$|(?:^|\/)(?:license|authors|contributors|notice)[^/]*$/i,
  ],
  [
    'dependency',
    /(?:^|\/)(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|cargo\.lock|poetry\.lock|uv\.lock|go\.sum|gemfile\.lock|composer\.lock)$/i,
  ],
];

/** Where all files are tests, CI or documents, the change is; null where some are not, or none are known. */
const keptByPaths = (group: Group): Topic | null => {
  const kinds = new Set<Topic>();
  for (const { change } of group.items)
    for (const path of change.paths) {
      const place = places.find(([, pattern]) => pattern.test(path));
      if (!place) return null;
      kinds.add(place[0]);
    }
  return kinds.size === 0 ? null : ([...kinds].find((kind) => kind !== 'dependency') ?? 'dependency');
};

const byType: Record<string, OmittedReason> = {
  test: 'tests',
  ci: 'ci',
  docs: 'docs',
  deps: 'dependency',
  release: 'release',
  style: 'trivial',
  build: 'internal',
  chore: 'internal',
  refactor: 'internal',
};

const reasonFor = (group: Group, audience: Audience): OmittedReason => {
  const { change, parsed } = leadOf(group);
  if (isCatchUp(leadOf(group)) || leadOf(group).hollow) return 'merge';
  if (skipLabel(group)) return 'label';
  if (isIdle(parsed.subject) && !parsed.bump && change.kind !== 'release') return 'trivial';
  if (parsed.release || change.kind === 'release') return 'release';
  if (parsed.bump) return 'dependency';
  if (change.kind !== 'commit' && change.kind !== 'merge') return isForReaders(leadOf(group), audience) ? 'trivial' : 'not-for-readers';
  const kept = keptByPaths(group) ?? (parsed.type === null ? undefined : byType[parsed.type]);
  if (kept) return kept;
  if (parsed.merge && parsed.merge.title === null) return 'merge';
  // What says of itself that it is a fix or a feature is not about tests because it holds the word.
  const topic = parsed.type === null || isInside(parsed) ? topicsOf(`${parsed.scope ?? ''} ${parsed.subject}`)[0] : undefined;
  return topic ?? (isForEngineers(group, audience) ? 'internal' : isVague(parsed.subject) ? 'trivial' : 'less-notable');
};
