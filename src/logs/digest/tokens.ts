import { find, isDigit, isLetter, isSpace, mix, startsWith } from './bytes.ts';
import { createTimeReader } from './times.ts';
import type { VariableKind } from './types.ts';

/** Kinds as numbers; 0 is a word that stays. */
export const kinds = [
  'word',
  'num',
  'hex',
  'id',
  'uuid',
  'ip',
  'host',
  'path',
  'url',
  'email',
  'duration',
  'size',
  'time',
  'quoted',
  'any',
] as const satisfies readonly (VariableKind | 'word')[];
export const [word, num, hex, id, uuid, ip, host, path, url, email, duration, size, time, quoted, any] = kinds.map((_, k) => k) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

export const toKind = (kind: number): VariableKind => (kind === word ? 'any' : (kinds[kind] as VariableKind));

/** Marks around the value of a field in a view made by `fields.ts`; they cannot stand in a cleaned line by accident often enough to matter. */
export const fieldOpen = 1;
export const fieldClose = 2;

/** Tokens of one message in parallel arrays, reused from record to record. */
export type Tokens = {
  count: number;
  start: Int32Array;
  end: Int32Array;
  /** Where the separators in front begin. */
  glue: Int32Array;
  kind: Uint8Array;
  /** Identity: the word, or the family of the kind, with its separators. */
  hash: Int32Array;
  /** Hash of the bytes themselves. */
  value: Int32Array;
  /** Of all identities together. */
  low: number;
  high: number;
  /** An HTTP status in an access line; 0 when there is none. */
  status: number;
};

/** A record with more words is told apart by its first ones. */
export const maxTokens = 200;

export const createTokens = (): Tokens => ({
  count: 0,
  start: new Int32Array(maxTokens),
  end: new Int32Array(maxTokens),
  glue: new Int32Array(maxTokens),
  kind: new Uint8Array(maxTokens),
  hash: new Int32Array(maxTokens),
  value: new Int32Array(maxTokens),
  low: 0,
  high: 0,
  status: 0,
});

// Properties of bytes. A byte with none separates words.
const hexLetter = 1,
  otherLetter = 2,
  digit = 4,
  dot = 8,
  slash = 16,
  dash = 32,
  at = 64,
  sign = 128,
  colon = 256,
  comma = 512;
const letter = hexLetter | otherLetter;
const flagsOf = new Uint16Array(256);
for (let c = 0; c < 256; c++) {
  const text = String.fromCharCode(c);
  if (/[0-9]/.test(text)) flagsOf[c] = digit;
  else if (/[a-fA-F]/.test(text)) flagsOf[c] = hexLetter;
  else if (/[g-zG-Z_]/.test(text) || c >= 128) flagsOf[c] = otherLetter;
  else if (text === '.') flagsOf[c] = dot;
  else if (text === '/' || text === '\\') flagsOf[c] = slash;
  else if (text === '-') flagsOf[c] = dash;
  else if (text === '@') flagsOf[c] = at;
  else if (/[+%$#*~&!?]/.test(text)) flagsOf[c] = sign;
}

// Families: kinds one and the same variable may show from record to record share an identity.
const familyOf = kinds.map((kind) =>
  ['num', 'hex', 'id', 'uuid'].includes(kind) ? 1 : ['ip', 'host'].includes(kind) ? 5 : kinds.indexOf(kind),
);
const anyFamily = 99;

const clocks = createTimeReader();

const seed = 0x811c9dc5 | 0;
const prime = 0x01000193;

/**
 * Cuts a message into words and variables in one pass over its bytes. A word with a digit in it is a variable of some
 * kind; so is the right side of key=value, a single quoted word, a path, a URL, an address. `clockStart` to `clockEnd`
 * is a timestamp already found inside.
 */
export const readTokens = (b: Uint8Array, from: number, to: number, tokens: Tokens, clockStart = -1, clockEnd = -1): void => {
  let i = from;
  let count = 0;
  let low = seed;
  let high = 0x2545f491;
  let glueStart = from;
  let glueHash = seed;
  let blank = true;
  tokens.status = 0;
  let afterProtocol = false;
  while (i < to && count < maxTokens) {
    const c = b[i] as number;
    let flags = flagsOf[c] as number;
    let kind = word;
    let start = i;
    let hash = seed;
    let fixed = false;
    if (i === clockStart) {
      kind = time;
      i = clockEnd;
    } else if (flags === 0) {
      if (c === 32 || c === 9 || c === 10 || c === 13) {
        if (!blank) glueHash = Math.imul(glueHash ^ 32, prime);
        blank = true;
        i++;
        continue;
      }
      if (isEmptyValue(b, i, from, to)) {
        glueHash = Math.imul(glueHash ^ c, prime);
        i = start = i + 1;
        tokens.end[count] = i;
        tokens.value[count] = mix(hash);
        emit(tokens, count++, any, start, glueStart, mix(Math.imul(glueHash, 31) + anyFamily));
        const added = tokens.hash[count - 1] as number;
        low = Math.imul(low ^ added, 0x5bd1e995);
        low ^= low >>> 15;
        high = (Math.imul(high, 0x85ebca6b) + added) | 0;
        glueStart = i;
        glueHash = seed;
        blank = false;
        continue;
      }
      const close =
        c === fieldOpen ? fieldEnd(b, i, to) : c === 34 || c === 39 || c === 96 ? quoteEnd(b, i, from, to, tokens.status > 0) : -1;
      if (close < 0) {
        glueHash = Math.imul(glueHash ^ c, prime);
        blank = false;
        i++;
        continue;
      }
      start = i + 1;
      glueHash = Math.imul(glueHash ^ c, prime);
      for (let k = start; k < close; k++) hash = Math.imul(hash ^ (b[k] as number), prime);
      kind = c === fieldOpen ? fieldKind(b, start, close) : quoted;
      fixed = c === fieldOpen;
      tokens.value[count] = mix(hash);
      i = close + 1;
      tokens.end[count] = close;
    } else if (flags & letter && isTimeWord(b, i, to) && clocks.read(b, i, to)) {
      // 'Sat Jun 18 02:08:12 2005' in the middle of a message.
      kind = time;
      i = clocks.end;
      for (let k = start; k < i; k++) hash = Math.imul(hash ^ (b[k] as number), prime);
      tokens.end[count] = i;
      tokens.value[count] = mix(hash);
    } else {
      const afterEquals = i > from && b[i - 1] === 61 && i - 1 > from && flagsOf[b[i - 2] as number] !== 0;
      hash = Math.imul(hash ^ c, prime);
      i++;
      for (; i < to; i++) {
        const d = b[i] as number;
        let f = flagsOf[d] as number;
        if (f === 0) {
          if (d === 58 && joinsColon(b, i, to, flags)) f = colon;
          else if (d === 44 && joinsComma(b, i, to, flags)) f = comma;
          else break;
        }
        flags |= f;
        hash = Math.imul(hash ^ d, prime);
      }
      let end = i;
      if ((c === 47 && (flags & (letter | digit) || i === start + 1)) || (b[i] === 58 && b[i + 1] === 47 && b[i + 2] === 47)) {
        end = addressEnd(b, i, to);
        if (end > i) flags |= slash;
        kind = c === 47 ? path : url;
      }
      while (end > start + 1 && isTrailing(b[end - 1] as number)) end--;
      if (end !== i) {
        hash = seed;
        for (let k = start; k < end; k++) hash = Math.imul(hash ^ (b[k] as number), prime);
        i = end;
      }
      if (kind === word || (kind === path && isDigit(b[start + 1]))) kind = kindOf(b, start, end, flags, kind);
      if (afterProtocol && kind === num && end - start === 3 && (b[start] as number) < 54) {
        tokens.status = ((b[start] as number) - 48) * 100 + ((b[start + 1] as number) - 48) * 10 + (b[start + 2] as number) - 48;
        kind = word;
      }
      afterProtocol = c === 72 && end - start >= 6 && startsWith(b, start, end, 'HTTP/');
      if (afterProtocol) kind = word;
      if (afterEquals) {
        if (kind === word) kind = any;
        fixed = true;
      }
      if (kind === time && b[i] === 32 && isDigit(b[i + 1]) && clocks.read(b, start, to) && clocks.end > i) {
        for (let k = i; k < clocks.end; k++) hash = Math.imul(hash ^ (b[k] as number), prime);
        i = end = clocks.end;
      }
      tokens.end[count] = end;
      tokens.value[count] = mix(hash);
    }
    if (kind === time && i === clockEnd && start === clockStart) {
      tokens.end[count] = clockEnd;
      for (let k = start; k < clockEnd; k++) hash = Math.imul(hash ^ (b[k] as number), prime);
      tokens.value[count] = mix(hash);
    }
    const identity =
      kind === word ? mix(Math.imul(glueHash, 31) ^ hash) : mix(Math.imul(glueHash, 31) + (fixed ? anyFamily : (familyOf[kind] as number)));
    emit(tokens, count++, kind, start, glueStart, identity);
    low = Math.imul(low ^ identity, 0x5bd1e995);
    low ^= low >>> 15;
    high = (Math.imul(high, 0x85ebca6b) + identity) | 0;
    glueStart = tokens.end[count - 1] as number;
    glueHash = seed;
    blank = false;
  }
  tokens.count = count;
  tokens.low = mix(low);
  tokens.high = mix(high ^ count);
};

const emit = (tokens: Tokens, at: number, kind: number, start: number, glue: number, identity: number): void => {
  tokens.kind[at] = kind;
  tokens.start[at] = start;
  tokens.glue[at] = glue;
  tokens.hash[at] = identity;
};

/** 'ruser= rhost=…' and 'from 10.0.0.1 () at': nothing is a value too, or two templates would stand for one. */
const isEmptyValue = (b: Uint8Array, i: number, from: number, to: number): boolean => {
  const before = i > from ? (b[i - 1] as number) : 32;
  if (b[i] === 40) return b[i + 1] === 41 && i + 1 < to && before === 32;
  if (b[i] !== 61 || flagsOf[before] === 0) return false;
  const after = b[i + 1];
  return i + 1 === to || after === 32 || after === 44 || after === 59;
};

/** Three letters and a blank, as months and weekdays stand in dates; cheap enough to ask of every word. */
const isTimeWord = (b: Uint8Array, i: number, to: number): boolean =>
  i + 14 < to &&
  (b[i + 3] === 32 || b[i + 3] === 44) &&
  (b[i] as number) < 91 &&
  (isDigit(b[i + 4]) || isDigit(b[i + 5]) || b[i + 7] === 32);

const fieldEnd = (b: Uint8Array, open: number, to: number): number => {
  for (let i = open + 1; i < to; i++) if (b[i] === fieldClose) return i;
  return -1;
};

/**
 * Where a quoted variable ends, or -1 when the quote is mere punctuation. After '='
 * and after the status of an access line (referrer, user agent) a whole phrase is the value; elsewhere a phrase may be
 * the message itself, so only a single word counts. Keys of JSON ("key":) are words.
 */
const quoteEnd = (b: Uint8Array, open: number, from: number, to: number, inAccessLine: boolean): number => {
  const quote = b[open];
  const before = open > from ? (b[open - 1] as number) : 32;
  if (isLetter(before) || isDigit(before)) return -1;
  const value = before === 61 || inAccessLine;
  const limit = Math.min(to, open + 400);
  for (let i = open + 1; i < limit; i++) {
    const c = b[i];
    if (c === 92) i++;
    else if (c === quote) return i === open + 1 || b[i + 1] === 58 || isLetter(b[i + 1]) ? -1 : i;
    else if (isSpace(c) && !value) return -1;
  }
  return -1;
};

/** A colon belongs to the word in 10.0.0.1:80, 12:30:01, ::1 and 0a:1b:2c, not in 'exit:1' or '80:Got'. */
const joinsColon = (b: Uint8Array, i: number, to: number, flags: number): boolean => {
  if (i + 1 >= to) return false;
  const next = b[i + 1] as number;
  if (isDigit(next)) return (flags & digit) !== 0 || (flags & ~(hexLetter | colon)) === 0;
  if (flags & ~(hexLetter | digit | colon)) return false;
  if (next === 58) return (flags & (digit | colon)) !== 0;
  if (!((flagsOf[next] as number) & hexLetter)) return false;
  let k = i + 1;
  while (k < to && k < i + 6 && (flagsOf[b[k] as number] as number) & (hexLetter | digit)) k++;
  return k - i <= 5 && (b[k] === 58 || !((flagsOf[b[k] as number] as number) & letter)) && (flags & (digit | colon)) !== 0;
};

/** 1,234,567 and 12:00:01,978 and lists without blanks: 10.0.0.1,10.0.0.2 is one value, however many there are. */
const joinsComma = (b: Uint8Array, i: number, to: number, flags: number): boolean =>
  (flags & ~(digit | dot | comma | colon | dash)) === 0 && isDigit(b[i - 1]) && i + 1 < to && isDigit(b[i + 1]);

const addressEnd = (b: Uint8Array, from: number, to: number): number => {
  let i = from;
  for (; i < to; i++) {
    const c = b[i] as number;
    if (
      c <= 32 ||
      c === 34 ||
      c === 39 ||
      c === 96 ||
      c === 41 ||
      c === 93 ||
      c === 125 ||
      c === 62 ||
      c === 60 ||
      c === 124 ||
      c === 59 ||
      c === 44
    )
      break;
    if (c === 58 && isSpace(b[i + 1])) break;
  }
  return i;
};

const isTrailing = (c: number): boolean => c === 46 || c === 33 || c === 63 || c === 58 || c === 44 || c === 38;

/** The kind of a word by its bytes. Only words with a digit, a slash, an @ or a dot can be anything but a word. */
export const kindOf = (b: Uint8Array, start: number, end: number, flags: number, guess: number): number => {
  if (flags & digit) {
    const first = b[start] as number;
    if (!(flags & letter)) {
      if (first === 47) return isAddress(b, start + 1, end) ? ip : guess === path ? path : num;
      if (flags & colon)
        return countOf(b, start, end, 46) === 3
          ? ip
          : isClock(b, start, end)
            ? time
            : (flags & ~(digit | colon)) === 0 && countOf(b, start, end, 58) > 2
              ? ip
              : num;
      if (flags & dot && countOf(b, start, end, 46) >= 3 && isAddress(b, start, end)) return ip;
      if (flags & (dash | slash) && isDate(b, start, end)) return time;
      return num;
    }
    if (first === 47) return isAddress(b, start + 1, end) ? ip : path;
    if (guess !== word) return guess;
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
    if (flags & slash) return path;
    if (flags & dot && isClassName(b, start, end)) return word;
    return flags & dot && !(flags & (at | sign)) && isHost(b, start, end) ? host : id;
  }
  if (guess !== word) return guess;
  if (flags & at) return isEmail(b, start, end) ? email : word;
  if (flags & slash && end - start > 2 && (b[start] === 46 || b[start] === 126 || (b[start + 1] === 58 && b[start + 2] === 92)))
    return path;
  if (flags & dot && isHost(b, start, end)) return host;
  if (flags & colon && !(flags & otherLetter)) return ip;
  return isTruth(b, start, end) ? any : word;
};

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

const isTruth = (b: Uint8Array, start: number, end: number): boolean => {
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

const fieldKind = (b: Uint8Array, start: number, end: number): number => {
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

const isDate = (b: Uint8Array, start: number, end: number): boolean =>
  end - start >= 10 &&
  isDigit(b[start + 3]) &&
  (b[start + 4] === 45 || b[start + 4] === 47) &&
  b[start + 7] === b[start + 4] &&
  isDigit(b[start + 9]);

const units = new Map<string, number>();
for (const name of ['ns', 'us', 'µs', 'μs', 'ms', 's', 'sec', 'secs', 'msec', 'm', 'min', 'mins', 'h', 'hr', 'hrs', 'd'])
  units.set(name, duration);
for (const name of [
  'B',
  'KB',
  'kB',
  'kb',
  'Kb',
  'KiB',
  'K',
  'k',
  'MB',
  'mb',
  'Mb',
  'MiB',
  'M',
  'GB',
  'gb',
  'Gb',
  'GiB',
  'G',
  'TB',
  'tb',
  'TiB',
  'T',
  'b',
])
  units.set(name, size);

/** 12ms, 1.5GB, 1h2m3s. */
const unitOf = (b: Uint8Array, start: number, end: number): number => {
  let kind = word;
  let i = start;
  while (i < end) {
    while (i < end && (isDigit(b[i]) || b[i] === 46)) i++;
    const from = i;
    while (i < end && isLetter(b[i])) i++;
    if (i === from || i - from > 5) return word;
    let name = '';
    for (let k = from; k < i; k++) name += String.fromCharCode(b[k] as number);
    const found = units.get(name.replace('Â', '').replace('Î¼', 'μ')) ?? word;
    if (found === word || (kind !== word && (kind !== found || found === size))) return word;
    kind = found;
    if (i < end && !isDigit(b[i])) return word;
  }
  return kind;
};

const isEmail = (b: Uint8Array, start: number, end: number): boolean => {
  const sign = b.indexOf(64, start);
  if (sign <= start || sign >= end - 3) return false;
  for (let i = sign + 2; i < end - 1; i++) if (b[i] === 46) return isLetter(b[end - 1]);
  return false;
};

const topDomains = new Set(
  'com net org edu gov mil info biz local internal lan localdomain cluster svc cn de uk jp ru br fr mx tw kr it nl pl se au ca ch in us eu es cz at be dk fi no gr hu ro tr ua il ar cl co za hk sg my th vn id'.split(
    ' ',
  ),
);

/** A dotted name in lower case that ends as the names of hosts do; 'java.io' and 'app.py' do not. */
const isHost = (b: Uint8Array, start: number, to: number): boolean => {
  let last = -1;
  let end = b.indexOf(58, start); // a port may follow
  if (end < 0 || end > to) end = to;
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (c === 46) last = i;
    else if (c >= 65 && c <= 90) return false;
    else if (!((c >= 97 && c <= 122) || isDigit(c) || c === 45)) return false;
  }
  if (last <= start || end - last > 12 || end - last < 3) return false;
  let name = '';
  for (let i = last + 1; i < end; i++) name += String.fromCharCode(b[i] as number);
  if (!topDomains.has(name)) return false;
  // 'com.example.net' is a package or a host; one that starts as packages do is taken for a package.
  return (
    !startsWith(b, start, end, 'com.') &&
    !startsWith(b, start, end, 'org.') &&
    !startsWith(b, start, end, 'net.') &&
    !startsWith(b, start, end, 'io.')
  );
};
