import {
  inferLevelAndTies,
  isSevere,
  type LevelCode,
  statusLevel,
  tiedToNumber,
  tiedToWord,
  unknownLevel,
  untied,
} from '#src/logs/digest/heads/levels.ts';
import { isDigit, mix } from '#src/logs/digest/lines/bytes.ts';
import type { LogRecord } from '#src/logs/digest/records/record.ts';
import type { Reading } from '#src/logs/digest/shapes/reading.ts';
import type { Scan } from '#src/logs/digest/shapes/scan.ts';
import { type Budget, createBudget, expectMany, isExact, type ValueCounter } from './counting.ts';
import { ip, num } from './kinds.ts';
import { closest, hasException, isFixed } from './likeness.ts';
import { createPairTable } from './pair-table.ts';
import {
  anyHash,
  countKnownValues,
  countRecord,
  countValues,
  createPattern,
  generalise,
  type MinedPattern,
  mergePatterns,
  moveCounters,
  pickMiddle,
  placePattern,
  type SavedPattern,
  savePattern,
  toValueHash,
} from './pattern.ts';
import { countQueued, createCountQueue, queueFrom, queueRecord } from './queue.ts';
import { findSiblings, openEnded } from './siblings.ts';
import { spell } from './spell.ts';
import type { Tokens } from './tokens.ts';

export type MinerOptions = {
  maxPatterns: number;
  /** Memory for the values of all variables together. */
  counterBytes: number;
  /** So many forms are patterns of their own before any join. Default 0. */
  maxForms?: number;
  /** What was learnt of the log before. */
  known?: KnownForms;
};

/** By the signature of a form: those of its variables, by place, that have too many values to count them exactly. */
export type KnownForms = ReadonlyMap<string, readonly number[]>;

export type Miner = {
  /** Finds or makes the record's pattern and counts it in; null when the bound on patterns is reached. */
  observe(record: LogRecord, tokens: Tokens, b: Buffer, start: number, end: number): { pattern: MinedPattern | null; level: LevelCode };
  /** As `observe`, of a single line whose reading is known. Null when it must be observed: its signature is new, or a number decides its level. */
  observeKnown(record: LogRecord, reading: Reading, scan: Scan, shift: number): { pattern: MinedPattern | null; level: LevelCode } | null;
  /** How often patterns were changed or joined so far, or what is known of signatures was dropped. */
  changes(): number;
  /** What becomes of lines of a reading that was observed; null where a word of theirs decides. */
  formOf(reading: Reading): KnownForm | null;
  /** The level of a line whose numbers decide about it, by what they say (`key`). */
  levelOf(reading: Reading, key: number, b: Buffer, message: number, end: number): LevelCode;
  /** The bytes of records observed so far are about to go away. */
  letGo(): void;
  patterns(): MinedPattern[];
  /** What was mined, to be joined with what comes before and after it; the miner is not used any more. */
  forms(): Form[];
  /** Takes in a form of the next part of the log; that part begins `at`. False when the bound on patterns is reached. */
  add(form: Form, at: { lines: number; ms: number }): boolean;
  /** Looks over all patterns for those that are one: what could not be told line by line. */
  settle(): void;
  size(): number;
};

/** The pattern of lines, and their level unless that is tied to numbers. */
export type KnownForm = { pattern: MinedPattern; level: LevelCode; isTied: boolean };

/** A masked message and all that was counted of it, as plain data: its signature, the level that was inferred with it, its HTTP status or 0. */
export type Form = { low: number; high: number; level: LevelCode; status: number; pattern: SavedPattern };

/** The last tenth of the room for patterns is kept for errors, so that noise cannot crowd out the one that matters. */
const reservedShare = 0.1;
const maxSignatures = 1 << 16;
const maxSaid = 1 << 14;

/**
 * Mines templates in one pass, after Drain (He et al., ICWS 2017): messages are parted by number of tokens, first token
 * and severity, and within a part join the most similar template. What differs from Drain: variables are masked before
 * by what they look like, every variable counts its values, names of failures never merge, and a message whose masked
 * form was seen before finds its pattern by one hash look-up, which is nearly all of them.
 */
export const createMiner = ({ maxPatterns, counterBytes, maxForms = 0, known }: MinerOptions): Miner => {
  // Errors count from a purse of their own, so that the values of noise cannot use theirs up.
  const budgets: Record<'severe' | 'other', Budget> = {
    severe: createBudget(counterBytes / 4),
    other: createBudget((counterBytes * 3) / 4),
  };
  const patterns: MinedPattern[] = [];
  // Of each pattern the signature it was made for, where it is asked for.
  const signs: Omit<Form, 'pattern'>[] = [];
  const parts = new Map<number, MinedPattern[]>();
  let signatures = createSignatureTable();
  let merged = 0;
  let changes = 0;
  // Of a log that has ever more patterns those that are one are looked for on the way.
  let nextSettle = 512;
  const queue = createCountQueue();
  const result: { pattern: MinedPattern | null; level: LevelCode } = { pattern: null, level: unknownLevel };

  const settleLevel = (stated: LevelCode, status: number, b: Buffer, start: number, end: number): LevelCode => {
    if (stated !== unknownLevel) return stated;
    return status > 0 ? statusLevel(status) : inferLevelAndTies(b, start, end);
  };

  /** Of the values of a tied message only whether they are nothing counts, and letters; so most lines find their level known. */
  const tiedLevel = (record: LogRecord, reading: Reading, scan: Scan, shift: number): LevelCode => {
    let key = 0;
    for (let k = 0; k < scan.count; k++) {
      const end = (scan.end[k] as number) + shift;
      if (end <= record.head.message) continue;
      const start = (scan.start[k] as number) + shift;
      key = Math.imul(key ^ zerosOf(record.bytes, start, end, scan.kind[k] as number, scan.value[k] as number), 0x5bd1e995) ^ (key >>> 13);
    }
    return levelOf(reading, key, record.bytes, record.head.message, record.end);
  };

  const levelOf = (reading: Reading, key: number, b: Buffer, message: number, end: number): LevelCode => {
    const known = reading.tied.get(key);
    if (known !== undefined) return known;
    const level = untied(settleLevel(unknownLevel, reading.status, b, message, end));
    if (reading.tied.size < 256) reading.tied.set(key, level);
    return level;
  };

  // What a value by itself says of how it went, by its hash.
  const said = new Map<number, LevelCode>();

  /** Of the values of a message that a word decides only what each says of how it went: a few words in all, so that its level is nearly always known. */
  const wordKey = (record: LogRecord, scan: Scan, shift: number): number => {
    let key = 7;
    for (let k = 0; k < scan.count; k++) {
      const kind = scan.kind[k] as number;
      const end = (scan.end[k] as number) + shift;
      if (kind === num || kind === ip || end <= record.head.message) continue;
      const value = scan.value[k] as number;
      let level = said.get(value);
      if (level === undefined) {
        level = untied(inferLevelAndTies(record.bytes, (scan.start[k] as number) + shift, end));
        if (said.size >= maxSaid) said.clear();
        said.set(value, level);
      }
      key = Math.imul(key, 31) + level;
    }
    return key | 0;
  };

  // A form of fields whose level is not known yet for such values: it is, once its record was read the slow way.
  let asked: { line: number; reading: Reading; key: number } | null = null;

  const learn = (line: number, level: LevelCode) => {
    if (asked?.line === line && asked.reading.tied.size < 256) asked.reading.tied.set(asked.key, level);
    asked = null;
  };

  const join = (group: MinedPattern[]): MinedPattern => {
    const [oldest, ...rest] = group.sort((x, y) => x.firstLine - y.firstLine) as [MinedPattern, ...MinedPattern[]];
    for (const one of rest) mergePatterns(oldest, one, budgetOf(oldest.severe));
    merged += rest.length;
    changes++;
    return oldest;
  };

  const settle = (isEnd: boolean) => {
    const known = patterns.filter((pattern) => pattern.mergedInto === null);
    // Of a pattern that is alike to others in two places the larger group decides.
    for (const { place, group } of findSiblings(known, isFixed, isEnd)) {
      if (group.some((pattern) => pattern.mergedInto !== null)) continue;
      const oldest = join(group);
      if (place === 0) addTo(keyOf(oldest.tokens, oldest.severe, anyHash), oldest);
    }
  };

  const addTo = (key: number, pattern: MinedPattern) => {
    const part = parts.get(key);
    if (part) part.push(pattern);
    else parts.set(key, [pattern]);
  };

  const budgetOf = (severe: boolean): Budget => (severe ? budgets.severe : budgets.other);

  const search = (tokens: Tokens, b: Buffer, severe: boolean, make: () => MinedPattern): MinedPattern | null => {
    const budget = budgetOf(severe);
    if (patterns.length - merged >= nextSettle) {
      settle(false);
      nextSettle = Math.max(nextSettle, patterns.length - merged) * 2;
    }
    const key = keyOfMessage(tokens, severe);
    const part = parts.get(key) ?? none;
    const { best, siblings, place } = closest(part, tokens, b);
    const found = best ?? closest(parts.get(keyOf(tokens.count, severe, anyHash)) ?? none, tokens, b).best;
    if (found) {
      if (absorb(found, tokens, b, budget)) changes++;
      return found;
    }
    if (siblings.length + 1 >= openEnded) {
      const oldest = join(siblings);
      keepOpen(part);
      if (oldest.hash[place] !== anyHash) absorb(oldest, tokens, b, budget);
      return oldest;
    }
    if (patterns.length - merged >= (severe ? maxPatterns : Math.ceil(maxPatterns * (1 - reservedShare)))) return null;
    return put(key, make());
  };

  const put = (key: number, pattern: MinedPattern): MinedPattern => {
    patterns.push(pattern);
    addTo(key, pattern);
    return pattern;
  };

  /** The pattern of a signature that is new. */
  const admit = (tokens: Tokens, low: number, b: Buffer, start: number, end: number, level: LevelCode): MinedPattern | null => {
    const severe = isSevere(untied(level));
    const make = () => {
      const pattern = createPattern(tokens, b, start, end, severe, budgetOf(severe));
      pattern.exception = hasException(tokens, b);
      if (maxForms > 0) signs.push({ low, high: tokens.high, level, status: tokens.status });
      for (const k of known?.get(nameOf(low, tokens.high)) ?? []) expectMany(pattern.counters[k] as ValueCounter);
      return pattern;
    };
    return patterns.length < maxForms ? put(keyOfMessage(tokens, severe), make()) : search(tokens, b, severe, make);
  };

  return {
    patterns() {
      countQueued(queue);
      return patterns.filter((pattern) => pattern.mergedInto === null);
    },
    forms() {
      countQueued(queue);
      return patterns.flatMap((pattern, k) =>
        pattern.mergedInto === null ? [{ ...(signs[k] as Omit<Form, 'pattern'>), pattern: savePattern(pattern) }] : [],
      );
    },
    letGo: () => countQueued(queue),
    changes: () => changes,
    formOf(reading) {
      if (reading.table !== signatures) return null;
      const stated = reading.level;
      const remembered = signatures.level(reading.slot);
      const pattern = follow(signatures.pattern(reading.slot));
      if (pattern === null || (stated === unknownLevel && (remembered & tiedToWord) !== 0)) return null;
      const isTied = stated === unknownLevel && (remembered & tiedToNumber) !== 0;
      return { pattern, level: stated === unknownLevel ? untied(remembered) : stated, isTied };
    },
    levelOf,
    add({ low, high, level, status, pattern: saved }, at) {
      countQueued(queue);
      const pattern = placePattern(saved, at);
      let found = signatures.locate(low, high);
      if (found < 0) {
        const { tokens, bytes } = spell(pattern, status);
        const make = () => {
          moveCounters(pattern, budgetOf(pattern.severe));
          return pattern;
        };
        const home = search(tokens, bytes, pattern.severe, make);
        if (signatures.size() >= maxSignatures) signatures = createSignatureTable();
        found = signatures.insert(low, high, home, level);
      }
      const home = follow(signatures.pattern(found));
      if (home === null || home === pattern) return home !== null;
      pickMiddle(home, pattern);
      mergePatterns(home, pattern, budgetOf(home.severe));
      return true;
    },
    settle() {
      countQueued(queue);
      settle(true);
    },
    observe(record, tokens, b, start, end) {
      countQueued(queue);
      // One message at two stated levels is two patterns when one of them is an error.
      const stated = record.head.level;
      const low = tokens.low ^ markOf(stated);
      let at = signatures.locate(low, tokens.high);
      if (at < 0) {
        const level = settleLevel(stated, tokens.status, b, start, end);
        const pattern = admit(tokens, low, b, start, end, level);
        if (signatures.size() >= maxSignatures) {
          signatures = createSignatureTable();
          changes++;
        }
        at = signatures.insert(low, tokens.high, pattern, level);
      }
      result.pattern = follow(signatures.pattern(at));
      // The inferred level is remembered with the form; a stated one is this record's own.
      const remembered = signatures.level(at);
      result.level =
        stated !== unknownLevel
          ? stated
          : remembered !== untied(remembered)
            ? untied(settleLevel(stated, tokens.status, b, start, end))
            : remembered;
      if (asked) learn(record.from, result.level);
      if (result.pattern) {
        countRecord(result.pattern, record, result.level, stated === unknownLevel && result.level !== unknownLevel);
        countValues(result.pattern, tokens, b);
      }
      return result;
    },
    observeKnown(record, reading, scan, shift) {
      const stated = reading.level;
      if (reading.table !== signatures) {
        const found = signatures.locate(reading.low ^ markOf(stated), reading.high);
        if (found < 0) return null;
        reading.table = signatures;
        reading.slot = found;
      }
      const remembered = signatures.level(reading.slot);
      // Of fields the view would be needed.
      const byNumber = stated === unknownLevel && (remembered & tiedToNumber) !== 0;
      if (byNumber && reading.hasView) return null;
      let level = stated === unknownLevel ? untied(remembered) : stated;
      if (byNumber) level = tiedLevel(record, reading, scan, shift);
      else if (stated === unknownLevel && remembered & tiedToWord) {
        const key = wordKey(record, scan, shift);
        const known = reading.tied.get(key);
        if (known === undefined) {
          asked = { line: record.from, reading, key };
          return null;
        }
        level = known;
      }
      result.pattern = follow(signatures.pattern(reading.slot));
      result.level = level;
      if (result.pattern) {
        const isInferred = stated === unknownLevel && result.level !== unknownLevel;
        queueFrom(queue, record.bytes, record.borrowers);
        if (record.borrowers !== null) queueRecord(queue, result.pattern, record, result.level, isInferred);
        else countRecord(result.pattern, record, result.level, isInferred);
        countKnownValues(result.pattern, reading, scan, shift, record.bytes, queue);
        if (record.borrowers === null) countQueued(queue);
      }
      return result;
    },
    size: () => patterns.length - merged,
  };
};

const none: MinedPattern[] = [];

const nameOf = (low: number, high: number): string => `${low} ${high}`;

export const learnForms = (forms: readonly Form[]): KnownForms =>
  new Map(
    forms.map(({ low, high, pattern }) => [nameOf(low, high), pattern.slots.filter((k) => !isExact(pattern.counters[k] as ValueCounter))]),
  );

/** Patterns of one key are compared: those of a length, a severity and a first token. */
const keyOf = (count: number, severe: boolean, first: number): number => mix(count * 2 + (severe ? 1 : 0)) ^ first;

const keyOfMessage = ({ count, hash }: Tokens, severe: boolean): number => keyOf(count, severe, count > 0 ? (hash[0] as number) : 0);

const keepOpen = (part: MinedPattern[]): void => {
  let kept = 0;
  for (const pattern of part) if (pattern.mergedInto === null) part[kept++] = pattern;
  part.length = kept;
};

/** Parts signatures by what the head said. */
const markOf = (stated: LevelCode): number => (isSevere(stated) ? 0x55555555 : stated === unknownLevel ? 0x33333333 : 0);

/** What `inferLevel` may see in a value: of a number whether it begins or ends as zero, of others everything. */
const zerosOf = (b: Buffer, start: number, end: number, kind: number, value: number): number => {
  if (kind !== num && kind !== ip) return value;
  const first = b[start + 1] as number;
  const begins = b[start] === 48 && !(isDigit(first) || first === 46 || first === 120);
  return (begins ? 1 : 0) + (b[end - 1] === 48 && (end - 1 === start || !isDigit(b[end - 2])) ? 2 : 0);
};

const follow = (pattern: MinedPattern | null): MinedPattern | null => {
  let at = pattern;
  while (at?.mergedInto) at = at.mergedInto;
  return at;
};

/** Whether it took more words for variables. */
const absorb = (pattern: MinedPattern, tokens: Tokens, b: Buffer, budget: Budget): boolean => {
  let isWider = false;
  for (let k = 0; k < tokens.count; k++) {
    if (pattern.hash[k] === tokens.hash[k] || pattern.hash[k] === anyHash) continue;
    const known = Buffer.from(pattern.text[k] as string);
    isWider = true;
    generalise(pattern, k, budget, toValueHash(pattern.text[k] as string), known);
  }
  if (!pattern.exception) pattern.exception = hasException(tokens, b);
  return isWider;
};

/** Masked forms already seen, by 64 bits of hash: each with its pattern and level. */
const createSignatureTable = () => {
  const pairs = createPairTable();
  const found: (MinedPattern | null)[] = [];
  const levels: LevelCode[] = [];
  return {
    size: pairs.size,
    locate: pairs.locate,
    insert(low: number, high: number, pattern: MinedPattern | null, level: LevelCode): number {
      found.push(pattern);
      levels.push(level);
      return pairs.insert(low, high);
    },
    pattern: (index: number): MinedPattern | null => found[index] ?? null,
    level: (index: number): LevelCode => levels[index] ?? unknownLevel,
  };
};
