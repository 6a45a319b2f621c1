import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import type { Language } from './language.ts';
import { spanish } from './spanish.ts';

export type { FirstCategory, Language, PrioritySign } from './language.ts';
export { english };

/** What is spoken on the first day: one file for each. */
export const languages: readonly Language[] = [english, german, french, spanish];

/** The longest word of a language of compounds that a long word begins or ends with: the Handy of a Diensthandy. */
export const partsOf = (word: string): string[] => {
  if (word.length < LONG) return [];
  const places = Array.from({ length: word.length - 2 * LEAST_PART + 3 }, (_, i) => i + LEAST_PART - 2);
  const tail = places.map((at) => word.slice(at)).find((part) => parts.has(part));
  const head = places
    .reverse()
    .map((at) => word.slice(0, at))
    .find((part) => parts.has(part));
  return [head, tail].filter((part) => part !== undefined);
};

/** Whether a text is certainly in a language of compounds: others begin and end their words by chance as its words do. */
export const hasCompounds = (words: readonly string[]): boolean =>
  own.some(({ language, words: telling }) => language.compounds && new Set(words.filter((word) => telling.has(word))).size >= CERTAIN);

const CERTAIN = 2;
const LONG = 9;
const LEAST_PART = 5;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];

const parts: ReadonlySet<string> = new Set(
  languages
    .filter(({ compounds }) => compounds)
    .flatMap(({ categories, everyday, passing }) => {
      const empty = new Set(wordsOf(`${everyday} ${passing}`));
      return Object.values(categories)
        .flatMap(({ names, phrases }) => wordsOf([...names, ...phrases].join(' ')))
        .filter((word) => word.length >= LEAST_PART && !empty.has(word));
    }),
);

const everydayEnglish = new Set(wordsOf(english.everyday));
const own = languages.map((language) => ({
  language,
  words: new Set(wordsOf(language.everyday).filter((word) => !everydayEnglish.has(word))),
}));

/** Whether a category is for all that fits none of the others ("Other", "Sonstiges"): its name has no word of a subject. */
export const isForTheRest = (name: string): boolean => {
  const words = wordsOf(name);
  return words.some((word) => restWords.has(word)) && words.every((word) => restWords.has(word) || emptyWords.has(word));
};

const restWords = new Set(wordsOf(languages.map(({ rest }) => rest).join(' ')));
const emptyWords = new Set(wordsOf(languages.map(({ everyday, passing }) => `${everyday} ${passing}`).join(' ')));

const BEGINNING = 2_000;
// So few words may have none that tells.
const FEW_WORDS = 8;

/** The languages a text may be in, English always: people mix it into every other. */
export const spokenIn = (text: string): readonly Language[] => {
  const words = wordsOf(text.slice(0, BEGINNING));
  return own
    .filter(({ language, words: telling }) => language === english || words.length <= FEW_WORDS || words.some((word) => telling.has(word)))
    .map(({ language }) => language);
};
