import { toText } from './bytes.ts';
import { cleanLine } from './clean-line.ts';
import { createColumns } from './columns.ts';
import { distinctValues, isExact, topValues } from './counting.ts';
import { createFieldReader } from './fields.ts';
import { joinLines } from './join-lines.ts';
import { toKind } from './kinds.ts';
import { createLane, type Lane } from './lane.ts';
import { assertLedger } from './ledger.ts';
import { isSevere, type LevelCode } from './levels.ts';
import { createLineReader } from './line-reader.ts';
import { createMiner } from './miner.ts';
import { type Keepsake, longestSample, type MinedPattern, settleKeepsake, shiftTimes, toTemplate } from './pattern.ts';
import { type Ranked, rankPatterns } from './rank.ts';
import { type Place, placeIn, probe, type Reading } from './reading.ts';
import { createRecordBuilder, type LogRecord } from './records.ts';
import { cutAtBorder, toSampleText } from './sample.ts';
import type { Scan } from './scan.ts';
import { type Buckets, createTimeBuckets, noFinerThanTimes } from './time-buckets.ts';
import { createTimeSpan } from './time-span.ts';
import { createTimeReader } from './times.ts';
import { createTokens, readTokens } from './tokens.ts';
import {
  type Digest,
  type Digester,
  type DigestOptions,
  type Level,
  levels,
  type Pattern,
  type Sample,
  type Sighting,
  type Variable,
} from './types.ts';

const digestVersion = 1;
/** For values and counters of all variables together; beyond it values are estimated earlier and more roughly. */
const counterBytes = 48 * 1024 * 1024;

// Read and used up record by record; one is enough.
const tokens = createTokens();

/** Told of each record as it is counted in. The pattern may still become part of another: `mergedInto` then says of which. */
export type OnRecord = (record: LogRecord, pattern: MinedPattern | null, level: LevelCode) => void;

/** One pass: bytes → lines → records → head, fields, tokens → patterns; `finish` ranks, cuts and balances the books. */
export const createDigester = (options: DigestOptions = {}, onRecord?: OnRecord): Digester => {
  const { maxPatterns = 5000, maxListed = 200, maxLineBytes = 16 * 1024, now, fastLane = true } = options;
  const times = createTimeReader(now);
  const clocks = createTimeReader();
  const miner = createMiner({ maxPatterns, counterBytes });
  const columns = createColumns();
  const fields = createFieldReader({ times, maxLineBytes, columns });
  // Few short logs need it.
  let joined: Buffer | null = null;
  const span = createTimeSpan((ms) => {
    for (const pattern of miner.patterns()) shiftTimes(pattern, ms);
    all.shift(ms);
    errors.shift(ms);
  });
  const all = createTimeBuckets();
  const errors = createTimeBuckets();
  const levelCounts = new Array<number>(levels.length).fill(0);
  let bytes = 0;
  let records = 0;
  let remainderLines = 0;
  let pushed: Buffer | null = null;
  const borrowers: Keepsake[] = [];

  const lane = fastLane ? createLane({ times, now, maxLineBytes, columns }) : undefined;

  const takeRecord = (record: LogRecord) => {
    records++;
    record.borrowers = record.bytes === pushed && !record.text ? borrowers : null;
    const { pattern, level } = (record.reading && !record.text && observeKnown(record, record.reading)) || observe(record);
    if (!pattern) remainderLines += record.lines;
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
    const known = found && miner.observeKnown(placed(record), reading, scan, shift);
    if (known) return known;
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
    readTokens(b, start, end, tokens, clockStart, clockEnd);
    if (view && view.status > 0) tokens.status = view.status;
    return miner.observe(placed(record), tokens, b, start, end);
  };

  const builder = createRecordBuilder({ times, maxLineBytes, columns, ...(lane ? { lane } : {}), take: takeRecord });
  const reader = createLineReader({ maxLineBytes, take: builder.line, ...(lane ? { lineEnd: lane.lineEnd } : {}) });

  const toSighting = (line: number, ms: number, yearInferred: boolean): Sighting => ({
    line,
    time: span.show(ms),
    ...(yearInferred ? { yearInferred } : {}),
    ...(yearInferred && span.isDayless() ? { dayInferred: true } : {}),
  });

  const toPattern = (ranked: Ranked, place: number, room: Room, buckets: Buckets | null): Pattern => {
    const { pattern, score, reasons, level, inferred } = ranked;
    const counted: Partial<Record<Level, number>> = {};
    for (const [code, name] of levels.entries()) if ((pattern.levels[code] as number) > 0) counted[name] = pattern.levels[code] as number;
    return {
      id: `P${place + 1}`,
      template: toTemplate(pattern),
      level,
      levelInferred: inferred,
      levels: counted,
      count: pattern.count,
      lines: pattern.lines,
      first: toSighting(pattern.firstLine, pattern.firstTime, pattern.firstInferred),
      last: toSighting(pattern.lastLine, pattern.lastTime, pattern.lastInferred),
      samples: toSamples([pattern.first, pattern.middle, pattern.last]),
      variables: toVariables(pattern, room),
      histogram: buckets && pattern.times.rebin(buckets),
      reasons,
      score,
    };
  };

  return {
    push(chunk, ahead = null) {
      bytes += chunk.byteLength;
      pushed = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      lane?.begin(pushed, ahead);
      reader.push(pushed);
      builder.settle();
      for (const keepsake of borrowers) settleKeepsake(keepsake);
      borrowers.length = 0;
      pushed = null;
    },
    progress: () => ({ lines: builder.counts().lines, records, patterns: miner.size() }),
    finish() {
      reader.end();
      builder.end();
      const { lines, blank } = builder.counts();
      miner.settle();
      const shape = all.shape();
      const ranked = rankPatterns(miner.patterns(), { records, lines, shape, showTime: span.clock });
      const shown = shape && noFinerThanTimes(all, shape);
      const room: Room = { values: extraValues };
      const patterns = ranked.slice(0, maxListed).map((one, place) => toPattern(one, place, room, shown));
      const rest = ranked.slice(maxListed).map(({ pattern }) => pattern);
      const other = {
        patterns: rest.length,
        records: rest.reduce((sum, { count }) => sum + count, 0),
        lines: rest.reduce((sum, pattern) => sum + pattern.lines, 0),
      };
      const digest: Digest = {
        version: digestVersion,
        ledger: {
          lines,
          inPatterns: patterns.reduce((sum, pattern) => sum + pattern.lines, 0),
          inOther: other.lines,
          inRemainder: remainderLines,
          blank,
          unreadBytes: reader.unread(),
        },
        bytes,
        records,
        levels: Object.fromEntries(levels.map((name, code) => [name, levelCounts[code]])) as Record<Level, number>,
        time: span.range(),
        histogram: shown && {
          from: span.show(shown.fromMs) as string,
          bucketMs: shown.widthMs,
          all: all.rebin(shown),
          errors: errors.rebin(shown),
        },
        patterns,
        other,
      };
      assertLedger(digest);
      return digest;
    },
  };
};

const hasLongField = (reading: Reading, scan: Scan): boolean =>
  reading.from.some((from, k) => placeIn(scan, 0, reading.to[k] as Place) - placeIn(scan, 0, from) >= reading.longest);

const toSamples = (kept: Keepsake[]): Sample[] => {
  const samples: Sample[] = [];
  for (const { from, to, bytes, length } of kept)
    if (length > 0 && samples.at(-1)?.lines.from !== from) samples.push({ lines: { from, to }, text: toVerbatim(bytes, length) });
  return samples;
};

const toVerbatim = (bytes: Buffer, length: number): string => {
  const cleaned = Buffer.allocUnsafe(length);
  const lines: string[] = [];
  let at = 0;
  while (at <= length) {
    const newline = bytes.subarray(0, length).indexOf(10, at);
    const end = newline < 0 ? length : newline;
    lines.push(toText(cleaned, 0, cleanLine(bytes, at, end, cleaned)));
    at = end + 1;
  }
  // Of a record longer than what is kept of one, the end was cut anywhere.
  if (length >= longestSample) lines.push(cutAtBorder(lines.pop() as string, longestSample));
  return toSampleText(lines.join('\n'));
};

/** What is left for values of errors beyond those that every variable lists. */
type Room = { values: number };
const extraValues = 5000;
const listed = 10;
const listedOfErrors = 50;

const toVariables = ({ kind, counters, severe, count }: MinedPattern, room: Room): Variable[] => {
  const variables: Variable[] = [];
  let index = -1;
  for (let k = 0; k < kind.length; k++) {
    if (kind[k] === 0) continue;
    index++;
    const counter = counters[k];
    if (!counter) continue;
    const top = topValues(counter, severe ? Math.min(listedOfErrors, listed + room.values) : listed);
    room.values -= Math.max(0, top.length - listed);
    variables.push({
      index,
      kind: toKind(kind[k] as number),
      // An estimate may exceed what is possible.
      distinct: Math.min(distinctValues(counter), count),
      exact: isExact(counter),
      top,
    });
  }
  return variables;
};
