import type { Change, ChangeKind } from '#src/changelog/changes/types.ts';
import { type Deed, deedOf } from '#src/changelog/changes/wording/verbs.ts';
import { allMatches } from './all-matches.ts';
import { breaksByItself, endsWhatWorked, findBreakage, isBreakingLabel, readBreakingMark } from './breaking.ts';
import { type ChangeType, emojiType, toChangeType } from './change-types.ts';
import { type Bump, isForSecurity, isOfBot, isRuntime, parseBump } from './dependency-bump.ts';
import { type Merge, parseMerge } from './merge-title.ts';
import { none } from './none.ts';
import { normalTitle } from './normal-title.ts';
import { findReferences, KEY, leadingKey, onlyKeys } from './references.ts';
import { isReleaseTitle } from './release-title.ts';
import { type Topic, topicsOf } from './topics.ts';
import { findSentence, findSummary, isIdle, isNameOnly } from './vague.ts';
import { closesHole } from './weakness.ts';

export type TitleStyle = 'conventional' | 'bracket' | 'emoji' | 'area' | 'plain';

/** What a change says of itself. `subject` is its title without prefix, numbers and full stop. */
export type ParsedChange = {
  style: TitleStyle;
  type: ChangeType | null;
  scope: string | null;
  subject: string;
  /** The subject as one that says the same is written too. */
  said: string;
  /** What its subject does, and what it is about: asked for many times. */
  deed: Deed;
  topics: readonly Topic[];
  body: string;
  breaking: boolean;
  /** What the BREAKING CHANGE footer says, or the step of a squash merge that breaks. */
  breakingNote: string | null;
  /** News among the titles that a squash merge left in its body, the most telling one first. */
  steps: readonly Step[];
  own: readonly string[];
  closes: readonly string[];
  merge: Merge | null;
  /** What it takes back: a sha, the title in quotes, or both. */
  reverts: { sha: string | null; title: string | null /** Takes back a taking back: it lands once more. */; again?: true } | null;
  cherryPickOf: string | null;
  /** Shas and numbers it says it follows up or mends, in its title or its body. */
  mends: readonly string[];
  bump: Bump | null;
  release: boolean;
  /** It closes a hole, or says that it is about security. */
  security: boolean;
  /** 'fixup!' and 'squash!' commits name the title they belong to. */
  fixupOf: string | null;
};

export type Step = Pick<ParsedChange, 'type' | 'subject' | 'breaking'>;

// Bodies beyond this hold lists of commits and logs, not what the change is.
const bodyCharacters = 6000;

export const parseChange = (change: Change): ParsedChange => {
  const title = change.title.split('\n', 1)[0]?.trim() ?? '';
  const body = change.body.slice(0, bodyCharacters);
  const merge = parseMerge(title, body);
  const named = merge?.title ?? (merge?.advisory ? '' : title);
  const told = findRelanded(named) ?? named;
  const bodyOf = merge ? merge.description : body;
  const head = change.kind === 'commit' || change.kind === 'merge' ? withSentence(parseTitle(told), bodyOf) : parseTitle(told);
  const { own, closes } = findReferences(told, bodyOf, change.system);
  const bump = head.type === 'revert' ? null : (parseBump({ ...head, body: bodyOf }) ?? (head.type === 'deps' ? emptyBump(told) : null));
  const steps = bump === null && isWritten(change) ? findSteps(bodyOf) : none;
  const [step] = steps;
  const breaks = steps.find((one) => one.breaking);
  // What bots copy into a raise is the dependency's own story.
  const breakage = spoken.has(change.kind) && (bump === null || !isOfBot(bodyOf)) ? findBreakage(bodyOf) : null;
  const note = breakage?.note ?? breaks?.subject ?? null;
  const release = bump === null && step === undefined && isReleaseTitle({ ...head, system: change.system }) && !isRuntime(head.subject);
  const type = head.type ?? (step ? typeOf(step) : release && note !== null ? 'release' : null);
  const kind = merge?.advisory ? 'security' : bump && type !== 'fix' && type !== 'feat' ? 'deps' : type;
  const deed = deedOf(head.subject);
  return {
    ...head,
    type: kind,
    said: normalTitle(head.subject),
    deed,
    topics: topicsOf(head.subject),
    body: bodyOf,
    breaking:
      change.breaking ||
      head.breaking ||
      (breakage?.breaking ?? false) ||
      note !== null ||
      change.labels.some(isBreakingLabel) ||
      (spoken.has(change.kind) && (endsWhatWorked(head.subject, type) || breaksByItself(head.subject, type))),
    breakingNote: note,
    steps,
    own: merge?.request == null ? own : [...new Set([merge.request, ...own])],
    closes,
    merge,
    reverts: told === named ? findReverted(told, bodyOf) : findRevertedAgain(bodyOf),
    cherryPickOf: /\(?cherry[- ]picked from commit ([0-9a-f]{7,40})/i.exec(bodyOf)?.[1] ?? null,
    mends: findMended(told, bodyOf),
    bump,
    release,
    security: !release && closesHole({ type: kind, subject: head.subject, deed, bump, body: bodyOf, merge }),
    fixupOf: /^(?:fixup|squash|amend)! +(.+)$/i.exec(told)?.[1] ?? null,
  };
};

const mends = /^(?:(?:small|quick|minor|more|some|the|a|another)\b\s*)*(?:bug|hot)?-?\s?fix/i;

/** "Fix #12" and "hotfix" say what was done; the text below says to what. */
const withSentence = (head: Head, body: string): Head => {
  const sentence = isIdle(head.subject) ? findSentence(body) : isHeadingOnly(head) ? findSummary(body) : null;
  if (sentence === null) return head;
  return { ...head, type: head.type ?? (mends.test(head.subject) ? 'fix' : null), subject: trimSubject(sentence) };
};

/** "Reporting improvements": what came together is named, not what it is. */
const isHeadingOnly = ({ type, subject }: Head): boolean =>
  type === null &&
  /^(?:\S+ ){1,3}(?:improvements?|enhancements?|changes|updates?|tweaks?|work|rework|adjustments?|overhaul)$/i.test(subject) &&
  deedOf(subject) === 'none';

// The notes of a release tell of changes that are there by themselves.
const spoken = new Set<ChangeKind>(['commit', 'merge', 'note', 'product']);

/** Where git knows what a merge brought, each of that speaks for itself. */
const isWritten = ({ kind, source, merged }: Change): boolean =>
  kind === 'commit' || (kind === 'merge' && !(source === 'git' && merged.length > 0));

const telling: readonly (ChangeType | null)[] = ['feat', 'security', 'remove', 'deprecate', 'perf', 'fix'];

const listed = /^[ \t]{0,3}[*-] +([a-z][^\n]{0,300})$/gm;

/** '* feat!: sessions end after 15 minutes' in the body. */
const findSteps = (body: string): readonly Step[] => {
  const found: Step[] = [];
  for (const [, line] of allMatches(body, listed)) {
    const { type, subject, breaking, style } = parseTitle(line ?? '');
    if (style === 'conventional' && (breaking || telling.includes(type))) found.push({ type, subject, breaking });
  }
  if (found.length === 0) return none;
  const rank = ({ breaking, type }: Step) => (breaking ? -1 : telling.indexOf(type));
  return found.sort((x, y) => rank(x) - rank(y));
};

const typeOf = ({ type, subject }: Step): ChangeType | null => (deedOf(subject) === 'remove' ? 'remove' : type);

const mending =
  /\b(?:introduced (?:in|by|with)|follow[- ]?up (?:to|of|for|on)|regress(?:ed|ion) (?:in|from|by)|broken (?:in|by|since)|caused by|amends?|^Fixes:|addition to|missed in|forgotten in)\s+(?:commit\s+|pr\s+|pull request\s+)?\(?(?:[\w.-]{1,100}\/[\w.-]{1,100})?(#\d+\b|[0-9a-f]{7,40}\b)/gim;

const findMended = (title: string, body: string): readonly string[] => {
  const found = [...allMatches(title, mending), ...allMatches(body, mending), ...allMatches(title, origin)];
  return found.length === 0 ? none : found.map(([, target]) => (target ?? '').toLowerCase());
};

/** "Fix crash from #12", "Fix typo in #12", in a title. */
const origin = /\b(?:from|in|of|by|after|since)\s+(?:pr\s+|pull request\s+)?(#\d+|[0-9a-f]{7,40})\b/gi;

const emptyBump = (text: string): Bump => ({ name: null, from: null, to: null, security: isForSecurity(text) });

type Head = Pick<ParsedChange, 'style' | 'type' | 'scope' | 'subject' | 'breaking'>;

const sign = /^(:[a-z0-9_]+:|\p{Extended_Pictographic}(?:\ufe0f|\u200d\p{Extended_Pictographic})*)\s*/u;
const tag = /^\[([^\]]{1,40})\](!)?:?\s*/;
/** '[Backport 2.x]' and '[1.4]' say for which line it is, not where. */
const line = /^(?:back-?port|v?\d+\.)/i;
const conventional = /^([A-Za-z][\w./-]*(?: [Dd]eps)?)\s*(?:\(([^)]*)\))?(!)?\s*:(?:\(([^)]*)\))?(?:\s+|$)/;
const area = /^((?:[\w`@.*/<>-]+(?:\(\))?)(?:(?:,| and| &|\/)? [\w`@.*/<>-]+){0,2}): +(?=\S)/;

/** 'Draft: …', '[WIP] …' and 'fixup! …' say how far it is. */
const underWay = /^(?:(?:fixup|squash|amend)! +|(?:\[(?:wip|draft)\]:?|(?:wip|draft):)\s*(?=\S))/i;

/** "WIP report errors" is under way too; "WIP limits per column" is a board's. */
const withoutState = (title: string): string => {
  const rest = title.replace(underWay, '');
  const [state] = /^WIP\s+(?=[a-z])/.exec(rest) ?? [''];
  return state !== '' && deedOf(rest.slice(state.length)) !== 'none' ? rest.slice(state.length) : rest;
};

/** "(fix) wrong tax for Canada" */
const readParenthesis = (found: Head): void => {
  const [all = '', name = ''] = /^\(([A-Za-z]+)\)\s*:?\s+(?=\S)/.exec(found.subject) ?? [];
  const type = all === '' ? null : toChangeType(name);
  if (type === null || found.type !== null) return;
  Object.assign(found, { type, style: 'bracket', subject: found.subject.slice(all.length) });
};

const bullet = /^[-*•]\s+(?=\S)/;
const leadingNumber = /^#\d+\s*(?:[:\]–-]\s*)?(?=\p{L})/u;
/** "Fixes #12: crash when saving" */
const leadingFix = /^(fix|clos|resolv)(?:e[sd]?|ing)?:?\s+#\d+\s*[:–-]\s+(?=\S)/i;
/** 'feat:no space' and 'hotfix - payments', of types that are no names of scripts ('test:unit'). */
const loose = /^(feat(?:ure)?|fix|bug ?fix|hot ?fix|perf|security)(?:\(([^)]*)\))?(!)?(?::\s*(?=[^\s/:(])|\s+[-–—]\s+(?=\S))/i;

/** A title without what says how to read it. */
export const parseTitle = (title: string): Head => {
  const found: Head = {
    style: 'plain',
    type: null,
    scope: null,
    subject: withoutState(withoutState(title.replace(bullet, '')).replace(leadingKey, '')).replace(leadingNumber, ''),
    breaking: false,
  };
  const emoji = sign.exec(found.subject);
  if (emoji) {
    found.subject = found.subject.slice(emoji[0].length);
    found.type = emojiType(emoji[1] ?? '');
    found.style = 'emoji';
    found.breaking = /^(?:💥|:boom:)/u.test(emoji[0]);
  }
  for (let match = tag.exec(found.subject); match && found.subject.length > match[0].length; match = tag.exec(found.subject)) {
    const name = match[1] ?? '';
    found.subject = found.subject.slice(match[0].length);
    found.breaking ||= match[2] === '!' || /^breaking/i.test(name);
    const type = toChangeType(name);
    if (type) found.type ??= type;
    else if (!line.test(name) && !onlyKeys.test(name)) found.scope ??= name;
    found.style = 'bracket';
  }
  readParenthesis(found);
  readMark(found);
  readLoose(found);
  readMark(found);
  readPrefix(found);
  readDefault(found);
  found.subject = trimSubject(found.subject.replace(leadingKey, ''));
  if (found.scope !== null && onlyKeys.test(found.scope)) found.scope = null;
  readMark(found);
  if (found.subject === '') found.subject = trimSubject(title) || title;
  return found;
};

const readLoose = (found: Head): void => {
  const [fixing, verb] = leadingFix.exec(found.subject) ?? [];
  if (fixing !== undefined) {
    if (/^fix/i.test(verb ?? '')) found.type ??= 'fix';
    found.subject = found.subject.slice(fixing.length);
  }
  const [prefix, type = '', scope, bang] = loose.exec(found.subject) ?? [];
  if (prefix === undefined) return;
  found.type ??= toChangeType(type.replace(' ', ''));
  found.scope ??= scope?.trim() || null;
  found.breaking ||= bang === '!';
  if (found.style === 'plain') found.style = 'conventional';
  found.subject = found.subject.slice(prefix.length);
};

const resolves = /^Resolve (?:"(.+)"|“(.+)”)$/;
const branchName = /^(feature|feat|enhancement|bugfix|hotfix|fix|bug|chore|docs|refactor|test|ci)\/(?=\S)([^/]+)$/i;

/** What GitLab and GitHub make of an issue's title, which says what is wrong or wanted, and of a branch's name. */
const readDefault = (found: Head): void => {
  const [, straight, curly] = resolves.exec(found.subject) ?? [];
  const issue = straight ?? curly;
  if (issue !== undefined) {
    const inner = parseTitle(issue);
    const isTrouble = inner.type === null && !isNameOnly({ ...inner, deed: deedOf(inner.subject) }) && deedOf(inner.subject) === 'none';
    Object.assign(found, inner, { type: found.type ?? (isTrouble ? 'fix' : inner.type), breaking: found.breaking || inner.breaking });
    return;
  }
  const [, type, name] = branchName.exec(found.subject) ?? [];
  if (type === undefined || name === undefined) return;
  found.type ??= toChangeType(type);
  found.subject = name.replaceAll(/(?<=\w)[-_](?=\w)/g, ' ');
};

const readMark = (found: Head): void => {
  const marked = readBreakingMark(found.subject);
  if (marked === null) return;
  found.breaking = true;
  found.subject = marked.subject;
  if (marked.scope === null) return;
  found.scope ??= marked.scope;
  found.style = 'conventional';
};

const readPrefix = (found: Head): void => {
  const match = conventional.exec(found.subject);
  const type = match ? toChangeType(match[1] ?? '') : null;
  if (match && (type || match[2] !== undefined || match[3]) && found.subject.length > match[0].length) {
    found.type ??= type;
    found.scope ??= match[2]?.trim() || match[4]?.trim() || null;
    found.breaking ||= match[3] === '!';
    if (found.style === 'plain') found.style = 'conventional';
    found.subject = found.subject.slice(match[0].length);
    return;
  }
  const about = area.exec(found.subject);
  if (!about || /^https?$/i.test(about[1] ?? '')) return;
  found.scope ??= about[1] ?? null;
  if (found.style === 'plain') found.style = 'area';
};

const number = String.raw`(?:[\w.-]{1,100}\/[\w.-]{1,100})?[#!]\d+`;
const numbers = String.raw`${number}(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+)${number})*`;
const pointing =
  '(?:clos|fix|resolv)\\w*|see(?: also)?|refs?|for|via|pr|issue|in|from|of|by|after|since|with|and|(?:a )?regression (?:of|from|in|by)|introduced (?:in|by|with)|(?:caused|broken) (?:by|in|since)|follow[- ]?up (?:to|of|for|on)|backport of';
const numbersInBrackets = new RegExp(
  String.raw`\s*[([](?:(?:(?:clos|fix|resolv)\w*:?|see|refs?:?|via|pr|backport(?: of)?|(?:regression )?(?:from|of))\s+)?${numbers}[)\]]\s*$`,
  'i',
);
const numbersAtTheEnd = new RegExp(String.raw`[\s,;:-]+(?:(?:${pointing}):?\s+(?:(?:pr|issue|pull request)\s+)?)?${numbers}$`, 'i');

const keyAtTheEnd = new RegExp(
  String.raw`(?:[\s,;:-]+(?:(?:[Cc]los|[Ff]ix|[Rr]esolv)(?:es|ed|e)?|see(?: also)?|refs?):?\s+|\s[–|-]\s*)${KEY}$`,
);
/** 'Fix the cart [2.x]' */
const lineOfBackport = /\s*\[(?:backport(?: to)? )?v?\d+(?:\.(?:\d+|x))+\]$/i;

/** '(#12)', 'closes #3', 'from #4' and the like go, with the words that lead there: references are kept apart. */
const trimSubject = (subject: string): string => {
  let text = subject.trim();
  for (let before = ''; before !== text && /[\d)\].]$/.test(text); ) {
    before = text;
    text = text
      .replace(numbersInBrackets, '')
      .replace(numbersAtTheEnd, '')
      .replace(/\s*\((?:(?:clos|fix|resolv)\w*\s+)?[A-Z][A-Z0-9]{0,9}-\d+\)\s*$/, '')
      .replace(keyAtTheEnd, '')
      .replace(lineOfBackport, '')
      .replace(/(?<!\.)\.$/, '')
      .trim();
  }
  return text;
};

/** 'Reapply "feat: x" (#3)' and 'Reland: feat: x' as "feat: x (#3)"; "Reapply settings after a restart" is what it says. */
const relanded =
  /^(?:re-?appl(?:y|ies|ied)\s*:?\s*["“](.+?)["”]|(?:re-?land(?:s|ed)?\s*:|\[re-?land(?:ed)?\]\s*:?|re-?apply\s*:)\s+["“]?(.+?)["”]?)((?:\s*\(#\d+\))*)$/i;

const findRelanded = (title: string): string | null => {
  const [, quoted, plain, numbers = ''] = relanded.exec(title) ?? [];
  const what = quoted ?? plain;
  return what === undefined ? null : `${what}${numbers}`;
};

/** git writes "This reverts commit" for it, too. */
const findRevertedAgain = (body: string): ParsedChange['reverts'] => {
  const found = findReverted('', body);
  return found && { ...found, again: true };
};

const revertTitle = /^(?:revert(?:ed|s|ing)?|back(?:ed)? out|undo)\b:?\s*["“'‘`](.+?)["”'’`]?(?:\s*\(#\d+\))*\s*\.?$/i;
const revertWord = /^(?:\[?revert(?:ed|s|ing)?\]?)(?:\([^)]*\))?!?:?\s+(?:commit\s+)?(?:([0-9a-f]{7,40})\b)?(.*)$/i;
const revertBody =
  /\b(?:this )?reverts? (?:commit |merge request |pull request |pr )?\(?(?:[\w./-]{1,200}(?=[#!]))?([0-9a-f]{7,40}|[#!]\d+)\b/i;

const findReverted = (title: string, body: string): ParsedChange['reverts'] => {
  const quoted = revertTitle.exec(title);
  const bySha = /\bthis reverts commit ([0-9a-f]{7,40})\b/i.exec(body)?.[1] ?? null;
  if (quoted) return { sha: bySha ?? revertBody.exec(body)?.[1] ?? null, title: quoted[1]?.replace(/["”]\s*$/, '') ?? null };
  const word = revertWord.exec(title);
  if (word) return { sha: bySha ?? word[1] ?? revertBody.exec(body)?.[1] ?? null, title: word[2]?.trim() || null };
  return bySha === null ? null : { sha: bySha, title: null };
};
