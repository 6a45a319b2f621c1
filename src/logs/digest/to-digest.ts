import type { TimeSpan } from './heads/time-span.ts';
import { toText } from './lines/bytes.ts';
import { cleanLine } from './lines/clean-line.ts';
import { distinctValues, isExact, topValues } from './mining/counting.ts';
import { type Keepsake, longestSample } from './mining/keepsake.ts';
import { toKind } from './mining/kinds.ts';
import { type MinedPattern, toTemplate } from './mining/pattern.ts';
import { type Buckets, noFinerThanTimes } from './mining/time-buckets.ts';
import { assertLedger } from './ranking/ledger.ts';
import { type Ranked, rankPatterns } from './ranking/rank.ts';
import { cutAtBorder, toSampleText } from './sample.ts';
import type { Tally } from './tally.ts';
import { type Digest, type Level, levels, type Pattern, type Sample, type Sighting, type Variable } from './types.ts';

const digestVersion = 1;

/** Ranks, cuts and balances the books. */
export const toDigest = (tally: Tally, maxListed: number): Digest => {
  const { bytes, lines, blank, unread, records, remainderLines, all, errors, span, miner } = tally;
  miner.settle();
  const shape = all.shape();
  const ranked = rankPatterns(miner.patterns(), { records, lines, shape, showTime: span.clock });
  const shown = shape && noFinerThanTimes(all, shape);
  const room: Room = { values: extraValues };
  const patterns = ranked.slice(0, maxListed).map((one, place) => toPattern(one, place, room, shown, span));
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
      unreadBytes: unread,
    },
    bytes,
    records,
    levels: Object.fromEntries(levels.map((name, code) => [name, tally.levels[code]])) as Record<Level, number>,
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
};

const toPattern = (ranked: Ranked, place: number, room: Room, buckets: Buckets | null, span: TimeSpan): Pattern => {
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
    first: toSighting(span, pattern.firstLine, pattern.firstTime, pattern.firstInferred),
    last: toSighting(span, pattern.lastLine, pattern.lastTime, pattern.lastInferred),
    samples: toSamples([pattern.first, pattern.middle, pattern.last]),
    variables: toVariables(pattern, room),
    histogram: buckets && pattern.times.rebin(buckets),
    reasons,
    score,
  };
};

const toSighting = (span: TimeSpan, line: number, ms: number, yearInferred: boolean): Sighting => ({
  line,
  time: span.show(ms),
  ...(yearInferred ? { yearInferred } : {}),
  ...(yearInferred && span.isDayless() ? { dayInferred: true } : {}),
});

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
