import { rememberTexts } from '#src/core/remember-texts.ts';
import type { Pattern } from '#src/logs/digest/types.ts';
import type { Supported } from './check-evidence.ts';
import type { Token } from './claim-tokens.ts';
import { knownOf, knownOfPassage } from './known-words.ts';
import { badStems, countNouns, glue, negations, stemOf } from './vocabulary.ts';

/** What one cited text says of a word, literally: by its stem. */
export type Saying = {
  pattern: Pattern | null;
  says(stem: string): boolean;
  /** Somewhere after a 'not', 'no' or 'cannot'. */
  denies(stem: string): boolean;
  /** Somewhere without one. */
  affirms(stem: string): boolean;
  /** Somewhere beside a word of failure: 'connection refused', 'failed to fetch'. */
  failsAt(stem: string): boolean;
  /** A name or a number stands there as a whole. */
  stands(text: string): boolean;
  /** Whether a word, or words that mean the same, may be said of it. */
  has(stem: string): boolean;
  bad: boolean;
};

export const sayingsOf = ({ patterns, passages = [] }: Supported): Saying[] => [
  ...patterns.map(sayingOf),
  ...passages.map(sayingOfPassage),
];

const sayings = new WeakMap<Pattern, Saying>();

export const sayingOf = (pattern: Pattern): Saying => {
  const known = sayings.get(pattern);
  if (known) return known;
  const { has } = knownOf(pattern);
  const saying = toSaying(pattern, looked(pattern), has, () => knownOf(pattern).bad);
  sayings.set(pattern, saying);
  return saying;
};

/** Enough of it to know its words by: a long trace repeats itself. */
const looked = ({ template, samples, variables }: Pattern): string =>
  [
    template,
    ...samples.map(({ text }) => text.slice(0, LOOKED_AT)),
    ...variables.flatMap(({ top }) => top.slice(0, 5).map(({ value }) => value)),
  ].join(' . ');

const LOOKED_AT = 600;

const sayingOfPassage = rememberTexts((text): Saying => toSaying(null, text, knownOfPassage(text).has, () => knownOfPassage(text).bad));

const toSaying = (pattern: Pattern | null, text: string, has: Saying['has'], bad: () => boolean): Saying => {
  let made: Map<string, Place> | undefined;
  let small: string | undefined;
  const lower = (): string => (small ??= text.toLowerCase());
  const places = (): Map<string, Place> => (made ??= placesIn(text));
  return {
    pattern,
    says: (stem) => places().has(stem),
    denies: (stem) => places().get(stem)?.denied ?? false,
    affirms: (stem) => places().get(stem)?.affirmed ?? false,
    failsAt: (stem) => places().get(stem)?.fails ?? false,
    stands: (part) => standsIn(part.toLowerCase(), lower()),
    has,
    get bad() {
      return bad();
    },
  };
};

type Place = { denied: boolean; affirmed: boolean; fails: boolean };

const NEAR = 3;

const placesIn = (text: string): Map<string, Place> => {
  const places = new Map<string, Place>();
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+(?:['’]t)?|[.,:;()](?=\s)/gu);
  let denied = -9;
  let failed = -9;
  const stems = (words ?? []).map(stemOf);
  for (const [at, word] of (words ?? []).entries()) {
    if (/^[.,:;()]$/.test(word)) {
      denied = -9;
      continue;
    }
    if (negations.has(word) || /n['’]t$/.test(word)) denied = at;
    if (isFailing(word, stems[at] ?? '')) failed = at;
    const stem = stems[at] ?? '';
    const place = places.get(stem) ?? { denied: false, affirmed: false, fails: false };
    if (at - denied <= NEAR && at !== denied) place.denied = true;
    else place.affirmed = true;
    place.fails ||= at - failed <= NEAR || [1, 2].some((after) => isFailing(words?.[at + after] ?? '', stems[at + after] ?? ''));
    places.set(stem, place);
  }
  return places;
};

const isFailing = (word: string, stem: string): boolean =>
  badStems.has(stem) || /^(?:e[a-z]{4,}|un(?:able|avail\w+|reach\w+|known)|cannot|not|no)$/.test(word);

/** Says something by itself. */
export const isContent = ({ kind, text, lower }: Token): boolean =>
  kind === 'word' && text.length >= 3 && !glue.has(lower) && !negations.has(lower) && !countNouns.has(lower) && !/^P\d+$/.test(text);

/** Stands in every record of a pattern. */
export const isConstant = (text: string, pattern: Pattern): boolean => {
  const lower = text.toLowerCase();
  return (
    standsIn(lower, pattern.template.toLowerCase()) ||
    pattern.variables.some(({ distinct, exact, top }) => distinct === 1 && exact && standsIn(lower, top[0]?.value.toLowerCase() ?? ''))
  );
};

/** Is one value of several. */
export const varies = (text: string, { template, variables }: Pattern): boolean => {
  const lower = text.toLowerCase();
  return (
    !standsIn(lower, template.toLowerCase()) &&
    variables.some(({ top, distinct }) => distinct > 1 && top.some(({ value }) => standsIn(lower, value.toLowerCase())))
  );
};

/** As a whole: 'api' is in 'api-1', 'api-1' is not in 'api-12'. */
export const standsIn = (part: string, text: string): boolean => {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[at + part.length] ?? ' ')) return true;
  return false;
};

/** 'OutOfMemoryError' is said where its words are, 'auth-6d4' where it stands, 'write-ahead' where a part of it is. */
export const isSaid = ({ kind, text, lower, stem }: Token, saying: Saying): boolean => {
  if (kind === 'number' || /\d|[/_@:]/.test(text)) return saying.stands(lower);
  if (/\p{Ll}\p{Lu}/u.test(text)) return partsOf(text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')).every(saying.says);
  return saying.says(stem) || (lower.includes('-') && partsOf(lower).some(saying.says));
};

const partsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((part) => part.length >= 3)
    .map(stemOf);

/** Which of them tokens are about: those that say most of them; where none says a word, those that say what means the same. All where no word tells. */
export const aboutWhom = (tokens: readonly Token[], among: readonly Saying[]): readonly Saying[] => {
  if (among.length < 2) return among;
  for (const isHeard of [isSaid, ({ stem, kind }: Token, { has }: Saying) => kind === 'word' && has(stem)]) {
    const heard = among.map((one) => tokens.filter((token) => isHeard(token, one)).length);
    const most = Math.max(...heard);
    if (most > 0) return among.filter((_, at) => heard[at] === most);
  }
  return among;
};

/** Which of them a sentence's words are about: those that say most of them. All where no word tells. */
export const speaksOf = <Said extends Pick<Saying, 'says'>>(stems: readonly string[], among: readonly Said[]): readonly Said[] => {
  if (among.length < 2) return among;
  const heard = among.map((one) => stems.filter((stem) => one.says(stem)).length);
  const most = Math.max(...heard);
  return most === 0 ? among : among.filter((_, at) => heard[at] === most);
};
