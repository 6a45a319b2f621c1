import { isSevere, type LevelCode } from './heads/levels.ts';
import { createTimeReader } from './heads/times.ts';
import { joinLines } from './lines/join-lines.ts';
import { createLineReader } from './lines/line-reader.ts';
import { type Keepsake, settleKeepsake } from './mining/keepsake.ts';
import type { MinerOptions } from './mining/miner.ts';
import type { MinedPattern } from './mining/pattern.ts';
import { createTokens, readTokens } from './mining/tokens.ts';
import { createColumns } from './records/columns.ts';
import { createFieldReader } from './records/fields.ts';
import type { LogRecord } from './records/record.ts';
import { createRecordBuilder } from './records/records.ts';
import { createLane, type Lane } from './shapes/lane.ts';
import { type Place, placeIn, probe, type Reading } from './shapes/reading.ts';
import { longestScan, type Scan } from './shapes/scan.ts';
import { createShapeTree } from './shapes/shape-tree.ts';
import { createRowTaker } from './take-rows.ts';
import { createTally, type Tally } from './tally.ts';
import type { DigestOptions } from './types.ts';

/** For values and counters of all variables together; beyond it values are estimated earlier and more roughly. */
export const allCounterBytes = 48 * 1024 * 1024;
export const mostPatterns = 5000;

// Read and used up record by record; one is enough.
const tokens = createTokens();

/** Told of each record as it is counted in. The pattern may still become part of another: `mergedInto` then says of which. */
export type OnRecord = (record: LogRecord, pattern: MinedPattern | null, level: LevelCode) => void;

export type LogReader = {
  push(bytes: Uint8Array): void;
  progress(): { lines: number; records: number; patterns: number };
  /** Takes lines to learn from before the first ones come: what stands above them, of which nothing is counted. */
  warmUp(lines: Uint8Array): void;
  end(): Tally;
};

export type ReadOptions = DigestOptions & Partial<Omit<MinerOptions, 'maxPatterns'>>;

/** One pass: bytes → lines → records → head, fields, tokens → patterns. */
export const createLogReader = (options: ReadOptions, onRecord?: OnRecord): LogReader => {
  const { maxPatterns = mostPatterns, maxLineBytes = 16 * 1024, now, fastLane = true } = options;
  const { counterBytes = allCounterBytes, maxForms = 0, known } = options;
  const tree = fastLane ? createShapeTree() : null;
  const times = createTimeReader(now, tree?.times);
  const clocks = createTimeReader(undefined, tree?.clocks);
  const columns = createColumns();
  const fields = createFieldReader({ times, maxLineBytes, columns });
  // Few short logs need it.
  let joined: Buffer | null = null;
  const tally = createTally({ maxPatterns, counterBytes, maxForms, ...(known ? { known } : {}) });
  const { all, errors, span, miner, levels: levelCounts } = tally;
  let bytes = 0;
  let records = 0;
  let remainderLines = 0;
  let pushed: Buffer | null = null;
  let isWarmingUp = false;
  let unreadAbove = 0;
  const borrowers: Keepsake[] = [];

  const lane = tree ? createLane({ times, now, maxLineBytes, columns, tree }) : undefined;

  const takeRecord = (record: LogRecord) => {
    if (isWarmingUp) return void fields.read(record.bytes, record.head.message, record.end, record.head, record.start);
    records++;
    record.borrowers = record.bytes === pushed && record.text === null ? borrowers : null;
    const { reading } = record;
    const known = reading !== null && record.text === null ? observeKnown(record, reading) : null;
    if (known !== null && rows !== null) rows.know(reading as Reading);
    const { pattern, level } = known ?? observe(record);
    if (pattern === null) remainderLines += record.lines;
    (levelCounts[level] as number)++;
    onRecord?.(record, pattern, level);
    const { head } = record;
    if (!head.hasTime) return;
    all.add(record.time);
    if (isSevere(level)) errors.add(record.time);
  };

  /** Its time is known now, wherever in the record it stood. */
  const placed = (record: LogRecord): LogRecord => {
    record.time = record.head.hasTime ? span.place(record.head) : Number.NaN;
    return record;
  };

  const observeKnown = (record: LogRecord, reading: Reading) => {
    const scan = (lane as Lane).held();
    const { head, bytes: b } = record;
    const shift = record.start - scan.base;
    if (reading.hasView && scan.length > reading.longest && hasLongField(reading, scan)) return null;
    const { level, hasTime } = head;
    head.level = reading.level;
    const found =
      probe(reading.lateProbes, reading.lateTimeProbe, times, b, scan, shift, head) &&
      probe(reading.clockProbes, -1, clocks, b, scan, shift, head);
    const known = found ? miner.observeKnown(placed(record), reading, scan, shift) : null;
    if (known !== null) return known;
    [head.level, head.hasTime] = [level, hasTime];
    return null;
  };

  const observe = (record: LogRecord) => {
    const { head } = record;
    const view = fields.read(record.bytes, head.message, record.end, head, record.start);
    let b = view ? view.bytes : record.bytes;
    let start = view ? 0 : head.message;
    let end = view ? view.length : record.end;
    let [clockStart, clockEnd] = view ? [-1, -1] : [head.timeStart, head.timeEnd];
    if (record.causes.length > 0 || record.details.length > 0) {
      joined ??= Buffer.allocUnsafeSlow(maxLineBytes * 2 + 16_384);
      const length = joinLines(record, b, start, end, joined);
      if (record.isMessage) clockStart = clockEnd = -1;
      else if (clockStart >= 0) [clockStart, clockEnd] = [clockStart - start, clockEnd - start];
      [b, start, end] = [joined, 0, length];
    }
    readTokens(b, start, end, tokens, clockStart, clockEnd, clocks);
    if (view && view.status > 0) tokens.status = view.status;
    return miner.observe(placed(record), tokens, b, start, end);
  };

  const builder = createRecordBuilder({ times, maxLineBytes, columns, ...(lane ? { lane } : {}), take: takeRecord });
  // Who is told of each record is told of it as such.
  const rows =
    tree && lane && !onRecord && maxLineBytes >= longestScan
      ? createRowTaker({
          tree,
          times,
          lane,
          tally,
          builder,
          borrowers,
          taken: (count) => {
            records += count;
          },
        })
      : null;
  const reader = createLineReader({
    maxLineBytes,
    take: builder.line,
    ...(lane ? { lineEnd: lane.lineEnd } : {}),
    ...(rows ? { takeMany: (b, start, last) => (b === pushed ? rows.take(b, start, last) : start) } : {}),
  });

  return {
    push(chunk) {
      bytes += chunk.byteLength;
      pushed = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      reader.push(pushed);
      miner.letGo();
      builder.settle();
      for (const keepsake of borrowers) settleKeepsake(keepsake);
      borrowers.length = 0;
      pushed = null;
    },
    progress: () => ({ lines: builder.counts().lines, records, patterns: miner.size() }),
    warmUp(lines) {
      isWarmingUp = true;
      reader.push(lines);
      reader.end();
      builder.restart();
      unreadAbove = reader.unread();
      isWarmingUp = false;
    },
    end() {
      reader.end();
      builder.end();
      tree?.release();
      return { ...tally, bytes, ...builder.counts(), unread: reader.unread() - unreadAbove, records, remainderLines };
    },
  };
};

const hasLongField = (reading: Reading, scan: Scan): boolean =>
  reading.from.some((from, k) => placeIn(scan, 0, reading.to[k] as Place) - placeIn(scan, 0, from) >= reading.longest);
