const grouped = new Intl.NumberFormat('en-US');

/** 48213 -> '48,213'. */
export const formatCount = (count: number): string =>
  Math.abs(count) < 999.5 ? String(Math.round(count)) : grouped.format(Math.round(count));

/** '170 an hour'; what comes seldom is told as such. */
export const perHour = (rate: number): string => (rate >= 0.95 ? `${formatCount(Math.round(rate))} an hour` : 'less than one an hour');

/** '14× its usual rate'. */
export const timesUsual = (rate: { perHour: number; usualPerHour: number }): string =>
  `${formatCount(Math.round(rate.perHour / rate.usualPerHour))}× its usual rate`;

/** 569000 -> '9 min 29 s'. */
export const formatDuration = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return 'less than a second';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  if (seconds < 86_400) return joined(Math.floor(seconds / 3600), 'h', Math.floor((seconds % 3600) / 60), 'min');
  return joined(Math.floor(seconds / 86_400), 'd', Math.floor((seconds % 86_400) / 3600), 'h');
};

/**
 * How times of a log are said: without the date where all fall on one day, without the year where the log gives none, and where it gives no
 * day by the clock alone, counted from the day `dayless` on.
 */
export type Calendar = { day: string | null; year: boolean; dayless?: string };

/** A digest's time for a sentence: '12:04:11', '2026-11-22 12:04:11', or 'Nov 22 12:04:11' where the year is only inferred. */
export const formatTime = (time: string, { day, year, dayless }: Calendar): string => {
  const [date = '', clock = ''] = time.split('T');
  const seconds = clock.slice(0, 8);
  if (dayless !== undefined) return `${seconds}${daysLater(Math.round((Date.parse(date) - Date.parse(dayless)) / 86_400_000))}`;
  return date === day ? seconds : `${formatDate(date, year)} ${seconds}`;
};

const daysLater = (days: number): string => (days <= 0 ? '' : days === 1 ? ' the next day' : ` ${days} days later`);

/** '2026-11-22', or 'Nov 22' when the year is not to be said. */
export const formatDate = (date: string, year: boolean): string =>
  year ? date : `${months[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(8, 10))}`;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const joined = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** Seconds of the day: 43451 -> '12:04:11'. */
export const formatClock = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
