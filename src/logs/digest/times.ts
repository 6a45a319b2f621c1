import { isDigit, isLetter, startsWith } from './bytes.ts';

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
  /** The year (or the whole date) was taken from `now`. */
  inferred: boolean;
};

const day = 86_400_000;
const earliest = Date.UTC(1990, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/**
 * Reads the shapes logs use: ISO 8601 and its relatives (2024-01-02T03:04:05.678+01:00, 2024/01/02 03:04:05,
 * 2005-06-03-15.42.50.675872), syslog (Jan  2 03:04:05), ctime, Apache (02/Jan/2024:03:04:05 +0100), 20240102-03:04:05:678,
 * 240102 030405, 24/01/02 03:04:05, 01-02 03:04:05.678, 02 Jan 03:04:05, bare clocks, and epochs in s, ms, µs, ns.
 * `now` completes what carries no year: the last such date that is not after it.
 */
export const createTimeReader = (now?: number): TimeReader => {
  const reader: TimeReader = { read, ms: 0, end: 0, stated: false, offset: 0, inferred: false };
  // Without a clock to go by, a leap year in which every date exists.
  const currentYear = now === undefined ? 2000 : new Date(now).getUTCFullYear();
  const today = now === undefined ? Date.UTC(2000, 0, 1) : Math.floor(now / day) * day;
  let clock = 0;
  // The last full date seen: in a log that has both, dates without a year are of the same time, whatever the clock says.
  let reference = Number.NaN;

  function read(b: Uint8Array, i: number, limit: number): boolean {
    reader.stated = false;
    reader.offset = 0;
    reader.inferred = false;
    const c = b[i] as number;
    if (c >= 48 && c <= 57) return readFromDigit(b, i, limit);
    return isLetter(c) && readFromName(b, i, limit);
  }

  function readFromDigit(b: Uint8Array, i: number, limit: number): boolean {
    let n = 1;
    while (n < 20 && i + n < limit && isDigit(b[i + n])) n++;
    const after = b[i + n];
    switch (n) {
      case 1:
        if (after === 58) return readBareClock(b, i, limit);
        return after === 32 && readDayMonth(b, i, 1, limit);
      case 2:
        if (after === 58) return readBareClock(b, i, limit);
        if (after === 32) return readDayMonth(b, i, 2, limit);
        if (after === 47) return isLetter(b[i + 3]) ? readApache(b, i, limit) : readSlashes(b, i, limit);
        if (after === 45) return isLetter(b[i + 3]) ? readApache(b, i, limit) : readMonthDay(b, i, limit);
        if (after === 46) return readDotted(b, i, limit);
        return false;
      case 4: {
        if (after !== 45 && after !== 47 && after !== 46) return false;
        if (b[i + 7] !== after || !isDigit(b[i + 9])) return false;
        return finish(b, i + 10, limit, four(b, i), two(b, i + 5), two(b, i + 8), true);
      }
      case 6:
        return after === 32 && finish(b, i + 6, limit, 2000 + two(b, i), two(b, i + 2), two(b, i + 4), true);
      case 8:
        return finish(b, i + 8, limit, four(b, i), two(b, i + 4), two(b, i + 6), true);
      case 10:
        return readEpoch(b, i, 10, limit, 1000);
      case 13:
        return readEpoch(b, i, 13, limit, 1);
      case 16:
        return readEpoch(b, i, 16, limit, 1e-3);
      case 19:
        return readEpoch(b, i, 19, limit, 1e-6);
      default:
        return false;
    }
  }

  /** Date known, clock next: after T, blank, _, - or :. */
  function finish(b: Uint8Array, at: number, limit: number, year: number, month: number, dayOfMonth: number, needsClock: boolean): boolean {
    if (year < 1990 || year > 2100 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31) return false;
    const joint = b[at];
    if (joint !== 84 && joint !== 32 && joint !== 95 && joint !== 45 && joint !== 58 && joint !== 116 && joint !== 44) return !needsClock;
    let i = at + 1;
    while (b[i] === 32 && i < limit && i < at + 3) i++;
    const end = readClock(b, i, limit);
    if (end < 0) return false;
    reader.ms = toDays(year, month, dayOfMonth) * day + clock;
    reader.end = end;
    readZone(b, end, limit);
    reference = reader.ms;
    return true;
  }

  /** hh:mm:ss with fractions, hh.mm.ss, hhmmss, hh:mm; AM and PM. Sets `clock`, returns the end or -1. */
  function readClock(b: Uint8Array, start: number, limit: number): number {
    let i = start;
    if (!isDigit(b[i])) return -1;
    let hour = (b[i++] as number) - 48;
    if (isDigit(b[i])) hour = hour * 10 + (b[i++] as number) - 48;
    const colon = b[i];
    let minute: number;
    let second = 0;
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
    if (i > limit || hour > 23 || minute > 59 || second > 60) return -1;
    let fraction = 0;
    const point = b[i];
    if ((point === 46 || point === 44 || (point === 58 && colon === 58)) && isDigit(b[i + 1])) {
      let scale = 100;
      i++;
      while (i < limit && isDigit(b[i])) {
        fraction += ((b[i++] as number) - 48) * scale;
        scale /= 10;
      }
    }
    if (i + 2 < limit && b[i] === 32 && b[i + 2] === 77 && (b[i + 1] === 65 || b[i + 1] === 80) && !isLetter(b[i + 3])) {
      hour = (hour % 12) + (b[i + 1] === 80 ? 12 : 0);
      i += 3;
    }
    clock = hour * 3_600_000 + minute * 60_000 + second * 1000 + Math.floor(fraction);
    return i;
  }

  /** Z, +01:00, -0800, +02, UTC, GMT, with or without a blank. Other names (PST, CET) are not unique and are left alone. */
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
    } else if ((startsWith(b, i, limit, 'UTC') || startsWith(b, i, limit, 'GMT')) && !isLetter(b[i + 3])) state(i + 3, 0);
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
    if (now !== undefined && reader.ms > now + day / 24) reader.ms -= day;
    reader.end = end;
    reader.inferred = true;
    return true;
  }

  /** 02/Jan/2024:03:04:05 +0100 and 02-Jan-2024 03:04:05. */
  function readApache(b: Uint8Array, i: number, limit: number): boolean {
    const month = monthAt(b, i + 3);
    if (month === 0 || b[i + 6] !== b[i + 2] || !isDigit(b[i + 10])) return false;
    return finish(b, i + 11, limit, four(b, i + 7), month, two(b, i), true);
  }

  /** 24/01/02, 02/01/2024 and 01/02/2024: day first only when the numbers leave no choice. */
  function readSlashes(b: Uint8Array, i: number, limit: number): boolean {
    if (!isDigit(b[i + 4]) || b[i + 5] !== 47 || !isDigit(b[i + 7])) return false;
    const [x, y] = [two(b, i), two(b, i + 3)];
    if (!isDigit(b[i + 8])) return finish(b, i + 8, limit, 2000 + x, y, two(b, i + 6), true);
    return x > 12 ? finish(b, i + 10, limit, four(b, i + 6), y, x, true) : finish(b, i + 10, limit, four(b, i + 6), x, y, true);
  }

  function readDotted(b: Uint8Array, i: number, limit: number): boolean {
    if (!isDigit(b[i + 4]) || b[i + 5] !== 46 || !isDigit(b[i + 9])) return false;
    return finish(b, i + 10, limit, four(b, i + 6), two(b, i + 3), two(b, i), true);
  }

  /** 01-02 03:04:05.678 */
  function readMonthDay(b: Uint8Array, i: number, limit: number): boolean {
    return b[i + 5] === 32 && isDigit(b[i + 4]) && finishYearless(b, i + 5, limit, two(b, i), two(b, i + 3));
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

  /** Jan  2 03:04:05, Jan 2 2024 03:04:05, Jan 02, 2024 3:04:05 PM, Sun Jan 02 03:04:05.678 2024, Sun, 02 Jan 2024 03:04:05 */
  function readFromName(b: Uint8Array, start: number, limit: number): boolean {
    let i = start;
    const weekday = isWeekday(b, i);
    if (weekday) {
      i += b[i + 3] === 44 ? 5 : 4;
      if (isDigit(b[i])) return readDayMonth(b, i, isDigit(b[i + 1]) ? 2 : 1, limit);
    }
    const month = monthAt(b, i);
    if (month === 0 || b[i + 3] !== 32) return false;
    i += 4;
    if (b[i] === 32) i++;
    if (!isDigit(b[i])) return false;
    let dayOfMonth = (b[i++] as number) - 48;
    if (isDigit(b[i])) dayOfMonth = dayOfMonth * 10 + (b[i++] as number) - 48;
    if (b[i] === 44) i++;
    if (b[i] === 32 && isDigit(b[i + 4]) && (b[i + 5] === 32 || b[i + 5] === 44))
      return finish(b, i + 5, limit, four(b, i + 1), month, dayOfMonth, true);
    if (!finishYearless(b, i, limit, month, dayOfMonth)) return false;
    if (weekday) readTrailingYear(b, limit, month, dayOfMonth);
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
    const known = reference;
    const found = finish(b, at, limit, currentYear, month, dayOfMonth, true);
    reference = known;
    if (!found) return false;
    reader.inferred = true;
    if (!Number.isNaN(reference)) {
      const year = new Date(reference).getUTCFullYear();
      const candidates = [year - 1, year, year + 1].map((each) => toDays(each, month, dayOfMonth) * day + clock - reader.offset * 60_000);
      reader.ms = candidates.reduce((best, ms) => (Math.abs(ms - reference) < Math.abs(best - reference) ? ms : best));
      return true;
    }
    // A day's grace: the log may come from a zone where it is already tomorrow.
    if (now !== undefined && reader.ms > now + day)
      reader.ms = toDays(currentYear - 1, month, dayOfMonth) * day + clock - reader.offset * 60_000;
    return true;
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
    reference = reader.ms = Math.floor(value);
    reader.end = end;
    reader.stated = true;
    return true;
  }

  return reader;
};

const two = (b: Uint8Array, i: number): number => ((b[i] as number) - 48) * 10 + (b[i + 1] as number) - 48;
const four = (b: Uint8Array, i: number): number => two(b, i) * 100 + two(b, i + 2);

/** Days since 1970-01-01 in the Gregorian calendar (Howard Hinnant, days_from_civil). */
const toDays = (year: number, month: number, dayOfMonth: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
};

/** Names of three letters to their numbers from 1 on: asked of every word that might begin a date, so no map. */
const names = (text: string): ((b: Uint8Array, i: number) => number) => {
  const keys = new Int32Array(256);
  const numbers = new Uint8Array(256);
  for (const [k, name] of text.split(' ').entries()) {
    const key = pack(Buffer.from(name), 0);
    keys[slotOf(key)] = key;
    numbers[slotOf(key)] = k + 1;
  }
  return (b, i) => {
    const key = pack(b, i);
    return keys[slotOf(key)] === key ? (numbers[slotOf(key)] as number) : 0;
  };
};
const pack = (b: Uint8Array, i: number): number =>
  (((b[i] as number) | 32) << 16) | (((b[i + 1] as number) | 32) << 8) | ((b[i + 2] as number) | 32);
/** Tried: no two months, and no two days of the week, share a slot. */
const slotOf = (key: number): number => Math.imul(key, 0x9e3779b1) >>> 24;
const monthAt = names('jan feb mar apr may jun jul aug sep oct nov dec');
const weekdayAt = names('mon tue wed thu fri sat sun');
const isWeekday = (b: Uint8Array, i: number): boolean => (b[i + 3] === 32 || b[i + 3] === 44) && weekdayAt(b, i) > 0;
