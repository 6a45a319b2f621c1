import { createHead } from './heads/head.ts';
import { isSevere, type LevelCode, unknownLevel } from './heads/levels.ts';
import type { TimeReader } from './heads/times.ts';
import { addValue, type ValueCounter } from './mining/counting.ts';
import { type Keepsake, lend } from './mining/keepsake.ts';
import { any, word } from './mining/kinds.ts';
import type { KnownForm } from './mining/miner.ts';
import { countKind, countLine, isMiddle, type MinedPattern } from './mining/pattern.ts';
import type { LogRecord } from './records/record.ts';
import type { RecordBuilder } from './records/records.ts';
import { createKnownRows, isAnchored, isInferred, isStated, offsetOf, row } from './shapes/known-rows.ts';
import type { Lane, Shape } from './shapes/lane.ts';
import { probe, type Reading } from './shapes/reading.ts';
import type { ShapeTree } from './shapes/shape-tree.ts';
import type { Tally } from './tally.ts';

/**
 * Most lines of a log are records of their own, read as lines before, behind others like that. Those are read in rows (`shapes/known-rows.ts`) and counted here, past
 * all that asks of a line what else it could be: what comes of them is the same.
 */
export type RowTaker = {
  /** A record was counted as its reading has it: lines like it may be taken in rows. */
  know(reading: Reading): void;
  /** Takes lines of those that begin here, up to the last \n: where the next one begins. How many records there were is told by the tally. */
  take(b: Buffer, start: number, last: number): number;
};

type Known = KnownForm & { reading: Reading; shape: Shape; counters: ValueCounter[]; hasTime: boolean; varying: number[] };

/** Where rows come to nothing lines are let by before they are tried again. */
const longestWait = 4;

export const createRowTaker = ({
  tree,
  times,
  lane,
  tally,
  builder,
  borrowers,
  taken,
}: {
  tree: ShapeTree;
  times: TimeReader;
  lane: Lane;
  tally: Tally;
  builder: RecordBuilder;
  borrowers: Keepsake[];
  /** Told of so many records. */
  taken: (records: number) => void;
}): RowTaker => {
  const { miner, span, all, errors, levels } = tally;
  const known = createKnownRows(tree);
  const { rows, values, pending } = known;
  const { reference, epochs } = tree.times;
  // By their numbers in the rows, as long as no pattern changes.
  let readings: Known[] = [];
  let changes = -1;
  const head = createHead();
  const late = createHead();
  let wait = 0;
  let nextWait = 1;

  const count = (b: Buffer, k: number, line: number, value: number): number => {
    const at = k * row.size;
    const { reading, pattern, counters, level: usual, isTied, shape, hasTime, varying } = readings[rows[at] as number] as Known;
    const start = rows[at + row.start] as number;
    const end = rows[at + row.end] as number;
    const level: LevelCode = isTied
      ? miner.levelOf(reading, rows[at + row.key] as number, b, rows[at + row.message] as number, end)
      : usual;
    let time = Number.NaN;
    if (hasTime) {
      const marks = rows[at + row.marks] as number;
      head.ms = known.times[k * row.timeSize + row.ms] as number;
      head.stated = isStated(marks);
      head.inferred = isInferred(marks);
      head.offset = offsetOf(marks);
      head.anchored = isAnchored(marks);
      time = span.place(head);
      all.add(time);
      if (isSevere(level)) errors.add(time);
    }
    shape.hits++;
    (levels[level] as number)++;
    builder.opened(reading.head.leading);
    countLine(pattern, line, 1, level, reading.level === unknownLevel && level !== unknownLevel, time, hasTime, hasTime && head.inferred);
    if (pattern.count === 1) lend(pattern.first, line, line, b, start, end - start, borrowers);
    else {
      if (isMiddle(pattern.count)) lend(pattern.middle, line, line, b, start, end - start, borrowers);
      lend(pattern.last, line, line, b, start, end - start, borrowers);
    }
    for (let j = 0; j < varying.length; j++) countKindAt(pattern, reading, varying[j] as number, b, value);
    let next = value;
    for (let j = 0; j < counters.length; j++, next += 3)
      addValue(counters[j] as ValueCounter, values[next] as number, b, values[next + 1] as number, values[next + 2] as number);
    return next;
  };

  /** Of a field's value, of which its kind is to be seen. */
  const countKindAt = ({ kind, slots }: MinedPattern, reading: Reading, j: number, b: Buffer, value: number) => {
    const at = slots[j] as number;
    const mine = kind[at] as number;
    if (mine !== any) countKind(kind, at, mine, reading, b, values[value + j * 3 + 1] as number, values[value + j * 3 + 2] as number);
  };

  /**
   * The time among the fields of the open record is read once the next head was, since a log's dates complete each other: what will be found there is pending. False
   * when it goes by other dates.
   */
  const seePending = ({ bytes, start, reading }: LogRecord): boolean => {
    const { lateProbes, lateTimeProbe } = reading as Reading;
    [pending[0], pending[1]] = [Number.NaN, 0];
    if (!isOneDate(reading as Reading)) return false;
    if (lateProbes.length === 0) return true;
    const scan = lane.held();
    const [last, epoch, before] = [reference[0] as number, epochs[0] as number, epochs[1] as number];
    epochs[0] = Number.NaN;
    const isAsKnown = probe(lateProbes, lateTimeProbe, times, bytes, scan, start - scan.base, late);
    const isEpoch = epochs[0] === late.ms;
    const isWhole = reference[0] === late.ms && !late.inferred && !late.dateless;
    [reference[0], epochs[0], epochs[1]] = [last, epoch, before];
    if (!isAsKnown || lateTimeProbe < 0) return isAsKnown;
    [pending[0], pending[1]] = [late.ms, isEpoch ? 1 : 0];
    return isWhole;
  };

  /** Takes the open record, and as many behind it, when times were read already. */
  const pass = (records: number) => {
    const { reading } = readings[rows[(records - 1) * row.size] as number] as Known;
    const [last, epoch, before] = [reference[0] as number, epochs[0] as number, epochs[1] as number];
    builder.pass(records, reading, pending[0] as number, pending[1] === 1);
    [reference[0], epochs[0], epochs[1]] = [last, epoch, before];
  };

  const waitLonger = () => {
    wait = nextWait;
    nextWait = Math.min(longestWait, nextWait * 2);
  };

  return {
    know(reading) {
      const scan = lane.held();
      const { shape } = scan;
      const { stand, isNamed, readsHead } = reading;
      if (shape === null || (stand !== 'always' && stand !== 'calm') || isNamed || readsHead || !isOneDate(reading)) return;
      if (changes !== miner.changes() + lane.changes()) {
        known.forget();
        readings = [];
        changes = miner.changes() + lane.changes();
      }
      const form = miner.formOf(reading);
      if (form === null || (form.isTied && reading.hasView)) return;
      const { slots, counters } = form.pattern;
      if (reading.hasView && !areCounted(reading, slots)) return;
      if (!known.tell({ scan, shape, reading, slots, isTied: form.isTied, number: readings.length })) return;
      readings.push({
        ...form,
        reading,
        shape,
        counters: slots.map((k) => counters[k] as ValueCounter),
        hasTime: reading.timeProbe >= 0 || reading.lateTimeProbe >= 0,
        varying: [...slots.keys()].filter((j) => reading.varies[slots[j] as number] === 1),
      });
    },
    take(b, start, last) {
      if (wait > 0) {
        wait--;
        return start;
      }
      // The line behind the rows must be recognised.
      const before = changes === miner.changes() + lane.changes() && !lane.rests() ? builder.simple() : null;
      if (before === null) return start;
      // The last one is the open record then, which is opened as any other.
      const records = seePending(before) ? known.read(b, start, last, (before.reading as Reading).calm) - 1 : 0;
      if (records < 1) {
        waitLonger();
        return start;
      }
      nextWait = 1;
      const { lines } = builder.counts();
      pass(records);
      miner.letGo();
      lane.passed(records);
      taken(records);
      let value = 0;
      for (let k = 0; k < records; k++) value = count(b, k, lines + k + 1, value);
      return rows[records * row.size + row.start] as number;
    },
  };
};

/** Its fields have a time only where its head has none. */
const isOneDate = ({ lateProbes, lateTimeProbe }: Reading): boolean =>
  lateProbes.filter(({ found }) => found).length === (lateTimeProbe < 0 ? 0 : 1);

/** All that differs from line to line is counted: whoever looks at those values has seen all fields that may be long. */
const areCounted = ({ count, fixed, kind }: Reading, slots: readonly number[]): boolean => {
  for (let k = 0; k < count; k++) if (fixed[k] === 0 && kind[k] !== word && !slots.includes(k)) return false;
  return true;
};
