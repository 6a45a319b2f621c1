import { isMethod, isStatusColumn, isTimings } from '#src/logs/digest/heads/status-place.ts';
import type { TimeReader } from '#src/logs/digest/heads/times.ts';
import { digit, flagsOf, letter, slash } from '#src/logs/digest/lines/byte-flags.ts';
import { hashSeed, isDigit, isLetter, isSpace, mix, hashPrime as prime, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { fieldKind } from './kind-of.ts';
import { any, anyFamily, duration, familyOf, hex, id, ip, num, path, quoted, size, time, url, uuid, word } from './kinds.ts';
import { hashValue } from './value-hash.ts';
import { isPartingDot, readWord, wordRead } from './words.ts';

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
  /** Where the list that was folded last stands; -1 when there is none. */
  list: number;
  /** The last token is all the rest: of a message with more words its first ones make the template. */
  isCut: boolean;
};

const maxTokens = 200;
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
  list: -1,
  isCut: false,
});

const seed = hashSeed | 0;

/**
 * Cuts a message into words and variables in one pass over its bytes. A word with a digit in it is a variable of some
 * kind; so is the right side of key=value, a single quoted word, a path, a URL, an address. `clockStart` to `clockEnd`
 * is a timestamp already found inside; `clocks` finds those further on.
 */
export const readTokens = (
  b: Uint8Array,
  from: number,
  to: number,
  tokens: Tokens,
  clockStart: number,
  clockEnd: number,
  clocks: Pick<TimeReader, 'read' | 'end'>,
): void => {
  let i = from;
  glue.start = from;
  glue.hash = seed;
  let blank = true;
  tokens.count = tokens.status = 0;
  tokens.list = -1;
  tokens.isCut = false;
  // Whether the next number of three digits is a status: behind the protocol, behind the path asked for, in a column of its own.
  let mayBeStatus = isStatusColumn(b, from, to);
  while (i < to) {
    if (tokens.count === maxTokens - 1) {
      addRest(tokens, b, i, to);
      break;
    }
    const c = b[i] as number;
    const flags = flagsOf[c] as number;
    if (i === clockStart) {
      i = add(tokens, b, i, clockEnd, time);
      blank = false;
      continue;
    }
    if (flags === 0 || isPartingDot(b, i, from)) {
      if (c === 32 || c === 9 || c === 10 || c === 13) {
        if (!blank) glue.hash = Math.imul(glue.hash ^ 32, prime);
        blank = true;
        i++;
        continue;
      }
      const after = addMarked(tokens, b, i, from, to);
      if (after === i) glue.hash = Math.imul(glue.hash ^ c, prime);
      i = Math.max(after, i + 1);
      blank = false;
      continue;
    }
    blank = false;
    if (flags & letter && isTimeWord(b, i, to) && clocks.read(b, i, to)) {
      // 'Sat Jun 18 02:08:12 2005' in the middle of a message.
      i = add(tokens, b, i, clocks.end, time);
      continue;
    }
    const start = i;
    readWord(b, start, to);
    let { kind } = wordRead;
    const end = wordRead.end;
    const sorts = wordRead.flags;
    if (mayBeStatus && sorts === digit && end - start === 3 && c < 54) {
      tokens.status = (c - 48) * 100 + ((b[start + 1] as number) - 48) * 10 + (b[start + 2] as number) - 48;
      kind = word;
    }
    mayBeStatus = opensStatus(b, start, end, sorts, kind, tokens);
    if (mayBeStatus && c === 72) kind = word;
    if (start > from + 1 && b[start - 1] === 61 && flagsOf[b[start - 2] as number] !== 0) {
      i = addRead(tokens, start, end, kind === word ? any : kind, anyFamily);
      continue;
    }
    if (kind === time && b[end] === 32 && isDigit(b[end + 1]) && clocks.read(b, start, to) && clocks.end > end) {
      i = add(tokens, b, start, clocks.end, time);
      continue;
    }
    const unit = kind === num ? unitEnd(b, end, to) : 0;
    if (unit > 0) {
      i = add(tokens, b, start, unit, size);
      continue;
    }
    i = addRead(tokens, start, end, kind, familyOf[kind] as number);
    foldList(tokens, b);
  }
  seal(tokens);
};

// What stands in front of the next token: where it begins, and its bytes with blanks run together. Reused.
const glue = { start: 0, hash: seed };

const put = (tokens: Tokens, start: number, end: number, kind: number, value: number, identity: number): number => {
  const at = tokens.count++;
  tokens.start[at] = start;
  tokens.end[at] = end;
  tokens.glue[at] = glue.start;
  tokens.kind[at] = kind;
  tokens.value[at] = mix(value);
  tokens.hash[at] = mix(Math.imul(glue.hash, 31) ^ identity);
  glue.start = end;
  glue.hash = seed;
  return end;
};

/** Identities of words and of families must not be mistaken for one another. */
const familyMark = 0x5f3759df;
const identityOf = (kind: number, value: number, family: number): number => (kind === word ? value : Math.imul(family + 1, familyMark));

const add = (tokens: Tokens, b: Uint8Array, start: number, end: number, kind: number, family = familyOf[kind] as number): number => {
  const value = hashValue(b, start, end);
  return put(tokens, start, end, kind, value, identityOf(kind, value, family));
};

/** As `add`, of the word read last. */
const addRead = (tokens: Tokens, start: number, end: number, kind: number, family: number): number =>
  put(tokens, start, end, kind, wordRead.hash, identityOf(kind, wordRead.hash, family));

/** What a mark at i opens: a field, a quoted word, a value that is not there, a bound. Returns where it ends, or i when it opens nothing. */
const addMarked = (tokens: Tokens, b: Uint8Array, i: number, from: number, to: number): number => {
  const c = b[i] as number;
  if (isEmptyValue(b, i, from, to)) {
    glue.hash = Math.imul(glue.hash ^ c, prime);
    return add(tokens, b, i + 1, i + 1, any, anyFamily);
  }
  if (c === 60) {
    const end = boundEnd(b, i, to);
    return end > 0 ? add(tokens, b, i, end, duration) : i;
  }
  const isField = c === fieldOpen;
  const close = isField || c === wordOpen ? fieldEnd(b, i, to) : isQuote(c) ? quoteEnd(b, i, from, to, tokens.status > 0) : -1;
  if (close < 0) return i;
  glue.hash = Math.imul(glue.hash ^ c, prime);
  const kind = isField ? fieldKind(b, i + 1, close) : c === wordOpen ? word : quoted;
  add(tokens, b, i + 1, close, kind, isField ? anyFamily : (familyOf[kind] as number));
  return close + 1;
};

const isQuote = (c: number): boolean => c === 34 || c === 39 || c === 96;

const addRest = (tokens: Tokens, b: Uint8Array, from: number, to: number): void => {
  const start = Math.max(skipSpaces(b, from, to), to - shownRest);
  tokens.isCut = true;
  glue.start = start;
  glue.hash = seed;
  put(tokens, start, to, any, hashValue(b, from, to), identityOf(any, 0, anyFamily));
};

const seal = (tokens: Tokens): void => {
  const { hash, count } = tokens;
  let low = seed;
  let high = 0x2545f491;
  for (let k = 0; k < count; k++) {
    const identity = hash[k] as number;
    low = Math.imul(low ^ identity, 0x5bd1e995);
    low ^= low >>> 15;
    high = (Math.imul(high, 0x85ebca6b) + identity) | 0;
  }
  tokens.low = mix(low);
  tokens.high = mix(high ^ count);
};

/** 'blk_1 blk_2 blk_3': three values of one kind, or a hundred, with blanks between them are one value. */
const foldList = (tokens: Tokens, b: Uint8Array): void => {
  const last = tokens.count - 1;
  const kind = tokens.kind[last] as number;
  if (last < 1 || !isListed(kind) || !followsBlank(tokens, b, last)) return;
  const before = last - 1;
  if (tokens.kind[before] !== kind) return;
  // Two are two; with the third they become a list, and a list takes in what follows.
  const first =
    tokens.list === before ? before : before > 0 && tokens.kind[before - 1] === kind && followsBlank(tokens, b, before) ? before - 1 : -1;
  if (first < 0) return;
  tokens.count = first + 1;
  tokens.list = first;
  const end = tokens.end[last] as number;
  tokens.end[first] = end;
  tokens.value[first] = mix(hashValue(b, tokens.start[first] as number, end));
  glue.start = end;
};

const isListed = (kind: number): boolean => kind === id || kind === hex || kind === uuid || kind === ip;

const followsBlank = (tokens: Tokens, b: Uint8Array, at: number): boolean => {
  for (let i = tokens.glue[at] as number; i < (tokens.start[at] as number); i++) if (!isSpace(b[i])) return false;
  return true;
};

const opensStatus = (
  b: Uint8Array,
  start: number,
  end: number,
  flags: number,
  kind: number,
  { start: starts, end: ends, count }: Tokens,
): boolean => {
  if (!(flags & slash)) return false;
  if (b[start] === 72) return end - start >= 6 && startsWith(b, start, end, 'HTTP/');
  if (kind === path || kind === url) return count > 0 && isMethod(b, starts[count - 1] as number, ends[count - 1] as number);
  return !(flags & letter) && isTimings(b, start, end);
};

/** '17.7 GB': where the unit behind a number and a blank ends, or 0. Whether it is KB or MB is part of the value. */
const unitEnd = (b: Uint8Array, end: number, to: number): number => {
  if (b[end] !== 32 || end + 1 >= to) return 0;
  let i = end + 1;
  const c = b[i] as number;
  if (c !== 66) {
    if (c !== 75 && c !== 107 && c !== 77 && c !== 71 && c !== 84) return 0;
    i++;
    if (b[i] === 105) i++;
    if (b[i] !== 66) return 0;
  }
  i++;
  return i <= to && (flagsOf[b[i] as number] === 0 || isPartingDot(b, i, end) || b[i] === 46) ? i : 0;
};

const boundUnits = ['sec', 'secs', 'second', 'seconds', 'ms', 's', 'min', 'mins', 'minute', 'minutes'];

/** '<1 sec': shorter than can be told is a duration like others. Where it ends, or 0. */
const boundEnd = (b: Uint8Array, i: number, to: number): number => {
  let k = i + 1;
  while (k < to && isDigit(b[k])) k++;
  if (k === i + 1) return 0;
  if (b[k] === 32) k++;
  for (const unit of boundUnits)
    if (startsWith(b, k, to, unit) && (k + unit.length >= to || flagsOf[b[k + unit.length] as number] === 0)) return k + unit.length;
  return 0;
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
