import { isDigit, isHex, isLetter, isUpper, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { day, hasDay, inYearNextTo, isDay, isWeekday, monthAt, onDayNextTo, toDays } from './calendar.ts';

/** What `read` found; reused from call to call, so that the hot path allocates nothing. */
export type TimeReader = {
  /** Is there a timestamp at i? Then ms, end, stated, offset and inferred tell about it. */
  read(b: Uint8Array, i: number, limit: number): boolean;
  /** Since the epoch; of a timestamp that states no zone, as if it were UTC. */
  ms: number;
  end: number;
  /** The timestamp says its zone. */
  stated: boolean;
  /** Minutes east of UTC, when stated. */
  offset: number;
  /** The year was not there, and was taken from `now` or from dates that had one. */
  inferred: boolean;
  /** Not even a date was. */
  dateless: boolean;
  /** A whole date was seen, by which others are completed. */
  anchored(): boolean;
  /** The time read last was stated for what follows ('#Date: …'): the day of clocks is no longer inferred. */
  sayDay(): void;
  /** The number read last need not be an epoch: dates are not completed by it. */
  doubtEpoch(): void;
  /** A whole date or an epoch was read elsewhere: others are completed by it. */
  refer(ms: number, isEpoch: boolean): void;
};

const earliest = Date.UTC(1990, 0, 1);
const latest = Date.UTC(2100, 0, 1);
const longestDate = 24;
const yearLength = 365.2425 * day;
/** A date so near to another is in no year nearer to it. */
const surelyNext = 150 * day;
const saidDates = 4;
/** Years. */
const longestAgo = 20;

/** What a reader goes by: the last full date seen, and dates as they were written last. In arrays, so that it can lie where others read it, too. */
export type TimeMemory = {
  /** In a log that has both, dates without a year are of the same time as the last full one, whatever the clock says. NaN before there was one. */
  reference: Float64Array;
  /** Of dates as they were written, up to their clocks: the next one is the same, or nearly always. A log has a few ways to write one. */
  days: Float64Array;
  /** Which of them was read last, then the lengths of all, then whether each has no year. */
  facts: Int32Array;
  text: Uint8Array;
  /** The last epoch that was the reference, and what was before it. NaN before there was one. */
  epochs: Float64Array;
  /** By which a date without a year is completed where there was no full one; NaN without a clock to go by. */
  now: Float64Array;
};

export const createTimeMemory = (buffer: ArrayBuffer = new ArrayBuffer(timeMemoryBytes), at = 0): TimeMemory => {
  new Uint8Array(buffer, at, timeMemoryBytes).fill(0);
  const reference = new Float64Array(buffer, at, 1);
  reference[0] = Number.NaN;
  const epochs = new Float64Array(buffer, at + 176, 2).fill(Number.NaN);
  return {
    reference,
    days: new Float64Array(buffer, at + 8, saidDates),
    facts: new Int32Array(buffer, at + 40, 1 + 2 * saidDates),
    text: new Uint8Array(buffer, at + 76, saidDates * longestDate),
    epochs,
    now: new Float64Array(buffer, at + 192, 1).fill(Number.NaN),
  };
};
const timeMemoryBytes = 200;

/**
 * Reads the shapes logs use: ISO 8601 and its relatives (2024-01-02T03:04:05.678+01:00, 2024/01/02 03:04:05, 2024/01/02 - 03:04:05,
 * 2024-002T03:04:05, 2005-06-03-15.42.50.675872, 2024年01月02日 03:04:05), syslog (Jan  2 03:04:05), ctime, Apache
 * (02/Jan/2024:03:04:05 +0100), 20240102-03:04:05:678, 240102 030405, 24/01/02 03:04:05, 24-01-02 03:04:05, 1/2/2024, 3:04:05 AM,
 * 02-01-2024 03:04:05, 02-Jan-24 03:04:05, Jan-02-24 03:04:05, 02Jan2024 03:04:05, 02.01.24 03:04:05, 2024:01:02-03:04:05, 20240102030405,
 * 01-02 03:04:05.678, 01-02|03:04:05.678, 01.02 03:04:05, 02 Jan 03:04:05, bare clocks, epochs in s, ms, µs, ns, and TAI64N.
 * `now` completes what carries no year: the last such date that is not after it.
 */
export const createTimeReader = (now?: number, memory: TimeMemory = createTimeMemory()): TimeReader => {
  const { reference, days, facts, text, epochs } = memory;
  memory.now[0] = now ?? Number.NaN;
  // No small integer from the start, or objects made before the first time was read would look different to the compiler from those made after.
  const reader: TimeReader = {
    read,
    ms: -0,
    end: 0,
    stated: false,
    offset: 0,
    inferred: false,
    dateless: false,
    anchored,
    sayDay,
    doubtEpoch,
    refer,
  };
  // Without a clock to go by, a leap year in which every date exists.
  const currentYear = now === undefined ? 2000 : new Date(now).getUTCFullYear();
  const today = now === undefined ? Date.UTC(2000, 0, 1) : Math.floor(now / day) * day;
  let clock = 0;
  let isDaySaid = false;
  // Of the date at hand: where its clock begins, and whether all that it went by stands in front of it.
  let clockStart = 0;
  let form: 'whole' | 'yearless' | 'other' = 'other';

  function read(b: Uint8Array, i: number, limit: number): boolean {
    reader.stated = false;
    reader.offset = 0;
    reader.inferred = false;
    reader.dateless = false;
    if (readSaidDate(b, i, limit)) return true;
    form = 'other';
    const c = b[i] as number;
    const found =
      c >= 48 && c <= 57 ? readFromDigit(b, i, limit) : c === 64 ? readTai(b, i, limit) : isLetter(c) && readFromName(b, i, limit);
    if (found && form !== 'other') rememberDate(b, i);
    return found;
  }

  function rememberDate(b: Uint8Array, i: number): void {
    const date = reader.ms + reader.offset * 60_000 - clock;
    // Next to today it goes by the clock of which year a date is.
    const fromToday = now === undefined ? yearLength / 2 : Math.abs(date - now) % yearLength;
    const isSure = form === 'whole' || !Number.isNaN(reference[0]) || (fromToday > 4 * day && fromToday < yearLength - 4 * day);
    const length = clockStart - i;
    if (!isSure || length > longestDate) return;
    const at = ((facts[0] as number) + 1) % saidDates;
    for (let k = 0; k < length; k++) text[at * longestDate + k] = b[i + k] as number;
    days[at] = date;
    facts[0] = at;
    facts[1 + at] = length;
    facts[1 + saidDates + at] = form === 'yearless' ? 1 : 0;
  }

  function readSaidDate(b: Uint8Array, i: number, limit: number): boolean {
    for (let turn = 0; turn < saidDates; turn++) {
      const at = ((facts[0] as number) + turn) % saidDates;
      if (facts[1 + at] === 0 || text[at * longestDate] !== b[i] || !readSameDate(at, b, i, limit)) continue;
      facts[0] = at;
      return true;
    }
    return false;
  }

  /** Only the clock is new. A year that was taken from other dates must still be the one that comes next to them. */
  function readSameDate(which: number, b: Uint8Array, i: number, limit: number): boolean {
    const length = facts[1 + which] as number;
    const yearless = facts[1 + saidDates + which] === 1;
    const date = days[which] as number;
    const at = i + length;
    if (at + 2 >= limit || (yearless && (b[at + 2] !== 58 || Math.abs(date - (reference[0] as number)) > surelyNext))) return false;
    for (let k = 1; k < length; k++) if (b[i + k] !== text[which * longestDate + k]) return false;
    // More blanks than before.
    if (b[at] === 32) return false;
    const end = readClock(b, at, limit);
    if (end < 0) return false;
    reader.ms = date + clock;
    reader.end = end;
    readZone(b, end, limit);
    if (yearless) reader.inferred = true;
    else reference[0] = reader.ms;
    return true;
  }

  function sayDay(): void {
    isDaySaid = true;
  }

  function doubtEpoch(): void {
    if (reference[0] === epochs[0]) reference[0] = epochs[1] as number;
  }

  function refer(ms: number, isEpoch: boolean): void {
    if (isEpoch && reference[0] !== epochs[0]) epochs[1] = reference[0] as number;
    if (isEpoch) epochs[0] = ms;
    reference[0] = ms;
  }

  function anchored(): boolean {
    return !Number.isNaN(reference[0]);
  }

  function readFromDigit(b: Uint8Array, i: number, limit: number): boolean {
    let n = 1;
    while (n < 20 && i + n < limit && isDigit(b[i + n])) n++;
    const after = b[i + n];
    switch (n) {
      case 1:
      case 2:
        if (after === 58) return readBareClock(b, i, limit);
        if (after === 32) return readDayMonth(b, i, n, limit);
        if (after === 47) return isLetter(b[i + n + 1]) ? readApache(b, i, n, limit) : readSlashes(b, i, n, limit);
        if (after === 45) return isLetter(b[i + n + 1]) ? readApache(b, i, n, limit) : n === 2 && readDashes(b, i, limit);
        if (after === 46) return n === 2 && readDotted(b, i, limit);
        return n === 2 && monthAt(b, i + 2) > 0 && readGlued(b, i, limit);
      case 4:
        if (after === 0xe5) return readChinese(b, i, limit);
        if (after !== 45 && after !== 47 && after !== 46 && after !== 58) return false;
        form = 'whole';
        if (b[i + 7] === after && isDigit(b[i + 9])) return finish(b, i + 10, limit, four(b, i), two(b, i + 5), two(b, i + 8), true);
        form = 'other';
        if (after !== 45) return false;
        return isLetter(b[i + 5]) ? readNamedMonth(b, i, limit) : readOrdinal(b, i, limit);
      case 6:
        if (after !== 32) return false;
        form = 'whole';
        return finish(b, i + 6, limit, 2000 + two(b, i), two(b, i + 2), two(b, i + 4), true);
      case 8:
        form = 'whole';
        return finish(b, i + 8, limit, four(b, i), two(b, i + 4), two(b, i + 6), true);
      case 10:
        return readEpoch(b, i, 10, limit, 1000);
      case 13:
        return readEpoch(b, i, 13, limit, 1);
      case 14:
        return readDigits(b, i, limit);
      case 16:
        return readEpoch(b, i, 16, limit, 1e-3);
      case 19:
        return readEpoch(b, i, 19, limit, 1e-6);
      default:
        return false;
    }
  }

  /** Date known, clock next: after T, blank, _, -, : or |, and after ' - '. */
  function finish(b: Uint8Array, at: number, limit: number, year: number, month: number, dayOfMonth: number, needsClock: boolean): boolean {
    if (year < 1990 || year > 2100 || !isDay(month, dayOfMonth)) return false;
    if (isJoint[b[at] as number] !== 1) return !needsClock;
    let i = at + 1;
    if (b[i] === 45 && b[i + 1] === 32) i += 2;
    // 28-Nov-2026::02:10:00
    if (b[i] === 58 && b[at] === 58) i++;
    while (b[i] === 32 && i < limit && i < at + 3) i++;
    return finishAt(b, i, limit, toDays(year, month, dayOfMonth));
  }

  function finishAt(b: Uint8Array, start: number, limit: number, days: number): boolean {
    const end = readClock(b, start, limit);
    if (end < 0) return false;
    clockStart = start;
    reader.ms = days * day + clock;
    reader.end = end;
    readZone(b, end, limit);
    reference[0] = reader.ms;
    return true;
  }

  /** hh:mm:ss with fractions, hh.mm.ss, hhmmss, hh:mm; AM and PM. Sets `clock`, returns the end or -1. */
  function readClock(b: Uint8Array, start: number, limit: number): number {
    let i: number;
    let hour: number;
    let minute: number;
    let second = 0;
    let colon = b[start + 2];
    if (colon === 58 && b[start + 5] === 58 && isTwo(b, start) && isTwo(b, start + 3) && isTwo(b, start + 6)) {
      // As nearly all clocks are written.
      hour = two(b, start);
      minute = two(b, start + 3);
      second = two(b, start + 6);
      i = start + 8;
    } else {
      i = start;
      if (!isDigit(b[i])) return -1;
      hour = (b[i++] as number) - 48;
      if (isDigit(b[i])) hour = hour * 10 + (b[i++] as number) - 48;
      colon = b[i];
      if (colon === 58 || colon === 46) {
        if (!isDigit(b[i + 1]) || !isDigit(b[i + 2])) return -1;
        minute = two(b, i + 1);
        i += 3;
        if (b[i] === colon && isDigit(b[i + 1]) && isDigit(b[i + 2])) {
          second = two(b, i + 1);
          i += 3;
        } else if (colon === 46) return -1;
      } else {
        for (let k = 0; k < 4; k++) if (!isDigit(b[i + k])) return -1;
        if (isDigit(b[i + 4])) return -1;
        minute = two(b, i);
        second = two(b, i + 2);
        i += 4;
      }
    }
    if (i > limit || hour > 23 || minute > 59 || second > 60) return -1;
    let fraction = 0;
    const point = b[i];
    if ((point === 46 || point === 44 || (point === 58 && colon === 58)) && isDigit(b[i + 1])) {
      i++;
      // Thousandths; what is finer is left out.
      for (let scale = 100; i < limit && isDigit(b[i]); i++) {
        fraction += ((b[i] as number) - 48) * scale;
        scale = scale === 100 ? 10 : scale === 10 ? 1 : 0;
      }
    }
    const half = b[i] === 32 ? i + 1 : i;
    const which = (b[half] as number) | 32;
    if (half + 1 < limit && (which === 97 || which === 112) && ((b[half + 1] as number) | 32) === 109 && !isLetter(b[half + 2])) {
      hour = (hour % 12) + (which === 112 ? 12 : 0);
      i = half + 2;
    }
    clock = hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction;
    return i;
  }

  /** Z, +01:00, -0800, +02, UTC, GMT, with or without a blank. Other names (PST, CET) are not unique: the zone stays unknown. */
  function readZone(b: Uint8Array, at: number, limit: number): void {
    const i = b[at] === 32 ? at + 1 : at;
    const c = b[i];
    if (i >= limit) return;
    if ((c === 90 || c === 122) && i === at && !isLetter(b[i + 1])) state(i + 1, 0);
    else if ((c === 43 || c === 45) && isDigit(b[i + 1]) && isDigit(b[i + 2])) {
      const colon = b[i + 3] === 58 ? 1 : 0;
      const minutes = isDigit(b[i + 3 + colon]) && isDigit(b[i + 4 + colon]);
      if (!minutes && (i !== at || isDigit(b[i + 3]) || isLetter(b[i + 3]) || b[i + 3] === 45)) return;
      if (minutes && isDigit(b[i + 5 + colon])) return;
      const value = two(b, i + 1) * 60 + (minutes ? two(b, i + 3 + colon) : 0);
      if (value <= 14 * 60) state(minutes ? i + 5 + colon : i + 3, c === 43 ? value : -value);
    } else if (!isUpper(c)) return;
    else if ((startsWith(b, i, limit, 'UTC') || startsWith(b, i, limit, 'GMT')) && !isLetter(b[i + 3])) state(i + 3, 0);
    else if (i > at) reader.end = nameEnd(b, i, limit) || at;
  }

  const state = (end: number, offset: number) => {
    reader.stated = true;
    reader.offset = offset;
    reader.ms -= offset * 60_000;
    reader.end = end;
  };

  function readBareClock(b: Uint8Array, i: number, limit: number): boolean {
    const seconds = b[i + (isDigit(b[i + 1]) ? 2 : 1) + 3];
    if (seconds !== 58) return false;
    const end = readClock(b, i, limit);
    if (end < 0 || isDigit(b[end]) || b[end] === 58) return false;
    reader.ms = today + clock;
    if (!Number.isNaN(reference[0])) reference[0] = reader.ms = onDayNextTo(reader.ms, reference[0] as number);
    else if (now !== undefined && reader.ms > now + day / 24) reader.ms -= day;
    reader.end = end;
    reader.inferred = reader.dateless = !isDaySaid;
    return true;
  }

  /** 02/Jan/2024:03:04:05 +0100, 2/Jan/2024:03:04:05, 02-Jan-2024 03:04:05 and 02-JAN-24 03.04.05 AM. */
  function readApache(b: Uint8Array, i: number, digits: number, limit: number): boolean {
    const name = i + digits + 1;
    const month = monthAt(b, name);
    if (month === 0 || b[name + 3] !== b[name - 1]) return false;
    return finishYear(b, name + 4, limit, month, oneOrTwo(b, i, digits));
  }

  /** Jan-02-24 03:04:05 */
  function readMonthFirst(b: Uint8Array, i: number, limit: number): boolean {
    const month = monthAt(b, i);
    return month > 0 && isTwo(b, i + 4) && b[i + 6] === 45 && finishYear(b, i + 7, limit, month, two(b, i + 4));
  }

  /** 02Jan2024 03:04:05 */
  const readGlued = (b: Uint8Array, i: number, limit: number): boolean =>
    isTwo(b, i + 5) && isTwo(b, i + 7) && finishYear(b, i + 5, limit, monthAt(b, i + 2), two(b, i));

  /** 2024-Jan-02 03:04:05 */
  function readNamedMonth(b: Uint8Array, i: number, limit: number): boolean {
    const month = monthAt(b, i + 5);
    if (month === 0 || b[i + 8] !== 45 || !isTwo(b, i + 9)) return false;
    form = 'whole';
    return finish(b, i + 11, limit, four(b, i), month, two(b, i + 9), true);
  }

  /** The year comes last, in four digits or two. */
  function finishYear(b: Uint8Array, year: number, limit: number, month: number, dayOfMonth: number): boolean {
    if (!isTwo(b, year)) return false;
    form = 'whole';
    return isTwo(b, year + 2)
      ? finish(b, year + 4, limit, four(b, year), month, dayOfMonth, true)
      : finish(b, year + 2, limit, 2000 + two(b, year), month, dayOfMonth, true);
  }

  /** 20240102030405: all digits, and nothing that goes on. */
  function readDigits(b: Uint8Array, i: number, limit: number): boolean {
    const [year, month, dayOfMonth] = [four(b, i), two(b, i + 4), two(b, i + 6)];
    const after = b[i + 14];
    if (year < 1990 || year > 2100 || !isDay(month, dayOfMonth) || isLetter(after) || after === 45 || after === 95) return false;
    return finishAt(b, i + 8, limit, toDays(year, month, dayOfMonth));
  }

  /** 24/01/02, 02/01/2024 and 1/2/2024: day first only when the numbers, or the dates so far, leave no choice. */
  function readSlashes(b: Uint8Array, i: number, digits: number, limit: number): boolean {
    const second = i + digits + 1;
    const wide = isDigit(b[second + 1]) ? 2 : 1;
    const third = second + wide + 1;
    if (!isDigit(b[second]) || b[third - 1] !== 47 || !isDigit(b[third]) || !isDigit(b[third + 1])) return false;
    const [x, y] = [oneOrTwo(b, i, digits), oneOrTwo(b, second, wide)];
    if (isDigit(b[third + 2]) && isDigit(b[third + 3])) return readDayAndMonth(b, third, limit, x, y, x > 12);
    return digits + wide === 4
      ? readTwoDigitYear(b, third + 2, limit, x, y, two(b, third))
      : finish(b, third + 2, limit, 2000 + two(b, third), x > 12 ? y : x, x > 12 ? x : y, true);
  }

  /** 24/01/02, 01/02/24, 02/01/24: which of the three is the year. The first, as long as that is no long time ago; else month, day, year. */
  function readTwoDigitYear(b: Uint8Array, at: number, limit: number, x: number, y: number, z: number): boolean {
    if ((now === undefined || Math.abs(2000 + x - currentYear) <= longestAgo) && y <= 12 && z <= 31)
      return finish(b, at, limit, 2000 + x, y, z, true);
    return x <= 12 && y <= 31 ? finish(b, at, limit, 2000 + z, x, y, true) : finish(b, at, limit, 2000 + z, y, x, true);
  }

  /** Of two numbers before the year one is the month; where both may be, the one that comes nearer to the dates so far. */
  function readDayAndMonth(b: Uint8Array, year: number, limit: number, x: number, y: number, dayFirst: boolean): boolean {
    const read = (isDayFirst: boolean): boolean => finish(b, year + 4, limit, four(b, year), isDayFirst ? y : x, isDayFirst ? x : y, true);
    const known = reference[0] as number;
    if (Number.isNaN(known) || x > 12 || y > 12) return read(x <= 12 && y > 12 ? false : dayFirst || x > 12);
    if (!read(!dayFirst)) return false;
    const other = reader.ms;
    read(dayFirst);
    return Math.abs(other - known) < Math.abs(reader.ms - known) ? read(!dayFirst) : true;
  }

  /** 2024-002T03:04:05: the day of the year. */
  function readOrdinal(b: Uint8Array, i: number, limit: number): boolean {
    if (!isDigit(b[i + 5]) || !isDigit(b[i + 6]) || !isDigit(b[i + 7]) || b[i + 8] !== 84) return false;
    const dayOfYear = two(b, i + 5) * 10 + (b[i + 7] as number) - 48;
    if (dayOfYear < 1 || dayOfYear > 366 || !finish(b, i + 8, limit, four(b, i), 1, 1, true)) return false;
    reader.ms += (dayOfYear - 1) * day;
    reference[0] = reader.ms;
    return true;
  }

  /** 2024年01月02日 03:04:05 */
  function readChinese(b: Uint8Array, i: number, limit: number): boolean {
    if (b[i + 6] !== 0xb4 || !isDigit(b[i + 8]) || b[i + 9] !== 0xe6 || !isDigit(b[i + 13]) || b[i + 14] !== 0xe6) return false;
    return finish(b, i + 17, limit, four(b, i), two(b, i + 7), two(b, i + 12), true);
  }

  /** 02.01.2024 03:04:05, 02.01.24 03:04:05 and, the month first, 01.02 03:04:05. */
  function readDotted(b: Uint8Array, i: number, limit: number): boolean {
    if (!isTwo(b, i + 3)) return false;
    if (b[i + 5] === 32 && b[i + 8] === 58 && b[i + 11] === 58) return finishYearless(b, i + 5, limit, two(b, i), two(b, i + 3));
    return b[i + 5] === 46 && finishYear(b, i + 6, limit, two(b, i + 3), two(b, i));
  }

  /** 01-02 03:04:05.678, 01-02|03:04:05.678, 24-01-02 03:04:05, and 02-01-2024 03:04:05: with dashes the day comes first. */
  function readDashes(b: Uint8Array, i: number, limit: number): boolean {
    if (!isDigit(b[i + 3]) || !isDigit(b[i + 4])) return false;
    if (b[i + 5] === 32 || b[i + 5] === 124) return finishYearless(b, i + 5, limit, two(b, i), two(b, i + 3));
    if (b[i + 5] !== 45 || !isDigit(b[i + 6]) || !isDigit(b[i + 7])) return false;
    if (isDigit(b[i + 8]) && isDigit(b[i + 9])) return readDayAndMonth(b, i + 6, limit, two(b, i), two(b, i + 3), true);
    return finish(b, i + 8, limit, 2000 + two(b, i), two(b, i + 3), two(b, i + 6), true);
  }

  /** 02 Jan 2024 03:04:05, 2 Jan 03:04:05.678 */
  function readDayMonth(b: Uint8Array, i: number, digits: number, limit: number): boolean {
    const month = monthAt(b, i + digits + 1);
    if (month === 0 || b[i + digits + 4] !== 32) return false;
    const dayOfMonth = digits === 2 ? two(b, i) : (b[i] as number) - 48;
    const year = i + digits + 5;
    if (isDigit(b[year + 3]) && b[year + 4] === 32) return finish(b, year + 4, limit, four(b, year), month, dayOfMonth, true);
    return finishYearless(b, i + digits + 4, limit, month, dayOfMonth);
  }

  /** Jan  2 03:04:05, Jan-02-24 03:04:05, Jan 2 2024 03:04:05, Jan 02, 2024 3:04:05 PM, Sun Jan 02 03:04:05.678 2024, Sun, 02 Jan 2024 03:04:05 */
  function readFromName(b: Uint8Array, start: number, limit: number): boolean {
    let i = start;
    const weekday = isWeekday(b, i);
    if (weekday) {
      i += b[i + 3] === 44 ? 5 : 4;
      if (isDigit(b[i])) return readDayMonth(b, i, isDigit(b[i + 1]) ? 2 : 1, limit);
    }
    const month = monthAt(b, i);
    if (month === 0 || b[i + 3] !== 32) return month > 0 && b[i + 3] === 45 && readMonthFirst(b, i, limit);
    i += 4;
    if (b[i] === 32) i++;
    if (!isDigit(b[i])) return false;
    let dayOfMonth = (b[i++] as number) - 48;
    if (isDigit(b[i])) dayOfMonth = dayOfMonth * 10 + (b[i++] as number) - 48;
    if (b[i] === 44) i++;
    if (b[i] === 32 && isDigit(b[i + 4]) && (b[i + 5] === 32 || b[i + 5] === 44))
      return finish(b, i + 5, limit, four(b, i + 1), month, dayOfMonth, true);
    if (!finishYearless(b, i, limit, month, dayOfMonth)) return false;
    if (weekday) {
      form = 'other';
      readTrailingYear(b, limit, month, dayOfMonth);
    }
    return true;
  }

  function readTrailingYear(b: Uint8Array, limit: number, month: number, dayOfMonth: number): void {
    let i = reader.end;
    if (b[i] === 32 && isLetter(b[i + 1]) && b[i + 4] === 32) i += 4;
    if (b[i] !== 32 || !isDigit(b[i + 1]) || !isDigit(b[i + 4]) || isDigit(b[i + 5]) || i + 5 > limit) return;
    const year = four(b, i + 1);
    if (year < 1990 || year > 2100) return;
    reader.ms = toDays(year, month, dayOfMonth) * day + clock - reader.offset * 60_000;
    reader.end = i + 5;
    reader.inferred = false;
  }

  function finishYearless(b: Uint8Array, at: number, limit: number, month: number, dayOfMonth: number): boolean {
    const known = reference[0] as number;
    const found = finish(b, at, limit, currentYear, month, dayOfMonth, true);
    reference[0] = known;
    if (!found) return false;
    reader.inferred = true;
    const leapDay = month === 2 && dayOfMonth === 29;
    if (!Number.isNaN(reference[0])) {
      const shifted = reader.ms - toDays(currentYear, month, dayOfMonth) * day;
      const sameDay = toDays(leapDay ? 2000 : currentYear, month, dayOfMonth) * day;
      reader.ms = inYearNextTo(sameDay, (reference[0] as number) - shifted) + shifted;
      if (!leapDay) form = 'yearless';
      return true;
    }
    // A day's grace: the log may come from a zone where it is already tomorrow.
    let year = currentYear;
    while (!hasDay(year, month, dayOfMonth) || (now !== undefined && reader.ms > now + day)) {
      year--;
      reader.ms += (toDays(year, month, dayOfMonth) - toDays(year + 1, month, dayOfMonth)) * day;
    }
    // A leap day says which years it may have been: the other dates are of the same one.
    if (leapDay) reference[0] = reader.ms;
    else form = 'yearless';
    return true;
  }

  /** @400000006593… of daemontools: seconds of TAI, as libtai writes them without a table of leap seconds, then nanoseconds. */
  function readTai(b: Uint8Array, i: number, limit: number): boolean {
    if (i + 25 > limit || b[i + 1] !== 52) return false;
    let seconds = 0;
    for (let k = i + 2; k < i + 17; k++) {
      if (!isHex(b[k])) return false;
      seconds = seconds * 16 + hexValue(b[k] as number);
    }
    let nanoseconds = 0;
    for (let k = i + 17; k < i + 25; k++) {
      if (!isHex(b[k])) return false;
      nanoseconds = nanoseconds * 16 + hexValue(b[k] as number);
    }
    const value = (seconds - 10) * 1000 + Math.floor(nanoseconds / 1e6);
    if (value < earliest || value >= latest || isLetter(b[i + 25])) return false;
    reference[0] = reader.ms = value;
    reader.end = i + 25;
    return (reader.stated = true);
  }

  function readEpoch(b: Uint8Array, i: number, digits: number, limit: number, unit: number): boolean {
    let end = i + digits;
    let value = 0;
    for (let k = i; k < end; k++) value = value * 10 + (b[k] as number) - 48;
    value *= unit;
    if (b[end] === 46 && isDigit(b[end + 1]) && digits === 10) {
      let scale = 100;
      end++;
      while (end < limit && isDigit(b[end])) {
        value += ((b[end++] as number) - 48) * scale;
        scale /= 10;
      }
    }
    if (isLetter(b[end]) && end < limit) return false;
    if (value < earliest || value >= latest) return false;
    reader.ms = Math.floor(value);
    refer(reader.ms, true);
    reader.end = end;
    reader.stated = true;
    return true;
  }

  return reader;
};

const isTwo = (b: Uint8Array, i: number): boolean => ((b[i] as number) - 48) >>> 0 < 10 && ((b[i + 1] as number) - 48) >>> 0 < 10;
const two = (b: Uint8Array, i: number): number => ((b[i] as number) - 48) * 10 + (b[i + 1] as number) - 48;
const four = (b: Uint8Array, i: number): number => two(b, i) * 100 + two(b, i + 2);
const oneOrTwo = (b: Uint8Array, i: number, digits: number): number => (digits === 2 ? two(b, i) : (b[i] as number) - 48);
const hexValue = (c: number): number => (c < 58 ? c - 48 : (c | 32) - 87);

/** What may stand between a date and its clock. */
const isJoint = new Uint8Array(256);
for (const c of Buffer.from('Tt _-:,|\t')) isJoint[c] = 1;

const zoneNames = new Set('EST EDT CST CDT MST MDT PST PDT CET CEST EET EEST WET WEST BST IST JST KST MSK SGT HKT AEST AEDT'.split(' '));

/** Where the name of a zone ends, or 0. */
const nameEnd = (b: Uint8Array, from: number, limit: number): number => {
  let i = from;
  while (i < limit && i < from + 5 && isUpper(b[i])) i++;
  // Most that stands here is a level or a host: no zone ends in another letter.
  if (i === limit || (b[i - 1] !== 84 && b[i - 1] !== 75) || isLetter(b[i]) || isDigit(b[i])) return 0;
  return zoneNames.has(String.fromCharCode(...b.subarray(from, i))) ? i : 0;
};
