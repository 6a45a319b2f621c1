import type { ParsedChange } from './parse-change.ts';
import { KEY, OWNER } from './references.ts';

/** Git lets people say nothing. */
export const NO_MESSAGE = '(no message)';

// Said of any change: none of them names what changed.
const idle = new Set(
  (
    'fix fixes fixed fixing fixup fixups bugfix bugfixes hotfix hotfixes mend mends patch patches repair repairs correct corrections correction ' +
    'update updates updated updating change changes changed changing improve improves improved improvement improvements tweak tweaks tweaked adjust adjusted adjustment adjustments modify modifications enhancement enhancements ' +
    'clean cleanup cleanups cleaned cleaning up polish polished polishing refine refinements simplify tidy rework reworked refactor refactoring refactored ' +
    'commit commits committed wip tmp temp temporary misc miscellaneous minor major small little tiny quick some various more few several other another next last final finally new old good ' +
    'stuff version versions code work working works progress start started done finish finished save saved saving checkpoint backup stash ' +
    'bug bugs issue issues problem problems error errors warning warnings failure failures comment comments feedback review reviews reviewed suggestions requested request requests remarks nit nits pr mr ' +
    'address addressed addressing apply applied resolve resolved resolves close closes closed conflict conflicts merge merged merging rebase rebased squash amend revert add added adding remove removed delete deleted ' +
    'try trying tried attempt experiment debug debugging oops whoops again todo todos initial first second really actually hopefully finally please attempt attempts now'
  ).split(' '),
);

const between = new Set('a an the of to for in on from with and or it its this that these those my our all is was be not no'.split(' '));
// Said of the work on it.
const chores = new Set(
  'typo typos lint linting linter format formatting formatted style whitespace test tests testing ci build docs doc documentation readme changelog md words wording'.split(
    ' ',
  ),
);

/** What a host writes where nobody says anything: "Update cart.ts", "Add files via upload". */
const ofFile =
  /^(?:(?:update|create|delete) (?!node\.js)[\w./-]+\.\w+|rename [\w./-]+\.\w+ to [\w./-]+\.\w+|(?:update|create|delete) CNAME|add files via upload|set theme jekyll-\S+)$/i;

/** Says nothing by itself: no word of it names what changed, or it is no word at all. Of other languages we cannot tell. */
export const isIdle = (subject: string): boolean => {
  const words = wordsOf(subject);
  return (
    ofFile.test(subject) ||
    subject === NO_MESSAGE ||
    words.length === 0 ||
    (words.every(isSmall) && !words.every((word) => between.has(word)))
  );
};

const references = new RegExp(String.raw`${OWNER}[#!]\d+|${KEY}`, 'g');

const isSmall = (word: string): boolean => /^\d+$/.test(word) || idle.has(word) || between.has(word);

const wordsOf = (subject: string): string[] =>
  subject
    .replaceAll(references, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}'’]+/gu) ?? [];

const vague =
  /^(?:merge .*\b(?:into|to) (?:master|main|develop\w*|trunk|v?\d\S*)|merge (?:branch|pull|remote|tag|commit|main|master|develop|upstream|into|from|#).*|patch[- ]\d+|.{0,3}|(?:.{0,20} )?changelog(?:\.md)?|(?:address|apply|polish|review\w*) .*\b(?:review|comments?|feedback|pr|nits?|suggestions?|remarks?)\b.*)$/i;

/** Tells nobody who was not there what it does. */
export const isVague = (subject: string): boolean =>
  vague.test(subject) ||
  ofFile.test(subject) ||
  subject === NO_MESSAGE ||
  wordsOf(subject).every((word) => isSmall(word) || chores.has(word));

/** "Q3 work", "Sprint 12": a name for what came together. */
export const isNameOnly = ({ type, subject, deed }: Pick<ParsedChange, 'type' | 'subject' | 'deed'>): boolean =>
  isVague(subject) || (type === null && deed === 'none' && subject.split(/\s+/).length <= mostWordsOfName);

const mostWordsOfName = 3;

const ending = /^(?:[A-Z][\w-]*(?: [a-z]+)?: |(?:clos|fix|resolv)(?:e[sd]?|ing)?:? +(?:#|https?:|[A-Z][A-Z0-9]*-\d)|refs?:? )/i;

/** The first sentence of a text that says something, for a title that does not; null where it is a list, an address, or somebody's own story. */
export const findSentence = (body: string): string | null => {
  const lines = body.replaceAll(/<!--[\s\S]*?-->/g, '').split('\n');
  const from = lines.findIndex((line) => line.trim() !== '' && !ending.test(line.trim()));
  if (from === -1) return null;
  const to = lines.findIndex((line, at) => at > from && (line.trim() === '' || ending.test(line.trim())));
  const paragraph = lines
    .slice(from, to === -1 ? undefined : to)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const [sentence = ''] = paragraph.split(/(?<=[.!?])\s+(?=[\p{Lu}`"])/u, 1);
  const said = sentence.replace(/[.:;]$/, '');
  const isStory = /^(?:[*>#|-]|\d+[.)] |```|https?:|@)|\b(?:I|I'm|I've|we|we're|my|me|us)\b/.test(said);
  return isStory || said.length > longest || said.split(' ').length < fewestWords || isIdle(said) ? null : said;
};

const longest = 200;
const fewestWords = 3;

const summary = /^#{1,6} *(?:what(?: (?:does|is|it|changed?)\b.*)?|summary|description|overview|changes?|proposed changes?)\s*:?\s*#*$/im;

/** The first sentence below the heading under which a form asks what a request does; null where it has none. */
export const findSummary = (body: string): string | null => {
  const found = summary.exec(body);
  return found ? findSentence(body.slice(found.index + found[0].length)) : null;
};
