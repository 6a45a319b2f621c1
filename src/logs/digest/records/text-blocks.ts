import { endsWith, find, isHex, isLetter, isSpace, isUpper, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { type BoxBlock, continueBox, isDrawn, openBox } from './boxes.ts';

/**
 * Things of many lines that are one thing: a certificate or key in its armour, a drawn table or box, a dump of bytes, an element of markup, a sheet
 * of facts below a rule of dashes. They say themselves where they go on.
 */
export type TextBlock = 'armour' | 'edge' | 'table' | 'dump' | 'markup' | 'rule' | 'sheet' | BoxBlock;

/** What this line opens, if anything. */
export const openTextBlock = (b: Uint8Array, start: number, end: number): TextBlock | 'none' => {
  const box = openBox(b, start, end);
  if (box !== 'none' || end - start < 4) return box;
  const last = b[end - 1] as number;
  if (last === 45 && endsWith(b, start, end, '-----') && find(b, start, end, '-----BEGIN ') >= 0) return 'armour';
  if (isRule(b, start, end)) return 'edge';
  if (last === 62 && rootLength(b, start, end) > 0 && b[end - 2] !== 47 && find(b, start, end, '</') < 0) return 'markup';
  return offsetLength(b, start, end) > 0 ? 'dump' : 'none';
};

/** What the block that `first` opened is after this line, or null when the line does not belong to it. */
export const continueTextBlock = (
  block: TextBlock,
  first: Uint8Array,
  b: Uint8Array,
  start: number,
  end: number,
): TextBlock | 'none' | null => {
  const content = skipSpaces(b, start, end);
  switch (block) {
    case 'box':
    case 'output':
    case 'excerpt':
    case 'npm':
      return continueBox(block, b, start, end);
    case 'armour':
      if (startsWith(b, content, end, '-----END ')) return 'none';
      return isArmoured(b, content, end) ? 'armour' : null;
    case 'edge':
      // Below a lower edge begins the next table.
      return b[content] === 124 || (isDrawn(b, content) && !isRule(b, content, end)) ? 'table' : null;
    case 'table':
      return isRule(b, content, end) ? 'edge' : b[content] === 124 || isDrawn(b, content) ? 'table' : null;
    case 'rule':
      return factAt(b, start, end) > 0 ? 'sheet' : null;
    case 'sheet':
      // The last fact may be a statement of many lines; then the trace goes on.
      return startsWith(b, content, end, 'at ') || startsWith(b, content, end, 'Caused by: ') ? null : 'sheet';
    case 'dump':
      return b[content] === 42 || goesOn(first, b, start, end) ? 'dump' : null;
    default:
      return continueMarkup(first, b, content, end);
  }
};

/** '---------------': what stands below a failure so may head a sheet of what is known of it, as Flyway has it. */
export const isDashes = (b: Uint8Array, start: number, end: number): boolean => {
  if (end - start < shortestRule) return false;
  for (let i = start; i < end; i++) if (b[i] !== 45) return false;
  return true;
};

const shortestRule = 10;
const longestName = 24;

/** Of 'SQL State  : 42P01' where the value begins, or -1. */
export const factAt = (b: Uint8Array, start: number, end: number): number => {
  if (!isUpper(b[start])) return -1;
  let i = start;
  while (i < end && i - start < longestName && (isLetter(b[i]) || b[i] === 32)) i++;
  return b[i] === 58 && b[i - 1] === 32 && b[i + 1] === 32 ? skipSpaces(b, i + 1, end) : -1;
};

/** '+----+-------+', or the upper edge of a box. */
const isRule = (b: Uint8Array, start: number, end: number): boolean => {
  if (b[start] === 0xe2) return isDrawn(b, start) && b[start + 1] === 0x94 && b[start + 2] === 0x8c;
  if (b[start] !== 43 || b[end - 1] !== 43 || end - start < 4) return false;
  for (let i = start; i < end; i++) if (b[i] !== 43 && b[i] !== 45 && b[i] !== 61) return false;
  return true;
};

const longestArmoured = 80;

/** Base64, or a line of the armour's head: 'Proc-Type: 4,ENCRYPTED'. */
const isArmoured = (b: Uint8Array, start: number, end: number): boolean => {
  let i = start;
  while (i < end && isBase64(b[i] as number)) i++;
  if (i === end || (b[i] === 13 && i + 1 === end)) return end - start <= longestArmoured;
  if (!isUpper(b[start])) return false;
  i = start;
  while (i < end && (isLetter(b[i]) || b[i] === 45)) i++;
  return b[i] === 58 && b[i + 1] === 32 && i > start + 2;
};

const isBase64 = (c: number): boolean => (c < 128 && isLetter(c)) || (c >= 47 && c <= 57) || c === 43 || c === 61;

/** Of '00000010  48 65 6c 6c …' and '0010: 4865 6c6c …': how long the offset is; 0 of any other line. */
const offsetLength = (b: Uint8Array, start: number, end: number): number => {
  let i = start;
  while (i < end && isHex(b[i])) i++;
  const length = i - start;
  const colon = b[i] === 58 ? 1 : 0;
  if (length > 16 || length < (colon ? 4 : 7) || b[i + colon] !== 32) return 0;
  i += colon;
  for (let group = 0; group < 4; group++) {
    i = skipSpaces(b, i, end);
    const from = i;
    while (i < end && isHex(b[i])) i++;
    if ((i - from !== 2 && i - from !== 4) || (i < end && !isSpace(b[i]))) return group > 0 && i >= end ? length : 0;
  }
  return length;
};

/** Its offset is a few lines' bytes behind the first one's. */
const goesOn = (first: Uint8Array, b: Uint8Array, start: number, end: number): boolean => {
  const from = skipSpaces(first, 0, first.length);
  const length = offsetLength(b, start, end);
  if (length === 0 || length !== offsetLength(first, from, first.length)) return false;
  const step = offsetAt(b, start, length) - offsetAt(first, from, length);
  return step > 0 && step % 8 === 0 && step < 1 << 20;
};

const offsetAt = (b: Uint8Array, start: number, length: number): number => {
  let value = 0;
  for (let i = start; i < start + length; i++) {
    const c = b[i] as number;
    value = value * 16 + (c < 58 ? c - 48 : (c | 32) - 87);
  }
  return value;
};

/** Of '<soap:Envelope xmlns=…>': how long '<soap:Envelope' is; 0 of what begins with no element. */
const rootLength = (b: Uint8Array, start: number, end: number): number => {
  if (b[start] !== 60 || !isLetter(b[start + 1])) return 0;
  let i = start + 1;
  while (i < end && b[i] !== 62 && b[i] !== 47 && !isSpace(b[i])) i++;
  return i - start;
};

/** Lines of elements, up to the one that closes the first; the same element once more is another. */
const continueMarkup = (first: Uint8Array, b: Uint8Array, start: number, end: number): TextBlock | 'none' | null => {
  if (b[start] !== 60) return null;
  const from = skipSpaces(first, 0, first.length);
  const length = rootLength(first, from, first.length);
  const isEnd = b[start + 1] === 47;
  if (!isEnd && rootLength(b, start, end) !== length) return 'markup';
  for (let k = 1; k < length; k++) if (b[start + k + (isEnd ? 1 : 0)] !== first[from + k]) return 'markup';
  if (!isEnd) return null;
  return isLetter(b[start + 1 + length]) ? 'markup' : 'none';
};
