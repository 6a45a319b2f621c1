export const day = 86_400_000;

// A log is of few days, and says them with each line.
const dates = new Int32Array(1 << 7);
const daysOf = new Int32Array(1 << 7);

/** Days since 1970-01-01 in the Gregorian calendar. */
export const toDays = (year: number, month: number, dayOfMonth: number): number => {
  const date = (year << 9) | (month << 5) | dayOfMonth;
  const slot = (date ^ (year << 5)) & (dates.length - 1);
  if (dates[slot] === date) return daysOf[slot] as number;
  dates[slot] = date;
  return (daysOf[slot] = countDays(year, month, dayOfMonth));
};

/** Howard Hinnant, days_from_civil. */
const countDays = (year: number, month: number, dayOfMonth: number): number => {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
};

/** Whether any year has such a day: no June has a 31st, no February a 30th. */
export const isDay = (month: number, dayOfMonth: number): boolean =>
  month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= (longest[month] as number);
const longest = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Years that have such a day: a 29 February comes once in four. */
export const hasDay = (year: number, month: number, dayOfMonth: number): boolean =>
  month !== 2 || dayOfMonth < 29 || (dayOfMonth === 29 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0));

/** The day and hour of `ms` in the year in which it comes next to `reference`. */
export const inYearNextTo = (ms: number, reference: number): number => {
  const date = new Date(ms);
  const [month, dayOfMonth, clock] = [date.getUTCMonth() + 1, date.getUTCDate(), ms - Math.floor(ms / day) * day];
  const year = new Date(reference).getUTCFullYear();
  let best = Number.NaN;
  // Four years either way, for the sake of a 29 February.
  for (const each of [year, year - 1, year + 1, year - 2, year + 2, year - 3, year + 3, year - 4, year + 4]) {
    if (!hasDay(each, month, dayOfMonth)) continue;
    const candidate = toDays(each, month, dayOfMonth) * day + clock;
    if (Number.isNaN(best) || Math.abs(candidate - reference) < Math.abs(best - reference)) best = candidate;
  }
  return best;
};

/** The hour of `ms` on the day on which it comes next to `reference`. */
export const onDayNextTo = (ms: number, reference: number): number => ms + Math.round((reference - ms) / day) * day;

/** Names of three letters to their numbers from 1 on: asked of every word that might begin a date, so no map. */
const names = (text: string): ((b: Uint8Array, i: number) => number) => {
  const keys = new Int32Array(256);
  const numbers = new Uint8Array(256);
  for (const [k, name] of text.split(' ').entries()) {
    const key = pack(Buffer.from(name), 0);
    keys[slotOf(key)] = key;
    numbers[slotOf(key)] = k + 1;
  }
  return (b, i) => {
    const key = pack(b, i);
    return keys[slotOf(key)] === key ? (numbers[slotOf(key)] as number) : 0;
  };
};
const pack = (b: Uint8Array, i: number): number =>
  (((b[i] as number) | 32) << 16) | (((b[i + 1] as number) | 32) << 8) | ((b[i + 2] as number) | 32);
/** Tried: no two months, and no two days of the week, share a slot. */
const slotOf = (key: number): number => Math.imul(key, 0x9e3779b1) >>> 24;

export const monthAt = names('jan feb mar apr may jun jul aug sep oct nov dec');
const weekdayAt = names('mon tue wed thu fri sat sun');
export const isWeekday = (b: Uint8Array, i: number): boolean => (b[i + 3] === 32 || b[i + 3] === 44) && weekdayAt(b, i) > 0;
