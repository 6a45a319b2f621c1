import { at, colon, comma, digit, flagsOf, letter, slash } from './byte-flags.ts';
import { isDigit, isUpper, mix, startsWith } from './bytes.ts';
import { addressEnd, isTrailing, joinsColon, joinsComma } from './joints.ts';
import { isTruth, kindOf } from './kind-of.ts';
import { any, num, path, url, word } from './kinds.ts';
import { isTimings } from './status-place.ts';
import { base, hashValue } from './value-hash.ts';

/** The variables of a raw line, and a signature of all that does not vary in it. Reused from line to line. */
export type Scan = {
  /** Where the line began when it was scanned. */
  base: number;
  length: number;
  count: number;
  start: Int32Array;
  end: Int32Array;
  kind: Uint8Array;
  /** As `hashValue` of the bytes. */
  value: Int32Array;
  /** 64 bits over what is no variable, and the kinds of variables. */
  low: number;
  high: number;
};

/** Longer lines, and lines with more variables, take the slow lane. */
export const longestScan = 4096;
export const maxScanned = 250;

export const createScan = (): Scan => ({
  base: 0,
  length: 0,
  count: 0,
  start: new Int32Array(maxScanned + 1),
  end: new Int32Array(maxScanned + 1),
  kind: new Uint8Array(maxScanned + 1),
  value: new Int32Array(maxScanned + 1),
  low: 0,
  high: 0,
});

/** As far into a line as heads are looked for: what stands there is part of the signature of longer lines. */
const headReach = 240;

/**
 * One pass over the bytes of a line. Its variables begin and end where those of `readTokens` do, by the same rules; all else that the
 * readers of heads, fields and messages go by is in the signature: text byte for byte, of variables their kind and which sorts of bytes
 * they have. Lines of one signature are read alike, but for what `study` finds must be looked at again. False when the line is too long.
 */
export const scanLine = (b: Uint8Array, from: number, to: number, scan: Scan): boolean => {
  if (to - from > longestScan) return false;
  const { start: starts, end: ends, kind: kindsOf, value: values } = scan;
  let low = 0;
  let high = 0x2545f491;
  let count = 0;
  let i = from;
  let before = 0;
  let textFrom = from;
  requestEnd = -1;
  for (;;) {
    let c = b[i] as number;
    let flags = flagsOf[c] as number;
    while (flags === 0 && i < to) {
      low = (Math.imul(low, base) + c) | 0;
      before = c;
      c = b[++i] as number;
      flags = flagsOf[c] as number;
    }
    if (i >= to) break;
    const start = i;
    let hash = c;
    for (;;) {
      c = b[++i] as number;
      let f = flagsOf[c] as number;
      while (f !== 0) {
        flags |= f;
        hash = (Math.imul(hash, base) + c) | 0;
        c = b[++i] as number;
        f = flagsOf[c] as number;
      }
      // Kept out of the loop above, which takes most of the time.
      if (c !== 58 && c !== 44) break;
      const joint = jointAt(b, i, to, flags);
      if (joint === 0) break;
      flags |= joint;
      hash = (Math.imul(hash, base) + c) | 0;
    }
    let kind = num;
    let detail = digit;
    if ((flags & ~letter) === 0) {
      if (opensValue[before] === 0 || !isValue(b, from, start, i, to)) {
        low = (Math.imul(low, base) + hash) | 0;
        before = 0;
        continue;
      }
      kind = any;
      detail = 0;
    } else if (flags !== digit || requestEnd > 0 || (before === 32 && start > from + 1 && b[start - 2] === 124)) {
      kind = classify(b, from, start, i, to, flags, hash);
      i = found.end;
      hash = found.hash;
      detail = found.detail;
      if (kind === word) {
        low = (Math.imul(low, base) + hash) | 0;
        before = 0;
        continue;
      }
    }
    // Whether a quote opens or closes is told by the characters next to it.
    if (isQuote[before] === 1 && ((flagsOf[b[start] as number] as number) & letter) !== 0) detail ^= 1024;
    if (isQuote[b[i] as number] === 1 && ((flagsOf[b[i - 1] as number] as number) & (letter | digit)) !== 0) detail ^= 2048;
    before = 0;
    const code = detail * 16 + kind;
    // How much text stands between two variables makes up for the text being hashed to 32 bits only.
    high = Math.imul(high ^ code ^ ((start - textFrom) << 16), 0x85ebca6b);
    high ^= high >>> 15;
    low = (Math.imul(low, 0x5bd1e995) + code) | 0;
    textFrom = i;
    starts[count] = start;
    ends[count] = i;
    kindsOf[count] = kind;
    values[count] = hash;
    if (++count > maxScanned) return false;
  }
  scan.base = from;
  scan.length = to - from;
  scan.count = count;
  const last = b[to - 1] as number;
  // 'Failed:' announces lines to come, and so does a caret, wherever the word rules put it.
  if (last === 58 || last === 94) high ^= last;
  if (to - from > headReach && b[from] !== 123) high ^= Math.imul(wordsBefore(b, scan, from + headReach), 0x27d4eb2f);
  scan.low = mix(low);
  scan.high = mix(high ^ Math.imul(to - textFrom, 0x9e3779b1));
  return true;
};

const setOf = (text: string): Uint8Array => {
  const set = new Uint8Array(256);
  for (const c of Buffer.from(text)) set[c] = 1;
  return set;
};
const isQuote = setOf('"\'`');
/** Behind these a word may be a value whatever it looks like: set to a name, or alone in quotes. */
const opensValue = setOf('="\'');
/** What may stand behind a colon within a word. */
const mayJoin = setOf('0123456789abcdefABCDEF:');

// Told by `classify` besides the kind: kept out of the loop, whose few variables then stay in registers.
const found = { end: 0, hash: 0, detail: 0 };
/** Where 'HTTP/1.1', or what was asked for, ended in the line at hand, or -1: a status may follow. */
let requestEnd = -1;

const jointAt = (b: Uint8Array, i: number, to: number, flags: number): number => {
  if (i >= to) return 0;
  if (b[i] === 44) return joinsComma(b, i, to, flags) ? comma : 0;
  return mayJoin[b[i + 1] as number] === 1 && joinsColon(b, i, to, flags) ? colon : 0;
};

/** The kind of a word that is more than letters, or a number after a protocol. */
const classify = (b: Uint8Array, from: number, start: number, to: number, lineEnd: number, bits: number, value: number): number => {
  const c = b[start] as number;
  let flags = bits;
  let kind = word;
  let end = to;
  found.hash = value;
  if ((c === 47 && (flags & (letter | digit) || to === start + 1)) || (b[to] === 58 && b[to + 1] === 47 && b[to + 2] === 47)) {
    end = addressEnd(b, to, lineEnd);
    if (end > to) flags |= slash;
    kind = c === 47 ? path : url;
  }
  while (end > start + 1 && isTrailing(b[end - 1] as number)) end--;
  if (end !== to) found.hash = hashValue(b, start, end);
  found.end = end;
  // A status is not a number.
  if (flags === digit)
    kind =
      end - start === 3 && c < 54 && ((requestEnd > 0 && isGap(b, requestEnd, start)) || (start > from + 1 && b[start - 2] === 124))
        ? word
        : num;
  else if (kind === word || (kind === path && isDigit(b[start + 1]))) kind = kindOf(b, start, end, flags, kind);
  // Of a path the sorts of bytes vary with every other one.
  found.detail = kind === path || kind === url ? c : flags & letter ? flags | letter : flags;
  if (flags & slash && c === 72 && end - start >= 6 && startsWith(b, start, end, 'HTTP/')) {
    kind = word;
    requestEnd = end;
  } else if (flags & slash && mayPrecedeStatus(b, from, start, end, kind)) requestEnd = end;
  if (kind === any) kind = word;
  if (kind === word && opensValue[start > from ? (b[start - 1] as number) : 0] === 1 && isValue(b, from, start, end, lineEnd)) {
    kind = any;
    found.detail = flags & at;
  }
  // A backslash may be an escape.
  return flags & slash && kind !== word && hasBackslash(b, start, end) ? word : kind;
};

/** 'GET /cart', and haproxy's times: as `readTokens` has it, or a little more often. */
const mayPrecedeStatus = (b: Uint8Array, from: number, start: number, end: number, kind: number): boolean => {
  if (kind === num) return isTimings(b, start, end);
  if (kind !== path && kind !== url) return false;
  let i = start - 1;
  while (i > from && flagsOf[b[i] as number] === 0) i--;
  return i > from && isUpper(b[i]) && isUpper(b[i - 1]);
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
