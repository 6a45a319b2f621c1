import { at, colon, dash, digit, dot, flagsOf, hexLetter, letter, otherLetter, sign, slash } from '#src/logs/digest/lines/byte-flags.ts';
import { find, isDigit, isLetter, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { any, duration, email, hex, host, id, ip, num, path, size, time, url, uuid, word } from './kinds.ts';
import { isNamedWord } from './named-words.ts';
import { hashValue } from './value-hash.ts';

/** The kind of a word by its bytes. Only words with a digit, a slash, an @ or a dot can be anything but a word. */
export const kindOf = (b: Uint8Array, start: number, end: number, flags: number, guess: number): number => {
  if (flags & digit) {
    const first = b[start] as number;
    if (!(flags & letter)) {
      if (first === 47) return isAddress(b, start + 1, end) ? ip : guess === path ? path : num;
      if (flags & colon)
        return (flags & dot) !== 0 && countOf(b, start, end, 46) === 3
          ? ip
          : isClock(b, start, end)
            ? time
            : (flags & ~(digit | colon)) === 0 && countOf(b, start, end, 58) > 2
              ? ip
              : num;
      if (flags & (dash | slash) && isDate(b, start, end)) return time;
      if (flags & dot && isAddress(b, start, end)) return ip;
      return num;
    }
    if (first === 47) return isAddress(b, start + 1, end) ? ip : path;
    if (guess !== word) return guess;
    if (isNamedWord(b, start, end) || isFunction(b, start, end)) return word;
    if (flags & at && isEmail(b, start, end)) return email;
    if (first === 48 && (b[start + 1] as number | 32) === 120) return hex;
    if (end - start === 36 && flags & dash && b[start + 8] === 45 && b[start + 13] === 45 && b[start + 18] === 45) return uuid;
    if (flags & colon && !(flags & (otherLetter | slash | at))) return ip;
    if (isDigit(first)) {
      const unit = unitOf(b, start, end);
      if (unit !== word) return unit;
      if (flags & dash && isDate(b, start, end)) return time;
    }
    if (!(flags & ~(hexLetter | digit)) && end - start >= 7) return hex;
    if (flags & slash) return isDay(b, start, end) ? time : path;
    if (flags & dot && isClassName(b, start, end)) return word;
    if (flags & dot && !(flags & (at | sign)) && isHost(b, start, end)) return host;
    return flags & ~(letter | digit | dot) || !isCodeName(b, start, end) ? id : word;
  }
  if (guess !== word) return guess;
  if (flags & at) return isEmail(b, start, end) ? email : word;
  if (flags & slash && end - start > 2 && (b[start] === 46 || b[start] === 126 || (b[start + 1] === 58 && b[start + 2] === 92)))
    return path;
  if (flags & dot && isHost(b, start, end)) return host;
  if (flags & colon && !(flags & otherLetter)) return ip;
  return isTruth(b, start, end) ? any : word;
};

/** 'jk2_init()', 'AirPort_Brcm43xx::sync': the name of a function or of a scope. */
const isFunction = (b: Uint8Array, start: number, end: number): boolean =>
  isLetter(b[start]) && ((b[end] === 40 && b[end + 1] === 41) || (b[end] === 58 && b[end + 1] === 58 && isLetter(b[end + 2])));

/** 'Slf4jLogger', 'web.Http2Connection': humps of a camel behind a digit, where ids have digits all over. */
export const isCodeName = (b: Uint8Array, start: number, end: number): boolean => {
  if (end - start < shortestCodeName) return false;
  let digits = 0;
  let humps = 0;
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (c < 58 && c > 46) {
      if (++digits > 2 || i < start + 2 || i > end - 4) return false;
    } else if (c === 46) {
      if (humps > 0) return false;
      digits = 0;
    } else if (c < 91 && digits > 0 && (b[i + 1] as number) > 96 && (b[i + 2] as number) > 96) humps++;
  }
  return humps > 0;
};

const shortestCodeName = 8;

/** 'org.apache.hadoop.v2.app.RMAllocator', 'k8s.io.api.v1.Pod': the digits belong to the name. */
const isClassName = (b: Uint8Array, start: number, end: number): boolean => {
  let dots = 0;
  let segment = start;
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (c === 46) {
      dots++;
      segment = i + 1;
    } else if (isDigit(c) && (i === segment || isDigit(b[i + 1]) || i - segment > 3)) return false;
  }
  return dots >= 2 && (b[segment] as number) >= 65 && (b[segment] as number) <= 90;
};

export const isTruth = (b: Uint8Array, start: number, end: number): boolean => {
  const length = end - start;
  if (length === 4)
    return (
      startsWith(b, start, end, 'true') ||
      startsWith(b, start, end, 'null') ||
      startsWith(b, start, end, 'True') ||
      startsWith(b, start, end, 'None')
    );
  return length === 5 && (startsWith(b, start, end, 'false') || startsWith(b, start, end, 'False'));
};

export const fieldKind = (b: Uint8Array, start: number, end: number): number => {
  let flags = 0;
  for (let i = start; i < end; i++) {
    const f = flagsOf[b[i] as number] as number;
    if (f === 0 && b[i] !== 58) return find(b, start, Math.min(end, start + 10), '://') > 0 ? url : any;
    flags |= f || colon;
  }
  if (start === end) return any;
  if (b[start] === 47) return isAddress(b, start + 1, end) ? ip : path;
  const kind = kindOf(b, start, end, flags, word);
  return kind === word ? any : kind;
};

const countOf = (b: Uint8Array, start: number, end: number, c: number): number => {
  let n = 0;
  for (let i = start; i < end; i++) if (b[i] === c) n++;
  return n;
};

/** a.b.c.d with a port or a mask. */
const isAddress = (b: Uint8Array, start: number, end: number): boolean => {
  let dots = 0;
  for (let i = start; i < end; i++) {
    if (b[i] === 46) dots++;
    else if (b[i] === 58 || b[i] === 47 || b[i] === 44) return dots === 3;
    else if (!isDigit(b[i])) return false;
  }
  return dots === 3;
};

const isClock = (b: Uint8Array, start: number, end: number): boolean => {
  const first = b[start + 1] === 58 ? 1 : 2;
  return b[start + first] === 58
    ? end - start > 4 && countOf(b, start, end, 58) <= 3 && isDigit(b[start + first + 2])
    : isDate(b, start, end);
};

/** '28/Nov/2026:02:11:45.561', as access logs write it. */
const isDay = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 11 && isDigit(b[start]) && b[start + 2] === 47 && isLetter(b[start + 3]) && b[start + 6] === 47 && isDigit(b[start + 10]);

const isDate = (b: Uint8Array, start: number, end: number): boolean => {
  if (end - start < 10 || (b[start + 4] !== 45 && b[start + 4] !== 47) || b[start + 7] !== b[start + 4]) return false;
  for (let k = 0; k < 10; k++) if (k !== 4 && k !== 7 && !isDigit(b[start + k])) return false;
  return true;
};

/** Units by their letters packed into a number; no word makes a string. */
const units = new Map<number, number>();
const packUnit = (b: Uint8Array, from: number, to: number): number => {
  let packed = 0;
  for (let k = from; k < to; k++) packed = packed * 256 + (b[k] as number);
  return packed;
};
const addUnits = (kind: number, names: string) => {
  for (const name of names.split(' ')) {
    const bytes = Buffer.from(name);
    units.set(packUnit(bytes, 0, bytes.length), kind);
  }
};
addUnits(duration, 'ns us µs μs ms s sec secs msec m min mins h hr hrs d');
addUnits(size, 'B KB kB kb Kb KiB K k MB mb Mb MiB M GB gb Gb GiB G TB tb TiB T b');

/** 12ms, 1.5GB, 1h2m3s. */
const unitOf = (b: Uint8Array, start: number, end: number): number => {
  let kind = word;
  let i = start;
  while (i < end) {
    while (i < end && (isDigit(b[i]) || b[i] === 46)) i++;
    const from = i;
    while (i < end && isLetter(b[i])) i++;
    if (i === from || i - from > 5 || (i < end && !isDigit(b[i]))) return word;
    const found = units.get(packUnit(b, from, i)) ?? word;
    if (found === word || (kind !== word && (kind !== found || found === size))) return word;
    kind = found;
  }
  return kind;
};

const isEmail = (b: Uint8Array, start: number, end: number): boolean => {
  let sign = start;
  while (sign < end && b[sign] !== 64) sign++;
  if (sign <= start || sign >= end - 3) return false;
  for (let i = sign + 2; i < end - 1; i++) if (b[i] === 46) return isLetter(b[end - 1]);
  return false;
};

const topDomains = new Set(
  'com net org edu gov mil info biz local internal lan localdomain cluster svc cn de uk jp ru br fr mx tw kr it nl pl se au ca ch in us eu es cz at be dk fi no gr hu ro tr ua il ar cl co za hk sg my th vn id'
    .split(' ')
    .map((name) => hashValue(Buffer.from(name), 0, name.length)),
);

/** A dotted name in lower case that ends as the names of hosts do; 'java.io' and 'app.py' do not. */
export const isHost = (b: Uint8Array, start: number, to: number): boolean => {
  let last = -1;
  let end = to;
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (c === 46) last = i;
    else if (c === 58)
      end = i; // a port may follow
    else if (c >= 65 && c <= 90) return false;
    else if (!((c >= 97 && c <= 122) || isDigit(c) || c === 45)) return false;
  }
  if (last <= start || end - last > 12 || end - last < 3) return false;
  if (!topDomains.has(hashValue(b, last + 1, end))) return false;
  // 'com.example.net' is a package or a host; one that starts as packages do is taken for a package.
  return (
    !startsWith(b, start, end, 'com.') &&
    !startsWith(b, start, end, 'org.') &&
    !startsWith(b, start, end, 'net.') &&
    !startsWith(b, start, end, 'io.')
  );
};
