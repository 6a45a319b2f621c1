// Times of lines that are known, as `heads/times.ts` reads them: dates like one before, dates of the common shapes, epochs. Of what is no time for sure that is said, too.
import { byte, isDigit, isLetter, isTwo, isUpper, two } from './bytes';
import { atDay, day, isDay, isWeekday, isZone, lengthOf, monthAt, yearLength, yearOf } from './calendar';
import { clocksAt, longestDate, saidDates, timeBeforeEpoch, timeDays, timeEpoch, timeLast, timeLengths, timeNow, timeTexts, timeYearless } from './layout';

const surelyNext: f64 = 150.0 * day;
const earliest: f64 = 631152000000.0;
const latest: f64 = 4102444800000.0;

let clock: f64 = 0;
export let timeMs: f64 = 0;
/** The zone is said, and how many minutes east of UTC it is. */
export let stated: i32 = 0;
export let offset: i32 = 0;
/** The year is not said. */
export let inferred: i32 = 0;
/** It is a number since 1970. */
export let isEpoch: i32 = 0;

/** hh:mm:ss with fractions, hh.mm.ss, hhmmss, hh:mm; AM and PM. Sets `clock`; the end or -1. */
function readClock(start: i32, limit: i32): i32 {
  let i = start, hour = 0, minute = 0, second = 0;
  let colon = byte(start + 2);
  if (colon == 58 && byte(start + 5) == 58 && isTwo(start) && isTwo(start + 3) && isTwo(start + 6)) {
    hour = two(start); minute = two(start + 3); second = two(start + 6);
    i = start + 8;
  } else {
    if (!isDigit(byte(i))) return -1;
    hour = byte(i) - 48; i++;
    if (isDigit(byte(i))) { hour = hour * 10 + byte(i) - 48; i++; }
    colon = byte(i);
    if (colon == 58 || colon == 46) {
      if (!isDigit(byte(i + 1)) || !isDigit(byte(i + 2))) return -1;
      minute = two(i + 1);
      i += 3;
      if (byte(i) == colon && isDigit(byte(i + 1)) && isDigit(byte(i + 2))) { second = two(i + 1); i += 3; }
      else if (colon == 46) return -1;
    } else {
      for (let k = 0; k < 4; k++) if (!isDigit(byte(i + k))) return -1;
      if (isDigit(byte(i + 4))) return -1;
      minute = two(i); second = two(i + 2);
      i += 4;
    }
  }
  if (i > limit || hour > 23 || minute > 59 || second > 60) return -1;
  let fraction = 0;
  const point = byte(i);
  if ((point == 46 || point == 44 || (point == 58 && colon == 58)) && isDigit(byte(i + 1))) {
    i++;
    for (let scale = 100; i < limit && isDigit(byte(i)); i++) {
      fraction += (byte(i) - 48) * scale;
      scale = scale == 100 ? 10 : scale == 10 ? 1 : 0;
    }
  }
  const half = byte(i) == 32 ? i + 1 : i;
  const which = byte(half) | 32;
  if (half + 1 < limit && (which == 97 || which == 112) && (byte(half + 1) | 32) == 109 && !isLetter(byte(half + 2))) {
    hour = (hour % 12) + (which == 112 ? 12 : 0);
    i = half + 2;
  }
  clock = <f64>(hour * 3600000 + minute * 60000 + second * 1000 + fraction);
  return i;
}

/** The zone is said. */
function state(end: i32, minutes: i32): i32 {
  stated = 1;
  offset = minutes;
  timeMs -= <f64>minutes * 60000.0;
  return end;
}

/** Where the time ends, with its zone if that is said. */
function readZone(at: i32, limit: i32): i32 {
  const i = byte(at) == 32 ? at + 1 : at;
  if (i >= limit) return at;
  const c = byte(i);
  if ((c == 90 || c == 122) && i == at && !isLetter(byte(i + 1))) return state(i + 1, 0);
  if ((c == 43 || c == 45) && isDigit(byte(i + 1)) && isDigit(byte(i + 2))) {
    const colon = byte(i + 3) == 58 ? 1 : 0;
    const minutes = isDigit(byte(i + 3 + colon)) && isDigit(byte(i + 4 + colon));
    if (!minutes && (i != at || isDigit(byte(i + 3)) || isLetter(byte(i + 3)) || byte(i + 3) == 45)) return at;
    if (minutes && isDigit(byte(i + 5 + colon))) return at;
    const value = two(i + 1) * 60 + (minutes ? two(i + 3 + colon) : 0);
    if (value <= 14 * 60) return state(minutes ? i + 5 + colon : i + 3, c == 43 ? value : -value);
    return at;
  }
  if (!isUpper(c)) return at;
  if (i + 3 <= limit && !isLetter(byte(i + 3)) &&
    ((c == 85 && byte(i + 1) == 84 && byte(i + 2) == 67) || (c == 71 && byte(i + 1) == 77 && byte(i + 2) == 84))) return state(i + 3, 0);
  if (i == at) return at;
  let k = i;
  while (k < limit && k < i + 5 && isUpper(byte(k))) k++;
  if (k == limit || (byte(k - 1) != 84 && byte(k - 1) != 75) || isLetter(byte(k)) || isDigit(byte(k))) return at;
  return isZone(i, k - i) ? k : at;
}

@inline function isJoint(c: i32): bool { return c == 84 || c == 116 || c == 32 || c == 95 || c == 45 || c == 58 || c == 44 || c == 124 || c == 9; }

/** Where the clock begins that has to come behind a date, or 0. */
function clockBehind(at: i32, limit: i32): i32 {
  if (!isJoint(byte(at))) return 0;
  let i = at + 1;
  if (byte(i) == 45 && byte(i + 1) == 32) i += 2;
  if (byte(i) == 58 && byte(at) == 58) i++;
  while (byte(i) == 32 && i < limit && i < at + 3) i++;
  return i;
}

/** The date that is said from here up to its clock is read by its bytes from now on. */
function remember(reader: i32, from: i32, length: i32, yearless: i32): void {
  if (length > longestDate) return;
  const k = (load<i32>(reader, timeLast) + 1) & (saidDates - 1);
  const text = reader + timeTexts + k * longestDate;
  for (let j = 0; j < length; j++) store<u8>(text + j, byte(from + j));
  store<f64>(reader + (k << 3), timeMs + <f64>offset * 60000.0 - clock, timeDays);
  store<i32>(reader, k, timeLast);
  store<i32>(reader + (k << 2), length, timeLengths);
  store<i32>(reader + (k << 2), yearless, timeYearless);
}

/** A whole date is known, a clock has to be next. */
function finish(reader: i32, from: i32, at: i32, limit: i32, year: i32, month: i32, dayOfMonth: i32): i32 {
  if (year < 1990 || year > 2100 || !isDay(month, dayOfMonth)) return 0;
  const start = clockBehind(at, limit);
  if (start == 0) return 0;
  const end = readClock(start, limit);
  if (end < 0) return 0;
  timeMs = atDay(year, month, dayOfMonth) + clock;
  const stop = readZone(end, limit);
  store<f64>(reader, timeMs);
  remember(reader, from, start - from, 0);
  return stop;
}

/** The year is not said: the date comes next to the dates so far, or is the last such date. Of leap days that is not told here. */
function finishYearless(reader: i32, from: i32, at: i32, limit: i32, month: i32, dayOfMonth: i32): i32 {
  const now = load<f64>(reader, timeNow);
  const thisYear = isNaN<f64>(now) ? 2000 : yearOf(now);
  if (thisYear < 1990 || thisYear > 2100 || !isDay(month, dayOfMonth)) return 0;
  const start = clockBehind(at, limit);
  if (start == 0) return 0;
  const end = readClock(start, limit);
  if (end < 0) return 0;
  if (month == 2 && dayOfMonth == 29) return -1;
  timeMs = clock;
  const stop = readZone(end, limit);
  inferred = 1;
  const ofDay = timeMs;
  const reference = load<f64>(reader);
  if (!isNaN<f64>(reference)) {
    const next = reference - ofDay;
    const year = yearOf(next);
    let best = atDay(year, month, dayOfMonth);
    const before = atDay(year - 1, month, dayOfMonth);
    const after = atDay(year + 1, month, dayOfMonth);
    if (Math.abs(before - next) < Math.abs(best - next)) best = before;
    if (Math.abs(after - next) < Math.abs(best - next)) best = after;
    timeMs = best + ofDay;
    remember(reader, from, start - from, 1);
    return stop;
  }
  let date = atDay(thisYear, month, dayOfMonth);
  for (let year = thisYear - 1; date + ofDay > now + day; year--) date = atDay(year, month, dayOfMonth);
  timeMs = date + ofDay;
  const fromToday = isNaN<f64>(now) ? yearLength / 2.0 : Math.abs(date - now) % yearLength;
  // Next to today it goes by the clock of which year a date is.
  if (fromToday > 4.0 * day && fromToday < yearLength - 4.0 * day) remember(reader, from, start - from, 1);
  return stop;
}

/** The year comes last, in four digits or two. */
function finishYear(reader: i32, from: i32, year: i32, limit: i32, month: i32, dayOfMonth: i32): i32 {
  if (!isTwo(year)) return 0;
  return isTwo(year + 2)
    ? finish(reader, from, year + 4, limit, two(year) * 100 + two(year + 2), month, dayOfMonth)
    : finish(reader, from, year + 2, limit, 2000 + two(year), month, dayOfMonth);
}

/** 'Fri Jun 17 07:07:00 2005': only where it ends. */
function readCtime(at: i32, limit: i32): i32 {
  if (byte(at + 3) != 32) return -1;
  let i = at + 4;
  const month = monthAt(i);
  if (month == 0 || byte(i + 3) != 32) return -1;
  i += 4;
  if (byte(i) == 32) i++;
  if (!isDigit(byte(i))) return -1;
  let dayOfMonth = byte(i) - 48;
  i++;
  if (isDigit(byte(i))) { dayOfMonth = dayOfMonth * 10 + byte(i) - 48; i++; }
  if (byte(i) != 32 || byte(i + 3) != 58 || dayOfMonth < 1 || dayOfMonth > lengthOf(month)) return -1;
  const end = readClock(i + 1, limit);
  if (end < 0) return -1;
  const stop = readZone(end, limit);
  i = stop;
  if (byte(i) == 32 && isLetter(byte(i + 1)) && byte(i + 4) == 32) i += 4;
  if (byte(i) != 32 || !isDigit(byte(i + 1)) || !isDigit(byte(i + 4)) || isDigit(byte(i + 5)) || i + 5 > limit) return stop;
  const year = two(i + 1) * 100 + two(i + 3);
  return year < 1990 || year > 2100 ? stop : i + 5;
}

/** As it begins with a word. */
function readFromName(reader: i32, at: i32, limit: i32): i32 {
  if (isWeekday(at)) return reader == clocksAt ? readCtime(at, limit) : -1;
  const month = monthAt(at);
  if (month == 0 || byte(at + 3) != 32) return month > 0 && byte(at + 3) == 45 ? -1 : 0;
  let i = at + 4;
  if (byte(i) == 32) i++;
  if (!isDigit(byte(i))) return 0;
  let dayOfMonth = byte(i) - 48;
  i++;
  if (isDigit(byte(i))) { dayOfMonth = dayOfMonth * 10 + byte(i) - 48; i++; }
  if (byte(i) == 44) i++;
  if (byte(i) == 32 && isDigit(byte(i + 4)) && (byte(i + 5) == 32 || byte(i + 5) == 44)) return -1;
  return finishYearless(reader, at, i, limit, month, dayOfMonth);
}

/** As it begins with a number of one digit or two. */
function readFromDay(reader: i32, at: i32, digits: i32, limit: i32): i32 {
  const behind = at + digits;
  const first = digits == 2 ? two(at) : byte(at) - 48;
  switch (byte(behind)) {
    case 58: return byte(behind + 3) == 58 ? -1 : 0;
    case 32: {
      const month = monthAt(behind + 1);
      if (month == 0 || byte(behind + 4) != 32) return 0;
      if (isDigit(byte(behind + 8)) && byte(behind + 9) == 32) return -1;
      return finishYearless(reader, at, behind + 4, limit, month, first);
    }
    case 47: case 45: {
      if (isLetter(byte(behind + 1))) {
        const month = monthAt(behind + 1);
        return month > 0 && byte(behind + 4) == byte(behind) ? finishYear(reader, at, behind + 5, limit, month, first) : 0;
      }
      if (byte(behind) == 47) return isDigit(byte(behind + 1)) && (byte(behind + 2) == 47 || byte(behind + 3) == 47) ? -1 : 0;
      if (digits == 1 || !isTwo(at + 3)) return 0;
      if (byte(at + 5) == 32 || byte(at + 5) == 124) return finishYearless(reader, at, at + 5, limit, first, two(at + 3));
      if (byte(at + 5) != 45 || !isTwo(at + 6)) return 0;
      return isTwo(at + 8) ? -1 : finish(reader, at, at + 8, limit, 2000 + first, two(at + 3), two(at + 6));
    }
    case 46:
      if (digits == 1 || !isTwo(at + 3)) return 0;
      if (byte(at + 5) == 32 && byte(at + 8) == 58 && byte(at + 11) == 58) return finishYearless(reader, at, at + 5, limit, first, two(at + 3));
      return byte(at + 5) == 46 ? finishYear(reader, at, at + 6, limit, two(at + 3), first) : 0;
  }
  return digits == 2 && monthAt(behind) > 0 ? -1 : 0;
}

/** The time is a number since 1970: dates are completed by it, as long as nobody doubts it. */
export function referToEpoch(reader: i32, ms: f64): void {
  const reference = load<f64>(reader);
  if (reference != load<f64>(reader, timeEpoch)) store<f64>(reader, reference, timeBeforeEpoch);
  store<f64>(reader, ms, timeEpoch);
  store<f64>(reader, ms);
}

/** So many digits, of that unit in milliseconds; of seconds there may be fractions. */
function readEpoch(reader: i32, at: i32, digits: i32, limit: i32, unit: f64): i32 {
  let end = at + digits;
  let value: f64 = 0;
  for (let k = at; k < end; k++) value = value * 10.0 + <f64>byte(k) - 48.0;
  value *= unit;
  if (byte(end) == 46 && isDigit(byte(end + 1)) && digits == 10) {
    end++;
    for (let scale: f64 = 100.0; end < limit && isDigit(byte(end)); end++) {
      value += <f64>(byte(end) - 48) * scale;
      scale /= 10.0;
    }
  }
  if (isLetter(byte(end)) && end < limit) return 0;
  if (value < earliest || value >= latest) return 0;
  timeMs = Math.floor(value);
  referToEpoch(reader, timeMs);
  stated = 1;
  isEpoch = 1;
  return end;
}

/**
 * Where the time that stands there ends; 0 when there is none, and -1 when that is not told here: then what else is known of times, `heads/times.ts`, has to
 * look. Leaves what was found in the variables above, and in the memory of the reader.
 */
export function readTime(reader: i32, at: i32, limit: i32): i32 {
  stated = 0; offset = 0; inferred = 0; isEpoch = 0;
  const last = load<i32>(reader, timeLast);
  const c = byte(at);
  for (let turn = 0; turn < saidDates; turn++) {
    const k = (last + turn) & (saidDates - 1);
    const length = load<i32>(reader + (k << 2), timeLengths);
    const text = reader + timeTexts + k * longestDate;
    if (length == 0 || <i32>load<u8>(text) != c) continue;
    const place = at + length;
    if (place + 2 >= limit) continue;
    const yearless = load<i32>(reader + (k << 2), timeYearless);
    const date = load<f64>(reader + (k << 3), timeDays);
    if (yearless != 0 && (byte(place + 2) != 58 || Math.abs(date - load<f64>(reader)) > surelyNext)) continue;
    let same = 1;
    while (same < length && load<u8>(at + same) == load<u8>(text + same)) same++;
    if (same < length || byte(place) == 32) continue;
    const end = readClock(place, limit);
    if (end < 0) continue;
    timeMs = date + clock;
    const stop = readZone(end, limit);
    if (yearless != 0) inferred = 1;
    else store<f64>(reader, timeMs);
    store<i32>(reader, k, timeLast);
    return stop;
  }
  if (!isDigit(c)) return isLetter(c) ? readFromName(reader, at, limit) : c == 64 && byte(at + 1) == 52 ? -1 : 0;
  let n = 1;
  while (n < 20 && at + n < limit && isDigit(byte(at + n))) n++;
  const after = byte(at + n);
  if (n <= 2) return readFromDay(reader, at, n, limit);
  if (n == 4) {
    if (after == 0xe5) return -1;
    if (after != 45 && after != 47 && after != 46 && after != 58) return 0;
    if (byte(at + 7) == after && isDigit(byte(at + 9))) return finish(reader, at, at + 10, limit, two(at) * 100 + two(at + 2), two(at + 5), two(at + 8));
    return after == 45 && (isLetter(byte(at + 5)) || byte(at + 8) == 84) ? -1 : 0;
  }
  if (n == 6) return after == 32 ? finish(reader, at, at + 6, limit, 2000 + two(at), two(at + 2), two(at + 4)) : 0;
  if (n == 8) return finish(reader, at, at + 8, limit, two(at) * 100 + two(at + 2), two(at + 4), two(at + 6));
  if (n == 10) return readEpoch(reader, at, 10, limit, 1000.0);
  if (n == 13) return readEpoch(reader, at, 13, limit, 1.0);
  if (n == 16) return readEpoch(reader, at, 16, limit, 1e-3);
  if (n == 19) return readEpoch(reader, at, 19, limit, 1e-6);
  return n == 14 && isDay(two(at + 4), two(at + 6)) ? -1 : 0;
}
