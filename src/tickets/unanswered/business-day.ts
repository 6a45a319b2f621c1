import type { BusinessHours } from '#db/entities/triage-settings.ts';
import { localOf, openOn } from '#src/tickets/due.ts';

const DAY_MS = 86_400_000;

/** The day it is where business hours are open now, e.g. '2026-11-23'; null while they are closed. A night shift is of the day it began. */
export const businessDay = (now: Date, hours: BusinessHours): string | null => {
  const { weekday, minute } = localOf(now.getTime(), hours.timeZone);
  const open = openOn(weekday, hours).find(([opens, closes]) => minute >= opens && minute < closes);
  if (!open) return null;
  const began = open[0] === 0 && hours.to < hours.from ? new Date(now.getTime() - DAY_MS) : now;
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: hours.timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(began);
};
