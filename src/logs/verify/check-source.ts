import { rememberFor } from '#src/core/remember-for.ts';
import { passagesOf } from '#src/logs/digest/sample.ts';
import type { Pattern } from '#src/logs/digest/types.ts';
import { fillConstants } from '#src/logs/wording/readable.ts';
import type { Supported } from './check-evidence.ts';

/** Where words, numbers and phrases of a claim are looked up. */
export type Source = {
  /** Stands in what is cited, as a whole: a word, a number, a path. */
  has(word: string): boolean;
  /** The same for a plain word in any case. */
  hasWord(word: string): boolean;
  /** Stands there word for word, from the border of a word to the border of one. */
  hasPhrase(phrase: string): boolean;
  /** A moment or a length of time of the cited patterns. */
  hasTime(text: string): boolean;
  /** How often something of the cited patterns happened. */
  happened(text: string): boolean;
  /** The same, or how many different values were seen, or a share. */
  hasCount(text: string): boolean;
  /** The number of a cited line. */
  hasLine(text: string): boolean;
  /** A count of the whole log, said with its noun. */
  hasLogCount(text: string, noun: string): boolean;
};

/**
 * What a claim draws on: its own few texts, then its patterns one after the other. A phrase must stand in one of them. Several claims draw on the
 * same support, more on the same pattern, and most need only part of what it takes to look words up.
 */
export const sourceOf = rememberFor((support: Supported): Source => {
  const own = createTexts(() => support.texts);
  const has = (word: string): boolean => own.has(word) || support.patterns.some((pattern) => textsOfPattern(pattern).has(word));
  const numbers = once(() => numbersOf(support));
  return {
    has,
    hasWord: has,
    hasPhrase: (phrase) => own.hasPhrase(phrase) || support.patterns.some((pattern) => textsOfPattern(pattern).hasPhrase(phrase)),
    hasTime: (text) => numbers().times.has(text),
    happened: (text) => numbers().happened.has(plainNumber(text)),
    hasCount: (text) => numbers().counts.has(plainNumber(text)) || numbers().happened.has(plainNumber(text)),
    hasLine: (text) => numbers().lines.has(plainNumber(text)),
    hasLogCount: (text, noun) =>
      Object.entries(nounsOfLog).some(
        ([name, nouns]) => nouns.test(noun) && plainNumber(support.facts.of('log').get(name) ?? '') === plainNumber(text),
      ),
  };
});

/** A count of the whole log is about these, and about nothing else. */
export const nounsOfLog: Record<string, RegExp> = {
  lines: /^lines?$/,
  records: /^(?:records?|entries|entry|messages?)$/,
  errors: /^(?:errors?|failures?|records?)$/,
  warnings: /^warnings?$/,
  patterns: /^(?:patterns?|kinds?)$/,
  unread: /^(?:of|lines?|unread)$/,
};

const textsOfPattern = rememberFor((pattern: Pattern): Texts => createTexts(() => textsOf(pattern)));

const numbersOf = ({ patterns, facts, evidence, aboutLog }: Supported) => {
  const [times, happened, counts, lines] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const add = (owner: string): void => {
    for (const [name, value] of facts.of(owner)) {
      if (/^(?:first|last|peak|duration|gap)$/.test(name))
        for (const part of [value, value.slice(0, 5), ...value.split(' ')]) times.add(part);
      if (/^(?:count|lines|topCount\S*)$/.test(name)) happened.add(plainNumber(value));
      if (/^(?:distinct\S*|patterns|share)$/.test(name)) counts.add(plainNumber(value.replace(/^about | %$/g, '')));
      if (/Line$/.test(name)) lines.add(plainNumber(value));
    }
  };
  for (const { id } of patterns) add(id);
  if (aboutLog)
    for (const [name, value] of facts.of('log'))
      if (/^(?:first|last|duration)$/.test(name)) for (const part of [value, value.slice(0, 5), ...value.split(' ')]) times.add(part);
  for (const { lines: range } of evidence) if (range) for (const line of [range.from, range.to]) lines.add(String(line));
  for (const { samples } of patterns)
    for (const { lines: range } of samples) for (const line of [range.from, range.to]) lines.add(String(line));
  return { times, happened, counts, lines };
};

const plainNumber = (text: string): string => text.replace(/,(?=\d{3}(?!\d))/g, '');

/** All that the digest holds of a pattern, as it stands in the log. */
export const textsOf = rememberFor((pattern: Pattern): readonly string[] => [
  pattern.template,
  fillConstants(pattern),
  ...pattern.samples.flatMap(passagesOf),
  ...pattern.variables.flatMap(({ top }) => top.map(({ value }) => value)),
]);

type Texts = Pick<Source, 'has' | 'hasPhrase'>;

const createTexts = (texts: () => readonly string[]): Texts => {
  const raw = once(() => texts().join('\n').toLowerCase());
  const plain = once(() => withoutSeparators(raw()));
  // A phrase is said without the quotation marks in it: 'at "10:00",3' as 'at 10:00,3'.
  const unquoted = once(() => bare(raw()));
  // Of each text by itself: nothing is quoted across two of them.
  const spaced = once(() => texts().map((text) => bare(text.toLowerCase())));
  const has = (word: string): boolean => occurs(word, raw()) || occurs(withoutSeparators(word), plain()) || occurs(word, unquoted());
  return {
    has: (word) => has(word.toLowerCase()),
    hasPhrase: (phrase) => {
      const pieces = phrase.toLowerCase().split('…');
      const parts = pieces
        .map((piece, at) => ({ part: bare(piece).trim(), isCut: at < pieces.length - 1 }))
        .filter(({ part }) => part !== '');
      return (
        parts.length > 0 &&
        parts.every(({ part, isCut }) => spaced().some((text) => standsWhole(part, text) || (isCut && opensWord(part, text))))
      );
    },
  };
};

// What was cut out of one endless word has no border to end at.
const ENDLESS = 60;
const opensWord = (part: string, text: string): boolean => {
  const last = part.slice(part.lastIndexOf(' ') + 1);
  return last.length >= ENDLESS && text.includes(part) && standsWhole(part, text.slice(0, text.indexOf(part) + part.length));
};

const standsWhole = (part: string, text: string): boolean => findWhole(part, text) >= 0;

/** Where it stands, not from the middle of a word to the middle of another, and a word or two not without the 'not' in front; or -1. */
export const findWhole = (part: string, text: string): number => {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const inWord = (one: string | undefined, other: string | undefined): boolean => isWordSign(one) && isWordSign(other);
    if (inWord(text[at - 1], text[at]) || inWord(text[at + part.length - 1], text[at + part.length])) continue;
    if (part.split(' ').length < 3 && deniedBefore.test(text.slice(Math.max(0, at - 12), at))) continue;
    return at;
  }
  return -1;
};

const isWordSign = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
const deniedBefore = /(?:\b(?:not|no|never|without|cannot|nor)|n't|n’t)\s+(?:be |been |yet )?$/i;

/** Worked out when it is first asked for. */
export const once = <Value>(make: () => Value): (() => Value) => {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Characters that show nothing, or turn what follows around, have no place in a sentence and count for nothing in a log. */
export const withoutHidden = (text: string): string => (mayHide.test(text) ? text.replace(hidden, '') : text);
const mayHide = /[\u200b-\uffff]/;
const hidden = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** What is not a single space already. */
export const wideSpace = /\s{2,}|[^\S ]/g;

/** A phrase cannot hold the quotation marks it stands in, so they do not count. */
export const bare = (text: string): string =>
  withoutHidden(text)
    .replace(/["“”`']/g, '')
    .replace(wideSpace, ' ');

/** 4,112 and 4112 are one number. */
const withoutSeparators = (text: string): string => text.replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');

/** Stands there as a whole: '20' is not in '12:20:11' or '2.20', but in '20ms' and 'pool=20,'; '12:04' is in '12:04:11'. */
const occurs = (word: string, text: string): boolean => {
  const isNumber = /^\d+(?:\.\d+)?$/.test(word);
  const isTime = /^\d{1,2}:\d{2}(?::\d{2})?$|^\d{4}-\d{2}-\d{2}$/.test(word);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + word.length, at + word.length + 6);
    if (
      isTime
        ? !/\d$/.test(before) && !/^\d/.test(after)
        : isNumber
          ? !(word.length >= 4 ? /[\p{L}\p{N}_]$|\d[.,/-]$/u : /[\p{L}\p{N}_]$|\d[.:,/-]$/u).test(before) && numberEnds(after)
          : !/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)
    )
      return true;
  }
  return false;
};

const numberEnds = (after: string): boolean =>
  !/^[.:,/-]\d/.test(after) &&
  /^(?:$|[^\p{L}\p{N}_]|(?:ns|us|µs|ms|s|sec|m|min|h|d|[kmgt]i?b?|b|bytes|x|st|nd|rd|th)(?![\p{L}\p{N}]))/u.test(after);
