import { base, byte, flagsOf, ip, isDigit, isHex, isSpace, mix, num } from './bytes';
import { follow } from './follow';
import { countAt, epochAt, guardSlots, guardsAt, guardTurns, headCount, isCalm, lateCount, isTied, leafAt, leafEntries, leafEpoch, longestOf, messageOf, mostRows, mostValues, needsCalm, nextEntry, pendingAt, pendingEpoch, probeAt, probeBytes, probeCount, probeEnd, probeFound, probeHopeless, probeLimit, probeWord, readingBytes, rowBytes, rowEnd, rowKey, rowMarks, rowMessage, rowMs, rowsAt, rowStart, scanBytes, scanCode, scanEnd, scansAt, scanValue, slotBytes, timeProbeOf, timeBeforeEpoch, timeEpoch, timesAt, valueBytes, valueCount, valueFixed, valueFrom, valueHash, valuesAt, valueTo, wordCount, wordsAt } from './layout';
import { inferred, isEpoch, offset, readTime, referToEpoch, stated, timeMs } from './times';
import { edgesOf, formOf } from './words';

export { follow };

const scanAt = scansAt + 2 * scanBytes;
/** As far as heads are looked for. */
const headReach = 240;
/** As far as lists of events are. */
const eventsReach = 512;

/** Of '00000010  48 65 6c 6c': a line of a dump of bytes. */
function isDump(start: i32, end: i32): bool {
  let i = start;
  while (i < end && isHex(byte(i))) i++;
  const length = i - start;
  const colon = byte(i) == 58 ? 1 : 0;
  if (length > 16 || (colon ? 4 : 7) > length || byte(i + colon) != 32) return false;
  i += colon;
  for (let group = 0; group < 4; group++) {
    while (i < end && isSpace(byte(i))) i++;
    const from = i;
    while (i < end && isHex(byte(i))) i++;
    if ((i - from != 2 && i - from != 4) || (i < end && !isSpace(byte(i)))) return group > 0 && i >= end;
  }
  return true;
}

/** '{"events":[{': a line may hold many. */
function mayHoldEvents(start: i32, end: i32): bool {
  const stop = min(end, start + eventsReach);
  for (let i = start; i < stop; i++) if (byte(i) == 91 && (byte(i + 1) == 123 || isSpace(byte(i + 1)))) return true;
  return false;
}

/** No block opens with this line, for sure. */
function opensNone(start: i32, end: i32, message: i32): bool {
  const first = byte(start), last = byte(end - 1);
  const mayOpen = isHex(first) || first == 123 || first == 95 || first == 76 || first == 84 || first == 35 || first == 43 || first == 110 || first == 0xe2 || first == 0xc3;
  if (!mayOpen && last != 45 && last != 62) return true;
  if (end - start < 4 || (last == 45 && byte(end - 2) == 45)) return false;
  let at = byte(message) == 45 && byte(message + 1) == 32 ? message + 2 : message;
  let m = byte(at);
  if (m != 0xe2 && m != 110 && m != 80) { at = start; m = first; }
  if (m == 80) return byte(at + 7) != 40;
  if (m == 110) return byte(at + 1) != 112;
  if (m == 123) return last == 125;
  if (m == 0xe2 || m == 0xc3 || m == 95 || m == 76 || m == 84 || m == 35 || m == 43 || m == 60) return false;
  return !isHex(m) || !isDump(at, end);
}

/** What a head may still see of a longer line: as `reachOf`. */
function reachOf(from: i32, count: i32): i32 {
  const limit = from + headReach;
  let k = count;
  while (k > 0 && load<i32>(scanAt + (k << 2) - 4) >= limit) k--;
  let words = k << 8;
  for (let i = k > 0 ? load<i32>(scanAt + (k << 2) - 4, scanEnd) : from; i < limit; i++) if (flagsOf(byte(i)) == 0) words++;
  return (words + 1) * 0x27d4eb2f;
}

@inline function placeIn(from: i32, length: i32, place: i32): i32 {
  const ref = place >> 16;
  const on = (place << 16) >> 16;
  if (ref >= 0) return load<i32>(scanAt + ((ref >> 1) << 2) + ((ref & 1) * scanEnd)) + on;
  if (ref == -1) return from + on;
  return from + on + (ref == -2 ? length : min(length, headReach));
}

/** Of a field that is as long as that only the beginning is the value. */
function hasLongField(from: i32, length: i32, slots: i32, known: i32, longest: i32): bool {
  for (let j = 0, slot = slots; j < load<i32>(known, valueCount); j++, slot += slotBytes)
    if (placeIn(from, length, load<i32>(slot, valueTo)) - placeIn(from, length, load<i32>(slot, valueFrom)) >= longest) return true;
  return false;
}

function zerosOf(start: i32, end: i32, code: i32, value: i32): i32 {
  const kind = code & 15;
  if (kind != num && kind != ip) return value;
  const first = byte(start + 1);
  const begins = byte(start) == 48 && !(isDigit(first) || first == 46 || first == 120);
  return (begins ? 1 : 0) + (byte(end - 1) == 48 && (end - 1 == start || !isDigit(byte(end - 2))) ? 2 : 0);
}

function setReference(reference: f64, epoch: f64, beforeEpoch: f64): void {
  store<f64>(timesAt, reference);
  store<f64>(timesAt, epoch, timeEpoch);
  store<f64>(timesAt, beforeEpoch, timeBeforeEpoch);
}

/**
 * Reads lines from here on, up to the one whose end is the last, as long as their readings were told here and nothing else has to be looked at: how many
 * rows of them there are. A line of a reading that begins no record after one that announces lines needs a calm one in front.
 */
export function readRows(root: i32, start: i32, last: i32, shift: i32, calmBefore: i32): i32 {
  let calm = calmBefore;
  let at = start, rows = 0, values = valuesAt;
  const epoch = load<i32>(epochAt);
  // Of times, as it was in front of the last row.
  let keptReference = load<f64>(timesAt), keptEpoch = load<f64>(timesAt, timeEpoch), keptBefore = load<f64>(timesAt, timeBeforeEpoch);
  let pending = load<f64>(pendingAt), keptPending = pending;
  let pendingIs = load<f64>(pendingAt, pendingEpoch), keptPendingIs = pendingIs;
  while (at <= last && rows < mostRows && values < valuesAt + mostValues * valueBytes) {
    const first = byte(at);
    if (first == 35 || first == 91 || first == 10 || isSpace(first)) break;
    const reference = load<f64>(timesAt), lastEpoch = load<f64>(timesAt, timeEpoch), beforeEpoch = load<f64>(timesAt, timeBeforeEpoch);
    const end = follow(root, at, scanAt, 0);
    if (end < 0 || byte(end - 1) == 91 || (first == 123 && mayHoldEvents(at, end))) break;
    const count = load<i32>(countAt);
    const leaf = load<i32>(leafAt);
    if (load<i32>(leaf, leafEpoch) != epoch) break;
    const length = end - at;
    const reach = length > headReach ? reachOf(at, count) : 0;
    let entry = load<i32>(leaf, leafEntries);
    while (entry != 0 && load<i32>(entry) != reach) entry = load<i32>(entry, nextEntry);
    if (entry == 0) break;
    const words = load<i32>(entry, wordCount);
    let guard = 0;
    for (let k = 0; k < words; k++) {
      const word = load<i32>(entry + (k << 3), wordsAt);
      const way = load<i32>(entry + (k << 3), wordsAt + 4);
      const cell = scanAt + (word << 2);
      const look = way == 1 ? load<i32>(cell, scanValue) : way == 2 ? formOf(load<i32>(cell), load<i32>(cell, scanEnd)) : edgesOf(load<i32>(cell), load<i32>(cell, scanEnd));
      guard = ((guard ^ look) * 0x5bd1e995) ^ (guard >>> 15);
    }
    let known = 0;
    for (let turn = 0, slot = mix(guard); turn < guardTurns; turn++, slot++) {
      const place = entry + ((slot & (guardSlots - 1)) << 3);
      if (load<i32>(place, guardsAt + 4) == 0) break;
      if (load<i32>(place, guardsAt) == guard) { known = load<i32>(place, guardsAt + 4); break; }
    }
    if (known == 0 || (load<i32>(known, needsCalm) != 0 && calm == 0)) break;
    const message = placeIn(at, length, load<i32>(known, messageOf));
    if (byte(message - 1) == 93 || !opensNone(at, end, message)) break;
    const probes = load<i32>(known, probeCount);
    const timeProbe = load<i32>(known, timeProbeOf);
    const heads = load<i32>(known, headCount), lates = heads + load<i32>(known, lateCount);
    let late: f64 = NaN, lateIs: f64 = 0;
    let probe = known + readingBytes;
    let ms: f64 = NaN;
    let marks = 0, zone = 0;
    let k = 0;
    for (; k < probes; k++, probe += probeBytes) {
      const number = load<i32>(probe, probeWord);
      if (number >= 0) {
        const size = load<i32>(scanAt + (number << 2), scanEnd) - load<i32>(scanAt + (number << 2));
        if (size < 32 && ((load<i32>(probe, probeHopeless) >>> size) & 1) != 0) continue;
      }
      const referred = load<f64>(timesAt), referredEpoch = load<f64>(timesAt, timeEpoch), referredBefore = load<f64>(timesAt, timeBeforeEpoch);
      const found = readTime(load<i32>(probe), placeIn(at, length, load<i32>(probe, probeAt)), placeIn(at, length, load<i32>(probe, probeLimit)));
      if (load<i32>(probe, probeFound) == 0) {
        if (found != 0) break;
        continue;
      }
      if (found <= 0 || found != placeIn(at, length, load<i32>(probe, probeEnd))) break;
      if (k == timeProbe) {
        ms = timeMs;
        marks = stated | (inferred << 1) | (isNaN<f64>(load<f64>(load<i32>(probe))) ? 0 : 0x10000);
        zone = offset;
      }
      if (k >= heads && k < lates) {
        if (inferred != 0) break;
        late = timeMs;
        lateIs = <f64>isEpoch;
        setReference(referred, referredEpoch, referredBefore);
      }
    }
    const longest = load<i32>(known, longestOf);
    if (k < probes || (length > longest && hasLongField(at, length, probe, known, longest))) break;
    let key = 0;
    if (load<i32>(known, isTied) != 0)
      for (let j = 0; j < count; j++) {
        const cell = scanAt + (j << 2);
        const stop = load<i32>(cell, scanEnd);
        if (stop <= message) continue;
        key = ((key ^ zerosOf(load<i32>(cell), stop, load<i32>(cell, scanCode), load<i32>(cell, scanValue))) * 0x5bd1e995) ^ (key >>> 13);
      }
    const row = rowsAt + rows * rowBytes;
    store<i32>(row, load<i32>(known));
    store<i32>(row, at - shift, rowStart);
    store<i32>(row, end - shift, rowEnd);
    store<i32>(row, marks | ((zone + 2048) << 2), rowMarks);
    store<i32>(row, key, rowKey);
    store<i32>(row, message - shift, rowMessage);
    store<f64>(row, ms, rowMs);
    keptReference = reference;
    keptEpoch = lastEpoch;
    keptBefore = beforeEpoch;
    keptPending = pending;
    keptPendingIs = pendingIs;
    if (pendingIs != 0) referToEpoch(timesAt, pending);
    else if (!isNaN<f64>(pending)) store<f64>(timesAt, pending);
    pending = late;
    pendingIs = lateIs;
    rows++;
    calm = load<i32>(known, isCalm);
    const slots = load<i32>(known, valueCount);
    for (let j = 0, from = probe; j < slots; j++, from += slotBytes, values += valueBytes) {
      const raw = load<i32>(from);
      let s = 0, e = 0, hash = 0;
      if (raw >= 0) {
        const cell = scanAt + (raw << 2);
        s = load<i32>(cell); e = load<i32>(cell, scanEnd);
        hash = mix(load<i32>(cell, scanValue));
      } else {
        s = placeIn(at, length, load<i32>(from, valueFrom)); e = placeIn(at, length, load<i32>(from, valueTo));
        if (load<i32>(from, valueFixed) != 0) hash = load<i32>(from, valueHash);
        else {
          for (let i = s; i < e; i++) hash = hash * base + byte(i);
          hash = mix(hash);
        }
      }
      store<i32>(values, hash);
      store<i32>(values, s - shift, 4);
      store<i32>(values, e - shift, 8);
    }
    at = end + (byte(end) == 13 ? 2 : 1);
  }
  // The last line is read once more by others, and one behind it may have been looked at.
  setReference(keptReference, keptEpoch, keptBefore);
  store<f64>(pendingAt, keptPending);
  store<f64>(pendingAt, keptPendingIs, pendingEpoch);
  return rows;
}
