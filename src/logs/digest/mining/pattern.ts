import type { LevelCode } from '#src/logs/digest/heads/levels.ts';
import { mix, toText } from '#src/logs/digest/lines/bytes.ts';
import type { LogRecord } from '#src/logs/digest/records/record.ts';
import { type Place, placeIn, type Reading } from '#src/logs/digest/shapes/reading.ts';
import type { Scan } from '#src/logs/digest/shapes/scan.ts';
import { addValue, type Budget, createValueCounter, type ValueCounter } from './counting.ts';
import { createKeepsake, type Keepsake, keep } from './keepsake.ts';
import { fieldKind } from './kind-of.ts';
import { any, kinds, word } from './kinds.ts';
import { mergeCounter, moveCounter } from './merge-counters.ts';
import { type CountQueue, queueValue } from './queue.ts';
import { createTimeBuckets, type SavedBuckets, type TimeBuckets } from './time-buckets.ts';
import type { Tokens } from './tokens.ts';
import { hashValue } from './value-hash.ts';

/** A mined template with all that is counted about it. */
export type MinedPattern = {
  tokens: number;
  /** Identity of each token; of a variable that took in different words, `anyHash`. */
  hash: Int32Array;
  kind: Uint8Array;
  glue: string[];
  text: string[];
  /** One counter per variable, null for words. */
  counters: (ValueCounter | null)[];
  /** Places of the counted variables. */
  slots: number[];
  severe: boolean;
  count: number;
  lines: number;
  levels: Uint32Array;
  inferred: number;
  firstLine: number;
  firstTime: number;
  firstInferred: boolean;
  lastLine: number;
  lastTime: number;
  lastInferred: boolean;
  times: TimeBuckets;
  first: Keepsake;
  middle: Keepsake;
  last: Keepsake;
  /** Words that name a failure are in it. */
  exception: boolean;
  traced: boolean;
  /** Set when this pattern was found to be part of a wider one. */
  mergedInto: MinedPattern | null;
};

/** Stands for any word in a template; no token has it by itself often enough to matter. */
export const anyHash = 0x7fffffff;
/** Variables counted per pattern; those beyond are shown in the template only. Of an error all are. */
const maxCounted = 32;
export const createPattern = (tokens: Tokens, b: Buffer, start: number, end: number, severe: boolean, budget: Budget): MinedPattern => {
  const n = tokens.count;
  const pattern: MinedPattern = {
    tokens: n,
    hash: tokens.hash.slice(0, n),
    kind: tokens.kind.slice(0, n),
    glue: [],
    text: [],
    counters: [],
    slots: [],
    severe,
    count: 0,
    lines: 0,
    levels: new Uint32Array(7),
    inferred: 0,
    firstLine: 0,
    firstTime: Number.NaN,
    firstInferred: false,
    lastLine: 0,
    lastTime: Number.NaN,
    lastInferred: false,
    times: createTimeBuckets(),
    first: createKeepsake(),
    middle: createKeepsake(),
    last: createKeepsake(),
    exception: false,
    traced: false,
    mergedInto: null,
  };
  for (let k = 0; k < n; k++) {
    const from = tokens.start[k] as number;
    pattern.glue.push(tokens.isCut && k === n - 1 ? ' ' : toGlue(b, tokens.glue[k] as number, from));
    pattern.text.push(tokens.kind[k] === word ? toText(b, from, tokens.end[k] as number) : '');
    pattern.counters.push(null);
    if (tokens.kind[k] !== word) count(pattern, k, budget);
  }
  const tail = n > 0 ? (tokens.end[n - 1] as number) : 0;
  pattern.glue.push(
    n > 0 ? toGlue(b, tail, Math.min(end, tail + 12)).trimEnd() : toGlue(b, start, Math.min(end, start + 80)).trim() || '(no message)',
  );
  return pattern;
};

/** Counts one record in, without the values of its variables. */
export const countRecord = (pattern: MinedPattern, record: LogRecord, level: LevelCode, isInferred: boolean): void => {
  const { hasTime, inferred } = record.head;
  countLine(pattern, record.from, record.lines, level, isInferred, record.time, hasTime, hasTime && inferred);
  if (record.causes.length > 0) pattern.traced = true;
  if (pattern.count === 1) keep(pattern.first, record);
  else {
    if (isMiddle(pattern.count)) keep(pattern.middle, record);
    keep(pattern.last, record);
  }
};

/** As `countRecord`, of what stands at a line, without keeping it. */
export const countLine = (
  pattern: MinedPattern,
  line: number,
  lines: number,
  level: LevelCode,
  isInferred: boolean,
  time: number,
  hasTime: boolean,
  isTimeInferred: boolean,
): void => {
  pattern.count++;
  pattern.lines += lines;
  (pattern.levels[level] as number)++;
  if (isInferred) pattern.inferred++;
  if (hasTime) pattern.times.add(time);
  if (pattern.count === 1) {
    pattern.firstLine = line;
    pattern.firstTime = time;
    pattern.firstInferred = isTimeInferred;
  }
  pattern.lastLine = line;
  pattern.lastTime = time;
  pattern.lastInferred = isTimeInferred;
};

/** The record at the last power of two stands for the middle. */
export const isMiddle = (count: number): boolean => (count & (count - 1)) === 0;

/** Its times turned out to be `ms` later. */
export const shiftTimes = (pattern: MinedPattern, ms: number): void => {
  pattern.firstTime += ms;
  pattern.lastTime += ms;
  pattern.times.shift(ms);
};

/** Counts the values of a record's variables, read from b. */
export const countValues = ({ slots, counters, kind }: MinedPattern, tokens: Tokens, b: Buffer): void => {
  for (let k = 0; k < slots.length; k++) {
    const at = slots[k] as number;
    addValue(counters[at] as ValueCounter, tokens.value[at] as number, b, tokens.start[at] as number, tokens.end[at] as number);
    if (kind[at] !== tokens.kind[at]) kind[at] = widen(kind[at] as number, tokens.kind[at] as number);
  }
};

/** As `countValues`, of a line whose reading is known: `scan` holds the words of the raw line, `shift` bytes before where it is now. */
export const countKnownValues = (
  { slots, counters, kind }: MinedPattern,
  reading: Reading,
  scan: Scan,
  shift: number,
  b: Buffer,
  queue: CountQueue,
): void => {
  for (let k = 0; k < slots.length; k++) {
    const at = slots[k] as number;
    const counter = counters[at] as ValueCounter;
    const raw = reading.raw[at] as number;
    const mine = kind[at] as number;
    if (raw >= 0) {
      const hash = mix(scan.value[raw] as number);
      const start = (scan.start[raw] as number) + shift;
      const end = (scan.end[raw] as number) + shift;
      queueValue(queue, counter, hash, start, end);
      if (mine !== any) countKind(kind, at, mine, reading, b, start, end);
      continue;
    }
    const isFixed = reading.fixed[at] === 1;
    const start = placeIn(scan, shift, reading.from[at] as Place);
    const end = placeIn(scan, shift, reading.to[at] as Place);
    queueValue(queue, counter, isFixed ? (reading.fixedHash[at] as number) : mix(hashValue(b, start, end)), start, end);
    if (mine !== any) countKind(kind, at, mine, reading, b, start, end);
  }
};

/** Of a field it goes by each value which kind the variable is. */
export const countKind = (kind: Uint8Array, at: number, mine: number, reading: Reading, b: Buffer, start: number, end: number): void => {
  const other = reading.varies[at] === 1 ? fieldKind(b, start, end) : (reading.kind[at] as number);
  if (mine !== other) kind[at] = widen(mine, other);
};

/** A word that differs from record to record becomes a variable; the values so far are all the same word. */
export const generalise = (pattern: MinedPattern, at: number, budget: Budget, wordHash: number, wordBytes: Buffer): void => {
  pattern.hash[at] = anyHash;
  if (pattern.kind[at] !== word) {
    pattern.kind[at] = any;
    return;
  }
  pattern.kind[at] = any;
  count(pattern, at, budget);
  const counter = pattern.counters[at];
  if (counter) addValue(counter, wordHash, wordBytes, 0, wordBytes.length, pattern.count);
  pattern.text[at] = '';
};

/** Makes two patterns of the same length one. `into` must be the one seen first, and general enough for both. */
export const mergePatterns = (into: MinedPattern, from: MinedPattern, budget: Budget): void => {
  for (let k = 0; k < into.tokens; k++) {
    if (from.kind[k] === word) {
      const text = Buffer.from(from.text[k] as string);
      if (into.kind[k] === word && into.hash[k] !== from.hash[k])
        generalise(into, k, budget, toValueHash(into.text[k] as string), Buffer.from(into.text[k] as string));
      const mine = into.kind[k] === word ? null : into.counters[k];
      if (mine) addValue(mine, toValueHash(from.text[k] as string), text, 0, text.length, from.count);
      continue;
    }
    if (into.kind[k] === word) generalise(into, k, budget, toValueHash(into.text[k] as string), Buffer.from(into.text[k] as string));
    const [mine, theirs] = [into.counters[k], from.counters[k]];
    if (mine && theirs) mergeCounter(mine, theirs);
    into.kind[k] = into.kind[k] === from.kind[k] ? (into.kind[k] as number) : widen(into.kind[k] as number, from.kind[k] as number);
    if (from.hash[k] !== into.hash[k]) into.hash[k] = anyHash;
  }
  into.count += from.count;
  into.lines += from.lines;
  into.inferred += from.inferred;
  for (const [code, count] of from.levels.entries()) (into.levels[code] as number) += count;
  into.times.merge(from.times);
  if (from.firstLine < into.firstLine) {
    into.firstLine = from.firstLine;
    into.firstTime = from.firstTime;
    into.firstInferred = from.firstInferred;
    if (into.last.length === 0) into.last = into.first;
    into.first = from.first;
  } else if (from.lastLine > into.lastLine || into.last.length === 0) into.last = from.last.length > 0 ? from.last : from.first;
  if (from.lastLine > into.lastLine) {
    into.lastLine = from.lastLine;
    into.lastTime = from.lastTime;
    into.lastInferred = from.lastInferred;
    into.last = from.last.length > 0 ? from.last : from.first;
  }
  into.exception ||= from.exception;
  into.traced ||= from.traced;
  from.mergedInto = into;
};

/** A pattern of a part of a log, as plain data. */
export type SavedPattern = Omit<MinedPattern, 'times'> & { times: SavedBuckets };

export const savePattern = (pattern: MinedPattern): SavedPattern => ({ ...pattern, times: pattern.times.save() });

/** The pattern as one of the whole log, whose part begins `lines` further down and `ms` later; its counters move to the budget. */
export const placePattern = (saved: SavedPattern, { lines, ms }: { lines: number; ms: number }): MinedPattern => {
  const pattern: MinedPattern = { ...saved, times: createTimeBuckets(saved.times) };
  if (ms !== 0) shiftTimes(pattern, ms);
  pattern.firstLine += lines;
  pattern.lastLine += lines;
  for (const keepsake of [pattern.first, pattern.middle, pattern.last]) {
    keepsake.from += lines;
    keepsake.to += lines;
    keepsake.bytes = Buffer.from(keepsake.bytes.buffer, keepsake.bytes.byteOffset, keepsake.bytes.byteLength);
  }
  return pattern;
};

export const moveCounters = ({ counters }: MinedPattern, budget: Budget): void => {
  for (const counter of counters) if (counter) moveCounter(counter, budget);
};

/** The record at the last power of two stands for the middle, or the one kept that comes next to it. */
export const pickMiddle = (into: MinedPattern, from: MinedPattern): void => {
  const at = 2 ** Math.floor(Math.log2(into.count + from.count));
  if (at > into.count) into.middle = from.middle.length > 0 ? from.middle : from.first;
};

/** As the tokeniser hashes the bytes of a value. */
export const toValueHash = (text: string): number => {
  const bytes = Buffer.from(text);
  return mix(hashValue(bytes, 0, bytes.length));
};

export const toTemplate = (pattern: MinedPattern): string => {
  let template = '';
  for (let k = 0; k < pattern.tokens; k++)
    template +=
      (pattern.glue[k] as string) + (pattern.kind[k] === word ? (pattern.text[k] as string) : `<${kinds[pattern.kind[k] as number]}>`);
  return (template + (pattern.glue[pattern.tokens] ?? '')).trim();
};

const count = (pattern: MinedPattern, at: number, budget: Budget): void => {
  if (pattern.slots.length >= maxCounted && !pattern.severe) return;
  pattern.counters[at] = createValueCounter(budget);
  pattern.slots.push(at);
};

const widen = (mine: number, other: number): number => {
  const [a, o] = [kinds[mine], kinds[other]];
  if (mine === word || a === 'any' || o === 'any' || o === 'word') return any;
  const idLike = (kind: string | undefined) => kind === 'num' || kind === 'hex' || kind === 'id' || kind === 'uuid';
  if (idLike(a) && idLike(o)) return kinds.indexOf(a === 'num' && o === 'hex' ? 'hex' : a === 'hex' && o === 'num' ? 'hex' : 'id');
  return any;
};

/** Separators as they stand, blanks run together and the marks of field views left out. */
const toGlue = (b: Buffer, from: number, to: number): string => {
  let glue = '';
  for (let i = from; i < to; i++) {
    const c = b[i] as number;
    if (c <= 3) continue;
    glue += c <= 32 ? ' ' : String.fromCharCode(c);
  }
  return glue.replace(/ +/g, ' ');
};
