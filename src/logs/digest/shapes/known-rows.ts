import { mix } from '#src/logs/digest/lines/bytes.ts';
import {
  clocksAt,
  epochAt,
  guardSlots,
  guardsAt,
  guardTurns,
  headCount,
  isCalm,
  isTied as isTiedAt,
  lateCount,
  leafEntries,
  leafEpoch,
  longestOf,
  messageOf,
  mostRows,
  mostWords,
  needsCalm,
  nextEntry,
  pendingAt,
  probeBytes,
  probeCount,
  readingBytes,
  readingsAt,
  readingsEnd,
  rowBytes,
  rowEnd,
  rowKey,
  rowMarks,
  rowMessage,
  rowMs,
  rowStart,
  rowsAt,
  slotBytes,
  timeProbeOf,
  timesAt,
  valueCount,
  valuesAt,
  wordCount,
  wordsAt,
} from '#src/logs/digest/native/layout.ts';
import type { Shape } from './lane.ts';
import type { Probe, Reading } from './reading.ts';
import { longestScan, type Scan } from './scan.ts';
import type { ShapeTree } from './shape-tree.ts';

/**
 * Lines whose readings are known are read many at a time, in rows: which reading it is, where the line is, its time, and its values one after the other. That
 * ends before a line of which more has to be asked.
 */
export type KnownRows = {
  /** Lines with this scan, which is one of the tree's, are read by that reading from now on. False where that is not to be had. */
  tell(told: Told): boolean;
  /** What was told is void. */
  forget(): void;
  /**
   * The lines that begin here: how many were read. What is known of times is then as it was in front of the last of them. `calm` says that the record in front announces no more lines. No further line than
   * the one that begins behind the last \n is touched.
   */
  read(b: Buffer, start: number, last: number, isCalm: boolean): number;
  /** Of the rows read last, as `row` has them, and their values: hash, start and end of each. */
  rows: Int32Array;
  times: Float64Array;
  values: Int32Array;
  /** The time that the open record has among its fields, before and behind the rows, NaN where it has none; and whether it is an epoch. */
  pending: Float64Array;
};

export type Told = { scan: Scan; shape: Shape; reading: Reading; slots: readonly number[]; isTied: boolean; number: number };

/** Where things are in a row: places in `rows`, and for its time in `times`. */
export const row = {
  size: rowBytes / 4,
  reading: 0,
  start: rowStart / 4,
  end: rowEnd / 4,
  marks: rowMarks / 4,
  key: rowKey / 4,
  message: rowMessage / 4,
  ms: rowMs / 8,
  timeSize: rowBytes / 8,
} as const;

/** What is told of its time, in `marks`. */
export const isStated = (marks: number): boolean => (marks & 1) !== 0;
export const isInferred = (marks: number): boolean => (marks & 2) !== 0;
export const isAnchored = (marks: number): boolean => (marks & 0x10000) !== 0;
export const offsetOf = (marks: number): number => ((marks >> 2) & 4095) - 2048;

const mostProbes = 12;
const mostSlots = 64;

export const createKnownRows = (tree: ShapeTree): KnownRows => {
  const { machine } = tree;
  const { cells, buffer } = machine;
  let top = readingsAt;

  const set = (at: number, value: number): void => {
    cells[at >> 2] = value;
  };

  const take = (size: number): number => {
    const at = top;
    if (at + size > readingsEnd) return 0;
    top = at + size;
    cells.fill(0, at >> 2, top >> 2);
    return at;
  };

  const forget = () => {
    set(epochAt, (cells[epochAt >> 2] as number) + 1);
    top = readingsAt;
  };
  tree.onRestart(forget);
  forget();

  /** What is kept of the lines of a leaf that a head sees alike. */
  const entryOf = ({ leafAt, reach }: Scan, { words, ways }: Shape): number => {
    const epoch = cells[epochAt >> 2] as number;
    const first = cells[(leafAt + leafEpoch) >> 2] === epoch ? (cells[(leafAt + leafEntries) >> 2] as number) : 0;
    let entry = first;
    while (entry !== 0 && cells[entry >> 2] !== reach) entry = cells[(entry + nextEntry) >> 2] as number;
    if (entry !== 0) return entry;
    entry = take(wordsAt + words.length * 8);
    if (entry === 0) return 0;
    set(entry, reach);
    set(entry + nextEntry, first);
    set(entry + wordCount, words.length);
    for (let k = 0; k < words.length; k++) {
      set(entry + wordsAt + k * 8, words[k] as number);
      set(entry + wordsAt + k * 8 + 4, ways[k] as number);
    }
    set(leafAt + leafEpoch, epoch);
    set(leafAt + leafEntries, entry);
    return entry;
  };

  /** Where the reading for that guard is kept, or is to be; 0 where there is no room. */
  const placeOf = (entry: number, guard: number): number => {
    for (let turn = 0; turn < guardTurns; turn++) {
      const place = entry + guardsAt + ((mix(guard) + turn) & (guardSlots - 1)) * 8;
      if (cells[(place + 4) >> 2] === 0 || cells[place >> 2] === guard) return place;
    }
    return 0;
  };

  const write = ({ reading, slots, isTied, number }: Told, at: number) => {
    const { headProbes, lateProbes, clockProbes, timeProbe, lateTimeProbe, stand, calm, longest } = reading;
    set(at, number);
    set(at + messageOf, reading.head.message);
    set(at + probeCount, headProbes.length + lateProbes.length + clockProbes.length);
    set(at + timeProbeOf, lateTimeProbe < 0 ? timeProbe : headProbes.length + lateTimeProbe);
    set(at + isTiedAt, isTied ? 1 : 0);
    set(at + valueCount, slots.length);
    set(at + needsCalm, stand === 'calm' ? 1 : 0);
    set(at + isCalm, calm ? 1 : 0);
    set(at + headCount, headProbes.length);
    set(at + lateCount, lateProbes.length);
    set(at + longestOf, Math.min(longest, longestScan));
    let next = (at + readingBytes) >> 2;
    const put = (...values: number[]) => {
      for (const value of values) cells[next++] = value;
    };
    const putProbe = (memory: number, { at: from, limit, found, end, number: asked, hopeless }: Probe) =>
      put(memory, from, limit, found ? 1 : 0, end, asked, hopeless);
    for (const probe of [...headProbes, ...lateProbes]) putProbe(timesAt, probe);
    for (const probe of clockProbes) putProbe(clocksAt, probe);
    const { raw, fixed, fixedHash, from, to } = reading;
    for (const k of slots) put(raw[k] as number, fixed[k] as number, fixedHash[k] as number, from[k] as number, to[k] as number);
  };

  return {
    tell(told) {
      const { scan, shape, reading, slots } = told;
      const probes = reading.headProbes.length + reading.lateProbes.length + reading.clockProbes.length;
      if (scan.leafAt === 0 || shape.words.length > mostWords || probes > mostProbes || slots.length > mostSlots) return false;
      const entry = entryOf(scan, shape);
      const place = entry === 0 ? 0 : placeOf(entry, scan.guard);
      if (place === 0 || cells[(place + 4) >> 2] !== 0) return false;
      const at = take(readingBytes + probes * probeBytes + slots.length * slotBytes);
      if (at === 0) return false;
      write(told, at);
      set(place, scan.guard);
      set(place + 4, at);
      return true;
    },
    forget,
    read(b, start, last, calm) {
      const shift = tree.stretch(b, start);
      return machine.readRows(tree.root(), start + shift, Math.min(last, tree.lastStart()) + shift, shift, calm ? 1 : 0);
    },
    rows: new Int32Array(buffer, rowsAt, (mostRows * rowBytes) / 4),
    times: new Float64Array(buffer, rowsAt, (mostRows * rowBytes) / 8),
    pending: new Float64Array(buffer, pendingAt, 2),
    values: new Int32Array(buffer, valuesAt, (timesAt - valuesAt) / 4),
  };
};
