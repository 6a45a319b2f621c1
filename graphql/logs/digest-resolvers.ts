import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import type { Level } from '#src/logs/digest/types.ts';
import { linesToRead, phrasesOf, shownVariables, withoutSecrets } from '#src/logs/log-view.ts';
import { toInt } from './to-int.ts';

/** First beat: the digest as the schema words it. */
export const digestResolvers = {
  LogDigest: {
    records: ({ records }) => toInt(records),
    levels: (digest) =>
      levels.map((level) => ({ level: levelNames[level], records: toInt(digest.levels[level] ?? 0) })).filter(({ records }) => records > 0),
    time: ({ time }) =>
      time && {
        first: asStated(time.first, time.dayInferred),
        last: asStated(time.last, time.dayInferred),
        durationMs: time.durationMs,
        zoneStated: time.zone === 'stated' && !time.zoneAssumed,
        zoneAssumed: time.zoneAssumed ?? false,
        yearInferred: time.yearInferred,
        dayInferred: time.dayInferred ?? false,
      },
    histogram: ({ histogram, time }) => histogram && { ...histogram, from: asStated(histogram.from, time?.dayInferred) },
    patterns: ({ patterns }, { first }) => patterns.slice(0, first),
    patternCount: ({ patterns, other }) => toInt(patterns.length + other.patterns),
    readFirst: (digest) => linesToRead(digest),
    phrases: (digest, { first }) => phrasesOf(digest, first),
  },
  Pattern: {
    level: ({ level }) => levelNames[level],
    count: ({ count }) => toInt(count),
    lines: ({ lines }) => toInt(lines),
    firstLine: ({ first }) => toInt(first.line),
    firstTime: ({ first }) => first.time && asStated(first.time, first.dayInferred),
    lastLine: ({ last }) => toInt(last.line),
    lastTime: ({ last }) => last.time && asStated(last.time, last.dayInferred),
    template: ({ template }) => withoutSecrets(template),
    samples: ({ samples }) => samples.map(({ lines, text }) => ({ lines, text: withoutSecrets(text) })),
    variables: (pattern) =>
      shownVariables(pattern).map(({ kind, distinct, exact, top }) => ({
        kind,
        distinct: toInt(distinct),
        exact,
        top: top.map(({ value, count }) => ({ value: withoutSecrets(value), count })),
      })),
  },
  Ledger: {
    lines: ({ lines }) => toInt(lines),
    inPatterns: ({ inPatterns }) => toInt(inPatterns),
    inOther: ({ inOther }) => toInt(inOther),
    inRemainder: ({ inRemainder }) => toInt(inRemainder),
    blank: ({ blank }) => toInt(blank),
    unreadBytes: ({ unreadBytes }) => unreadBytes ?? 0,
  },
  LineRange: { from: ({ from }) => toInt(from), to: ({ to }) => toInt(to) },
} satisfies Resolvers;

/** A day that the log never stated is not told. */
const asStated = (time: string, isDayInferred = false): string => (isDayInferred ? time.slice(time.indexOf('T') + 1) : time);

const levelNames = {
  fatal: 'FATAL',
  error: 'ERROR',
  warn: 'WARN',
  info: 'INFO',
  debug: 'DEBUG',
  trace: 'TRACE',
  unknown: 'UNKNOWN',
} as const satisfies Record<Level, string>;

// Most severe first.
const levels = Object.keys(levelNames) as Level[];
