import { checkScope } from '#src/changelog/check-scope.ts';
import { AppError } from '#src/core/errors.ts';
import type { Schedule } from './schedule.ts';
import { findZone } from './zone.ts';

const MOST_SYSTEMS = 50;

type Lists = { systems: readonly string[]; labels: readonly string[]; paths: readonly string[] };

/** The schedule as it is kept: parts that do not belong to its frequency are null. Throws BAD_INPUT. */
export const checkSchedule = ({ every, weekday, monthDay, time, timeZone }: Schedule): Schedule => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw wrong('time', 'The time is written like 09:00, from 00:00 to 23:59.');
  const zone = findZone(timeZone);
  if (!zone) throw wrong('timeZone', 'That time zone is not known; write it like Europe/Berlin, America/New_York or UTC.');
  return {
    every,
    time,
    timeZone: zone,
    weekday:
      every === 'WEEKLY' ? within(weekday, 7, 'weekday', 'A weekly changelog needs its weekday: 1 for Monday to 7 for Sunday.') : null,
    monthDay: every === 'MONTHLY' ? within(monthDay, 31, 'monthDay', 'A monthly changelog needs its day of the month, 1 to 31.') : null,
  };
};

/** What it is about, each once and in order. Throws BAD_INPUT. */
export const checkLists = ({ systems, labels, paths }: Lists): { systems: string[]; labels: string[]; paths: string[] } => {
  const { labels: known, paths: places } = checkScope({ systems: [], labels: [...labels], paths: [...paths] }, '');
  return { systems: checkSystems(systems), labels: known.sort(), paths: places.sort() };
};

/** Repositories and systems, each once and in order. Throws BAD_INPUT. */
const checkSystems = (systems: readonly string[]): string[] => {
  const names = [...new Set(systems.map((name) => name.trim()).filter((name) => name !== ''))].sort();
  if (names.length > MOST_SYSTEMS) throw wrong('systems', `Name up to ${MOST_SYSTEMS} repositories or systems, or none for everything.`);
  const odd = names.find((name) => name.length > 200 || /[\p{Cc}\s]/u.test(name));
  if (odd !== undefined) throw wrong('systems', 'A repository is written like owner/name; a system is one word.');
  return names;
};

const within = (value: number | null | undefined, most: number, field: string, sentence: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most) throw wrong(field, sentence);
  return value;
};

const wrong = (field: string, sentence: string): AppError => new AppError('BAD_INPUT', sentence, { field });
