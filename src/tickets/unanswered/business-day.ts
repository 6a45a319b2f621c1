import type { BusinessHours } from '#db/entities/triage-settings.ts';
import { localOf, minutesOf } from '#src/tickets/due.ts';

/** The day it is where business hours are open now, e.g. '2026-11-23'; null while they are closed. */
export const businessDay = (now: Date, { timeZone, days, from, to }: BusinessHours): string | null => {
  const { weekday, minute } = localOf(now.getTime(), timeZone);
  if (!days.includes(weekday) || minute < minutesOf(from) || minute >= minutesOf(to)) return null;
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
};
