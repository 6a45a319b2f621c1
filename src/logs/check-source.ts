import type { Supported } from './check-evidence.ts';
import { passagesOf } from './digest/sample.ts';
import type { Pattern } from './digest/types.ts';
import { fillConstants } from './readable.ts';

/** Where words and phrases of a claim are looked up. */
export type Source = { has(word: string): boolean; hasPhrase(phrase: string): boolean };

/** What a claim draws on: its own few texts, then its patterns one after the other. A phrase must stand in one of them. */
export const sourceOf = (support: Supported): Source => {
  const known = sources.get(support);
  if (known) return known;
  const own = createSource(() => support.texts);
  const parts = (): Source[] => support.patterns.map((pattern) => sourceOfPattern(pattern, support));
  const source: Source = {
    has: (word) => own.has(word) || parts().some((part) => part.has(word)),
    hasPhrase: (phrase) => own.hasPhrase(phrase) || parts().some((part) => part.hasPhrase(phrase)),
  };
  sources.set(support, source);
  return source;
};

// Several claims draw on the same support, more on the same pattern, and most need only part of what it takes to look words up.
const sources = new WeakMap<Supported, Source>();
const patternSources = new WeakMap<Pattern, Source>();

export const sourceOfPattern = (pattern: Pattern, { facts }: Pick<Supported, 'facts'>): Source => {
  const known = patternSources.get(pattern);
  if (known) return known;
  const source = createSource(() => [...textsOf(pattern), ...(facts?.valuesOf(pattern.id) ?? [])]);
  patternSources.set(pattern, source);
  return source;
};

/** All that the digest holds of a pattern, as it stands in the log. */
export const textsOf = (pattern: Pattern): string[] => [
  pattern.template,
  fillConstants(pattern),
  ...pattern.samples.flatMap(passagesOf),
  ...pattern.variables.flatMap(({ top }) => top.map(({ value }) => value)),
];

const createSource = (texts: () => string[]): Source => {
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
      const parts = phrase
        .toLowerCase()
        .split('…')
        .map((part) => bare(part).trim())
        .filter((part) => part.length >= 3);
      return parts.every((part) => spaced().some((text) => text.includes(part)));
    },
  };
};

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** A phrase cannot hold the quotation marks it stands in, so they do not count. */
const bare = (text: string): string => text.replace(/["“”`']/g, '').replace(/\s+/g, ' ');

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
          ? !/[\p{L}\p{N}_]$|\d[.:,/-]$/u.test(before) && numberEnds(after)
          : !/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)
    )
      return true;
  }
  return false;
};

const numberEnds = (after: string): boolean =>
  !/^[.:,/-]\d/.test(after) &&
  /^(?:$|[^\p{L}\p{N}_]|(?:ns|us|µs|ms|s|sec|m|min|h|d|[kmgt]i?b?|b|bytes|x|st|nd|rd|th)(?![\p{L}\p{N}]))/u.test(after);
