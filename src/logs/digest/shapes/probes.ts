import { monthAt } from '#src/logs/digest/heads/calendar.ts';
import { isDigit, isLetter } from '#src/logs/digest/lines/bytes.ts';
import { any, num, path, url } from '#src/logs/digest/mining/kinds.ts';
import { createPlace, headLimit, headReach, nowhere, type Place, type Probe } from './reading.ts';
import type { Scan } from './scan.ts';

/** Where the slow lane looked for a time, and what came of it. */
export type Look = { bytes: Uint8Array; at: number; limit: number; found: boolean; end: number; ms: number };

/** The looks of the head or of the message, in places: what must be asked again of each line, and what need not. */
export const toProbes = (looks: Look[], scan: Scan, toPlace: (at: number) => Place | null): Probe[] | null => {
  const probes: Probe[] = [];
  for (const { bytes, at, limit, found, end } of looks) {
    const where = toPlace(at);
    const until = limit === scan.base + headReach ? createPlace(headLimit) : toPlace(limit);
    const to = found ? toPlace(end) : null;
    if (where === null || until === null || (found && to === null)) return null;
    const number = found ? -1 : scan.start.subarray(0, scan.count).indexOf(at);
    const hopeless = number < 0 ? 0 : hopelessLengths(bytes, scan, number);
    probes.push({ at: where, limit: until, found, end: to ?? nowhere, number: hopeless === 0 ? -1 : number, hopeless });
  }
  return probes;
};

/** Bit n: with n bytes no time begins with this word, as none of what follows it, which is the same in each line, could make a date of it. */
const hopelessLengths = (b: Uint8Array, scan: Scan, k: number): number => {
  const [at, end] = [scan.start[k] as number, scan.end[k] as number];
  const next = k + 1 < scan.count ? (scan.start[k + 1] as number) : scan.base + scan.length;
  const isNumber = scan.kind[k] === num && isAll(b, at, end);
  if (!isNumber) return isDottedDate(b, at, end) && isPlainKind(scan.kind[k] as number) && isWordNext(b, end, next) ? dottedDates : 0;
  // '329 INFO' leads to none, '17 Jan', '17 10:00' and '170101 - 10:00' may.
  if (end === next || leadsToClock[b[end] as number] === 0 || isWordNext(b, end, next)) return noEpochs;
  // '1702  2395 I': whatever it is, 020304 and 20240102 alone are dates in front of a clock.
  return b[end] === 32 && end + 1 < next && b[end + 1] === 32 ? noDates : 0;
};

/** Shorter than an epoch. */
const noEpochs = 0b11_1111_1111;
const noDates = noEpochs & ~((1 << 6) | (1 << 8));
/** '2005.06.03 R02': digits and dots, but the clock that makes a date of it would stand behind the blank. */
const dottedDates = 1 << 10;

const isDottedDate = (b: Uint8Array, from: number, to: number): boolean =>
  isDigit(b[from]) && b.subarray(from, to).includes(46) && isAll(b, from, to, true);

const isAll = (b: Uint8Array, from: number, to: number, mayHaveDots = false): boolean => {
  for (let i = from; i < to; i++) if (!isDigit(b[i]) && !(mayHaveDots && b[i] === 46)) return false;
  return true;
};

const isPlainKind = (kind: number): boolean => kind !== path && kind !== url && kind !== any;

/** A blank, then a word that is no name of a month. */
const isWordNext = (b: Uint8Array, end: number, next: number): boolean =>
  b[end] === 32 && end + 1 < next && isLetter(b[end + 1]) && monthAt(b, end + 1) === 0;

const leadsToClock = new Uint8Array(256).fill(1, 128);
for (const c of Buffer.from(' :/-.|_,Tt0123456789')) leadsToClock[c] = 1;
