import { rememberTexts } from '#src/core/remember-texts.ts';
import type { Supported } from './check-evidence.ts';
import { sourceOf, textsOf } from './check-source.ts';
import type { Pattern } from './digest/types.ts';
import { factName } from './facts.ts';
import { failureKinds } from './failure-kinds.ts';

/**
 * Do the sources carry these words? Every number, time, id, path, address and quoted phrase must occur in them, and a
 * finding must share at least one word of substance with what it cites: a real line under a wrong sentence is no evidence. Facts in
 * braces were checked already and are not looked at.
 */
export const checkWording = (text: string, support: Supported, { advice }: { advice: boolean }): boolean => {
  const { own, hard: all, numbers, phrases } = readWording(text);
  const source = sourceOf(support);
  const hard = all.filter((word) => !(advice ? commonInAdvice : common).test(word) && !support.patterns.some(({ id }) => id === word));
  if (
    !hard
      .filter((word) => !advice || /\d|@/.test(word))
      .every((word) => source.has(word) || (lineNumber.test(word) && source.has(word.slice(1))))
  )
    return false;
  if (!numbers.every((word) => source.has(word) || source.has(String(spelled[word])))) return false;
  if (advice) return true;
  if (!phrases.every((phrase) => source.hasPhrase(phrase))) return false;
  // Who quotes a passage of what is cited speaks of it, also where it has no word of substance ('# Time: …').
  return support.aboutLog === true || phrases.some((phrase) => phrase.length >= 8 || /\p{L}{3}/u.test(phrase)) || speaksOf(own, support);
};

/** What of a text must be looked up. The built-in engine says many of its sentences again and again. */
const readWording = rememberTexts((text) => {
  const own = text.replace(factName, ' ');
  return { own, hard: hardWords(own), numbers: numberWords(own), phrases: quotedPhrases(own) };
});

/** Words that a reader would look up: with a digit, an @, or shaped like a path, an address or a qualified name. */
const hardWords = (text: string): string[] =>
  text
    .split(/[\s“”"`'()[\]{}<>|;!?…]+|,(?!\d)|(?<!\d),|–|—|→|×/u)
    .map((word) => word.replace(/^[.,:=*#~](?=\d)|^[^\p{L}\p{N}/~.]+|[.:,=*%+]+$/gu, ''))
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

const lineNumber = /^L\d/;

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

const speaksOf = (text: string, { patterns, passages = [] }: Supported): boolean => {
  const words = substance(text);
  if (passages.some((passage) => substance(passage).some((word) => words.includes(word)))) return true;
  // Facts about the whole log are left out: "9 min" says nothing about what happened.
  return patterns.some((pattern) => {
    const known = wordsOf(pattern);
    return words.some((word) => known.template.has(word)) || words.some((word) => known.all().has(word));
  });
};

type Words = { template: Set<string>; all: () => Set<string> };

// Several claims cite the same pattern, and most speak its own words.
const patternWords = new WeakMap<Pattern, Words>();

const wordsOf = (pattern: Pattern): Words => {
  const seen = patternWords.get(pattern);
  if (seen) return seen;
  let all: Set<string> | undefined;
  const known = { template: new Set(substance(pattern.template)), all: () => (all ??= collectWords(pattern)) };
  patternWords.set(pattern, known);
  return known;
};

const collectWords = (pattern: Pattern): Set<string> => {
  const cited = textsOf(pattern).join('\n');
  const known = new Set([...substance(cited), ...(aboutLevel[pattern.level] ?? [])]);
  for (const kind of failureKinds)
    if (kind.test.test(cited)) for (const word of substance(`${kind.words} ${kind.headline}`)) known.add(word);
  return known;
};

const aboutLevel: Record<string, string[] | undefined> = {
  fatal: ['fatal', 'error', 'failu', 'faile', 'fail', 'crash'],
  error: ['error', 'failu', 'faile', 'fail', 'excep'],
  warn: ['warn', 'warni'],
};

/** Words that mean something, cut to five letters: connection, connections and connecting are one. */
const substance = rememberTexts((text): readonly string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3 && !empty.has(word))
    .map((word) => word.slice(0, 5)),
);

const empty = new Set(
  'the and for with from was were has have had not are that this these those its his her their they them which who what when where why how because since until during between before after into onto over under out off then than there here more most many much some any all each every other another first last one log logs line lines time times record records pattern patterns happened occurred seen shows show being been will would could should can may might must does did done very about around often likely possibly probably only also still again same while per via due'.split(
    ' ',
  ),
);
