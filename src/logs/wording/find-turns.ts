import { findBurst, findStop } from '#src/logs/digest/ranking/rank.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';

/**
 * What changes over time without a word of failure: records that came all along and then no more, many times as often for a while, or many times
 * as often as in earlier logs of the source.
 */
export type Turn = { pattern: Pattern; is: 'stop' | 'more' | 'burst' };

const order: readonly Turn['is'][] = ['stop', 'more', 'burst'];

const FEWEST_RECORDS = 20;
/** Of the parts of the time up to the stop, or what comes now and then is said to have stopped. */
const BUSY_SHARE = 0.8;
/** A job that runs once has begun as suddenly as it ended; what ran from early on was meant to go on. */
const BEGINS_BY = 0.25;
const FEWEST_IN_BURST = 50;
const FEWEST_BESIDE = 5;

/** Stops first, bursts last, each with most records first. */
export const turnsOf = (digest: Digest): readonly Turn[] => {
  const known = found.get(digest);
  if (known) return known;
  const turns = digest.patterns
    .flatMap((pattern): Turn[] =>
      hasStopped(pattern)
        ? [{ pattern, is: 'stop' }]
        : pattern.past?.more
          ? [{ pattern, is: 'more' }]
          : cameInBurst(pattern)
            ? [{ pattern, is: 'burst' }]
            : [],
    )
    .toSorted((a, b) => order.indexOf(a.is) - order.indexOf(b.is) || b.pattern.count - a.pattern.count);
  found.set(digest, turns);
  return turns;
};

const found = new WeakMap<Digest, readonly Turn[]>();

export const hasStopped = ({ count, histogram }: Pattern): boolean => {
  if (!histogram || count < FEWEST_RECORDS) return false;
  const last = findStop(histogram);
  const first = histogram.findIndex((records) => records > 0);
  if (last < 0 || first > histogram.length * BEGINS_BY) return false;
  return histogram.slice(first, last + 1).filter((records) => records > 0).length >= (last + 1 - first) * BUSY_SHARE;
};

/** With records before it: what begins with a burst is a start. */
export const cameInBurst = ({ count, histogram }: Pattern): boolean => {
  if (!histogram || count < FEWEST_IN_BURST) return false;
  const at = findBurst(histogram);
  const before = histogram.slice(0, Math.max(0, at)).reduce((sum, records) => sum + records, 0);
  return at >= 3 && before >= FEWEST_BESIDE && before * 5 < count;
};
