import { listedByDefault } from '#src/logs/digest/digester.ts';
import type { SavedSpan } from '#src/logs/digest/heads/time-span.ts';
import { type Form, type KnownForms, learnForms } from '#src/logs/digest/mining/miner.ts';
import { createTimeBuckets, type SavedBuckets } from '#src/logs/digest/mining/time-buckets.ts';
import { allCounterBytes, createLogReader, mostPatterns } from '#src/logs/digest/read-log.ts';
import { createTally, type Tally } from '#src/logs/digest/tally.ts';
import { toDigest } from '#src/logs/digest/to-digest.ts';
import type { Digest, DigestOptions } from '#src/logs/digest/types.ts';

/** All that was counted of one segment of a log, as plain data: it can go from thread to thread. */
export type Segment = Omit<Tally, 'all' | 'errors' | 'span' | 'miner'> & {
  all: SavedBuckets;
  errors: SavedBuckets;
  span: SavedSpan;
  forms: Form[];
};

export type SegmentReader = {
  push(bytes: Uint8Array): void;
  progress(): { lines: number };
  end(): Segment;
};

/**
 * Messages that differ in more than their variables are kept apart up to here: only who knows all segments can tell which are one. A segment
 * of real logs has a few hundred.
 */
const mostForms = 3000;
const segmentCounterBytes = 16 * 1024 * 1024;

/**
 * What a segment has to know of the log above it. `lines` are some of the first ones, and those just before it, by which years, formats and
 * what lines without a head belong to are told; `forms` is what was learnt from the first segment, which knows nothing.
 */
export type Above = { lines: readonly Uint8Array[]; forms: KnownForms };

export const createSegmentReader = (options: DigestOptions, above: Above | null): SegmentReader => {
  const limits = { counterBytes: segmentCounterBytes, maxForms: mostForms * 0.9, maxPatterns: mostForms };
  const reader = createLogReader({ ...options, ...limits, ...(above ? { known: above.forms } : {}) });
  for (const lines of above?.lines ?? []) reader.warmUp(lines);
  return {
    push: reader.push,
    progress: reader.progress,
    end() {
      const { all, errors, span, miner, ...counts } = reader.end();
      return { ...counts, all: all.save(), errors: errors.save(), span: span.save(), forms: miner.forms() };
    },
  };
};

/** Of the first segment, for all others. */
export const learnFrom = ({ forms }: Segment): KnownForms => learnForms(forms);

export type SegmentJoiner = {
  /** Takes in the next segment. */
  add(segment: Segment): void;
  finish(): Digest;
};

/**
 * Makes one digest of segments that were read one by one, in the order of the log. The messages of each are led to their patterns in the order
 * in which they came first, by the rules by which lines are; so it does not matter who read which segment, nor when.
 */
export const createSegmentJoiner = ({ maxPatterns = mostPatterns, maxListed = listedByDefault }: DigestOptions): SegmentJoiner => {
  const whole = createTally({ maxPatterns, counterBytes: allCounterBytes });
  return {
    add(segment) {
      const at = { lines: whole.lines, ms: whole.span.join(segment.span) };
      for (const name of ['all', 'errors'] as const) {
        const times = createTimeBuckets(segment[name]);
        times.shift(at.ms);
        whole[name].merge(times);
      }
      for (const form of segment.forms) if (!whole.miner.add(form, at)) whole.remainderLines += form.pattern.lines;
      for (const name of ['bytes', 'lines', 'blank', 'unread', 'records', 'remainderLines'] as const) whole[name] += segment[name];
      for (const [code, count] of segment.levels.entries()) (whole.levels[code] as number) += count;
    },
    finish: () => toDigest(whole, maxListed),
  };
};
