import type { Report } from '#src/core/report.ts';
import type { Digest } from './digest/types.ts';
import { calendarOf } from './wording/facts.ts';
import { formatCount, formatDuration, formatTime } from './wording/formats.ts';

/** Fewer records make no shape. */
const FEWEST_RECORDS = 20;
const MOST_BARS = 48;

/** Errors over time where there are some, else all records; with its scale. Neighbours are joined until a bar holds more than one record or two. */
export const chartsOf = ({ histogram, time }: Digest): Report['charts'] => {
  if (!histogram || !time) return [];
  const failed = histogram.errors.some((errors) => errors > 0);
  const values = failed ? histogram.errors : histogram.all;
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total < FEWEST_RECORDS) return [];
  const { bars, joined } = joinBars(values, Math.max(MIN_BARS, Math.min(MOST_BARS, Math.floor(total / 2))));
  if (bars.filter((value) => value > 0).length < 2) return [];
  const width = histogram.bucketMs * joined;
  const each = width === 60_000 ? 'a minute' : `per ${width < 1000 ? `${width} ms` : formatDuration(width)}`;
  const calendar = calendarOf(time);
  const [first, last] = [formatTime(time.first, calendar), formatTime(time.last, calendar)];
  return [{ label: `${failed ? 'errors' : 'records'} ${each}, ${first}–${last}, at most ${formatCount(Math.max(...bars))}`, values: bars }];
};

const MIN_BARS = 6;

const joinBars = (values: number[], most: number): { bars: number[]; joined: number } => {
  const joined = Math.ceil(values.length / most);
  const bars = Array.from({ length: Math.ceil(values.length / joined) }, (_, at) =>
    values.slice(at * joined, (at + 1) * joined).reduce((sum, value) => sum + value, 0),
  );
  return { bars, joined };
};
