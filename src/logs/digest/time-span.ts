import { day, inYearNextTo, onDayNextTo } from './calendar.ts';
import type { Head } from './head.ts';
import type { TimeRange } from './types.ts';

/** First and last time of a log, on which clock its times are counted, and how they are to be written. */
export type TimeSpan = {
  /** The time to count a record under. */
  place(head: Head): number;
  range(): TimeRange | null;
  /** RFC 3339 as the log states its zone; null for no time. */
  show(ms: number): string | null;
  /** No time of the log states a day: those it was given say only how its clocks follow one another. */
  isDayless(): boolean;
  /** '12:04' or '12:04:31', in the log's own clock. */
  clock(ms: number): string;
};

const minute = 60_000;

/** Clocks go on: one far behind the last is of the next day, one nearly a day ahead of it came late. */
const onDayAfter = (clock: number, last: number): number => {
  const ms = clock + Math.floor(last / day) * day - Math.floor(clock / day) * day;
  return ms < last - day / 2 ? ms + day : ms > last + (day * 23) / 24 ? ms - day : ms;
};

/**
 * As long as one zone is stated at most, times are counted by the clock on the wall: so those that state none stand where they belong among
 * those that do. A second zone makes all of them UTC. What was counted before that is moved by `shift`; so are dates without a year when a
 * later line has one.
 */
export const createTimeSpan = (shift: (ms: number) => void): TimeSpan => {
  // In an array: a variable of a closure would be allocated anew with each time.
  const ends = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  let offset: number | null = null;
  let isUtc = false;
  let anyUnstated = false;
  let anyInferred = false;
  let anyDated = false;
  // The last time without a year, while none with one was seen.
  let open: { ms: number; dateless: boolean } | null = null;
  let isAnchored = false;

  const move = (ms: number) => {
    if (ms === 0) return;
    ends[0] = (ends[0] as number) + ms;
    ends[1] = (ends[1] as number) + ms;
    shift(ms);
  };

  const anchor = (ms: number) => {
    isAnchored = true;
    if (open) move((open.dateless ? onDayNextTo(open.ms, ms) : inYearNextTo(open.ms, ms)) - open.ms);
    open = null;
  };

  const onOurClock = (head: Head): number => {
    if (!head.stated) {
      anyUnstated = true;
      return isUtc ? head.ms - (offset as number) * minute : head.ms;
    }
    if (offset === null) offset = head.offset;
    else if (offset !== head.offset && !isUtc) {
      isUtc = true;
      move(-offset * minute);
      if (open) open.ms -= offset * minute;
    }
    return isUtc ? head.ms : head.ms + head.offset * minute;
  };

  const show = (ms: number): string | null => {
    if (Number.isNaN(ms)) return null;
    const stamp = new Date(ms).toISOString();
    const text = stamp.slice(0, stamp.endsWith('.000Z') ? -5 : -1);
    return offset === null ? text : text + (isUtc || offset === 0 ? 'Z' : toOffset(offset));
  };

  return {
    place(head) {
      const stated = onOurClock(head);
      const ms = head.dateless && !head.anchored && !isAnchored && open?.dateless ? onDayAfter(stated, open.ms) : stated;
      if (head.inferred) anyInferred = true;
      if (!head.dateless) anyDated = true;
      if (!isAnchored) {
        if (head.anchored) anchor(ms);
        else if (open) [open.ms, open.dateless] = [ms, head.dateless];
        else open = { ms, dateless: head.dateless };
      }
      if (ms < (ends[0] as number)) ends[0] = ms;
      if (ms > (ends[1] as number)) ends[1] = ms;
      return ms;
    },
    range() {
      const [first, last] = ends as unknown as [number, number];
      return last < first
        ? null
        : {
            first: show(first) as string,
            last: show(last) as string,
            durationMs: last - first,
            zone: offset === null ? 'unknown' : 'stated',
            zoneAssumed: offset !== null && anyUnstated,
            yearInferred: anyInferred,
            ...(anyDated ? {} : { dayInferred: true }),
          };
    },
    show,
    isDayless: () => !anyDated,
    clock: (ms) => new Date(ms).toISOString().slice(11, (ends[1] as number) - (ends[0] as number) < 120_000 ? 19 : 16),
  };
};

const toOffset = (minutes: number): string => {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};
