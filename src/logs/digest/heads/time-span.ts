import type { TimeRange } from '#src/logs/digest/types.ts';
import { day, inYearNextTo, onDayNextTo } from './calendar.ts';
import type { Head } from './head.ts';

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
  save(): SavedSpan;
  /** Takes in the span of the part of the log that comes next: by how many ms that part's times have to be moved to stand on this clock. */
  join(next: SavedSpan): number;
};

/** What is known of a part of a log, as plain data. */
export type SavedSpan = {
  first: number;
  last: number;
  /** The times that stood first and last, whichever were the earliest and the latest; NaN without times. */
  begun: number;
  ended: number;
  /** Minutes east of UTC, the first that was stated. */
  offset: number | null;
  isUtc: boolean;
  anyUnstated: boolean;
  anyInferred: boolean;
  /** At least one time had a date. */
  anyDated: boolean;
  open: OpenTime | null;
  /** The first time with a year, or with one taken from such a time; NaN without one. */
  anchor: number;
};

type OpenTime = { ms: number; dateless: boolean };

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
  // Earliest, latest, first and last that came. In an array: a variable of a closure would be allocated anew with each time.
  const ends = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, Number.NaN);
  let offset: number | null = null;
  let isUtc = false;
  let anyUnstated = false;
  let anyInferred = false;
  let anyDated = false;
  // The last time without a year, while none with one was seen.
  let open: OpenTime | null = null;
  let anchoredAt = Number.NaN;
  let isAnchored = false;

  const move = (ms: number) => {
    if (ms === 0) return;
    for (let k = 0; k < ends.length; k++) ends[k] = (ends[k] as number) + ms;
    shift(ms);
  };

  const anchor = (ms: number) => {
    isAnchored = true;
    anchoredAt = ms;
    if (open) move(nextTo(open, ms) - open.ms);
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
      if (Number.isNaN(ends[2])) ends[2] = ms;
      ends[3] = ms;
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
    save() {
      const [first, last, begun, ended] = ends as unknown as [number, number, number, number];
      return { first, last, begun, ended, offset, isUtc, anyUnstated, anyInferred, anyDated, open, anchor: anchoredAt };
    },
    join(next) {
      if (next.last < next.first) return 0;
      const knew = offset;
      offset ??= next.offset;
      const isMixed = isUtc || next.isUtc || (knew !== null && next.offset !== null && knew !== next.offset);
      if (isMixed && !isUtc) {
        isUtc = true;
        move(-(offset as number) * minute);
        if (open) open.ms -= (offset as number) * minute;
      }
      let later = isMixed && !next.isUtc ? -(next.offset ?? (offset as number)) * minute : 0;
      if (!isAnchored) {
        if (!Number.isNaN(next.anchor)) anchor(next.anchor + later);
        else if (next.open) {
          if (open?.dateless && !next.anyDated) later += onDayAfter(next.begun + later, open.ms) - next.begun - later;
          open = { ms: next.open.ms + later, dateless: next.open.dateless };
        }
      } else if (next.open)
        later += nextTo({ ms: next.open.ms + later, dateless: next.open.dateless }, ends[3] as number) - next.open.ms - later;
      // Bare clocks follow one another from day to day: that part went by a date far above.
      else if (!next.anyDated) later += onDayNextTo(next.begun + later, ends[3] as number) - next.begun - later;
      anyUnstated ||= next.anyUnstated;
      anyInferred ||= next.anyInferred;
      anyDated ||= next.anyDated;
      ends[0] = Math.min(ends[0] as number, next.first + later);
      ends[1] = Math.max(ends[1] as number, next.last + later);
      if (Number.isNaN(ends[2])) ends[2] = next.begun + later;
      ends[3] = next.ended + later;
      return later;
    },
    isDayless: () => !anyDated,
    clock: (ms) => new Date(ms).toISOString().slice(11, (ends[1] as number) - (ends[0] as number) < 120_000 ? 19 : 16),
  };
};

const nextTo = ({ ms, dateless }: OpenTime, reference: number): number =>
  dateless ? onDayNextTo(ms, reference) : inYearNextTo(ms, reference);

const toOffset = (minutes: number): string => {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};
