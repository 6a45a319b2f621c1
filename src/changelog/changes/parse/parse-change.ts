import type { Change, ChangeKind } from '#src/changelog/changes/types.ts';
import { type Deed, deedOf } from '#src/changelog/changes/wording/verbs.ts';
import { allMatches } from './all-matches.ts';
import { breaksByItself, endsWhatWorked, findBreakage, isBreakingLabel } from './breaking.ts';
import type { ChangeType } from './change-types.ts';
import { type Bump, isForSecurity, isOfBot, isRuntime, parseBump } from './dependency-bump.ts';
import { type Merge, parseMerge } from './merge-title.ts';
import { none } from './none.ts';
import { normalTitle } from './normal-title.ts';
import { parseTitle, type Title, trimSubject } from './parse-title.ts';
import { findReferences } from './references.ts';
import { isReleaseTitle } from './release-title.ts';
import { findRelanded, findReverted, findRevertedAgain, type TakenBack } from './taken-back.ts';
import { type Topic, topicsOf } from './topics.ts';
import { findSentence, findSummary, isIdle } from './vague.ts';
import { closesHole } from './weakness.ts';

/** What a change says of itself. */
export type ParsedChange = Title & {
  /** The subject as one that says the same is written too. */
  said: string;
  /** What its subject does, and what it is about: asked for many times. */
  deed: Deed;
  topics: readonly Topic[];
  body: string;
  /** What the BREAKING CHANGE footer says, or the step of a squash merge that breaks. */
  breakingNote: string | null;
  /** News among the titles that a squash merge left in its body, the most telling one first. */
  steps: readonly Step[];
  own: readonly string[];
  closes: readonly string[];
  merge: Merge | null;
  reverts: TakenBack | null;
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
  const head =
    change.kind === 'commit' || change.kind === 'merge' ? withBranch(withSentence(parseTitle(told), bodyOf), merge) : parseTitle(told);
  const { own, closes } = findReferences(told, bodyOf, change.system);
  const bump = head.type === 'revert' ? null : (parseBump({ ...head, body: bodyOf }) ?? (head.type === 'deps' ? emptyBump(told) : null));
  const steps = bump === null && isWritten(change) ? findSteps(bodyOf, head) : none;
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
const withSentence = (head: Title, body: string): Title => {
  const sentence = isIdle(head.subject) ? findSentence(body) : isHeadingOnly(head) ? findSummary(body) : null;
  if (sentence === null) return head;
  return { ...head, type: head.type ?? (mends.test(head.subject) ? 'fix' : null), subject: trimSubject(sentence) };
};

/** Where nobody said more, a branch's name is a title: 'fix/extra-line-on-empty-cart'. */
const withBranch = (head: Title, merge: Merge | null): Title => {
  if (merge === null || merge.branch === null || !(merge.title === null || isIdle(head.subject))) return head;
  const { type, subject } = parseTitle(merge.branch.replaceAll(/(?<=\p{L})[-_](?=\p{L})/gu, ' '));
  return subject.split(' ').length < fewestWordsOfBranch ? head : { ...head, type: head.type ?? type, subject };
};

const fewestWordsOfBranch = 4;

/** "Reporting improvements": what came together is named, not what it is. */
const isHeadingOnly = ({ type, subject }: Title): boolean =>
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

/** '* feat!: sessions end after 15 minutes' in the body. What mends the feature on the way to it was nobody's bug. */
const findSteps = (body: string, head: Title): readonly Step[] => {
  const found: Step[] = [];
  for (const [, line] of allMatches(body, listed)) {
    const { type, subject, breaking, style, scope } = parseTitle(line ?? '');
    const isOnTheWay = !breaking && type === 'fix' && head.type === 'feat' && scope !== null && scope === head.scope;
    if (style === 'conventional' && !isOnTheWay && (breaking || telling.includes(type))) found.push({ type, subject, breaking });
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
