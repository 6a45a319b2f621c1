import type { Head } from './head.ts';
import type { TimeRange } from './types.ts';

/** First and last time of a log, and how its times are to be written. */
export type TimeSpan = {
  add(head: Head): void;
  range(): TimeRange | null;
  /** RFC 3339 as the log states its zone; null for no time. */
  show(ms: number): string | null;
  /** '12:04' or '12:04:31', in the log's own clock. */
  clock(ms: number): string;
};

export const createTimeSpan = (): TimeSpan => {
  // In an array: a variable of a closure would be allocated anew with each time.
  const ends = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  let allStated = true;
  let anyInferred = false;
  // One offset all through is kept, so that times read as they stand in the log; mixed ones become UTC.
  let offset: number | null = null;
  let mixed = false;

  const shown = (ms: number): string => new Date(ms + (allStated && !mixed ? (offset ?? 0) : 0) * 60_000).toISOString();

  const show = (ms: number): string | null => {
    if (Number.isNaN(ms)) return null;
    const text = shown(ms).replace(/(?:\.000)?Z$/, '');
    if (!allStated) return text;
    return text + (mixed || !offset ? 'Z' : toOffset(offset));
  };

  return {
    add(head) {
      const { ms } = head;
      if (ms < (ends[0] as number)) ends[0] = ms;
      if (ms > (ends[1] as number)) ends[1] = ms;
      if (!head.stated) allStated = false;
      if (head.inferred) anyInferred = true;
      if (offset === null) offset = head.offset;
      else if (offset !== head.offset) mixed = true;
    },
    range() {
      const [first, last] = ends as unknown as [number, number];
      return last < first
        ? null
        : {
            first: show(first) as string,
            last: show(last) as string,
            durationMs: last - first,
            zone: allStated ? 'stated' : 'unknown',
            yearInferred: anyInferred,
          };
    },
    show,
    clock: (ms) => shown(ms).slice(11, (ends[1] as number) - (ends[0] as number) < 120_000 ? 19 : 16),
  };
};

const toOffset = (minutes: number): string => {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};
