const grouped = new Intl.NumberFormat('en-US');

/** 48213 -> '48,213'. */
export const formatCount = (count: number): string => (Math.abs(count) < 999.5 ? String(Math.round(count)) : grouped.format(Math.round(count)));

/** 569000 -> '9 min 29 s'. */
export const formatDuration = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return 'less than a second';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  if (seconds < 86_400) return joined(Math.floor(seconds / 3600), 'h', Math.floor((seconds % 3600) / 60), 'min');
  return joined(Math.floor(seconds / 86_400), 'd', Math.floor((seconds % 86_400) / 3600), 'h');
};

/** 6396313 -> '6.1 MB' (1 MB is 1,048,576 bytes). */
export const formatBytes = (bytes: number): string => {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log2(bytes) / 10));
  return `${power === 0 ? formatCount(bytes) : (bytes / 1024 ** power).toFixed(1)} ${units[power]}`;
};

/** A digest's time for a sentence: the clock alone when `day` is the day it falls on, the date in front otherwise. */
export const formatTime = (time: string, day: string | null): string => {
  const [date = '', clock = ''] = time.split('T');
  const seconds = clock.slice(0, 8);
  return date === day ? seconds : `${date} ${seconds}`;
};

const joined = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
