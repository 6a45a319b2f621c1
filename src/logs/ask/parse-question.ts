import type { LineRange, TimeRange } from '#src/logs/digest/types.ts';
import { singular } from './singular.ts';
import { toEnglish } from './to-english.ts';

/** What a question looks for. `weight`: a quoted phrase or an id says more about what is meant than a word. */
export type Term = {
  text: string;
  weight: number /** As it was asked for, where it is looked for by its stem. */;
  word?: string /** The word in front of it, in the singular. */;
  before?: string;
};

/** By the clock of the log, in seconds of the day, both ends included. */
export type ClockRange = { from: number; to: number };

export type Asked = {
  /** At most 8, in lower case, as they are looked for. */
  terms: Term[];
  lines: LineRange | null;
  clock: ClockRange | null;
  /** A stretch of time it names that cannot be told from others. */
  ignored: string | null;
  /** Pattern ids it names. */
  patterns: string[];
  /**
   * 'values': which ones, who, where; 'duration': how long it took; 'before': whether it was like this in earlier logs; 'end': whether it is over; 'next': what to do about it;
   * 'overview': what happened at all.
   */
  wants: 'count' | 'when' | 'end' | 'values' | 'duration' | 'before' | 'why' | 'next' | 'overview' | null;
  /** Of 'duration': which one is wanted. */
  measure: 'average' | 'longest' | 'shortest' | null;
  /** It asks for the first or last (wants 'when' or 'end') of all errors or warnings. */
  edge: 'error' | 'warn' | null;
  /** It asks who did it. */
  who: boolean;
  /** It asks for the value there is most of. */
  most: boolean;
  /** Of what the values are wanted or counted, in the singular: 'order' in "which orders timed out?". */
  noun: string | null;
  /** It asks about what went wrong, not about everything. */
  trouble: boolean;
  /** It asks what stood right before or after something. */
  beside: { side: 'before' | 'after'; of: 'first' | 'last' } | null;
  /** It asks what is down, or whether it is back. */
  state: boolean;
  /** It asks for logins that went well. */
  login: boolean;
  /** It asks where in the code something fails. */
  code: boolean;
};

const MAX_TERMS = 8;
const MAX_LINES_ASKED = 200;

/** Reads a question as a search: quoted phrases, ids, line numbers, times of the clock, and words of substance. */
export const parseQuestion = (question: string, time: TimeRange | null = null): Asked => {
  const text = toEnglish(question.normalize('NFC').slice(0, 2000));
  const lines = linesOf(text);
  const clock = clockOf(text) ?? agoOf(text, time);
  const rest = text.replace(lineNumbers, ' ').replace(patternIds, ' ').replace(clockTimes, ' ').replace(ago, ' ');
  const quoted = [...rest.matchAll(quotes)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? '').trim())
    .filter((phrase) => phrase !== '');
  const words = rest
    .replace(quotes, ' ')
    .split(/[\s,;!?()[\]{}“”"`]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}/]+|[^\p{L}\p{N}/]+$/gu, '').replace(/^([1-5](?:\d\d|xx))(?:s|er|ern)$/i, '$1'))
    .filter((word, at, all) => word.length >= 2 || (/\d/.test(word) && isNumbered(all[at - 1])));
  const wants = wantsOf(text);
  const terms = [
    ...quoted.map((phrase) => ({ text: phrase.toLowerCase(), weight: 3 })),
    ...words.flatMap((word, at) => (isTelling(word) ? [telling(word, words[at - 1])] : [])),
    ...words.flatMap((word, at) =>
      isTelling(word) || word.length < 3 || empty.has(word.toLowerCase()) || (wants === 'duration' && measures.test(word))
        ? []
        : [{ text: stem(word.toLowerCase()), weight: 1, word: word.toLowerCase(), ...precededBy(words[at - 1]) }],
    ),
  ];
  const kept = distinct(terms).slice(0, MAX_TERMS);
  const patterns = [...new Set(text.match(patternIds) ?? [])];
  const namesNothing = kept.length === 0 && patterns.length === 0 && !lines && !clock;
  return {
    terms: kept,
    lines,
    clock,
    ignored: clock ? null : (text.match(ago)?.[0] ?? null),
    patterns,
    wants: wants ?? (namesNothing ? 'overview' : null),
    measure: measureOf(text),
    edge: edgeOf(text),
    who: /\bwho\b/i.test(text),
    most: /\bmost\b/i.test(text),
    noun: nounOf(text),
    trouble: aboutTrouble.test(text),
    beside: besideOf(text),
    state: asksOfState.test(text) && !(wants === 'count' && !/\b(?:down|offline|unreachable|unavailable)\b/i.test(text)),
    code: asksOfCode.test(text),
    login:
      asksOfLogin.test(text) &&
      /\b(?:who|which users?|what users?|how many users?|did|does|has|have|list)\b/i.test(text) &&
      !/\b(?:where|fail\w*|try|tried|attempt\w*|refused|denied|reject\w*|invalid|wrong|could ?n[o']t|cannot|can't)\b/i.test(text),
  };
};

const quotes = /"([^"]{2,200})"|“([^”]{2,200})”|`([^`]{2,200})`/g;
const patternIds = /\bP\d{1,4}\b/g;
const lineNumbers = /\b(?:lines?\s+|L)(\d[\d,]{0,11})(?:\s*(?:-|–|to|until)\s*L?(\d[\d,]{0,11}))?/gi;
const clockTimes = /(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?![\d:])/g;

const linesOf = (text: string): LineRange | null => {
  const [match] = text.matchAll(lineNumbers);
  if (!match?.[1]) return null;
  const from = toNumber(match[1]);
  const to = match[2] ? toNumber(match[2]) : from;
  return from >= 1 && to >= from ? { from, to: Math.min(to, from + MAX_LINES_ASKED - 1) } : null;
};

const toNumber = (digits: string): number => Number(digits.replaceAll(',', ''));

export const LAST_SECOND = 86_399;
const AROUND_SECONDS = 60;

/** 'at 12:04' is that minute, 'between 12:04 and 12:06' up to the end of the second one, 'since 12:04' until midnight. */
const clockOf = (text: string): ClockRange | null => {
  const [first, second] = [...text.matchAll(clockTimes)];
  if (!first) return null;
  const begin = secondsOf(first);
  const end = begin + lengthOf(first) - 1;
  if (second) {
    const last = secondsOf(second) + lengthOf(second) - 1;
    return last >= begin ? { from: begin, to: last } : { from: begin, to: LAST_SECOND };
  }
  const before = text.slice(0, first.index).toLowerCase();
  if (/\b(?:after|since|from)\s*$/.test(before)) return { from: begin, to: LAST_SECOND };
  if (/\b(?:before|until|till|up to)\s*$/.test(before)) return { from: 0, to: Math.max(0, begin - 1) };
  if (/\b(?:around|about|near|roughly|circa)\s*$/.test(before))
    return { from: Math.max(0, begin - AROUND_SECONDS), to: Math.min(LAST_SECOND, end + AROUND_SECONDS) };
  return { from: begin, to: end };
};

const ago = /\b(last|final|first)\s+(?:(\d{1,4}|few|couple of)\s+)?(second|sec|minute|min|hour)s?\b/gi;

/** 'In the last 10 minutes' of a log that ends on the day it begins. */
const agoOf = (text: string, time: TimeRange | null): ClockRange | null => {
  const [match] = text.matchAll(ago);
  if (!match || !time || time.first.slice(0, 10) !== time.last.slice(0, 10)) return null;
  const [, which = '', many = '1', unit = ''] = match;
  const length = Number(many) * (/^s/i.test(unit) ? 1 : /^m/i.test(unit) ? 60 : 3600);
  if (!(length > 0)) return null;
  const [first, last] = [time.first, time.last].map(
    (at) => Number(at.slice(11, 13)) * 3600 + Number(at.slice(14, 16)) * 60 + Number(at.slice(17, 19)),
  );
  return /^first$/i.test(which)
    ? { from: first as number, to: (first as number) + length }
    : { from: Math.max(0, (last as number) - length), to: last as number };
};

const secondsOf = ([, hours, minutes, seconds = '0']: RegExpExecArray): number =>
  Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
const lengthOf = ([, , , seconds]: RegExpExecArray): number => (seconds === undefined ? 60 : 1);

const telling = (word: string, before: string | undefined): Term => ({
  text: word.toLowerCase(),
  weight: 3,
  ...precededBy(before),
});

const precededBy = (before: string | undefined): Pick<Term, 'before'> =>
  before && /^[a-z]{3,}$/i.test(before) ? { before: singular(before.toLowerCase()) } : {};

/** 'Job 3', and not 'the 3 slowest' or 'top 3'. */
const isNumbered = (before: string | undefined): boolean =>
  before !== undefined && /^[a-z]{3,}$/i.test(before) && !empty.has(before.toLowerCase()) && !/^(?:top|past|least)$/i.test(before);

/** Ids, codes, paths, hosts, names of classes: what stands in a log as it is. */
const isTelling = (word: string): boolean =>
  /\d/.test(word) || /[\p{L}\p{N}][/._:@-][\p{L}\p{N}]/u.test(word) || /^[A-Z][A-Z_]{2,}$/.test(word) || /[a-z][A-Z]/.test(word);

const asksOfLeadUp =
  /\b(?:right|just|shortly|immediately|directly|happened|goes|went|came|logged|stood|is|was|what)\b.{0,20}\bbefore (?:the |it |this |that )?(?=first|last|error|fail|crash|it\b|this\b|that\b|\p{L}+ (?:error|fail|crash|start|began|broke))|\bwhat (?:led|leads) (?:up )?to\b|\b(?:right|just|immediately|directly|shortly) before\b|\bpreced(?:ed|es|ing)\b/iu;

const asksOfAfter =
  /\bwhat\b.{0,40}\bafter (?:the |it |this |that )?(?=first|last|error|fail|crash|\p{L}+ (?:error|fail|crash|start|began|broke))|\b(?:right|just|immediately|directly|shortly) after\b(?! \d)/iu;

const besideOf = (text: string): Asked['beside'] => {
  const side = asksOfLeadUp.test(text) ? 'before' : asksOfAfter.test(text) ? 'after' : null;
  return side && { side, of: /\b(?:last|latest|final)\b/i.test(text) ? 'last' : 'first' };
};

const stateWord = 'down|up|ready|unreachable|offline|online|unavailable|unhealthy|dead|healthy|reachable|back';
const asksOfState = new RegExp(
  `\\b(?:which|what|is|are|was|were|how long)\\b.{0,60}\\b(?:${stateWord})\\b(?! to\\b)|\\b(?:went|go(?:es)?|came|come|still|now)\\b.{0,20}\\b(?:${stateWord})\\b`,
  'i',
);

const asksOfCode =
  /\b(?:where|which part|what part) (?:in|of) (?:the |our |its )?code\b|\b(?:which|what) (?:line of code|code line|function|method|class|source file)\b|\bfirst frame\b|\bstack ?traces?\b/i;

const asksOfLogin = /\b(?:log(?:ged|s|ging)?[ -]?(?:in|on)|sign(?:ed|s|ing)?[ -]?(?:in|on)|logins?|got in)\b/i;

const wantsOf = (text: string): Asked['wants'] => {
  if (besideOf(text)) return 'why';
  if (
    /\b(?:already|yesterday|last (?:night|week|month|year|time)|previously|ever before|before|earlier logs?|usual(?:ly)?|normal(?:ly)?|new|first time ever|seen this|happened before|like this|always)\b/i.test(
      text,
    ) &&
    asksOfPast.test(text)
  )
    return 'before';
  if (/\bhow (?:many|often)\b|\bnumber of\b|\bcount\b/i.test(text)) return 'count';
  if (asksWhatToDo.test(text)) return 'next';
  if (asksHowLong.test(text)) return 'duration';
  if (/\bhow long\b/i.test(text)) return 'when';
  if (/\bwhy\b|\bcaus\w+|\breason\b|\bwhat led\b|\broot\b/i.test(text)) return 'why';
  if (/\bstill\b|\bover\b|\bat the end\b|\brecover\w*|\bended?\b|\bstop(?:ped)?\b|\bresolved?\b|\b(?:last|latest|final)\b/i.test(text))
    return 'end';
  if (/\bwhen\b|\bsince when\b|\bwhat time\b|\b(?:first|earliest)\b|\bstart(?:ed)?\b|\bbeg[ai]n\b/i.test(text)) return 'when';
  if (/\bwhich\b|\bwho\b|\bwhose\b|\bwhere\b|\blist\b/i.test(text)) return 'values';
  return null;
};

const asksWhatToDo =
  /\b(?:what|how)\b.{0,20}\b(?:should|can|could|must|do|shall)\b.{0,12}\b(?:do|fix|try|check|solve)\b|\bhow to (?:fix|solve|mend)\b|\bnext steps?\b/i;

/** How long each took, not how long it went on. */
const asksHowLong =
  /\b(?:average|avg|slowest|fastest|quickest|latency|latencies)\b|\bhow (?:long|slow|fast)\b.{0,80}\btakes?\b|\b(?:longest|shortest|maximum|minimum)\b.{0,20}\b(?:durations?|times?|requests?|calls?|quer(?:y|ies)|jobs?|runs?)\b|\b(?:took|takes?)\b.{0,12}\b(?:longest|long|most time)\b/i;
const measures =
  /^(?:average|avg|slow(?:est)?|fast(?:est)?|quick(?:est)?|longest|shortest|maximum|minimum|max|min|takes?|took|taken|durations?|latenc(?:y|ies)|response|ever)$/i;

/** Null for what is not computed. */
const measureOf = (text: string): Asked['measure'] => {
  if (/\bmedian\b|percentile|\bp\d\d\b|\bsum\b|\btotal\b/i.test(text)) return null;
  if (/\b(?:fastest|quickest|shortest|minimum|min)\b/i.test(text)) return 'shortest';
  return /\b(?:average|avg)\b/i.test(text) ? 'average' : 'longest';
};

const edgeOf = (text: string): Asked['edge'] => {
  const [, word] =
    /\b(?:first|last|latest|earliest|final)\s+(?:[a-z]+\s+){0,1}?(errors?|failures?|fatals?|exceptions?|warnings?)\b/i.exec(text) ?? [];
  return word ? (/^warn/i.test(word) ? 'warn' : 'error') : null;
};

const asksOfPast = /\b(?:was|were|is|has|have|had|did|does|do|are)\b/i;

/** 'which orders', 'how many different users', 'list the hosts', 'who'. */
const nounOf = (text: string): string | null => {
  const named =
    /\b(?:which|what|whose|how many|list|count|number of)\s+(?:(?:of|the|all|different|distinct|other|are|were|any|single|failed|failing|slow|broken|new|invalid|bad|affected|get|post|put|delete)\s+)*([a-z]{3,})(?![\w./:@-]*[\d./:@-]\w)(?!\w*\s+(?:errors?|warnings?|failures?|exceptions?|messages?|lines?|records?|events?|timeouts?)\b)/i.exec(
      text,
    )?.[1];
  if (named && !notCounted.has(named.toLowerCase())) return singular(named.toLowerCase());
  if (/\bwho(?:m|se)?\b/i.test(text)) return 'user';
  return /\bwhere\b/i.test(text) ? 'host' : null;
};

const notCounted = new Set(
  'times lines records errors warnings happened happens time is was were are did does do caused causes led went goes the this that these those happen kind sort exactly else about'.split(
    ' ',
  ),
);

const aboutTrouble =
  /\b(?:fail\w*|error\w*|wrong|broke\w*|affected|hit|impact\w*|time(?:d)?[ -]?out\w*|timeouts?|reject\w*|refus\w*|denied|crash\w*|down|trouble|problem\w*|issue\w*|lost|unavailable|slow|could ?n[o']t|cannot|can't|unreachable|attack\w*|guess\w*|[45]\d\d)\b/i;

/** Cut so that it is found inside its other forms: 'timeouts' in 'timeout', 'failing' in 'failed'. */
const stem = (word: string): string => {
  const short = word.replace(/(?:ures?|ings?|ied|ies|ed|es|s)$/, '');
  return short.length >= 4 ? short : word;
};

const distinct = (terms: Term[]): Term[] => {
  const seen = new Map<string, Term>();
  for (const term of terms) if (!seen.has(term.text)) seen.set(term.text, term);
  return [...seen.values()];
};

const empty = new Set(
  'the and for with from was were has have had not are is it in at of on to be by or as so if that this these those its his her our your their they them which who whom whose what when where why how because since until during between before after into onto over under out off than then there here more most many much often some any all each every other another first last one log logs line lines list time times record records pattern patterns happen happened happens happening occur occurred seen show shows being been will would could should can may might must does did done very about around again same while per via due you please tell give find look looks say says mean means count number different distinct long start started begin began end ended stop stops stopped recover recovers recovered resolve resolved over get got getting anything something everything caused cause causes reason problem problems trouble wrong went goes going affected impacted still yet ever always usual usually normal normally new like earlier now overview summary summarize summarise use uses used using right just shortly immediately directly led yesterday already previously total overall altogether currently moment hit different distinct ¿'.split(
    ' ',
  ),
);
