import { isDigit } from '#src/logs/digest/lines/bytes.ts';
import type { TimeReader } from './times.ts';

// A date and a clock that stand in fields of their own.

const longest = 48;

/** Reads the time that a date and a clock make together; what `times` then says is that time. */
export const readJoined = (times: TimeReader, b: Uint8Array, date: Stretch, clock: Stretch): boolean => {
  const [days, hours] = [b.subarray(date.start, date.end), b.subarray(clock.start, clock.end)];
  if (days.length + hours.length > longest) return false;
  // A byte behind the end may be looked at.
  const joined = Buffer.alloc(days.length + hours.length + 2, 32);
  joined.set(days, 0);
  joined.set(hours, days.length + 1);
  return times.read(joined, 0, joined.length - 1) && times.end > days.length + 1 && !times.dateless;
};

type Stretch = { start: number; end: number };

/** '2026-11-27', '11/28/26', '28.11.2026', '20261128', '28-Nov-2026': nothing but a date. */
export const isDateAlone = (b: Uint8Array, start: number, end: number): boolean => {
  if (end - start < 6 || end - start > 11 || !isDigit(b[start]) || !isDigit(b[end - 1])) return false;
  let parts = 1;
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (c === 45 || c === 47 || c === 46) parts++;
    else if (c === 58 || c === 32) return false;
  }
  return parts === 3 || (parts === 1 && end - start === 8);
};

/** '02:10:00', '2:10:00.123 AM': nothing but a clock. */
export const isClockAlone = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 7 && end - start < 24 && isDigit(b[start]) && (b[start + 1] === 58 || b[start + 2] === 58);
