import { colon, dash, digit, dot, flagsOf, hexLetter, letter, otherLetter, slash } from '#src/logs/digest/lines/byte-flags.ts';
import { isDigit, isLetter, isSpace } from '#src/logs/digest/lines/bytes.ts';
import { endsAddress, isTrailing } from '#src/logs/digest/shapes/joints.ts';
import { isQuote } from '#src/logs/digest/shapes/scan.ts';
import { isCodeName } from './kind-of.ts';
import { hex, id, ip, path, uuid } from './kinds.ts';
import { isNamedWord } from './named-words.ts';
import { base } from './value-hash.ts';
import { wordRead } from './words.ts';

// Words that are told by less than `readKind` goes by, where a line reads like one before. All of them end at a line end at the latest.

/** What of the bytes behind a word its kind may go by: 1 when nothing, -1 when too much. */
export const afterOf = (b: Uint8Array, end: number): number => {
  const after = b[end] as number;
  if (isLineEnd(after)) return 1;
  if (flagsOf[after] !== 0) return -1;
  const next = b[end + 1] as number;
  if (after === 40) return next === 41 ? -1 : 1;
  if (after === 44) return isDigit(next) ? -1 : 1;
  if (after === 58) return next === 58 || (flagsOf[next] as number) & ~otherLetter ? -1 : 1;
  if (isQuote[after] === 0) return 1;
  return next === 58 || isLineEnd(next) ? -1 : after;
};

/** A \r is in no line but before its \n. */
const isLineEnd = (c: number): boolean => c === 10 || c === 13;

/** What `readAddress` found. */
export const addressRead = { end: 0, hash: 0, code: 0 };

/** '10.0.0.1', '/10.0.0.1:80' before a blank: addresses come in more forms than other words, and are told by less. */
export const readAddress = (b: Uint8Array, start: number): boolean => {
  let i = start;
  let hash = 0;
  let sorts = digit | dot;
  let c = b[i] as number;
  if (c === 47) {
    hash = c;
    sorts |= slash;
    c = b[++i] as number;
  }
  for (let part = 0; ; part++) {
    if (!isDigit(c)) return false;
    do {
      hash = (Math.imul(hash, base) + c) | 0;
      c = b[++i] as number;
    } while (isDigit(c));
    if (part === 4 || (part === 3 && c !== 58)) break;
    if (c !== (part === 3 ? 58 : 46)) return false;
    if (part === 3) sorts |= colon;
    hash = (Math.imul(hash, base) + c) | 0;
    c = b[++i] as number;
  }
  if (c !== 32 && !isLineEnd(c)) return false;
  addressRead.end = i;
  addressRead.hash = hash;
  addressRead.code = sorts * 16 + ip;
  return true;
};

/** What `readPath` found. */
export const pathRead = { end: 0, hash: 0, code: 0 };

/** '/api/items/7?id=1': what begins with a slash and a letter is a path, as long as no backslash is in it and it ends in no mark. */
export const readPath = (b: Uint8Array, start: number): boolean => {
  if (b[start] !== 47 || !isLetter(b[start + 1])) return false;
  let hash = 0;
  let i = start;
  let c = b[i] as number;
  while (endsAddress[c] === 0) {
    if (c === 92 || (c === 58 && isSpace(b[i + 1]))) return false;
    hash = (Math.imul(hash, base) + c) | 0;
    c = b[++i] as number;
  }
  const last = b[i - 1] as number;
  if (flagsOf[last] === 0 || isTrailing(last)) return false;
  pathRead.end = i;
  pathRead.hash = hash;
  pathRead.code = (isQuote[c] === 1 && (isLetter(last) || isDigit(last)) ? 47 ^ 2048 : 47) * 16 + path;
  return true;
};

/** 'blk_-160899', 'req-9bc36dd9', '9bc36dd9ae', 'b9000564-fe1a-409b-b8cc-1e88b294cd1d': an id, or a number to the base of 16, whatever its form, when nothing else is in it. */
export const readId = (b: Uint8Array, start: number): boolean => {
  let i = start;
  let hash = 0;
  let flags = 0;
  let c = b[i] as number;
  for (let f = sortsOf[c] as number; f !== 0; f = sortsOf[c] as number) {
    flags |= f;
    hash = (Math.imul(hash, base) + c) | 0;
    c = b[++i] as number;
  }
  if (!(flags & unitless) && isDigit(b[start])) return false;
  flags &= ~unitless;
  if (!(flags & digit) || !(flags & letter) || afterOf(b, i) !== 1) return false;
  if (i - start === uuidLength) {
    if (flags & ~(letter | digit | dash) || b[start + 8] !== 45 || b[start + 13] !== 45 || b[start + 18] !== 45) return false;
    wordRead.kind = uuid;
  } else if ((flags & ~(hexLetter | digit)) === 0) {
    if (i - start < shortestHex || isNamedWord(b, start, i)) return false;
    wordRead.kind = hex;
  } else {
    if (!(flags & otherLetter) || isDigit(b[start]) || flags & ~(letter | digit | dash)) return false;
    if (isNamedWord(b, start, i) || (!(flags & dash) && isCodeName(b, start, i))) return false;
    wordRead.kind = id;
  }
  wordRead.flags = flags | letter;
  wordRead.end = i;
  wordRead.hash = hash;
  return true;
};

/** No unit has any of the letters a, c, e, f: '5d' and '12B' are no ids. */
const unitless = 1 << 12;
const sortsOf = Uint16Array.from(flagsOf, (flags, c) => (c === 97 || c === 99 || c === 101 || c === 102 ? flags | unitless : flags));

/** Shorter ones may be words. */
const shortestHex = 7;
const uuidLength = 36;
