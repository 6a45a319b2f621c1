import { deedOf } from '#src/changelog/changes/wording/verbs.ts';
import { readBreakingMark } from './breaking.ts';
import { type ChangeType, emojiType, toChangeType } from './change-types.ts';
import { KEY, leadingKey, onlyKeys } from './references.ts';
import { isNameOnly } from './vague.ts';

export type TitleStyle = 'conventional' | 'bracket' | 'emoji' | 'area' | 'plain';

/** What a title says. `subject` is what is left without prefix, numbers and full stop. */
export type Title = {
  style: TitleStyle;
  type: ChangeType | null;
  scope: string | null;
  subject: string;
  breaking: boolean;
};

/** A title without what says how to read it. */
export const parseTitle = (title: string): Title => {
  const found: Title = {
    style: 'plain',
    type: null,
    scope: null,
    subject: withoutState(withoutState(title.replace(bullet, '').replace(joined, '')).replace(leadingKey, '')).replace(leadingNumber, ''),
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
const readParenthesis = (found: Title): void => {
  const [all = '', name = ''] = /^\(([A-Za-z]+)\)\s*:?\s+(?=\S)/.exec(found.subject) ?? [];
  const type = all === '' ? null : toChangeType(name);
  if (type === null || found.type !== null) return;
  Object.assign(found, { type, style: 'bracket', subject: found.subject.slice(all.length) });
};

/** "Merge: vouchers at checkout", "Backport: fix: …" */
const joined = /^(?:merged?|back-?port(?:ed)?): +(?=\S)/i;
const bullet = /^[-*•]\s+(?=\S)/;
const leadingNumber = /^#\d+\s*(?:[:\]–-]\s*)?(?=\p{L})/u;
/** "Fixes #12: crash when saving" */
const leadingFix = /^(fix|clos|resolv)(?:e[sd]?|ing)?:?\s+#\d+\s*[:–-]\s+(?=\S)/i;
/** 'feat:no space' and 'hotfix - payments', of types that are no names of scripts ('test:unit'). */
const loose = /^(feat(?:ure)?|fix|bug ?fix|hot ?fix|perf|security)(?:\(([^)]*)\))?(!)?(?::\s*(?=[^\s/:(])|\s+[-–—]\s+(?=\S))/i;

const readLoose = (found: Title): void => {
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
const readDefault = (found: Title): void => {
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

const readMark = (found: Title): void => {
  const marked = readBreakingMark(found.subject);
  if (marked === null) return;
  found.breaking = true;
  found.subject = marked.subject;
  if (marked.scope === null) return;
  found.scope ??= marked.scope;
  found.style = 'conventional';
};

const readPrefix = (found: Title): void => {
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
export const trimSubject = (subject: string): string => {
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
