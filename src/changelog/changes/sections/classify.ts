import type { Group, Item } from '#src/changelog/changes/group/item.ts';
import { leadOf } from '#src/changelog/changes/group/item.ts';
import { parseTitle } from '#src/changelog/changes/parse/parse-title.ts';
import { isAnnouncement } from '#src/changelog/changes/select/announcement.ts';
import type { Audience, CompanySection, ReleaseSection, SectionName } from '#src/changelog/changes/types.ts';
import { type Deed, deedOf } from '#src/changelog/changes/wording/verbs.ts';
import { classifyForCompany } from './classify-for-company.ts';
import { describeSection, readDeed } from './describe-section.ts';
import { sectionWeights as shipped } from './section-weights.ts';
import { readStatement } from './statement.ts';

export const releaseSections: readonly ReleaseSection[] = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
export const companySections: readonly CompanySection[] = ['Product', 'Platform', 'People & Policy', 'Operations'];

export const sectionsOf = (audience: Audience): readonly SectionName[] => (audience === 'company' ? companySections : releaseSections);

/** Log-odds of a section by what `describeSection` sees in a group; for titles whose words alone do not decide. */
export type SectionWeights = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const classify = (group: Group, audience: Audience, weights?: SectionWeights): SectionName => {
  return audience === 'company' ? classifyForCompany(group) : classifyRelease(group, weights);
};

export const classifyRelease = (group: Group, weights: SectionWeights = shipped): ReleaseSection => {
  const ruled = classifyByRules(group);
  return ruled.sure ? ruled.section : likeliest(group, ruled.section, weights);
};

const likeliest = (group: Group, ruled: ReleaseSection, weights: SectionWeights): ReleaseSection => {
  const seen = [...describeSection(group), `rule:${ruled}`];
  const table = tableOf(weights);
  const scores = learnedSections.map(() => 0);
  for (const feature of seen) {
    const row = table.get(feature);
    if (row) for (const [place, weight] of row.entries()) scores[place] = (scores[place] ?? 0) + weight;
  }
  const best = learnedSections[scores.indexOf(Math.max(...scores))] ?? ruled;
  const isWrong = (best === 'Fixed' && seen.includes('calm')) || (best === 'Removed' && keeps(leadOf(group).parsed.subject));
  return isWrong && ruled === 'Changed' ? 'Changed' : best;
};

const tables = new WeakMap<SectionWeights, ReadonlyMap<string, readonly number[]>>();

/** The weights of a feature for all sections together: looked up once. */
const tableOf = (weights: SectionWeights): ReadonlyMap<string, readonly number[]> => {
  const known = tables.get(weights);
  if (known) return known;
  const names = new Set(Object.values(weights).flatMap((some) => Object.keys(some)));
  const table = new Map([...names].map((name) => [name, learnedSections.map((section) => weights[section]?.[name] ?? 0)]));
  tables.set(weights, table);
  return table;
};

export const learnedSections = ['Added', 'Changed', 'Fixed', 'Removed'] as const;

/** What the rules say, and whether words settle it: a type, a label or a plain "Add" does, "Use the other renderer" does not. */
export const classifyByRules = (group: Group): { section: ReleaseSection; sure: boolean } => {
  const section = ruleRelease(group);
  const { parsed, change } = leadOf(group);
  if (sayings.has(section) && isSaid(group, section)) return { section, sure: true };
  if (takesBack(parsed) || (section === 'Removed' && (parsed.breaking || endsSupport.test(parsed.subject) || isOffer(parsed.subject))))
    return { section, sure: true };
  if (section === 'Changed' && toAmount.test(parsed.subject)) return { section, sure: true };
  const judged = change.kind === 'commit' || change.kind === 'merge';
  const open = judged && (parsed.type === null || parsed.type === 'change') && learnedSections.some((learned) => learned === section);
  return { section, sure: !open };
};

const sayings = new Set<ReleaseSection>(['Added', 'Removed', 'Fixed']);

/** By a whole sentence about what readers have. */
const isSaid = (group: Group, section: ReleaseSection): boolean => {
  const { parsed, change } = leadOf(group);
  return parsed.type === null && change.kind !== 'ticket' && readStatement(parsed.subject, parsed.deed)?.section === section;
};

export const takesBack = ({ reverts }: Item['parsed']): boolean => reverts !== null && reverts.again !== true;

/** A feature that was taken back: readers had it. */
export const isGivenUp = (title: string | null): boolean => {
  const { type, subject } = parseTitle(title ?? '');
  return type === 'feat' || (type === null && deedOf(subject) === 'add');
};

const labels: [ReleaseSection, RegExp][] = [
  ['Security', /^(?:[\w-]*[:/ ])?\s*(?:security|vulnerability|cve)\b/i],
  ['Deprecated', /^(?:[\w-]*[:/ ])?\s*deprecat/i],
  ['Removed', /^(?:[\w-]*[:/ ])?\s*remov(?:ed|al)/i],
  ['Fixed', /^(?:[\w-]*[:/ ])?\s*(?:bug(?:fix)?|fix(?:ed|es)?|regression|crash)\b/i],
  ['Added', /^(?:[\w-]*[:/ ])?\s*(?:feature|feat|added|new|enhancement)\b/i],
  ['Changed', /^(?:[\w-]*[:/ ])?\s*(?:changed?|improvement|performance|perf)\b/i],
];

const trouble =
  /\b(?:fix(?:e[sd]|ing)?|bugs?|crash(?:es|ed|ing)?|panics?|panicking|regression|broken|breaks|breakage|incorrect(?:ly)?|wrong(?:ly)?|memory leaks?|leaks?|deadlocks?|hangs?|infinite (?:loop|recursion)|race condition|data race|out of (?:bounds|sync)|segfaults?|fails? to|failing|failure|mistakenly|unresponsive|extra(?:neous)? (?:blank|empty|white|trailing|leading|new)\w*|stray|spurious|flicker\w*|glitch\w*|missing)\b/i;

const mendsIssue = /\bfix(?:e[sd])?:?\s+(?:(?:issues?|bugs?)\s+)?(?:[\w.-]+\/[\w.-]+)?(?:#\d|https?:\/\/\S+\/issues\/\d)/i;
const addsMissing = /^(?:re-?)?add(?:s|ed)? (?:back|(?:a |an |the |some )?(?:missing|forgotten))\b/i;
/** What readers had and have no more; taking out a cause of trouble, or the insides of something, is no removal for them. */
export const takesAway =
  /\b(?:support|deprecated|legacy|obsolete|options?|flags?|settings?|commands?|methods?|functions?|class(?:es)?|apis?|arguments?|parameters?|params?|exports?|endpoints?|rules?|packages?|plugins?|python|node|go|ruby|php|java|rust|browsers?|ie ?\d+|platforms?|requirement|runtime)\b|`[^`]+`|\b[A-Z][a-z]+[A-Z]\w*|\w+\(\)|\b\w+(?:\.|::|#)[a-z]\w+|(?:^|\s)\.[a-z]\w+|\beol\b/i;

/** What is there still, and does or takes less. */
const restricts = /^(?:[\w`./-]+: )?(?:disabl|disallow|forbid|reject|strip|prohibit|refus)/i;

/** Nor have readers what only its makers had. */
const innards =
  /\b(?:workarounds?|classifiers?|hacks?|implementations?|dependency|dependencies|duplicated?|unused|unnecessary|undefined|invalid|broken|stray|leftover|redundant|superfluous|extra(?:neous)?|dead)\b/i;
/** "Delete drafts after 30 days" is how something is from now on. */
const from = /\b(?:after|when|whenever|once|if|every|automatically|on (?:exit|start|save|close|logout))\b/i;
const keeps = (subject: string): boolean => restricts.test(subject) || innards.test(subject) || from.test(subject);

const endsSupport = /^(?:drop|remov|end|discontinu)\w* (?:[\w.`-]+ ){0,2}support\b/i;

/** What readers set, call or run on by its kind: taken out, it is gone for them whatever that mends. */
const offers =
  /\b(?:options?|flags?|settings?|commands?|endpoints?|arguments?|parameters?|plugins?)$|\b(?:eol|end[- ]of[- ]life)\b|^\w+ (?:\w+ ){0,2}(?:python|node(?:\.?js)?|go|ruby|php|java|rust|ie) ?v?\d/i;
const isOffer = (subject: string): boolean => offers.test(subject);

/** "Raise the threshold to 400ms" */
const toAmount =
  /^(?:raise|lower|increase|decrease|reduce|set|change|limit)[sd]?\b.{3,60}\bto `?v?\d[\w.,%]*`?(?: [A-Za-z%]{1,3})?(?: (?:per|an?|each) \w+)?$/i;

const ruleRelease = (group: Group): ReleaseSection => {
  const { parsed } = leadOf(group);
  const { deed } = parsed;
  const labelled = labels.find(([, pattern]) => group.items.some(({ change }) => change.labels.some((label) => pattern.test(label))));
  if (takesBack(parsed)) return isGivenUp(parsed.reverts?.title ?? null) ? 'Removed' : 'Changed';
  if (parsed.security) return 'Security';
  if (labelled) return labelled[0];
  if (isAnnouncement(parsed)) return 'Deprecated';
  if (parsed.type === 'fix') return 'Fixed';
  if (parsed.type === 'remove') return 'Removed';
  if (parsed.type === 'feat') return deed === 'remove' ? 'Removed' : /^renam/i.test(parsed.subject) ? 'Changed' : 'Added';
  if (parsed.bump) return group.items.some(isMending) ? 'Fixed' : 'Changed';
  if (parsed.type !== null && parsed.type !== 'change') return 'Changed';
  return byWords(group, readDeed(parsed));
};

const isMending = ({ parsed, change }: Item): boolean => mendsIssue.test(parsed.body) || mendsIssue.test(change.title);

const byWords = (group: Group, deed: Deed): ReleaseSection => {
  const { change, parsed } = leadOf(group);
  const text = parsed.subject;
  if (change.kind === 'ticket') return 'Fixed';
  const said = readStatement(text, parsed.deed);
  // What people note is a sentence: "Support hours are now 8 to 20 h" adds no support.
  if (said !== null && (said.section !== 'Changed' || change.kind === 'note')) return said.section;
  if (deed === 'add') return addsMissing.test(text) ? 'Fixed' : 'Added';
  if (toAmount.test(text)) return 'Changed';
  if (deed === 'fix') return 'Fixed';
  if (deed === 'remove' && !keeps(text) && takesAway.test(text)) return 'Removed';
  if (deed === 'improve') return 'Changed';
  if (opened.test(text)) return 'Added';
  const branch = byBranch(group);
  if (branch && deed === 'none') return branch;
  return trouble.test(text) || group.items.some(isMending) ? 'Fixed' : 'Changed';
};

/** "Make the writer public", "Additional context in errors", "HTTPS proxies support" */
const opened =
  /^(?:make|allow)s? .{1,80}\b(?:public|configurable|customi[sz]able|extensible|available|chainable|pluggable)$|^(?:additional|extra) (?!blank|empty|white|trailing|leading|new)|^(?:[\w.`/-]+ ){1,4}support$/i;

/** 'fix/short-name' and 'short-name-fix' say what a title may not. */
const byBranch = (group: Group): ReleaseSection | null => {
  const branches = group.items.flatMap(({ parsed }) => parsed.merge?.branch ?? []);
  if (branches.some((name) => /(?:^|[/_-])(?:fix(?:es)?|bug(?:fix)?|hotfix)(?:[/_-]|$)/i.test(name))) return 'Fixed';
  return branches.some((name) => /(?:^|[/_-])(?:feat(?:ure)?|add(?:s|ed)?|new)(?:[/_-]|$)/i.test(name)) ? 'Added' : null;
};
