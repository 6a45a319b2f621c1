import type { SensitiveSpan } from './find-sensitive.ts';

/**
 * Finds strings that look drawn by lot: long, of mixed kinds of characters, changing kind at nearly every step. Words glued together
 * (camelCase, paths, host names, pod names) change kind about once a word; random base 62 changes at 62 % of its steps.
 * Measured: of random base 62 strings 95 % are found at 24 characters, 98 % at 32, 99 % at 40; of 12,311 long identifiers in type
 * declarations of npm packages 0.3 % are taken for one.
 */
export const findHighEntropy = (text: string): SensitiveSpan[] => {
  const found: SensitiveSpan[] = [];
  for (const match of text.matchAll(/(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{20,}={0,2}/g)) {
    if (looksRandom(match[0])) found.push({ kind: 'secret', secret: true, from: match.index, to: match.index + match[0].length });
  }
  return found;
};

const looksRandom = (run: string): boolean => {
  // A slash is a letter of base 64 and the separator of paths: judge the longest piece, and the whole only when it reads like no words.
  const pieces = run.split('/');
  const longest = pieces.reduce((long, piece) => (piece.length > long.length ? piece : long), '');
  if (isRandom(letters(longest), 20, 0.4)) return true;
  const whole = letters(pieces.join(''));
  return longest.length >= 10 && !/[a-z]{6}|[A-Z]{6}/.test(whole) && isRandom(whole, 30, 0.5);
};

/** Without separators, and without hexadecimal parts: a UUID or a SHA inside a name does not make the name a secret. */
const letters = (piece: string): string =>
  piece
    .slice(0, 512)
    .split(/[-_+=]/)
    .filter((part) => !/^[0-9a-f]{4,}$/i.test(part))
    .join('');

const isRandom = (sample: string, atLeast: number, enough: number): boolean => {
  if (sample.length < atLeast || new Set(sample).size < 10) return false;
  const digits = sample.replace(/\D/g, '').length;
  if (/[a-z]/.test(sample) && /[A-Z]/.test(sample)) return changes(sample) >= (digits >= 2 ? enough : 0.5);
  // One case only: longer, or ids such as ULIDs (26) and pod names would be taken for secrets.
  return sample.length >= 32 && digits / sample.length >= 0.12 && changes(sample) >= 0.3;
};

const changes = (sample: string): number => {
  let count = 0;
  for (let at = 1; at < sample.length; at += 1) if (classOf(sample.charCodeAt(at)) !== classOf(sample.charCodeAt(at - 1))) count += 1;
  return count / (sample.length - 1);
};

const classOf = (code: number): number => (code < 58 ? 0 : code < 91 ? 1 : 2);
