import { addDays, daysInMonth, momentOf, type WallTime, wallTimeAt, weekdayOf } from './zone.ts';

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY';

/** When a changelog comes, by the clock on the wall of a place. */
export type Schedule = {
  every: Frequency;
  /** Monday is 1; of weekly ones. */
  weekday?: number | null | undefined;
  /** 1 to 31, of monthly ones; in shorter months the last day. */
  monthDay?: number | null | undefined;
  /** '09:00' */
  time: string;
  timeZone: string;
};

/** A stretch of time a changelog is about: `from` included, `to` not. `covers` is how many periods it makes up for, usually one. */
export type Period = { from: Date; to: Date; covers: number };

// Who comes back after a long time wants the last weeks one by one, and what was before at a glance.
const MOST_ONE_BY_ONE = 4;

/** The first time after a moment at which it comes. */
export const nextTime = (schedule: Schedule, after: Date): Date => {
  const today = wallTimeAt(after.getTime(), schedule.timeZone);
  // Where clocks jump, today's time may fall on tomorrow and yesterday's on today.
  for (let ahead = -1; ; ahead++) {
    const day = addDays(today, ahead);
    const at = isDay(schedule, day) ? momentOf({ ...day, minute: minuteOf(schedule.time) }, schedule.timeZone) : 0;
    if (at > after.getTime()) return new Date(at);
  }
};

/** The last time at or before a moment at which it came. */
export const lastTime = (schedule: Schedule, until: Date): Date => {
  const today = wallTimeAt(until.getTime(), schedule.timeZone);
  for (let ahead = 1; ; ahead--) {
    const day = addDays(today, ahead);
    const at = isDay(schedule, day) ? momentOf({ ...day, minute: minuteOf(schedule.time) }, schedule.timeZone) : Number.POSITIVE_INFINITY;
    if (at <= until.getTime()) return new Date(at);
  }
};

/**
 * What is due: each period by itself and in order, from where the last one ended. When many were missed, the last few by themselves and all
 * earlier ones as one. `nextAt` is the first time that is still to come.
 */
export const duePeriods = (
  schedule: Schedule,
  { plannedUntil, nextAt }: { plannedUntil: Date; nextAt: Date },
  now: Date,
): { periods: Period[]; nextAt: Date } => {
  const ends: Date[] = [];
  let next = nextAt;
  for (; next <= now; next = nextTime(schedule, next)) ends.push(next);
  const together = ends.length > MOST_ONE_BY_ONE ? ends.length - MOST_ONE_BY_ONE + 1 : 1;
  let from = plannedUntil;
  const periods = ends.slice(together - 1).map((to, index) => {
    const period = { from, to, covers: index === 0 ? together : 1 };
    from = to;
    return period;
  });
  return { periods, nextAt: next };
};

/** Minutes since midnight of a time like 09:00. */
const minuteOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

const isDay = ({ every, weekday, monthDay }: Schedule, day: Omit<WallTime, 'minute'>): boolean => {
  if (every === 'DAILY') return true;
  if (every === 'WEEKLY') return weekdayOf(day) === weekday;
  return day.day === Math.min(monthDay ?? 1, daysInMonth(day.year, day.month));
};
