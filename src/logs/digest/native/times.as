// Times of lines that are known, as `heads/times.ts` reads them: dates like one before, whole dates in numbers alone, epochs.
import { byte, isDigit, isLetter, isTwo, isUpper, two } from './bytes';
import { clocksAt, longestDate, saidDates, timeBeforeEpoch, timeDays, timeEpoch, timeLast, timeLengths, timeTexts, timeYearless } from './layout';

const day: f64 = 86400000.0;
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

/** Where the time ends, or -1 when the zone may be one of those told by name. */
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
  return -1;
}

@inline function isJoint(c: i32): bool { return c == 84 || c == 116 || c == 32 || c == 95 || c == 45 || c == 58 || c == 44 || c == 124 || c == 9; }

/** Howard Hinnant, days_from_civil. */
function toDays(year: i32, month: i32, dayOfMonth: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const era = y / 400;
  const yearOfEra = y - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

@inline function lengthOf(month: i32): i32 { return month == 2 ? 29 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31; }

/** A whole date is known, a clock has to be next. */
function finish(reader: i32, from: i32, at: i32, limit: i32, year: i32, month: i32, dayOfMonth: i32): i32 {
  if (year < 1990 || year > 2100 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > lengthOf(month)) return 0;
  if (!isJoint(byte(at))) return 0;
  let i = at + 1;
  if (byte(i) == 45 && byte(i + 1) == 32) i += 2;
  if (byte(i) == 58 && byte(at) == 58) i++;
  while (byte(i) == 32 && i < limit && i < at + 3) i++;
  const end = readClock(i, limit);
  if (end < 0) return 0;
  timeMs = <f64>toDays(year, month, dayOfMonth) * day + clock;
  const stop = readZone(end, limit);
  if (stop < 0) return -1;
  store<f64>(reader, timeMs);
  const length = i - from;
  if (length > longestDate) return stop;
  const k = (load<i32>(reader, timeLast) + 1) & (saidDates - 1);
  const text = reader + timeTexts + k * longestDate;
  for (let j = 0; j < length; j++) store<u8>(text + j, byte(from + j));
  store<f64>(reader + (k << 3), timeMs + <f64>offset * 60000.0 - clock, timeDays);
  store<i32>(reader, k, timeLast);
  store<i32>(reader + (k << 2), length, timeLengths);
  store<i32>(reader + (k << 2), 0, timeYearless);
  return stop;
}

@inline function nameAt(i: i32): i32 { return ((byte(i) | 32) << 16) | ((byte(i + 1) | 32) << 8) | (byte(i + 2) | 32); }
const MON = 0x6d6f6e, TUE = 0x747565, WED = 0x776564, THU = 0x746875, FRI = 0x667269, SAT = 0x736174, SUN = 0x73756e;
function monthAt(i: i32): i32 {
  switch (nameAt(i)) {
    case 0x6a616e: return 1;
    case 0x666562: return 2;
    case 0x6d6172: return 3;
    case 0x617072: return 4;
    case 0x6d6179: return 5;
    case 0x6a756e: return 6;
    case 0x6a756c: return 7;
    case 0x617567: return 8;
    case 0x736570: return 9;
    case 0x6f6374: return 10;
    case 0x6e6f76: return 11;
    case 0x646563: return 12;
  }
  return 0;
}

/** 'Fri Jun 17 07:07:00 2005': only where it ends. */
function readCtime(at: i32, limit: i32): i32 {
  const name = nameAt(at);
  if (byte(at + 3) != 32 || !(name == MON || name == TUE || name == WED || name == THU || name == FRI || name == SAT || name == SUN)) return -1;
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
  i = readZone(end, limit);
  if (i < 0 || i != end) return -1;
  if (byte(i) == 32 && isLetter(byte(i + 1)) && byte(i + 4) == 32) i += 4;
  if (byte(i) != 32 || !isDigit(byte(i + 1)) || !isDigit(byte(i + 4)) || isDigit(byte(i + 5)) || i + 5 > limit) return end;
  const year = two(i + 1) * 100 + two(i + 3);
  return year < 1990 || year > 2100 ? end : i + 5;
}

/** One or two digits: whether a bare clock, or a date that begins with day or month, may stand there. */
function mayBeShort(at: i32, digits: i32, after: i32): bool {
  const next = at + digits + 1;
  if (after == 58) return byte(next + 2) == 58;
  if (after == 32) return monthAt(next) > 0 && byte(next + 3) == 32;
  // An address is none.
  if (after == 46) {
    if (digits != 2 || !isTwo(next)) return false;
    if (byte(next + 2) == 46) return isTwo(next + 3) && isJoint(byte(isTwo(next + 5) ? next + 7 : next + 5));
    return byte(next + 2) == 32 && byte(next + 5) == 58 && byte(next + 8) == 58;
  }
  if (after != 47 && after != 45) return false;
  if (isLetter(byte(next))) return monthAt(next) > 0;
  return isDigit(byte(next)) && (after == 47 || (digits == 2 && isDigit(byte(next + 1))));
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
    if (stop < 0) return -1;
    if (yearless != 0) inferred = 1;
    else store<f64>(reader, timeMs);
    store<i32>(reader, k, timeLast);
    return stop;
  }
  if (!isDigit(c)) return isLetter(c) && reader == clocksAt ? readCtime(at, limit) : isLetter(c) || c == 64 ? -1 : 0;
  let n = 1;
  while (n < 20 && at + n < limit && isDigit(byte(at + n))) n++;
  const after = byte(at + n);
  if (n == 2 && isLetter(after)) return monthAt(at + 2) > 0 ? -1 : 0;
  if (n <= 2) return mayBeShort(at, n, after) ? -1 : 0;
  if (n == 4) {
    if (after != 45 && after != 47 && after != 46 && after != 58) return after == 0xe5 ? -1 : 0;
    if (byte(at + 7) == after && isDigit(byte(at + 9))) return finish(reader, at, at + 10, limit, two(at) * 100 + two(at + 2), two(at + 5), two(at + 8));
    return after == 45 ? -1 : 0;
  }
  if (n == 6) return after == 32 ? finish(reader, at, at + 6, limit, 2000 + two(at), two(at + 2), two(at + 4)) : 0;
  if (n == 8) return finish(reader, at, at + 8, limit, two(at) * 100 + two(at + 2), two(at + 4), two(at + 6));
  if (n == 10) return readEpoch(reader, at, 10, limit, 1000.0);
  if (n == 13) return readEpoch(reader, at, 13, limit, 1.0);
  if (n == 16) return readEpoch(reader, at, 16, limit, 1e-3);
  if (n == 19) return readEpoch(reader, at, 19, limit, 1e-6);
  return n == 14 ? -1 : 0;
}
