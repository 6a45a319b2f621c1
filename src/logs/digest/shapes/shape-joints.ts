import { isAsked } from '#src/logs/digest/heads/status-place.ts';
import { digit, flagsOf, letter, otherLetter } from '#src/logs/digest/lines/byte-flags.ts';
import { isDigit } from '#src/logs/digest/lines/bytes.ts';
import { num, path, url } from '#src/logs/digest/mining/kinds.ts';
import { isTrailing } from './joints.ts';
import type { Scan } from './scan.ts';

/**
 * Whether the word in front ends where it does goes by what follows: 'port:' before anything but '//', 'ab:' and '1,' before a digit alike,
 * 'core.' and 'depth.....' before a number.
 */
export type Joint = 'none' | 'digit' | 'scheme' | 'number' | 'unsure';

/** Of text behind a variable that ends in a word of its own. */
export const jointOf = (b: Uint8Array, from: number, end: number): Joint => {
  const last = b[end - 1] as number;
  if (end === from) return 'none';
  if (flagsOf[last] !== 0) return last === 46 ? jointOfDots(b, from, end) : 'unsure';
  if (last !== 58 && last !== 44) return 'none';
  if (end - from > 1 && last === 58 && b[end - 2] === 58) return 'unsure';
  const flags = flagsBefore(b, from, end - 1);
  if (flags === 0) return 'none';
  if (last === 44) return flags & letter ? 'none' : 'digit';
  return flags & otherLetter && !(flags & digit) ? 'scheme' : 'digit';
};

const jointOfDots = (b: Uint8Array, from: number, end: number): Joint => {
  let dots = end;
  while (dots > from && b[dots - 1] === 46) dots--;
  return dots > from && flagsOf[b[dots - 1] as number] !== 0 && (flagsBefore(b, from, dots) & ~letter) === 0 ? 'number' : 'unsure';
};

const flagsBefore = (b: Uint8Array, from: number, end: number): number => {
  let flags = 0;
  for (let i = end - 1; i >= from && flagsOf[b[i] as number] !== 0; i--) flags |= flagsOf[b[i] as number] as number;
  return flags;
};

export const joinsAlike = (joint: Joint, b: Uint8Array, start: number): boolean =>
  joint === 'scheme' ? b[start] !== 47 || b[start + 1] !== 47 : joint !== 'unsure' && isDigit(b[start]);

/** 'HTTP/1.1"', or a bar: a status may follow. */
export const mayEndInRequest = (text: Uint8Array): boolean => {
  if (text.includes(92) || text.at(-2) === 124) return true;
  let end = text.length;
  while (end > 0 && flagsOf[text[end - 1] as number] === 0) end--;
  let start = end;
  while (start > 0 && flagsOf[text[start - 1] as number] !== 0) start--;
  const word = text.subarray(start, end);
  return word.includes(47) && word.includes(72);
};

/** Does each word of the text, and each variable, end where it does whatever the variables next to it are? */
export const isSure = (b: Uint8Array, { base: from, length, count, start, end, kind, code }: Scan): boolean => {
  const to = from + length;
  let before = from;
  for (let k = 0; k < count; k++) {
    const [s, e] = [start[k] as number, end[k] as number];
    if (s > from && s === before) return false;
    const joint = jointOf(b, before, s);
    if (joint !== 'none' && !joinsAlike(joint, b, s)) return false;
    if (joint === 'number' && (kind[k] !== num || (code[k] as number) >> 4 !== digit)) return false;
    if (flagsOf[b[e - 1] as number] === 0) return false;
    if (e < to && flagsOf[b[e] as number] !== 0 && !(isTrailing(b[e] as number) && (e + 1 === to || flagsOf[b[e + 1] as number] === 0)))
      return false;
    const next = k + 1 < count ? (start[k + 1] as number) : to;
    if (isStatusNext(b, e, next) && !(isPath(kind[k] as number) && isAsked(b, before, s))) return false;
    before = e;
  }
  return true;
};

const isPath = (kind: number): boolean => kind === path || kind === url;

/** Behind it a gap, then three digits and no more, in the text. */
const isStatusNext = (b: Uint8Array, end: number, next: number): boolean => {
  let i = end;
  while (i < next && flagsOf[b[i] as number] === 0) i++;
  return i + 3 <= next && isDigit(b[i]) && isDigit(b[i + 1]) && isDigit(b[i + 2]) && flagsOf[b[i + 3] as number] === 0;
};
