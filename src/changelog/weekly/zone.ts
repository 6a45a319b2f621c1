/** What a clock on the wall shows: a day of the calendar and minutes since its midnight. Months begin at 1. */
export type WallTime = { year: number; month: number; day: number; minute: number };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The zone by its name ('europe/berlin' becomes 'Europe/Berlin'; 'CET' stays, whatever it is a link to); null when there is none of that name. */
export const findZone = (name: string): string | null => {
  // Node takes offsets like +02:00 too, but those keep no summer time.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,60}$/.test(name)) return null;
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    if (zone.toLowerCase() === name.toLowerCase()) return zone;
    return name.includes('/') ? (/[A-Z]/.test(name) ? name : zone) : name.toUpperCase();
  } catch {
    return null;
  }
};

/** What the clocks of a zone show at a moment. */
export const wallTimeAt = (at: number, timeZone: string): WallTime => {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) if (type !== 'literal') parts[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return { year, month, day, minute: hour * 60 + minute };
};

/**
 * The moment at which clocks of the zone show that time. When they jump over it, as much later as they jump; when they show it twice,
 * the first time. (So does Temporal, by default: https://tc39.es/proposal-temporal/docs/ambiguity.html)
 */
export const momentOf = (wall: WallTime, timeZone: string): number => {
  const asUtc = toUtc(wall);
  // No zone changes its clock twice within two days.
  const [before, after] = [offsetAt(asUtc - DAY, timeZone), offsetAt(asUtc + DAY, timeZone)];
  const showing = [asUtc - before, asUtc - after].filter((at) => toUtc(wallTimeAt(at, timeZone)) === asUtc);
  return showing.length > 0 ? Math.min(...showing) : asUtc - before;
};

/** Weekday of a calendar day; Monday is 1. */
export const weekdayOf = ({ year, month, day }: Pick<WallTime, 'year' | 'month' | 'day'>): number =>
  ((new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7) + 1;

/** The calendar day so many days later. */
export const addDays = ({ year, month, day }: Pick<WallTime, 'year' | 'month' | 'day'>, days: number) => {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const toUtc = ({ year, month, day, minute }: WallTime): number => Date.UTC(year, month - 1, day, 0, minute);

const offsetAt = (at: number, timeZone: string): number => toUtc(wallTimeAt(at, timeZone)) - Math.floor(at / MINUTE) * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
};
