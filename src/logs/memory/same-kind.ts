/** A template as words; what varies is one kind of word, for one log knows a number where another, longer one knows an id. */
const wordsOf = (template: string): string[] =>
  template
    .replace(/<[a-z]+>/g, ANY)
    .split(/\s+/)
    .map((word) => (word.includes(ANY) ? word.replace(/[^\u0001]*\u0001.*$/, ANY) : word));

const ANY = '\u0001';

/** Where templates that may be of one kind meet. */
export const bucketOf = (template: string): number => wordsOf(template).length;

/**
 * Two templates of the same kind of record. What is constant in a short log varies in a long one, so a word and a variable agree; what both
 * hold as words must be equal, and be at least half of the template, with a word of three letters in it.
 */
export const isSameKind = (one: string, other: string): boolean => {
  if (one === other) return true;
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length !== b.length) return false;
  let equal = 0;
  let telling = false;
  for (const [at, word] of a.entries()) {
    if (word === b[at]) {
      equal += 1;
      telling ||= word !== ANY && /\p{L}{3}/u.test(word);
    } else if (word !== ANY && b[at] !== ANY) return false;
  }
  return telling && equal * 2 >= a.length;
};

/** The one that says less: it holds for more records. */
export const moreGeneral = (one: string, other: string): string =>
  wordsOf(other).filter((word) => word === ANY).length > wordsOf(one).filter((word) => word === ANY).length ? other : one;
