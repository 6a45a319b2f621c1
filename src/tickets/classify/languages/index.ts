import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import type { Language } from './language.ts';
import { spanish } from './spanish.ts';

export type { FirstCategory, Language, PrioritySign } from './language.ts';
export { english };

/** What is spoken on the first day: one file for each. */
export const languages: readonly Language[] = [english, german, french, spanish];

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];

const everydayEnglish = new Set(wordsOf(english.everyday));
const own = languages.map((language) => ({
  language,
  words: new Set(wordsOf(language.everyday).filter((word) => !everydayEnglish.has(word))),
}));

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
