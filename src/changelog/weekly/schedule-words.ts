import type { Schedule } from './schedule.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** 'every Monday at 09:00 (Europe/Berlin)', 'every month on its last day at 09:00 (UTC)' */
export const toWords = ({ every, weekday, monthDay, time, timeZone }: Schedule): string => {
  const day =
    every === 'DAILY' ? 'day' : every === 'WEEKLY' ? (weekdays[(weekday ?? 1) - 1] as string) : `month on ${dayOfMonth(monthDay ?? 1)}`;
  return `every ${day} at ${time} (${timeZone})`;
};

const dayOfMonth = (day: number): string => (day === 31 ? 'its last day' : `the ${day}${endings[ordinals.select(day)] ?? 'th'}`);

const ordinals = new Intl.PluralRules('en-GB', { type: 'ordinal' });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
