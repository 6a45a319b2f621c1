import { colon, comma, digit, flagsOf, letter, slash } from './byte-flags.ts';
import { isDigit, isLetter, isSpace, mix, skipSpaces, startsWith } from './bytes.ts';
import { addressEnd, isTrailing, joinsColon, joinsComma } from './joints.ts';
import { fieldKind, kindOf } from './kind-of.ts';
import { any, anyFamily, familyOf, num, path, quoted, time, url, word } from './kinds.ts';
import { isMethod, isStatusColumn, isTimings } from './status-place.ts';
import { createTimeReader, type TimeReader } from './times.ts';
import { base, hashValue } from './value-hash.ts';

/** Marks around the value of a field in a view; they cannot stand in a cleaned line by accident often enough to matter. */
export const fieldOpen = 1;
export const fieldClose = 2;
/** In front of a value that stays as it is, though it is made of digits: a status is no variable. */
export const wordOpen = 3;

/** Tokens of one message in parallel arrays, reused from record to record. */
export type Tokens = {
  count: number;
  start: Int32Array;
  end: Int32Array;
  /** Where the separators in front begin. */
  glue: Int32Array;
  kind: Uint8Array;
  /** Identity: the word, or the family of the kind, with its separators. */
  hash: Int32Array;
  /** Hash of the bytes themselves. */
  value: Int32Array;
  /** Of all identities together. */
  low: number;
  high: number;
  /** An HTTP status in an access line; 0 when there is none. */
  status: number;
  /** The last token is all the rest: of a message with more words its first ones make the template. */
  isCut: boolean;
};

export const maxTokens = 200;
/** Of the rest of a longer message its end is shown: what it came to stands there more often than not. */
const shownRest = 120;

export const createTokens = (): Tokens => ({
  count: 0,
  start: new Int32Array(maxTokens),
  end: new Int32Array(maxTokens),
  glue: new Int32Array(maxTokens),
  kind: new Uint8Array(maxTokens),
  hash: new Int32Array(maxTokens),
  value: new Int32Array(maxTokens),
  low: 0,
  high: 0,
  status: 0,
  isCut: false,
});

const ownClocks: Pick<TimeReader, 'read' | 'end'> = createTimeReader();

const seed = 0x811c9dc5 | 0;
const prime = 0x01000193;

/**
 * Cuts a message into words and variables in one pass over its bytes. A word with a digit in it is a variable of some
 * kind; so is the right side of key=value, a single quoted word, a path, a URL, an address. `clockStart` to `clockEnd`
 * is a timestamp already found inside.
 */
export const readTokens = (
  b: Uint8Array,
  from: number,
  to: number,
  tokens: Tokens,
  clockStart = -1,
  clockEnd = -1,
  clocks = ownClocks,
): void => {
  let i = from;
  let count = 0;
  let low = seed;
  let high = 0x2545f491;
  let glueStart = from;
  let glueHash = seed;
  let blank = true;
  tokens.status = 0;
  tokens.isCut = false;
  // Whether the next number of three digits is a status: behind the protocol, behind the path asked for, in a column of its own.
  let mayBeStatus = isStatusColumn(b, from, to);
  while (i < to) {
    if (count === maxTokens - 1) {
      const added = emitRest(tokens, b, i, to, count++);
      low = Math.imul(low ^ added, 0x5bd1e995);
      high = (Math.imul(high, 0x85ebca6b) + added) | 0;
      break;
    }
    const c = b[i] as number;
    let flags = flagsOf[c] as number;
    let kind = word;
    let start = i;
    let hash = 0;
    let fixed = false;
    if (i === clockStart) {
      kind = time;
      i = clockEnd;
    } else if (flags === 0) {
      if (c === 32 || c === 9 || c === 10 || c === 13) {
        if (!blank) glueHash = Math.imul(glueHash ^ 32, prime);
        blank = true;
        i++;
        continue;
      }
      if (isEmptyValue(b, i, from, to)) {
        glueHash = Math.imul(glueHash ^ c, prime);
        i = start = i + 1;
        tokens.end[count] = i;
        tokens.value[count] = mix(hash);
        emit(tokens, count++, any, start, glueStart, mix(Math.imul(glueHash, 31) + anyFamily));
        const added = tokens.hash[count - 1] as number;
        low = Math.imul(low ^ added, 0x5bd1e995);
        low ^= low >>> 15;
        high = (Math.imul(high, 0x85ebca6b) + added) | 0;
        glueStart = i;
        glueHash = seed;
        blank = false;
        continue;
      }
      const close =
        c === fieldOpen || c === wordOpen
          ? fieldEnd(b, i, to)
          : c === 34 || c === 39 || c === 96
            ? quoteEnd(b, i, from, to, tokens.status > 0)
            : -1;
      if (close < 0) {
        glueHash = Math.imul(glueHash ^ c, prime);
        blank = false;
        i++;
        continue;
      }
      start = i + 1;
      glueHash = Math.imul(glueHash ^ c, prime);
      for (let k = start; k < close; k++) hash = (Math.imul(hash, base) + (b[k] as number)) | 0;
      kind = c === fieldOpen ? fieldKind(b, start, close) : c === wordOpen ? word : quoted;
      fixed = c === fieldOpen;
      tokens.value[count] = mix(hash);
      i = close + 1;
      tokens.end[count] = close;
    } else if (flags & letter && isTimeWord(b, i, to) && clocks.read(b, i, to)) {
      // 'Sat Jun 18 02:08:12 2005' in the middle of a message.
      kind = time;
      i = clocks.end;
      for (let k = start; k < i; k++) hash = (Math.imul(hash, base) + (b[k] as number)) | 0;
      tokens.end[count] = i;
      tokens.value[count] = mix(hash);
    } else {
      const afterEquals = i > from && b[i - 1] === 61 && i - 1 > from && flagsOf[b[i - 2] as number] !== 0;
      hash = c;
      i++;
      for (; i < to; i++) {
        const d = b[i] as number;
        let f = flagsOf[d] as number;
        if (f === 0) {
          if (d === 58 && joinsColon(b, i, to, flags)) f = colon;
          else if (d === 44 && joinsComma(b, i, to, flags)) f = comma;
          else break;
        }
        flags |= f;
        hash = (Math.imul(hash, base) + d) | 0;
      }
      let end = i;
      if ((c === 47 && (flags & (letter | digit) || i === start + 1)) || (b[i] === 58 && b[i + 1] === 47 && b[i + 2] === 47)) {
        end = addressEnd(b, i, to);
        if (end > i) flags |= slash;
        kind = c === 47 ? path : url;
      }
      while (end > start + 1 && isTrailing(b[end - 1] as number)) end--;
      if (end !== i) {
        hash = 0;
        for (let k = start; k < end; k++) hash = (Math.imul(hash, base) + (b[k] as number)) | 0;
        i = end;
      }
      if (kind === word || (kind === path && isDigit(b[start + 1]))) kind = kindOf(b, start, end, flags, kind);
      if (mayBeStatus && flags === digit && kind === num && end - start === 3 && (b[start] as number) < 54) {
        tokens.status = ((b[start] as number) - 48) * 100 + ((b[start + 1] as number) - 48) * 10 + (b[start + 2] as number) - 48;
        kind = word;
      }
      mayBeStatus = opensStatus(b, start, end, flags, kind, tokens, count);
      if (mayBeStatus && c === 72) kind = word;
      if (afterEquals) {
        if (kind === word) kind = any;
        fixed = true;
      }
      if (kind === time && b[i] === 32 && isDigit(b[i + 1]) && clocks.read(b, start, to) && clocks.end > i) {
        for (let k = i; k < clocks.end; k++) hash = (Math.imul(hash, base) + (b[k] as number)) | 0;
        i = end = clocks.end;
      }
      tokens.end[count] = end;
      tokens.value[count] = mix(hash);
    }
    if (kind === time && i === clockEnd && start === clockStart) {
      tokens.end[count] = clockEnd;
      for (let k = start; k < clockEnd; k++) hash = (Math.imul(hash, base) + (b[k] as number)) | 0;
      tokens.value[count] = mix(hash);
    }
    const identity =
      kind === word ? mix(Math.imul(glueHash, 31) ^ hash) : mix(Math.imul(glueHash, 31) + (fixed ? anyFamily : (familyOf[kind] as number)));
    emit(tokens, count++, kind, start, glueStart, identity);
    low = Math.imul(low ^ identity, 0x5bd1e995);
    low ^= low >>> 15;
    high = (Math.imul(high, 0x85ebca6b) + identity) | 0;
    glueStart = tokens.end[count - 1] as number;
    glueHash = seed;
    blank = false;
  }
  tokens.count = count;
  tokens.low = mix(low);
  tokens.high = mix(high ^ count);
};

const emit = (tokens: Tokens, at: number, kind: number, start: number, glue: number, identity: number): void => {
  tokens.kind[at] = kind;
  tokens.start[at] = start;
  tokens.glue[at] = glue;
  tokens.hash[at] = identity;
};

const emitRest = (tokens: Tokens, b: Uint8Array, from: number, to: number, at: number): number => {
  const start = Math.max(skipSpaces(b, from, to), to - shownRest);
  tokens.isCut = true;
  tokens.end[at] = to;
  tokens.value[at] = mix(hashValue(b, from, to));
  const identity = mix(seed + anyFamily);
  emit(tokens, at, any, start, start, identity);
  return identity;
};

const opensStatus = (b: Uint8Array, start: number, end: number, flags: number, kind: number, tokens: Tokens, count: number): boolean => {
  if (!(flags & slash)) return false;
  if (b[start] === 72) return end - start >= 6 && startsWith(b, start, end, 'HTTP/');
  if (kind === path || kind === url) return count > 0 && isMethod(b, tokens.start[count - 1] as number, tokens.end[count - 1] as number);
  return !(flags & letter) && isTimings(b, start, end);
};

/** 'ruser= rhost=…' and 'from 10.0.0.1 () at': nothing is a value too, or two templates would stand for one. */
const isEmptyValue = (b: Uint8Array, i: number, from: number, to: number): boolean => {
  const before = i > from ? (b[i - 1] as number) : 32;
  if (b[i] === 40) return b[i + 1] === 41 && i + 1 < to && before === 32;
  if (b[i] !== 61 || flagsOf[before] === 0) return false;
  const after = b[i + 1];
  return i + 1 === to || after === 32 || after === 44 || after === 59;
};

/** Three letters and a blank, as months and weekdays stand in dates; cheap enough to ask of every word. */
const isTimeWord = (b: Uint8Array, i: number, to: number): boolean =>
  i + 8 < to &&
  (b[i + 3] === 32 || b[i + 3] === 44) &&
  (b[i] as number) < 91 &&
  (isDigit(b[i + 4]) || isDigit(b[i + 5]) || b[i + 7] === 32);

const fieldEnd = (b: Uint8Array, open: number, to: number): number => {
  for (let i = open + 1; i < to; i++) if (b[i] === fieldClose) return i;
  return -1;
};

/**
 * Where a quoted variable ends, or -1 when the quote is mere punctuation. After '='
 * and after the status of an access line (referrer, user agent) a whole phrase is the value; elsewhere a phrase may be
 * the message itself, so only a single word counts. Keys of JSON ("key":) are words.
 */
const quoteEnd = (b: Uint8Array, open: number, from: number, to: number, inAccessLine: boolean): number => {
  const quote = b[open];
  const before = open > from ? (b[open - 1] as number) : 32;
  // An escaped quote opens nothing: without this, many of them would each look through the rest of the line.
  if (isLetter(before) || isDigit(before) || before === 92) return -1;
  const value = before === 61 || inAccessLine;
  for (let i = open + 1; i < to; i++) {
    const c = b[i];
    if (c === 92) i++;
    else if (c === quote) return i === open + 1 || b[i + 1] === 58 || isLetter(b[i + 1]) ? -1 : i;
    else if (isSpace(c) && !value) return -1;
  }
  return -1;
};
