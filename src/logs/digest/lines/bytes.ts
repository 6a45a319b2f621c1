/** Small readers over UTF-8 bytes; the hot path never makes strings. */

export const isDigit = (c: number | undefined): boolean => c !== undefined && c >= 48 && c <= 57;

export const isLetter = (c: number | undefined): boolean => c !== undefined && ((c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c >= 128);

export const isUpper = (c: number | undefined): boolean => c !== undefined && c >= 65 && c <= 90;

export const isHex = (c: number | undefined): boolean =>
  c !== undefined && ((c >= 48 && c <= 57) || (c >= 97 && c <= 102) || (c >= 65 && c <= 70));

export const isSpace = (c: number | undefined): boolean => c === 32 || c === 9 || c === 13 || c === 11 || c === 12;

export const skipSpaces = (b: Uint8Array, from: number, end: number): number => {
  let i = from;
  while (i < end && isSpace(b[i])) i++;
  return i;
};

/** Does the ASCII text stand at i? */
export const startsWith = (b: Uint8Array, i: number, end: number, text: string): boolean => {
  if (i + text.length > end) return false;
  for (let k = 0; k < text.length; k++) if (b[i + k] !== text.charCodeAt(k)) return false;
  return true;
};

export const endsWith = (b: Uint8Array, start: number, end: number, text: string): boolean =>
  end - text.length >= start && startsWith(b, end - text.length, end, text);

/** Where the ASCII text stands within [from, end), or -1. For short ranges only. */
export const find = (b: Uint8Array, from: number, end: number, text: string): number => {
  const first = text.charCodeAt(0);
  for (let i = from; i + text.length <= end; i++) if (b[i] === first && startsWith(b, i, end, text)) return i;
  return -1;
};

/** Of the 32-bit FNV-1a. */
export const hashSeed = 0x811c9dc5;
export const hashPrime = 0x01000193;

/** A 32-bit FNV-1a, lower-cased when asked for: a fixed function of the bytes, so that digests can be compared. */
export const hashBytes = (b: Uint8Array, start: number, end: number, fold = 0, seed = hashSeed): number => {
  let h = seed;
  for (let i = start; i < end; i++) h = Math.imul(h ^ ((b[i] as number) | fold), hashPrime);
  return h;
};

/** Murmur's finaliser: spreads FNV's weak high bits, and is a bijection, so no value is lost. */
export const mix = (hash: number): number => {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
};

const utf8 = new TextDecoder('utf-8');

const { latin1Slice } = Buffer.prototype;

/** A cut may fall inside a character: the torn end is left off. Most values and words are ASCII, which takes less than half the time. */
export const toText = (b: Uint8Array, start: number, end: number): string =>
  isAscii(b, start, end) ? latin1Slice.call(b, start, end) : utf8.decode(b.subarray(start, end)).replace(/\uFFFD+$/, '');

const isAscii = (b: Uint8Array, start: number, end: number): boolean => {
  for (let i = start; i < end; i++) if (!((b[i] as number) < 128)) return false;
  return true;
};
