import type { Priority, TicketState } from '#db/entities/ticket.ts';
import type { AnswerWithin, BusinessHours, TriageSettings } from '#db/entities/triage-settings.ts';
import { isWaiting } from './ticket-state.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/** How long each priority may wait for an answer unless a workspace says otherwise. */
const usual: Record<Priority, AnswerWithin> = {
  P1: { minutes: 60, aroundTheClock: true },
  P2: { minutes: 4 * 60, aroundTheClock: false },
  P3: { minutes: 8 * 60, aroundTheClock: false },
  P4: { minutes: 40 * 60, aroundTheClock: false },
};

export const answerWithin = ({ answerWithin: own }: Partial<Pick<TriageSettings, 'answerWithin'>>): Record<Priority, AnswerWithin> => ({
  ...usual,
  ...own,
});

/** When a ticket of this priority wants an answer by. */
export const dueAt = (
  priority: Priority,
  from: Date,
  settings: Pick<TriageSettings, 'businessHours'> & Partial<Pick<TriageSettings, 'answerWithin'>>,
): Date => {
  const { minutes, aroundTheClock } = answerWithin(settings)[priority];
  return aroundTheClock ? new Date(from.getTime() + minutes * MINUTE) : addBusinessMinutes(from, minutes, settings.businessHours);
};

/** By when a ticket is to be answered, counted from then; null while nobody waits for an answer. */
export const answerBy = (
  { priority, state }: { priority?: Priority | null; state: TicketState },
  from: Date,
  settings: Parameters<typeof dueAt>[2],
): Date | null => (priority && isWaiting(state) ? dueAt(priority, from, settings) : null);

/** When it is open on a weekday, in minutes since midnight. Hours that end before they begin go on after midnight, and belong to the day they began. */
export const openOn = (weekday: number, { days, from, to }: BusinessHours): [opens: number, closes: number][] => {
  const [opens, closes] = [minutesOf(from), minutesOf(to)];
  const today = days.includes(weekday);
  if (opens < closes) return today ? [[opens, closes]] : [];
  return [
    ...(days.includes(dayBefore(weekday)) ? [[0, closes] as [number, number]] : []),
    ...(today ? [[opens, DAY] as [number, number]] : []),
  ];
};

export const dayBefore = (weekday: number): number => (weekday === 1 ? 7 : weekday - 1);

/** Minutes of one business day. */
export const businessDayMinutes = ({ from, to }: BusinessHours): number => (minutesOf(to) - minutesOf(from) + DAY) % DAY || DAY;

/** Counts only time inside business hours, on the local clock of their zone. Hours that are never open count as always open. */
export const addBusinessMinutes = (from: Date, minutes: number, hours: BusinessHours): Date => {
  if (hours.days.length === 0 || hours.from === hours.to) return new Date(from.getTime() + minutes * MINUTE);
  let left = minutes;
  let at = from.getTime();
  // A year of days is more than any answer may take.
  for (let day = 0; day < 366; day++) {
    const local = localOf(at, hours.timeZone);
    for (const [opens, closes] of openOn(local.weekday, hours)) {
      if (local.minute >= closes) continue;
      const start = Math.max(local.minute, opens);
      const open = closes - start;
      if (left <= open) return new Date(at + (start - local.minute + left) * MINUTE);
      left -= open;
    }
    at = nextMidnight(at, local.minute, hours.timeZone);
  }
  return new Date(at);
};

/** Minutes since midnight of a time like 09:00. */
export const minutesOf = (clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
};

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** Weekday (Monday is 1) and minutes since local midnight. */
export const localOf = (at: number, timeZone: string): { weekday: number; minute: number } => {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { weekday: weekdays.indexOf(parts['weekday'] as string) + 1, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
};

// A day with a clock change has 23 or 25 hours: look where midnight really fell.
const nextMidnight = (at: number, minute: number, timeZone: string): number => {
  const guess = Math.floor(at / MINUTE) * MINUTE + (24 * 60 - minute) * MINUTE;
  const off = localOf(guess, timeZone).minute;
  const midnight = guess + (off > 12 * 60 ? 24 * 60 - off : -off) * MINUTE;
  // Where clocks jump at midnight (Santiago, Cairo) the day begins at one o'clock.
  return localOf(midnight, timeZone).minute === 0 ? midnight : guess;
};
