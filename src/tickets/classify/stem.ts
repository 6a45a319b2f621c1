/**
 * A light English stemmer: plural, -ed, -ing and the commonest endings, so that 'arrived', 'arriving' and 'arrives' meet.
 * Lighter than Porter's on purpose: a ticket's words are shown back to people, and over-stemming joins what should stay apart.
 */
export const stem = (word: string): string => {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let w = word;
  if (w.endsWith('sses')) w = w.slice(0, -2);
  else if (w.endsWith('ies')) w = w.length > 4 ? `${w.slice(0, -3)}y` : w.slice(0, -1);
  else if (w.endsWith('s') && !/(?:ss|us|is)$/.test(w)) w = w.slice(0, -1);
  if (w.endsWith('ied') && w.length > 4) w = `${w.slice(0, -3)}y`;
  else if (w.endsWith('ed') && hasVowel(w, 2)) w = mendEnd(w.slice(0, -2));
  else if (w.endsWith('ing') && hasVowel(w, 3)) w = mendEnd(w.slice(0, -3));
  if (w.length > 7)
    w = w.replace(/(?:ational|ation|ment|ness|ful|ly|ance|ence|able|ible)$/, (end) => (w.length - end.length >= 4 ? '' : end));
  return w.length > 4 && w.endsWith('e') ? w.slice(0, -1) : w;
};

const hasVowel = (w: string, cut: number): boolean => w.length - cut >= 3 && /[aeiouy]/.test(w.slice(0, w.length - cut));

const mendEnd = (w: string): string => (/([^aeiouyls])\1$/.test(w) ? w.slice(0, -1) : w);
