import { isAsked, isTimings } from '#src/logs/digest/heads/status-place.ts';
import { at, digit, flagsOf, letter, otherLetter, slash } from '#src/logs/digest/lines/byte-flags.ts';
import { isDigit, isLetter, mix, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { isTruth } from '#src/logs/digest/mining/kind-of.ts';
import { any, num, path, url, word } from '#src/logs/digest/mining/kinds.ts';
import { base } from '#src/logs/digest/mining/value-hash.ts';
import { endWord, isPartingDot, readWord, wordRead } from '#src/logs/digest/mining/words.ts';
import type { Shape } from './lane.ts';
import type { Leaf } from './shape-tree.ts';

/** The variables of a raw line, and a signature of all that does not vary in it. Reused from line to line. */
export type Scan = {
  /** Where the line began when it was scanned. */
  base: number;
  length: number;
  count: number;
  start: Int32Array;
  end: Int32Array;
  kind: Uint8Array;
  /** Kind and sorts of bytes together: all of it that is in the signature. */
  code: Int32Array;
  /** As `hashValue` of the bytes. */
  value: Int32Array;
  /** 64 bits over what is no variable, and the kinds of variables. */
  low: number;
  high: number;
  /** Where the tree of known lines keeps the signature, when that alone tells it. */
  leaf: Leaf | null;
  /** Where the machine keeps it, and what of the signature was added for a longer line; 0 of a line that the tree does not know. */
  leafAt: number;
  reach: number;
  /** Where the arrays are, if the machine is to write them. */
  address: number;
  /** Of the line found last: what is known of its signature, if its first reading was it, and what its guards said. */
  shape: Shape | null;
  guard: number;
};

/** Longer lines, and lines with more variables, take the slow lane. */
export const longestScan = 4096;
const maxScanned = 250;

export const createScan = (): Scan => ({
  base: 0,
  length: 0,
  count: 0,
  start: new Int32Array(maxScanned + 1),
  end: new Int32Array(maxScanned + 1),
  kind: new Uint8Array(maxScanned + 1),
  code: new Int32Array(maxScanned + 1),
  value: new Int32Array(maxScanned + 1),
  low: 0,
  high: 0,
  leaf: null,
  leafAt: 0,
  reach: 0,
  address: 0,
  shape: null,
  guard: 0,
});

/** As far into a line as heads are looked for: what stands there is part of the signature of longer lines. */
export const headReach = 240;

/**
 * One pass over the bytes of a line. Its variables begin and end where those of `readTokens` do, by the same rules; all else that the
 * readers of heads, fields and messages go by is in the signature: text byte for byte, of variables their kind and which sorts of bytes
 * they have. Lines of one signature are read alike, but for what `study` finds must be looked at again. False when the line is too long.
 */
export const scanLine = (b: Uint8Array, from: number, to: number, scan: Scan): boolean => {
  if (to - from > longestScan) return false;
  const { start: starts, end: ends, kind: kindsOf, code: codes, value: values } = scan;
  let low = 0;
  let high = 0x2545f491;
  let count = 0;
  let i = from;
  let textFrom = from;
  requestEnd = -1;
  for (;;) {
    let c = b[i] as number;
    let f = flagsOf[c] as number;
    while (i < to && (f === 0 || (c === 46 && isPartingDot(b, i, from)))) {
      low = (Math.imul(low, base) + c) | 0;
      c = b[++i] as number;
      f = flagsOf[c] as number;
    }
    if (i >= to) break;
    const start = i;
    const first = c;
    let flags = 0;
    let hash = 0;
    do {
      flags |= f;
      hash = (Math.imul(hash, base) + c) | 0;
      c = b[++i] as number;
      f = flagsOf[c] as number;
    } while (f !== 0 && i < to);
    let kind: number;
    // Nearly all words are letters, or digits, and nothing else: what need not be asked of them is not.
    if ((flags & ~letter) === 0 && flags & otherLetter && c !== 58 && (start === from || opensValue[b[start - 1] as number] === 0)) {
      low = (Math.imul(low, base) + hash) | 0;
      continue;
    }
    if (flags === digit && c !== 58 && c !== 44) {
      kind = i - start === 3 && first < 54 && isAtStatus(b, from, start) ? word : num;
      kindSeen.detail = isQuote[c] === 1 ? digit ^ 2048 : digit;
    } else {
      endWord(b, start, to, i, flags, hash);
      i = wordRead.end;
      kind = kindIn(b, from, start, to);
      hash = wordRead.hash;
    }
    if (kind === word) {
      low = (Math.imul(low, base) + hash) | 0;
      continue;
    }
    const code = kindSeen.detail * 16 + kind;
    // How much text stands between two variables makes up for the text being hashed to 32 bits only.
    high = Math.imul(high ^ code ^ ((start - textFrom) << 16), 0x85ebca6b);
    high ^= high >>> 15;
    low = (Math.imul(low, 0x5bd1e995) + code) | 0;
    textFrom = i;
    starts[count] = start;
    ends[count] = i;
    kindsOf[count] = kind;
    codes[count] = code;
    values[count] = hash;
    if (++count > maxScanned) return false;
  }
  scan.base = from;
  scan.length = to - from;
  scan.count = count;
  scan.leaf = null;
  scan.leafAt = 0;
  const last = b[to - 1] as number;
  // 'Failed:' announces lines to come, and so does a caret, wherever the word rules put it.
  if (last === 58 || last === 94) high ^= last;
  scan.low = mix(low);
  scan.high = mix(high ^ Math.imul(to - textFrom, 0x9e3779b1)) ^ reachOf(b, scan);
  return true;
};

/** What a head may still see of a longer line depends on how long its variables are. */
export const reachOf = (b: Uint8Array, scan: Scan): number =>
  scan.length > headReach && b[scan.base] !== 123 ? Math.imul(wordsBefore(b, scan, scan.base + headReach), 0x27d4eb2f) : 0;

// Which sorts of bytes the word read last has, as far as a reader may go by them.
export const kindSeen = { detail: 0 };
/** Where 'HTTP/1.1', or what was asked for, ended in the line at hand, or -1: a status may follow. */
let requestEnd = -1;

/** The kind of the word that begins here, where no status may stand: reads it, and leaves the rest in `wordRead` and `kindSeen`. */
export const readKind = (b: Uint8Array, from: number, start: number, to: number): number => {
  requestEnd = -1;
  readWord(b, start, to);
  return kindIn(b, from, start, to);
};

/** The kind of the word read last, in its place in the line: `word` when it does not vary. */
const kindIn = (b: Uint8Array, from: number, start: number, to: number): number => {
  const { end, flags } = wordRead;
  let { kind } = wordRead;
  // A status is not a number.
  if (flags === digit && end - start === 3 && (b[start] as number) < 54 && isAtStatus(b, from, start)) kind = word;
  // Of a path the sorts of bytes vary with every other one.
  kindSeen.detail = kind === path || kind === url ? (b[start] as number) : flags & letter ? flags | letter : flags;
  if (flags & slash) {
    if (b[start] === 72 && end - start >= 6 && startsWith(b, start, end, 'HTTP/')) kind = word;
    if (b[start] === 72 || mayPrecedeStatus(b, from, start, end, kind)) requestEnd = end;
  }
  if (kind === any) kind = word;
  const before = start > from ? (b[start - 1] as number) : 0;
  if (kind === word && opensValue[before] === 1 && flags !== digit && isValue(b, from, start, end, to)) {
    kind = any;
    kindSeen.detail = flags & at;
  }
  // A backslash may be an escape.
  if (flags & slash && kind !== word && hasBackslash(b, start, end)) return word;
  // Whether a quote opens or closes is told by the characters next to it.
  if (isQuote[before] === 1 && isLetter(b[start])) kindSeen.detail ^= 1024;
  if (isQuote[b[end] as number] === 1 && (isLetter(b[end - 1]) || isDigit(b[end - 1]))) kindSeen.detail ^= 2048;
  return kind;
};

const isAtStatus = (b: Uint8Array, from: number, start: number): boolean =>
  (requestEnd > 0 && isGap(b, requestEnd, start)) || (start > from + 1 && b[start - 2] === 124);

const setOf = (text: string): Uint8Array => {
  const set = new Uint8Array(256);
  for (const c of Buffer.from(text)) set[c] = 1;
  return set;
};
export const isQuote = setOf('"\'`');
/** Behind these a word may be a value whatever it looks like: set to a name, or alone in quotes. */
export const opensValue = setOf('="\'');
/** 'GET /cart', and haproxy's times: as `readTokens` has it, or a little more often. */
const mayPrecedeStatus = (b: Uint8Array, from: number, start: number, end: number, kind: number): boolean => {
  if (kind === num) return isTimings(b, start, end);
  return (kind === path || kind === url) && isAsked(b, from, start);
};

/** 'user=ana' and '"ana"'; not a key of JSON, nor 'x=true'. */
const isValue = (b: Uint8Array, from: number, start: number, end: number, lineEnd: number): boolean => {
  const before = b[start - 1] as number;
  if (before === 61) return start - 1 > from && flagsOf[b[start - 2] as number] !== 0 && !isTruth(b, start, end);
  return b[end] === before && b[end + 1] !== 58 && end < lineEnd;
};

const isGap = (b: Uint8Array, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) if (flagsOf[b[i] as number] !== 0) return false;
  return true;
};

const hasBackslash = (b: Uint8Array, start: number, end: number): boolean => {
  for (let i = start; i < end; i++) if (b[i] === 92) return true;
  return false;
};

/** Which word of the text stands at a place that is told in bytes. */
const wordsBefore = (b: Uint8Array, { start, end, count, base: from }: Scan, limit: number): number => {
  let k = count;
  while (k > 0 && (start[k - 1] as number) >= limit) k--;
  let words = k << 8;
  for (let i = k > 0 ? (end[k - 1] as number) : from; i < limit; i++) if (flagsOf[b[i] as number] === 0) words++;
  return words + 1;
};
