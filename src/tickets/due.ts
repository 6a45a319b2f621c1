import type { Priority, TicketState } from '#db/entities/ticket.ts';
import type { AnswerWithin, BusinessHours, TriageSettings } from '#db/entities/triage-settings.ts';
import { isClosed } from './settings/closed-days.ts';
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

/** When it is open on a day like '2026-11-23', in minutes since midnight. Hours that end before they begin go on after midnight, and belong to the day they began. */
export const openOn = (day: string, hours: BusinessHours): [opens: number, closes: number][] => {
  const [opens, closes] = [minutesOf(hours.from), minutesOf(hours.to)];
  const today = isWorkedOn(day, hours);
  if (opens < closes) return today ? [[opens, closes]] : [];
  return [
    ...(isWorkedOn(dayBefore(day), hours) ? [[0, closes] as [number, number]] : []),
    ...(today ? [[opens, DAY] as [number, number]] : []),
  ];
};

export const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY * MINUTE).toISOString().slice(0, day.length);

const isWorkedOn = (day: string, { days, closedDays }: BusinessHours): boolean =>
  days.includes(new Date(`${day}T00:00:00Z`).getUTCDay() || 7) && !isClosed(day, closedDays);

/** Minutes of one business day. */
export const businessDayMinutes = ({ from, to }: BusinessHours): number => (minutesOf(to) - minutesOf(from) + DAY) % DAY || DAY;

/** Counts only time inside business hours, on the local clock of their zone. Hours that are never open count as always open. */
export const addBusinessMinutes = (from: Date, minutes: number, hours: BusinessHours): Date => {
  if (hours.days.length === 0 || hours.from === hours.to) return new Date(from.getTime() + minutes * MINUTE);
  let left = minutes;
  let at = from.getTime();
  // Two years of days are more than any answer may take, closed days included.
  for (let day = 0; day < 2 * 366; day++) {
    const local = localOf(at, hours.timeZone);
    for (const [opens, closes] of openOn(local.day, hours)) {
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

/** Whether anybody works on one of the next days. */
export const opensWithin = (days: number, from: Date, hours: BusinessHours): boolean =>
  Array.from({ length: days }, (_, ahead) => localOf(from.getTime() + ahead * DAY * MINUTE, hours.timeZone).day).some((day) =>
    isWorkedOn(day, hours),
  );

/** Minutes since midnight of a time like 09:00. */
export const minutesOf = (clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day, e.g. '2026-11-23', and minutes since local midnight. */
export const localOf = (at: number, timeZone: string): { day: string; minute: number } => {
  // Sweden writes dates as ISO 8601 does.
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  formats.set(timeZone, format);
  const [day = '', clock = ''] = format.format(at).split(' ');
  return { day, minute: minutesOf(clock) };
};

// A day with a clock change has 23 or 25 hours: look where midnight really fell.
const nextMidnight = (at: number, minute: number, timeZone: string): number => {
  const guess = Math.floor(at / MINUTE) * MINUTE + (24 * 60 - minute) * MINUTE;
  const off = localOf(guess, timeZone).minute;
  const midnight = guess + (off > 12 * 60 ? 24 * 60 - off : -off) * MINUTE;
  // Where clocks jump at midnight (Santiago, Cairo) the day begins at one o'clock.
  return localOf(midnight, timeZone).minute === 0 ? midnight : guess;
};
