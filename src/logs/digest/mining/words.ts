import { colon, comma, dash, digit, dot, flagsOf, letter, slash } from '#src/logs/digest/lines/byte-flags.ts';
import { isDigit, isLetter } from '#src/logs/digest/lines/bytes.ts';
import { addressEnd, isTrailing, joinsColon, joinsComma } from '#src/logs/digest/shapes/joints.ts';
import { isHost, isTruth, kindOf } from './kind-of.ts';
import { any, num, path, url, word } from './kinds.ts';
import { base, hashValue } from './value-hash.ts';

/** What `readWord` found: where the word ends, its kind, which sorts of bytes it has, its `hashValue`. Reused. */
export const wordRead = { end: 0, kind: word, flags: 0, hash: 0 };

/** Reads the word that begins at i, and says by its bytes what kind of value it is, or that it is none. Sets `wordRead`. */
export const readWord = (b: Uint8Array, start: number, to: number): void => {
  let flags = 0;
  let hash = 0;
  let i = start;
  let c = b[i] as number;
  let f = flagsOf[c] as number;
  do {
    flags |= f;
    hash = (Math.imul(hash, base) + c) | 0;
    c = b[++i] as number;
    f = flagsOf[c] as number;
  } while (f !== 0 && i < to);
  endWord(b, start, to, i, flags, hash);
};

/** As `readWord`, of a word that was read up to the first byte that is neither letter nor digit nor any mark of words. */
export const endWord = (b: Uint8Array, start: number, to: number, stop: number, sorts: number, hashed: number): void => {
  let flags = sorts;
  let hash = hashed;
  let i = stop;
  for (;;) {
    let c = b[i] as number;
    if ((c !== 58 && c !== 44) || i >= to) break;
    const joint =
      c === 44 ? (joinsComma(b, i, to, flags) ? comma : 0) : joinsColon(b, i, to, flags) || joinsPort(b, start, i, to, flags) ? colon : 0;
    if (joint === 0) break;
    flags |= joint;
    hash = (Math.imul(hash, base) + c) | 0;
    c = b[++i] as number;
    let f = flagsOf[c] as number;
    while (f !== 0 && i < to) {
      flags |= f;
      hash = (Math.imul(hash, base) + c) | 0;
      c = b[++i] as number;
      f = flagsOf[c] as number;
    }
  }
  wordRead.end = i;
  wordRead.flags = flags;
  wordRead.hash = hash;
  wordRead.kind = flags === digit ? num : word;
  if ((flags & ~letter) !== 0 || (b[i] === 58 && b[i + 1] === 47 && i < to)) {
    if (flags !== digit) classify(b, start, to);
  } else if (i - start < 6 && i - start > 3 && isTruth(b, start, i)) wordRead.kind = any;
};

/** 'db.example.net:5432' is one value, as 'db1.example.net:5432' and '10.0.0.1:5432' are; 'Cart.java:17' is a file and a line of it. */
const joinsPort = (b: Uint8Array, start: number, i: number, to: number, flags: number): boolean =>
  (flags & dot) !== 0 && i + 1 < to && isDigit(b[i + 1]) && (flags & ~(letter | dot | dash)) === 0 && isHost(b, start, i);

/** The kind of a word that is more than letters or digits. */
const classify = (b: Uint8Array, start: number, to: number): void => {
  const first = b[start] as number;
  const read = wordRead.end;
  let end = read;
  let flags = wordRead.flags;
  let guess = word;
  if ((first === 47 && (flags & (letter | digit) || end === start + 1)) || (b[end] === 58 && b[end + 1] === 47 && b[end + 2] === 47)) {
    end = addressEnd(b, end, to);
    if (end > read) flags |= slash;
    guess = first === 47 ? path : url;
  }
  while (end > start + 1 && isTrailing(b[end - 1] as number)) end--;
  // '24M->4M': the dash is the arrow's.
  if (end > start + 1 && b[end - 1] === 45 && b[end] === 62) {
    end--;
    flags = flagsBetween(b, start, end);
  }
  if (flags & dot && guess === word) {
    const cut = flags & letter ? cutAt(b, start, end) : leaderAt(b, start, end);
    if (cut > 0) {
      end = cut;
      flags = flagsBetween(b, start, end);
    }
  }
  if (end !== read) wordRead.hash = hashValue(b, start, end);
  wordRead.end = end;
  wordRead.flags = flags;
  wordRead.kind = guess === word || (guess === path && isDigit(b[start + 1])) ? kindOf(b, start, end, flags, guess) : guess;
};

/**
 * 'depth.........0' is a word and a number with a leader between, and 'core.2275' is a word and a number too: where the first of them
 * ends, or 0.
 */
const cutAt = (b: Uint8Array, start: number, end: number): number => {
  let lone = 0;
  let letters = true;
  for (let i = start + 1; i < end; i++) {
    const c = b[i] as number;
    if (c !== 46) {
      if (lone === 0 && !isLetter(c) && c !== 45 && c !== 95) letters = false;
      else if (lone > 0 && !isDigit(c)) letters = false;
      continue;
    }
    if (b[i + 1] === 46 && b[i + 2] !== 47) return i;
    if (lone > 0) letters = false;
    lone = i;
  }
  return letters && lone > start + 1 && lone < end - 1 && isLetter(b[start]) && isLetter(b[lone - 1]) ? lone : 0;
};

/** Of digits: only a leader cuts them. */
const leaderAt = (b: Uint8Array, start: number, end: number): number => {
  for (let i = start + 1; i < end; i++) if (b[i] === 46 && b[i + 1] === 46 && b[i + 2] !== 47) return i;
  return 0;
};

const flagsBetween = (b: Uint8Array, start: number, end: number): number => {
  let flags = 0;
  for (let i = start; i < end; i++) flags |= (flagsOf[b[i] as number] as number) || colon;
  return flags;
};

/** A dot that parts two words: one of a leader, or the one at which a word was cut from its number. */
export const isPartingDot = (b: Uint8Array, i: number, from: number): boolean =>
  b[i] === 46 && ((b[i + 1] === 46 && b[i + 2] !== 47) || (i > from && (b[i - 1] === 46 || (isDigit(b[i + 1]) && isLetter(b[i - 1])))));
