import type { LevelCode } from '#src/logs/digest/heads/levels.ts';
import type { LogRecord } from '#src/logs/digest/records/record.ts';
import { addValue, type ValueCounter } from './counting.ts';
import { type Keepsake, lend } from './keepsake.ts';
import { countLine, isMiddle, type MinedPattern } from './pattern.ts';

/**
 * Records and values that are still to be counted, in the order they came. What is known of a pattern, or of one of its variables, lies where
 * no near cache holds it: in a short loop over many of them the processor fetches the next while it still waits for the last, which it does not
 * do with a line to read in between. All of them stand in the same bytes.
 */
export type CountQueue = {
  bytes: Buffer | null;
  /** Of who keeps records of these bytes, as in `LogRecord`. */
  borrowers: Keepsake[] | null;
  records: number;
  patterns: MinedPattern[];
  times: Float64Array;
  /** Line, start, end, level and marks of each record. */
  facts: Int32Array;
  values: number;
  counters: ValueCounter[];
  /** Hash, start and end of each value. */
  cells: Int32Array;
};

const mostRecords = 128;
const mostValues = 512;
/** Of a level, and of a time, that was inferred; of a record without a time. */
const inferredLevel = 16;
const inferredTime = 32;
const timeless = 64;
/** It counts as no line of its own. */
const lineless = 128;

export const createCountQueue = (): CountQueue => ({
  bytes: null,
  borrowers: [],
  records: 0,
  patterns: [],
  times: new Float64Array(mostRecords),
  facts: new Int32Array(mostRecords * 4),
  values: 0,
  counters: [],
  cells: new Int32Array(mostValues * 3),
});

/** From here on records stand in these bytes. */
export const queueFrom = (queue: CountQueue, bytes: Buffer, borrowers: Keepsake[] | null): void => {
  if (queue.bytes === bytes) return;
  countQueued(queue);
  queue.bytes = bytes;
  queue.borrowers = borrowers;
};

/** Puts in a record of a single line. */
export const queueRecord = (queue: CountQueue, pattern: MinedPattern, record: LogRecord, level: LevelCode, isInferred: boolean): void => {
  if (queue.records === mostRecords) countRecords(queue);
  const { head, lines } = record;
  const { facts, records: at } = queue;
  queue.patterns[at] = pattern;
  queue.times[at] = record.time;
  facts[at * 4] = record.from;
  facts[at * 4 + 1] = record.start;
  facts[at * 4 + 2] = record.end;
  const marks =
    (isInferred ? inferredLevel : 0) | (head.inferred ? inferredTime : 0) | (head.hasTime ? 0 : timeless) | (lines > 0 ? 0 : lineless);
  facts[at * 4 + 3] = level | marks;
  queue.records = at + 1;
};

export const queueValue = (queue: CountQueue, counter: ValueCounter, hash: number, start: number, end: number): void => {
  if (queue.values === mostValues) countValues(queue);
  const { cells, values: at } = queue;
  queue.counters[at] = counter;
  cells[at * 3] = hash;
  cells[at * 3 + 1] = start;
  cells[at * 3 + 2] = end;
  queue.values = at + 1;
};

export const countQueued = (queue: CountQueue): void => {
  countRecords(queue);
  countValues(queue);
};

const countRecords = (queue: CountQueue): void => {
  const { patterns, times, facts, records, borrowers } = queue;
  const bytes = queue.bytes as Buffer;
  queue.records = 0;
  for (let k = 0; k < records; k++) {
    const pattern = patterns[k] as MinedPattern;
    const from = facts[k * 4] as number;
    const start = facts[k * 4 + 1] as number;
    const marks = facts[k * 4 + 3] as number;
    const hasTime = (marks & timeless) === 0;
    countLine(
      pattern,
      from,
      (marks & lineless) === 0 ? 1 : 0,
      marks & 15,
      (marks & inferredLevel) !== 0,
      times[k] as number,
      hasTime,
      hasTime && (marks & inferredTime) !== 0,
    );
    const length = (facts[k * 4 + 2] as number) - start;
    if (pattern.count === 1) lend(pattern.first, from, from, bytes, start, length, borrowers);
    else {
      if (isMiddle(pattern.count)) lend(pattern.middle, from, from, bytes, start, length, borrowers);
      lend(pattern.last, from, from, bytes, start, length, borrowers);
    }
  }
};

const countValues = (queue: CountQueue): void => {
  const { cells, counters, values } = queue;
  const bytes = queue.bytes as Buffer;
  queue.values = 0;
  for (let k = 0; k < values; k++)
    addValue(counters[k] as ValueCounter, cells[k * 3] as number, bytes, cells[k * 3 + 1] as number, cells[k * 3 + 2] as number);
};
