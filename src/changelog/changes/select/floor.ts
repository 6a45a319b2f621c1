import { type Group, type Item, leadOf } from '#src/changelog/changes/group/item.ts';
import { isTyped } from '#src/changelog/changes/group/steps.ts';
import { type ChangeType, toChangeType } from '#src/changelog/changes/parse/change-types.ts';
import type { ParsedChange } from '#src/changelog/changes/parse/parse-change.ts';
import { topicsOf } from '#src/changelog/changes/parse/topics.ts';
import { isIdle, isVague } from '#src/changelog/changes/parse/vague.ts';
import { isGivenUp, takesAway, takesBack } from '#src/changelog/changes/sections/classify.ts';
import { isForeign, isForeignWork, readStatement } from '#src/changelog/changes/sections/statement.ts';

/**
 * What is told however little it weighs beside the rest of the period: what says of itself that it is a feature or a fix, what readers lose, and
 * what they had set. Only other evidence than its weight keeps it out: the place it names, its first words.
 */
export const isAlwaysTold = (group: Group): boolean => {
  const { change, parsed } = leadOf(group);
  if ((change.kind !== 'commit' && change.kind !== 'merge') || parsed.bump) return false;
  if (parsed.reverts && takesBack(parsed)) return isGivenUp(parsed.reverts.title);
  if (group.items.some(isNews)) return true;
  if (isTyped(leadOf(group))) return false;
  if (isVague(parsed.subject)) return false;
  if (isNewsOfReaders(parsed)) return true;
  if (change.kind === 'merge' && isRequestOfReaders(parsed)) return true;
  return (parsed.type === null || parsed.type === 'change') && !isInside(parsed) && parsed.topics.length === 0 && isPlainNews(parsed);
};

/** The title of a request was written for other people to read; work on the work says so by its first words. */
const isRequestOfReaders = (parsed: ParsedChange): boolean =>
  parsed.type === null &&
  (parsed.merge === null || parsed.merge.title !== null) &&
  ['none', 'add', 'fix', 'improve', 'change', 'remove'].includes(parsed.deed) &&
  parsed.topics.length === 0 &&
  !isInside(parsed) &&
  !parts.test(parsed.subject);

const isNews = (item: Item): boolean =>
  isTyped(item) && item.parsed.fixupOf === null && !isInside(item.parsed) && !isIdle(item.parsed.subject);

/** A sentence about what readers have, or one in a language of whose words we know nothing. */
export const isNewsOfReaders = ({ type, subject, deed, scope }: ParsedChange): boolean => {
  if (type !== null && type !== 'change') return false;
  if (isForeign(subject)) return !isForeignWork(subject);
  return !isInside({ scope, subject, type }) && readStatement(subject, deed) !== null;
};

/** Data, secrets, security: told by itself in any case. */
export const isSevere = (group: Group): boolean => leadOf(group).parsed.security || severe.test(leadOf(group).parsed.subject);

/** Work on the work: what its type says, or the place it names. */
export const isHousekeeping = (parsed: Pick<ParsedChange, 'scope' | 'subject' | 'type'>): boolean =>
  care.has(parsed.type) || isInside(parsed);

const care = new Set<ChangeType | null>(['test', 'ci', 'docs', 'build', 'deps', 'chore', 'style', 'refactor', 'release']);

/** By the place it names, or what it is done to: "fix(ci): …", "Fix flaky tests"; not "tests runner hangs for users". */
export const isInside = ({ scope, subject, type }: Pick<ParsedChange, 'scope' | 'subject' | 'type'>): boolean =>
  (scope !== null && (topicsOf(scope).length > 0 || care.has(toChangeType(scope)))) ||
  (type === 'feat' ? wholeInside : aboutInside).test(subject) ||
  (type !== 'feat' && endsInside.test(subject));

// "XML import" is something that people use.
const formats =
  'csv|xml|json|yaml|excel|xlsx?|pdf|ical|vcard|opml|ofx|gpx|data|files?|bulk|contacts?|orders?|products?|customers?|users?|bank|images?|photos?|calendars?|mails?';
const inside = `tests?|test suite|ci|builds?|lint\\w*|(?:black|flake8|eslint|mypy|ruff|clippy|rustfmt|prettier)(?: formatting)?|(?:micro-?)?typos?|spelling|docs?|docstrings?|documentation|readme|changelog|comments?|formatting|whitespace|type (?:hints?|annotations?)|typings?|benchmarks?|examples?|workflows?|snapshots?|fixtures?|coverage|dependenc(?:y|ies)|deps|(?<!\\b(?:${formats}) )imports?|code quality|code style|instructions|notes?`;
const start = String.raw`^(?:(?:fix|repair|correct|mend|update|add|remove|drop|more|missing|broken|flaky|failing|some|few|the|a|an|in|of|unit|integration|e2e)\w* )*(?:${inside})`;
const wholeInside = new RegExp(`${start}$`, 'i');
const aboutInside = new RegExp(
  String.raw`${start}(?:$| (?:errors?|failures?|issues?|warnings?|links?)\b| (?:in|of|for|on|from|with|to|about)\b)`,
  'i',
);
const endsInside = new RegExp(
  String.raw`^(?:\S+ ){0,3}(?<!\b(?:in|of|on|for|from|with|to|when|while|by) (?:\S+ )*)\b(?:${inside}|links?)$|\bin (?:the )?(?:[\w-]+ )?(?:${inside}|\S*(?:readme|changelog)\S*|\S+\.(?:md|rst))$`,
  'i',
);

const severe =
  /\b(?:data loss|los(?:es?|ing|t) (?:data|drafts?|messages?|files?)|corrupt\w*|security|vulnerab\w+|CVE-\d{4}-\d+|(?:tokens?|secrets?|passwords?|credentials?) (?:are|is|were|was|get|leak\w*|in) ?(?:logged|leaked|exposed|shown|the logs?)?)\b/i;
const adds =
  /^(?:(?:temporarily|again) )?(?:add|allow|support|introduc|implement|expos|(?:re-?)?enabl|disabl|accept|provid)\w* |^new (?!line|file|test|release|version)\S/i;
/** "Make the retry count configurable", "Increase the upload limit to 50 MB" */
const opens = /^(?:make|allow)\w* .{1,80}\b(?:\w{3,}[ai]ble|optional)\b/i;
const toAmount = /^(?:rais|lower|increas|decreas|reduc|extend|shorten|limit|cap)\w* .{3,80} to `?v?\d[\w.,%]*`?(?: ?[A-Za-z%]+)?$/i;
const backAgain = /^(?:roll(?:s|ed)? back|br(?:ing|ings|ought) back|go(?:es)? back to|undo|reverts? to)\b/i;
const settings =
  /\b(?:options?|settings?|flags?|arguments?|parameters?|commands?|env(?:ironment)? var\w*|endpoints?|api)\b|(?:^|\s|`)--?[a-z][\w-]+|`[^`]+`/i;
/** "Rename 'Projects' to 'Spaces'" */
const named = /^\w+ (['"“‘])[^'"”’]+['"”’] (?:to|as|into) \S/i;
/** "Wrong VAT for Swiss customers" says what was mended. */
const amiss = /^(?:wrong|incorrect|missing|broken|duplicate|crash|error) (?!test|typ|import)\S+(?: \S+)+/i;
const ends = /^(?:drop|remov|delet|discontinu)\w* /i;
/** What readers never had: parts of the code, or what nobody needs. */
export const parts =
  /\b(?:functions?|class(?:es)?|modules?|variables?|files?|constants?|code|logic|interface|implementation|script|instructions?|notes?|statements?|references?|unnecess\w+|unneeded|unused|redundant|duplicated?|leftovers?|outdated|temporary|superfluous|spurious|extraneous|extra|dead)\b|\w-*\.(?:py|js|ts|rs|go|md|rst|ya?ml|toml|json|lock|sh|cfg|txt)\b/i;

export const isPlainNews = ({ subject, deed }: Pick<ParsedChange, 'subject' | 'deed'>): boolean => {
  if (severe.test(subject)) return true;
  if (parts.test(subject)) return false;
  if (amiss.test(subject)) return true;
  if (adds.test(subject) || backAgain.test(subject) || opens.test(subject) || toAmount.test(subject)) return true;
  if (/^renam/i.test(subject)) return settings.test(subject) || named.test(subject);
  if (ends.test(subject)) return takesAway.test(subject);
  return /\bdefaults?\b/i.test(subject) && ['change', 'update', 'improve'].includes(deed);
};
