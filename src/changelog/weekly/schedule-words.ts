import type { Schedule } from './schedule.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** 'every Monday at 09:00 (Europe/Berlin)' */
export const toWords = ({ every, weekday, monthDay, time, timeZone }: Schedule): string => {
  const day = every === 'DAILY' ? 'day' : every === 'WEEKLY' ? (weekdays[(weekday ?? 1) - 1] as string) : `month on day ${monthDay ?? 1}`;
  return `every ${day} at ${time} (${timeZone})`;
};
