/** Levels, most severe first. 'unknown' when the log does not say and nothing in the record tells. */
export type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'unknown';
export const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'] as const satisfies readonly Level[];

/** Lines are 1-based and inclusive. */
export type LineRange = { from: number; to: number };

export type DigestOptions = {
  /** Patterns kept apart while mining; records beyond go to the named remainder. Default 5,000. */
  maxPatterns?: number;
  /** Patterns listed in the result, by rank; the rest is summed up in `other`. Default 200. */
  maxListed?: number;
  /** Bytes of one line that are looked at; the rest is counted, not read. Default 16 KiB. */
  maxLineBytes?: number;
  /** Used to complete timestamps that carry no year. Milliseconds since the epoch. The caller's clock: the digest has none. */
  now?: number;
  /** Also find the lines to read first, at most this many. Default 0: none. */
  lineBudget?: number;
  /** How much more it counts to miss such a line than to show an idle one. Default 1: what a person wants; an engine reads more. */
  lineRecall?: number;
  /** Lines like earlier ones are read by what is known of those: the same digest, several times as fast. Default true; false is for tests. */
  fastLane?: boolean;
};

/** The first beat: everything we can say about a log without an engine. Plain JSON, bounded in size whatever the log's. */
export type Digest = {
  version: number;
  ledger: Ledger;
  bytes: number;
  /** Records: what its program wrote in one go; a stack trace and its header are one. */
  records: number;
  levels: Record<Level, number>;
  time: TimeRange | null;
  /** Records over time: all, and those of level error or worse. Null when no timestamps were found. */
  histogram: Histogram | null;
  /** By rank: what an engineer on call would want first. */
  patterns: Pattern[];
  /** Patterns mined but not listed. Records of the remainder are `records` minus those of patterns and other. */
  other: { patterns: number; records: number; lines: number };
  /** The passages that tell why something failed, verbatim, in the order of the log; only where a `lineBudget` asked for them. */
  highlights?: Sample[];
  /** Usually there in logs of this source, and not in this one; as `Pattern.past` from the memory. */
  missing?: { template: string; usualPerHour: number }[];
};

/** Law 7: `inPatterns + inOther + inRemainder + blank` add up to `lines`, the number of lines received. */
type Ledger = {
  lines: number;
  /** Lines in listed patterns. */
  inPatterns: number;
  /** Lines in patterns that were mined but are not listed. */
  inOther: number;
  /** Lines of records that came after the bound on patterns was reached and matched none. */
  inRemainder: number;
  /** Also those inside a record; they belong to no pattern. */
  blank: number;
  /** Bytes at the ends of lines longer than `maxLineBytes`: they were counted, and not looked at. Other than these nothing is left out. */
  unreadBytes?: number;
};

export type TimeRange = {
  /** RFC 3339; with 'Z' or an offset when the log states its zone, without when it does not. */
  first: string;
  last: string;
  durationMs: number;
  zone: 'stated' | 'unknown';
  /** Some lines state the zone; the others were taken to mean the same one. */
  zoneAssumed?: boolean;
  /** At least one time gives no year; it was taken from `now` or from dates that have one. */
  yearInferred: boolean;
  /** No time gives a day: the days in `first` and `last`, and in all other times, say only how clocks follow one another, and are not to be shown. */
  dayInferred?: boolean;
};

export type Histogram = { from: string; bucketMs: number; all: number[]; errors: number[] };

export type Pattern = {
  /** 'P1', 'P2', … by rank. */
  id: string;
  /**
   * Words and variables, e.g. 'timeout acquiring connection after <num> ms'. Variables are written <kind>. Timestamp,
   * level and thread in front are left out; ' ↳ ' leads to the failure a trace or an error field names.
   */
  template: string;
  level: Level;
  levelInferred: boolean;
  levels: Partial<Record<Level, number>>;
  /** Records. */
  count: number;
  /** Lines, continuation lines included, blank ones not. */
  lines: number;
  first: Sighting;
  last: Sighting;
  /**
   * Up to 3 records verbatim (ANSI and NUL removed); the first and the last are among them. One longer than 2,000 characters keeps its
   * head and the lines that tell what failed; a line '[… 12 lines left out …]' stands where some are missing.
   */
  samples: Sample[];
  variables: Variable[];
  /** Same buckets as the digest's histogram; null when no timestamps were found. */
  histogram: number[] | null;
  /** Why it ranks where it does, most telling first, e.g. ['error level', 'burst at 12:04', 'rare']. */
  reasons: string[];
  score: number;
  /** Held against earlier logs of the same source, where there are enough; not of the digest, but of the memory (src/logs/memory). */
  past?: Past;
};

/** What earlier logs of a source say about a pattern of a new one. */
type Past = {
  /** Never seen before. */
  isNew: boolean;
  /** Records an hour, of a pattern that is in most logs and about as frequent as ever; null for all others. */
  usualPerHour: number | null;
  /** Records an hour, now and usually, where it is many times as frequent as ever; null for all others. */
  more: { perHour: number; usualPerHour: number } | null;
  /** What was recorded as changed just before it began. */
  after: { title: string; ms: number } | null;
};

export type Sighting = {
  line: number;
  time: string | null;
  /** The line gives no year, or not even a date. */
  yearInferred?: boolean;
  /** No line of the log gives a day. */
  dayInferred?: boolean;
};
export type Sample = { lines: LineRange; text: string };

export type Variable = {
  /** 0-based place among the template's variables. */
  index: number;
  kind: VariableKind;
  /** Number of distinct values; when `exact` is false an estimate, within about 3 % (7 % in a log hostile enough to use up the memory for counting). */
  distinct: number;
  exact: boolean;
  /**
   * The most frequent values with counts, each value cut at 120 bytes: up to 10, of errors up to 50 as long as a room for 5,000 values more
   * lasts. It is all of them when it has `distinct` entries. When not `exact`, counts are lower bounds.
   */
  top: { value: string; count: number }[];
};

export type VariableKind =
  | 'num'
  | 'hex'
  | 'id'
  | 'uuid'
  | 'ip'
  | 'host'
  | 'path'
  | 'url'
  | 'email'
  | 'duration'
  | 'size'
  | 'time'
  | 'quoted'
  | 'any';

/** Streaming, one pass, bounded memory. Feed UTF-8 bytes cut anywhere; lines end at \n. */
export type Digester = {
  push(bytes: Uint8Array): void;
  /** What can be shown on the way. */
  progress(): { lines: number; records: number; patterns: number };
  /** Throws when the ledger does not add up: that is a bug, never the log's fault. */
  finish(): Digest;
};
