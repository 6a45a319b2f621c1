import { edgesOf, formOf } from '#src/logs/digest/heads/forms.ts';
import type { Head } from '#src/logs/digest/heads/head.ts';
import { readHead } from '#src/logs/digest/heads/read-head.ts';
import type { TimeReader } from '#src/logs/digest/heads/times.ts';
import { mix } from '#src/logs/digest/lines/bytes.ts';
import { createPairTable, type PairTable } from '#src/logs/digest/mining/pair-table.ts';
import type { Columns } from '#src/logs/digest/records/columns.ts';
import { nowhere, placeIn, probe, type Reading } from './reading.ts';
import type { Scan } from './scan.ts';
import { createLineScanner, type ShapeTree } from './shape-tree.ts';
import { byBytes, byForm, createStudent, free, type Studied } from './study.ts';

/**
 * The fast lane. A line is scanned once; when lines of its signature were read before, head, fields and words are where they were then, and
 * only its times and values are read. What a line means is never decided here: the slow lane did, and a line that could mean something else
 * goes there.
 */
export type Lane = {
  /** Where the line that begins here ends, when that is known without looking for its \n; there must be one. Such a line is clean. Or -1. */
  lineEnd(b: Buffer, start: number): number;
  /** How the line is read, with its head filled in; null when the slow lane must look. */
  recognise(b: Buffer, start: number, end: number, head: Head): Reading | null;
  /** The line recognised last has become the open record: its words are kept until the next one does. */
  hold(): void;
  /** What is known of lines is void: they are read in another way from here on. */
  forget(): void;
  /** The next line is let by: it will not be recognised. */
  rests(): boolean;
  /** So many lines were recognised elsewhere. */
  passed(count: number): void;
  /** How often what was known of lines became void: by new shapes, by guards that were not asked before. */
  changes(): number;
  /** Words of the open record. */
  held(): Scan;
};

export type Shape = {
  /** That it is in: the table may be begun anew. */
  table: PairTable;
  /** Raw words a reading goes by besides the signature: which, and how each is looked at. */
  words: number[];
  ways: number[];
  /** By what the guards say; several when times decide. */
  readings: Map<number, Reading[]>;
  /** Lines that were read by them, and how often one was studied: what most lines do not gain by is not studied with each. */
  hits: number;
  studies: number;
  /** What was asked for last. */
  lastGuard: number;
  lastChain: Reading[] | null;
};

const maxShapes = 1 << 14;
const maxReadings = 64;
const maxChain = 6;
/** A shape may be studied so often, and once more for every sixteen lines that gained by it. */
const fewestStudies = 4;
/** In a log whose lines are all different, scanning them is for nothing: after a poor window some are let by. */
const windowLines = 2048;
const leastShare = 0.15;
const longestRest = 32;

export const createLane = ({
  times,
  now,
  maxLineBytes,
  columns,
  tree,
}: {
  times: TimeReader;
  now: number | undefined;
  maxLineBytes: number;
  columns: Columns;
  tree: ShapeTree;
}): Lane => {
  const study = createStudent({ now, maxLineBytes, columns });
  let table = createPairTable();
  let shapes: Shape[] = [];
  // Forms of words, by their value: a log names the same hosts again and again.
  const formKeys = new Int32Array(1 << 10);
  const forms = new Int32Array(1 << 10);
  // Most signatures of a messy log come once: only a second one is worth a study.
  const seen = new Int32Array(1 << 13);
  const scanner = createLineScanner(tree);
  let [scan, held] = tree.scans;
  let lines = 0;
  let hits = 0;
  let rest = 0;
  let pause = 1;
  let changes = 0;

  const isNew = (key: number): boolean => {
    const slot = mix(key) & (seen.length - 1);
    if (seen[slot] === key) return false;
    seen[slot] = key;
    return true;
  };

  const guardOf = ({ words, ways }: Shape, b: Buffer): number => {
    let h = 0;
    for (let k = 0; k < words.length; k++) h = Math.imul(h ^ lookAt(b, words[k] as number, ways[k] as number), 0x5bd1e995) ^ (h >>> 15);
    return h;
  };

  const lookAt = (b: Buffer, at: number, way: number): number => {
    const value = scan.value[at] as number;
    if (way === byBytes) return value;
    const key = value ^ way;
    const slot = mix(key) & (formKeys.length - 1);
    if (formKeys[slot] === key) return forms[slot] as number;
    const [start, end] = [scan.start[at] as number, scan.end[at] as number];
    formKeys[slot] = key;
    return (forms[slot] = way === byForm ? formOf(b, start, end) : edgesOf(b, start, end));
  };

  const learn = (shape: Shape | undefined, b: Buffer): Reading | null => {
    const studied = study(b, scan);
    const known = shape ?? {
      words: [],
      ways: [],
      readings: new Map<number, Reading[]>(),
      hits: 0,
      studies: 0,
      lastGuard: 0,
      lastChain: null,
      table,
    };
    known.studies++;
    if (!shape) {
      if (table.size() >= maxShapes) {
        [table, shapes] = [createPairTable(), []];
        changes++;
      }
      known.table = table;
      shapes[table.insert(scan.low, scan.high)] = known;
    }
    if (!studied) return null;
    const had = known.readings.size > 0;
    if (widen(known, studied) && had) changes++;
    scan.shape = null;
    const guard = guardOf(known, b);
    const chain = known.readings.get(guard);
    if (chain) chain.push(studied.reading);
    else known.readings.set(guard, [studied.reading]);
    return studied.reading;
  };

  /** The tree of lines keeps it; where it does not, the table does. */
  const shapeOf = (): Shape | null => {
    const { leaf } = scan;
    const kept = leaf === null ? null : (leaf.note as Shape | null);
    if (kept !== null && kept.table === table) return kept;
    const known = table.locate(scan.low, scan.high);
    if (known < 0) return null;
    const shape = shapes[known] as Shape;
    if (leaf !== null) leaf.note = shape;
    return shape;
  };

  const find = (b: Buffer, head: Head): Reading | null => {
    const shape = shapeOf();
    if (shape === null) {
      if (!isNew(scan.low)) learn(undefined, b);
      return null;
    }
    const guard = shape.words.length > 0 ? guardOf(shape, b) : 0;
    if (shape.lastGuard !== guard || shape.lastChain === null) {
      shape.lastGuard = guard;
      shape.lastChain = shape.readings.get(guard) ?? null;
    }
    const chain = shape.lastChain;
    if (chain !== null)
      for (let k = 0; k < chain.length; k++) {
        const reading = chain[k] as Reading;
        if (!readKnownHead(reading, b, head)) continue;
        shape.hits++;
        scan.shape = k === 0 ? shape : null;
        scan.guard = guard;
        return reading;
      }
    if (shape.studies >= fewestStudies + (shape.hits >> 4)) return null;
    if ((chain !== null ? chain.length < maxChain : shape.readings.size < maxReadings) && !isNew(scan.high ^ guard)) learn(shape, b);
    return null;
  };

  const readKnownHead = (reading: Reading, b: Buffer, head: Head): boolean => {
    const { leading, level, hasTime, structured, message, timeStart, timeEnd } = reading.head;
    const at = placeIn(scan, 0, message);
    if (reading.readsHead) {
      readHead(b, scan.base, scan.base + scan.length, times, head);
      return head.leading === leading && head.level === level && head.hasTime === hasTime && head.message === at;
    }
    head.hasTime = false;
    head.stated = head.inferred = false;
    if (!probe(reading.headProbes, reading.timeProbe, times, b, scan, 0, head)) return false;
    head.leading = leading;
    head.structured = structured;
    head.level = level;
    head.message = at;
    head.timeStart = timeStart === nowhere ? -1 : placeIn(scan, 0, timeStart);
    head.timeEnd = timeEnd === nowhere ? -1 : placeIn(scan, 0, timeEnd);
    return true;
  };

  return {
    lineEnd: (b, start) => (rest > 0 ? -1 : scanner.lineEnd(b, start, scan)),
    recognise(b, start, end, head) {
      if (rest > 0) {
        rest--;
        return null;
      }
      if (++lines >= windowLines) {
        if (hits < lines * leastShare) {
          rest = windowLines * pause;
          pause = Math.min(longestRest, pause * 2);
        } else pause = 1;
        lines = hits = 0;
      }
      if (!scanner.scan(b, start, end, scan)) return null;
      const reading = find(b, head);
      if (reading !== null) hits++;
      return reading;
    },
    rests: () => rest > 0,
    passed(count) {
      lines += count;
      hits += count;
    },
    changes: () => changes,
    forget() {
      changes++;
      [table, shapes] = [createPairTable(), []];
    },
    hold() {
      const free = held;
      held = scan;
      scan = free;
    },
    held: () => held,
  };
};

/** A reading that goes by more than those before it makes all of the signature go by it: whether it does. */
const widen = (shape: Shape, { guards }: Studied): boolean => {
  let wider = false;
  for (let k = 0; k < guards.length; k++) {
    const way = guards[k] as number;
    if (way === free) continue;
    const at = shape.words.indexOf(k);
    if (at >= 0 && (shape.ways[at] === way || shape.ways[at] === byBytes)) continue;
    wider = true;
    if (at < 0) {
      shape.words.push(k);
      shape.ways.push(way);
    } else shape.ways[at] = byBytes;
  }
  if (!wider) return false;
  shape.readings.clear();
  shape.lastChain = null;
  return true;
};
