import type { Supported } from './check-evidence.ts';
import type { Pattern } from './digest/types.ts';
import { factName } from './facts.ts';
import { failureKinds } from './failure-kinds.ts';

/**
 * Do the sources carry these words? Every number, time, id, path, address and quoted phrase must occur in them, and a
 * finding must share at least one word of substance with what it cites: a real line under a wrong sentence is no evidence. Facts in
 * braces were checked already and are not looked at.
 */
export const checkWording = (text: string, support: Supported, { advice }: { advice: boolean }): boolean => {
  const own = text.replace(factName, ' ');
  const source = sourceOf(support);
  const ids = new Set(support.patterns.map(({ id }) => id));
  const hard = hardWords(own).filter((word) => !ids.has(word) && !(advice ? commonInAdvice : common).test(word));
  if (!hard.filter((word) => !advice || /\d|@/.test(word)).every((word) => source.has(word))) return false;
  if (!numberWords(own).every((word) => source.has(word) || source.has(String(spelled[word])))) return false;
  if (advice) return true;
  return quotedPhrases(own).every((phrase) => source.hasPhrase(phrase)) && (support.aboutLog === true || speaksOf(own, support));
};

type Source = { has(word: string): boolean; hasPhrase(phrase: string): boolean };

// Several claims draw on the same support, and most need only part of what it takes to look words up.
const sources = new WeakMap<Supported, Source>();

const sourceOf = (support: Supported): Source => {
  const known = sources.get(support) ?? createSource(support.texts);
  sources.set(support, known);
  return known;
};

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const createSource = (texts: string[]): Source => {
  const raw = texts.join('\n').toLowerCase();
  const plain = once(() => withoutSeparators(raw));
  const spaced = once(() => bare(raw));
  return {
    has: (word) => occurs(word.toLowerCase(), raw) || occurs(withoutSeparators(word.toLowerCase()), plain()),
    hasPhrase: (phrase) =>
      phrase
        .toLowerCase()
        .split('…')
        .map((part) => bare(part).trim())
        .every((part) => part.length < 3 || spaced().includes(part)),
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

/** Words that a reader would look up: with a digit, an @, or shaped like a path, an address or a qualified name. */
const hardWords = (text: string): string[] =>
  text
    .split(/[\s“”"`'()[\]{}<>|;!?…]+|,(?!\d)|(?<!\d),|–|—|→|×/u)
    .map((word) => word.replace(/^[.,:=*#~L](?=\d)|^[^\p{L}\p{N}/~.]+|[.:,=*%+]+$/gu, ''))
    .flatMap((word) => word.match(/^\d[\d,.]*(?=(?:ms|s|min|h|d|%|[kmg]i?b|x)$)/i)?.slice(0, 1) ?? [word])
    .filter(
      (word) =>
        /\d/.test(word) ||
        /@/.test(word) ||
        /^~?\.{0,2}\/[\p{L}\p{N}]/u.test(word) ||
        /\/.*\//.test(word) ||
        /[\p{L}\p{N}]{2}\.[\p{L}\p{N}]{2}/u.test(word) ||
        /::|\\/.test(word),
    );

// Names that carry a digit and state no fact.
const common =
  /^(?:ipv[46]|utf-?8|oauth2?|k8s|s3|ec2|x509|http\/[12](?:\.[01])?|h2|p\d{2}|[45]xx|java\d{0,2}|log4j|sha-?\d+|md5|base64|tls(?:v?1(?:\.[0-3])?)?|e\.g|i\.e|24\/7)$/i;
const commonInAdvice = new RegExp(`${common.source}|^(?:-\\d{1,2})$`, 'i');

const spelled: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  hundreds: 100,
  thousand: 1000,
  thousands: 1000,
  million: 1_000_000,
  millions: 1_000_000,
  dozen: 12,
  dozens: 12,
};

const numberWords = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => Object.hasOwn(spelled, word));

const quotedPhrases = (text: string): string[] =>
  [...text.matchAll(/“([^”]{3,300})”|"([^"]{3,300})"|`([^`]{3,300})`/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

const speaksOf = (text: string, { patterns }: Supported): boolean => {
  const words = substance(text);
  // Facts about the whole log are left out: "9 min" says nothing about what happened.
  return patterns.some((pattern) => words.some((word) => wordsOf(pattern).has(word)));
};

// Several claims cite the same pattern.
const patternWords = new WeakMap<Pattern, Set<string>>();

const wordsOf = (pattern: Pattern): Set<string> => {
  const seen = patternWords.get(pattern);
  if (seen) return seen;
  const cited = [pattern.template, ...pattern.samples.map(({ text }) => text), ...pattern.variables.flatMap(({ top }) => top.map(({ value }) => value))].join('\n');
  const known = new Set([...substance(cited), ...(aboutLevel[pattern.level] ?? [])]);
  for (const kind of failureKinds)
    if (kind.test.test(cited)) for (const word of substance(`${kind.words} ${kind.headline}`)) known.add(word);
  patternWords.set(pattern, known);
  return known;
};

const aboutLevel: Record<string, string[] | undefined> = {
  fatal: ['fatal', 'error', 'failu', 'faile', 'fail', 'crash'],
  error: ['error', 'failu', 'faile', 'fail', 'excep'],
  warn: ['warn', 'warni'],
};

/** Words that mean something, cut to five letters: connection, connections and connecting are one. */
const substance = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3 && !empty.has(word))
    .map((word) => word.slice(0, 5));

const empty = new Set(
  'the and for with from was were has have had not are that this these those its his her their they them which who what when where why how because since until during between before after into onto over under out off then than there here more most many much some any all each every other another first last one log logs line lines time times record records pattern patterns happened occurred seen shows show being been will would could should can may might must does did done very about around often likely possibly probably only also still again same while per via due'.split(
    ' ',
  ),
);
