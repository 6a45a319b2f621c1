// Words that are told by less than `readKind` goes by, where a line reads like one before. All of them end at a line end at the latest. What is found is
// the code of the word, or 0; its end and hash are left where the layout says.
import { base, byte, colon, dash, digit, dot, flagsOf, hex, hexLetter, id, ip, isDigit, isHex, isLetter, isLineEnd, isSpace, isUpper, letter, otherLetter, path, slash, uuid } from './bytes';
import { addressEndsAt, endAt, hashAt, nameBeginsAt, namesAt, nameSlots, quotesAt, slashAt, sortsAt } from './layout';

/** No unit has any of the letters a, c, e, f: '5d' and '12B' are no ids. */
const unitless = 1 << 12;
const longestName = 14;
const uuidLength = 36;
/** Shorter ones may be words. */
const shortestHex = 7;
const prime = 0x01000193;
const formSeed: i32 = <i32>0x811c9dc5;

/** What of the bytes behind a word its kind may go by: 1 when nothing, -1 when too much. */
export function afterOf(end: i32): i32 {
  const after = byte(end);
  if (after == 32 || isLineEnd(after)) return 1;
  if (flagsOf(after) != 0) return -1;
  const next = byte(end + 1);
  if (after == 40) return next == 41 ? -1 : 1;
  if (after == 44) return isDigit(next) ? -1 : 1;
  if (after == 58) return next == 58 || (flagsOf(next) & ~otherLetter) ? -1 : 1;
  if (load<u8>(after, quotesAt) == 0) return 1;
  return next == 58 || isLineEnd(next) ? -1 : after;
}

/** 'ssh2', 'IPv6', 'SHA-256': as `isNamedWord` of `mining/named-words.ts`, by the same table. */
function isNamedWord(start: i32, end: i32): bool {
  const length = end - start;
  if (length > longestName || load<u8>(length * 32 + (byte(start) & 31), nameBeginsAt) == 0) return false;
  let h: i32 = length;
  for (let i = start; i < end; i++) h = (((h ^ (byte(i) | 32)) * 0x5bd1e995) ^ (h >>> 13));
  let at = h & (nameSlots - 1);
  while (true) {
    const known = load<i32>(at << 2, namesAt);
    if (known == 0) return false;
    if (known == h) return true;
    at = (at + 1) & (nameSlots - 1);
  }
}

/** 'Slf4jLogger': as `isCodeName` of `mining/kind-of.ts`, of words without dots. */
function isCodeName(start: i32, end: i32): bool {
  if (end - start < 8) return false;
  let digits = 0, humps = 0;
  for (let i = start; i < end; i++) {
    const c = byte(i);
    if (c < 58 && c > 46) {
      if (++digits > 2 || i < start + 2 || i > end - 4) return false;
    } else if (c < 91 && digits > 0 && byte(i + 1) > 96 && byte(i + 2) > 96) humps++;
  }
  return humps > 0;
}

/** 'blk_-160899', 'req-9bc36dd9', '9bc36dd9ae', 'b9000564-fe1a-409b-b8cc-1e88b294cd1d': an id, or a number to the base of 16, whatever its form, when nothing else is in it. */
export function readId(start: i32): i32 {
  let i = start, hash = 0, flags = 0;
  let c = byte(i);
  for (let f = <i32>load<u16>(c << 1, sortsAt); f != 0; f = <i32>load<u16>(c << 1, sortsAt)) {
    flags |= f;
    hash = hash * base + c;
    i++;
    c = byte(i);
  }
  const first = byte(start);
  if (!(flags & unitless) && isDigit(first)) return 0;
  flags &= ~unitless;
  if (!(flags & digit) || !(flags & letter) || afterOf(i) != 1) return 0;
  let kind = 0;
  if (i - start == uuidLength) {
    if ((flags & ~(letter | digit | dash)) || byte(start + 8) != 45 || byte(start + 13) != 45 || byte(start + 18) != 45) return 0;
    kind = uuid;
  } else if ((flags & ~(hexLetter | digit)) == 0) {
    if (i - start < shortestHex || isNamedWord(start, i)) return 0;
    kind = hex;
  } else {
    if (!(flags & otherLetter) || isDigit(first) || (flags & ~(letter | digit | dash))) return 0;
    if (isNamedWord(start, i) || (!(flags & dash) && isCodeName(start, i))) return 0;
    kind = id;
  }
  store<i32>(endAt, i);
  store<i32>(hashAt, hash);
  store<i32>(slashAt, 0);
  return (flags | letter) * 16 + kind;
}

/** '10.0.0.1', '/10.0.0.1:80' before a blank: addresses come in more forms than other words, and are told by less. */
export function readAddress(start: i32): i32 {
  let i = start, hash = 0, sorts = digit | dot;
  let c = byte(i);
  if (c == 47) { hash = c; sorts |= slash; i++; c = byte(i); }
  for (let part = 0; true; part++) {
    if (!isDigit(c)) return 0;
    do { hash = hash * base + c; i++; c = byte(i); } while (isDigit(c));
    if (part == 4 || (part == 3 && c != 58)) break;
    if (c != (part == 3 ? 58 : 46)) return 0;
    if (part == 3) sorts |= colon;
    hash = hash * base + c;
    i++; c = byte(i);
  }
  if (c != 32 && !isLineEnd(c)) return 0;
  store<i32>(endAt, i); store<i32>(hashAt, hash); store<i32>(slashAt, byte(start) == 47 ? 1 : 0);
  return sorts * 16 + ip;
}

@inline function isTrailing(c: i32): bool { return c == 46 || c == 33 || c == 63 || c == 58 || c == 44 || c == 38; }

/** '/api/items/7?id=1': what begins with a slash and a letter is a path, as long as no backslash is in it and it ends in no mark. */
export function readPath(start: i32): i32 {
  if (byte(start) != 47 || !isLetter(byte(start + 1))) return 0;
  let hash = 0, i = start;
  let c = byte(i);
  while (load<u8>(c, addressEndsAt) == 0) {
    if (c == 92 || (c == 58 && isSpace(byte(i + 1)))) return 0;
    hash = hash * base + c;
    i++; c = byte(i);
  }
  const last = byte(i - 1);
  if (flagsOf(last) == 0 || isTrailing(last)) return 0;
  store<i32>(endAt, i); store<i32>(hashAt, hash); store<i32>(slashAt, 1);
  return (load<u8>(c, quotesAt) == 1 && (isLetter(last) || isDigit(last)) ? 47 ^ 2048 : 47) * 16 + path;
}

/** As `formOf` and `edgesOf` of `heads/forms.ts`. */
export function formOf(start: i32, end: i32): i32 {
  let h = formSeed, i = start;
  while (i < end) {
    let k = i;
    while (k < end && isHex(byte(k))) k++;
    if (k - i >= 4 && !isLetter(byte(k)) && (i == start || !isLetter(byte(i - 1)))) {
      h = (h ^ 256) * prime;
      i = k;
      continue;
    }
    if (isDigit(byte(i))) {
      const from = i;
      while (i < end && isDigit(byte(i))) i++;
      h = (h ^ (257 + min(5, i - from))) * prime;
      continue;
    }
    h = (h ^ byte(i)) * prime;
    i++;
  }
  return h;
}

function hashLetters(from: i32, to: i32, seed: i32): i32 {
  let h = seed;
  for (let i = from; i < to; i++) {
    if (!isLetter(byte(i))) return seed;
    h = (h ^ byte(i)) * prime;
  }
  return h;
}

@inline function isMark(c: i32): bool {
  return c == 95 || c == 36 || c == 58 || c == 124 || c == 91 || c == 93 || c == 40 || c == 41 || c == 123 || c == 125 || c == 44 || c == 61;
}

export function edgesOf(start: i32, end: i32): i32 {
  const first = byte(start);
  let h = (formSeed ^ (isUpper(first) ? 65 : isDigit(first) ? 48 : isLetter(first) ? 97 : first)) * prime;
  let capitals = 1, dot = -1, slashed = false;
  for (let i = start; i < end; i++) {
    const c = byte(i);
    if (!isUpper(c)) capitals = 0;
    if (c == 46) dot = i;
    else if (c == 47 && !slashed) {
      slashed = true;
      if (i - start < 12) h = hashLetters(start, i, h);
      h = (h ^ (isUpper(byte(i + 1)) ? 2 : 1)) * prime;
    }
    if (isMark(c)) h = (h ^ c) * prime;
  }
  if (dot >= 0) h = hashLetters(dot + 1, end, h);
  return (h ^ capitals) * prime;
}

