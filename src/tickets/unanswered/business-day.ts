import type { BusinessHours } from '#db/entities/triage-settings.ts';
import { dayBefore, localOf, openOn } from '#src/tickets/due.ts';

/** The day it is where business hours are open now, e.g. '2026-11-23'; null while they are closed. A night shift is of the day it began. */
export const businessDay = (now: Date, hours: BusinessHours): string | null => {
  const { day, minute } = localOf(now.getTime(), hours.timeZone);
  const open = openOn(day, hours).find(([opens, closes]) => minute >= opens && minute < closes);
  if (!open) return null;
  return open[0] === 0 && hours.to < hours.from ? dayBefore(day) : day;
};
