import { createHead } from './heads/head.ts';
import { isSevere, type LevelCode, unknownLevel } from './heads/levels.ts';
import { addValue, type ValueCounter } from './mining/counting.ts';
import { type Keepsake, lend } from './mining/keepsake.ts';
import type { KnownForm } from './mining/miner.ts';
import { countLine, isMiddle } from './mining/pattern.ts';
import type { RecordBuilder } from './records/records.ts';
import { createKnownRows, isAnchored, isInferred, isStated, offsetOf, row } from './shapes/known-rows.ts';
import type { Lane, Shape } from './shapes/lane.ts';
import type { Reading } from './shapes/reading.ts';
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

type Known = KnownForm & { reading: Reading; shape: Shape; counters: ValueCounter[] };

/** Where rows come to nothing lines are let by before they are tried again. */
const longestWait = 4;

export const createRowTaker = ({
  tree,
  lane,
  tally,
  builder,
  borrowers,
  taken,
}: {
  tree: ShapeTree;
  lane: Lane;
  tally: Tally;
  builder: RecordBuilder;
  borrowers: Keepsake[];
  /** Told of so many records. */
  taken: (records: number) => void;
}): RowTaker => {
  const { miner, span, all, errors, levels } = tally;
  const known = createKnownRows(tree);
  const { rows, values } = known;
  // By their numbers in the rows, as long as no pattern changes.
  let readings: Known[] = [];
  let changes = -1;
  const head = createHead();
  let wait = 0;
  let nextWait = 1;

  const count = (b: Buffer, k: number, line: number, value: number): number => {
    const at = k * row.size;
    const { reading, pattern, counters, level: usual, isTied, shape } = readings[rows[at] as number] as Known;
    const start = rows[at + row.start] as number;
    const end = rows[at + row.end] as number;
    const level: LevelCode = isTied
      ? miner.levelOf(reading, rows[at + row.key] as number, b, rows[at + row.message] as number, end)
      : usual;
    const hasTime = reading.timeProbe >= 0;
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
    let next = value;
    for (let j = 0; j < counters.length; j++, next += 3)
      addValue(counters[j] as ValueCounter, values[next] as number, b, values[next + 1] as number, values[next + 2] as number);
    return next;
  };

  return {
    know(reading) {
      const scan = lane.held();
      const { shape } = scan;
      const { stand, isNamed, readsHead, hasView, lateProbes } = reading;
      if (shape === null || (stand !== 'always' && stand !== 'calm') || isNamed || readsHead || hasView || lateProbes.length > 0) return;
      if (changes !== miner.changes() + lane.changes()) {
        known.forget();
        readings = [];
        changes = miner.changes() + lane.changes();
      }
      const form = miner.formOf(reading);
      if (form === null) return;
      const { slots, counters } = form.pattern;
      if (!known.tell({ scan, shape, reading, slots, isTied: form.isTied, number: readings.length })) return;
      readings.push({ ...form, reading, shape, counters: slots.map((k) => counters[k] as ValueCounter) });
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
      const records = known.read(b, start, last, before.calm) - 1;
      if (records < 1) {
        wait = nextWait;
        nextWait = Math.min(longestWait, nextWait * 2);
        return start;
      }
      nextWait = 1;
      const { lines } = builder.counts();
      const { reading } = readings[rows[(records - 1) * row.size] as number] as Known;
      builder.pass(records, reading);
      miner.letGo();
      lane.passed(records);
      taken(records);
      let value = 0;
      for (let k = 0; k < records; k++) value = count(b, k, lines + k + 1, value);
      return rows[records * row.size + row.start] as number;
    },
  };
};
