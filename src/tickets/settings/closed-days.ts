import { AppError } from '#src/core/errors.ts';

// As many as there is room for in Slack's box.
const MOST = 120;
const HOW = 'Write 2026-12-28 for one day, 2026-12-28..2027-01-02 for several, and 12-25 or 12-24..12-31 for every year.';

/**
 * Days on which nobody works, as they are kept: '2026-12-28', '2026-12-28..2027-01-02', or each year '12-25' and '12-24..01-01'. Takes '…', '–' and
 * 'to' between two days as well. Throws BAD_INPUT, which says what is wrong and how to write it.
 */
export const parseClosedDays = (texts: readonly string[]): string[] => {
  const days = [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))].map(parseEntry);
  if (days.length > MOST)
    throw wrong(`These are ${days.length} closed days; ${MOST} at most are kept. Days that follow each other count as one: ${HOW}`);
  return [...new Set(days)];
};

/** Whether nobody works on a day like '2026-12-25'. */
export const isClosed = (day: string, closed: readonly string[] = []): boolean =>
  closed.some((entry) => {
    const [from = '', to = from] = entry.split(BETWEEN);
    const asWritten = from.length === day.length ? day : day.slice(YEAR);
    // Each year's range may go over its end.
    return from <= to ? from <= asWritten && asWritten <= to : asWritten >= from || asWritten <= to;
  });

const BETWEEN = '..';
/** Of '2026-12-25', what stands before the month. */
const YEAR = '2026-'.length;

const parseEntry = (text: string): string => {
  const ends = text.split(/\s*(?:\.{2,3}|…|–|—|\bto\b|\s-\s|\/)\s*/);
  const [from = '', to = from] = ends;
  if (ends.length > 2 || !isDay(from) || !isDay(to))
    throw wrong(`“${text.slice(0, 40)}” is not a day, nor days from one to another. ${HOW}`);
  for (const day of [from, to]) if (!exists(day)) throw wrong(`There is no day ${day}; the month stands before the day.`);
  if (from.length !== to.length) throw wrong(`Of “${text.slice(0, 40)}” only one end has a year: write it at both, or at neither. ${HOW}`);
  if (from.length > 5 && to < from) throw wrong(`${to} is before ${from}: the earlier day comes first.`);
  return from === to ? from : `${from}${BETWEEN}${to}`;
};

const isDay = (text: string): boolean => /^(?:\d{4}-)?\d\d-\d\d$/.test(text);

// Each year, the last of February is a day of leap years.
const exists = (day: string): boolean => {
  const whole = day.length === 5 ? `2024-${day}` : day;
  const at = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole);
};

const wrong = (sentence: string): AppError => new AppError('BAD_INPUT', sentence, { field: 'businessHours.closedDays' });
