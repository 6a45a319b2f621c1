import { asRead } from './as-read.ts';

/** Blanks out, in a text, every word that a category's name has: what is left has to speak for itself. */
export const blankNames = (names: readonly string[]): ((text: string) => string) => {
  const words = [...new Set(names.flatMap((name) => name.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []))].filter(
    (word) => !joining.has(word),
  );
  if (words.length === 0) return (text) => text;
  const named = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?:s|es)?(?![\\p{L}\\p{N}])`, 'giu');
  return (text) => asRead(text).replace(named, '▢');
};

const joining = new Set(['and', 'or', 'of', 'the', 'for', 'to', 'in', 'on', 'with', 'und', 'et', 'de', 'y', 'e']);
