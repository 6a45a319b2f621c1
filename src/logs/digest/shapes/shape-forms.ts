import { flagsOf, otherLetter, slash } from '#src/logs/digest/lines/byte-flags.ts';
import { isDigit } from '#src/logs/digest/lines/bytes.ts';
import { duration, kinds, num, size as sizeKind, url, word } from '#src/logs/digest/mining/kinds.ts';
import { looksNamed } from '#src/logs/digest/mining/named-words.ts';
import { wordRead } from '#src/logs/digest/mining/words.ts';
import {
  byForm,
  endAt,
  formAfter,
  formCode,
  formCount,
  formFirst,
  formLead,
  formLetters,
  formSlash,
  formStop,
  formsOf,
  hashAt,
  longestForm,
  mostForms,
  slashAt,
  wayOf,
} from '#src/logs/digest/native/layout.ts';
import type { Machine } from '#src/logs/digest/native/machine.ts';
import { endsAddress } from './joints.ts';
import { isQuote, kindSeen, longestScan, readKind } from './scan.ts';

/**
 * Reads a word that the machine does not, by the rules of `scanLine`, and remembers its form: a word with noughts for digits, what followed it, and what it
 * was. A word of that form is then read by the machine. The line begins at `from`; the code of the word, or 0 when it is no variable for sure.
 */
export const readOtherWord = (
  { bytes, cells }: Machine,
  take: (size: number) => number,
  variable: number,
  b: Uint8Array,
  from: number,
  start: number,
  shift: number,
): number => {
  const kind = readKind(b, from, start, b.length);
  const { end, hash, flags } = wordRead;
  const hasSlash = (flags & slash) !== 0;
  // The machine may not have all of it.
  if (end - from > longestScan) return 0;
  if (kind === word || (hasSlash && flagsOf[b[end - 1] as number] === 0)) return 0;
  const code = kindSeen.detail * 16 + kind;
  cells[endAt >> 2] = end + shift;
  cells[hashAt >> 2] = hash;
  cells[slashAt >> 2] = hasSlash ? 1 : 0;
  if (!mayBeForm(b, start, end, kind, hasSlash)) return code;
  const form = takeForm(cells, take, variable);
  if (form === 0) return code;
  for (let k = start; k < end; k++) bytes[form + formLetters + k - start] = isDigit(b[k]) ? 48 : (b[k] as number);
  cells[form >> 2] = end - start;
  cells[(form + formLead) >> 2] = isUnit[kind] === 1 ? leadOf(b, start, end) : 0;
  cells[(form + formFirst) >> 2] = isHexNumber(b, start) ? 48 : 0;
  cells[(form + formAfter) >> 2] = afterOf(b, end);
  cells[(form + formCode) >> 2] = code;
  cells[(form + formSlash) >> 2] = hasSlash ? 1 : 0;
  cells[(form + formStop) >> 2] = hasSlash && b[start] === 47 ? (b[end] as number) : 0;
  cells[(variable + wayOf) >> 2] = byForm;
  return code;
};

const mayBeForm = (b: Uint8Array, start: number, end: number, kind: number, hasSlash: boolean): boolean => {
  // 'sha256' and '0x10' go by which digit it is.
  if (afterOf(b, end) < 0 || end - start > longestForm || (isHexNumber(b, start) && b[start] !== 48) || looksNamed(b, start, end))
    return false;
  if (!hasSlash) return true;
  if (b[start] === 47 ? !isEndOfPath(b[end] as number) : b[start] === 72 || !isPlainKind[kind]) return false;
  for (let k = start; k < end; k++) if (b[k] === 92) return false;
  return true;
};

/** For the word that stands there now, in front of the others; the one that was not seen for the longest time makes room. 0 without room. */
const takeForm = (cells: Int32Array, take: (size: number) => number, variable: number): number => {
  const first = (variable + formsOf) >> 2;
  const count = cells[(variable + formCount) >> 2] as number;
  if (count < mostForms) {
    const form = take(formLetters + longestForm);
    if (form === 0) return 0;
    cells[first + count] = form;
    cells[(variable + formCount) >> 2] = count + 1;
  }
  const last = Math.min(count, mostForms - 1);
  const form = cells[first + last] as number;
  for (let k = last; k > 0; k--) cells[first + k] = cells[first + k - 1] as number;
  return (cells[first] = form);
};

/** As in `words.as`: what of the bytes behind a word its kind may go by: 1 when nothing, -1 when too much. */
const afterOf = (b: Uint8Array, end: number): number => {
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

const isHexNumber = (b: Uint8Array, start: number): boolean => ((b[start + 1] as number) | 32) === 120;

/** Whatever stands behind it: an address ends here. */
const isEndOfPath = (c: number): boolean => endsAddress[c] === 1 && c !== 44 && isQuote[c] === 0;

/** A unit does not go by how many digits stand before it. */
const isUnit = Uint8Array.from(kinds, (_, kind) => (kind === duration || kind === sizeKind ? 1 : 0));

const leadOf = (b: Uint8Array, start: number, end: number): number => {
  let i = start;
  while (i < end && isDigit(b[i])) i++;
  return i - start;
};

/** Kinds in which a slash is no part of a list of numbers, nor lets the word go on. */
const isPlainKind = Uint8Array.from(kinds, (_, kind) => (kind === num || kind === url ? 0 : 1));
