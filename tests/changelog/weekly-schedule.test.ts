import { describe, expect, test } from 'vitest';
import { duePeriods, lastTime, nextTime, type Schedule } from '#src/changelog/weekly/schedule.ts';
import { toWords } from '#src/changelog/weekly/schedule-words.ts';
import { findZone, momentOf, wallTimeAt } from '#src/changelog/weekly/zone.ts';

const schedule = (timeZone: string, more: Partial<Schedule> = {}): Schedule => ({
  every: 'DAILY',
  weekday: null,
  monthDay: null,
  time: '09:00',
  timeZone,
  ...more,
});
const at = (iso: string) => new Date(iso);
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Santiago', 'UTC'];
const HOUR = 3_600_000;
/** Every change of clocks in those zones in 2026 is in one of these, with weeks around it. */
const seasons = [
  { from: at('2026-03-01T00:00:00Z'), until: at('2026-04-10T00:00:00Z') },
  { from: at('2026-09-01T00:00:00Z'), until: at('2026-11-07T00:00:00Z') },
];

describe('clock changes', () => {
  test.each([
    // Berlin jumps from 2 to 3 on 29 March 2026, and shows 2 to 3 twice on 25 October.
    ['Europe/Berlin', '02:30', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00.000Z'],
    ['Europe/Berlin', '02:30', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['America/New_York', '02:30', '2026-03-07T17:00:00Z', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', '01:30', '2026-10-31T17:00:00Z', '2026-11-01T05:30:00.000Z'],
    // Lord Howe moves by half an hour: from 2:00 to 2:30 on 4 October, from 2:00 back to 1:30 on 5 April.
    ['Australia/Lord_Howe', '02:15', '2026-10-03T02:00:00Z', '2026-10-03T15:45:00.000Z'],
    ['Australia/Lord_Howe', '01:45', '2026-04-04T02:00:00Z', '2026-04-04T14:45:00.000Z'],
    ['Asia/Kolkata', '02:30', '2026-03-28T12:00:00Z', '2026-03-28T21:00:00.000Z'],
    // Santiago's clocks jump over midnight.
    ['America/Santiago', '00:00', '2026-09-05T12:00:00Z', '2026-09-06T04:00:00.000Z'],
  ])('in %s %s after %s is at %s', (timeZone, time, after, expected) => {
    expect(nextTime(schedule(timeZone, { time }), at(after)).toISOString()).toBe(expected);
  });

  test('a time that clocks show twice comes once, and one they jump over comes all the same', () => {
    const times = ['00:00', '01:30', '01:45', '02:15', '02:30', '09:00', '23:59'];
    for (const timeZone of zones)
      for (const [time, { from, until }] of times.flatMap((time) => seasons.map((season) => [time, season] as const))) {
        const days: string[] = [];
        for (let moment = nextTime(schedule(timeZone, { time }), from); moment < until; ) {
          const { year, month, day } = wallTimeAt(moment.getTime(), timeZone);
          days.push(`${year}-${month}-${day}`);
          moment = nextTime(schedule(timeZone, { time }), moment);
        }
        expect(new Set(days).size, `${time} in ${timeZone}`).toBe(days.length);
        expect(days.length).toBeGreaterThanOrEqual((until.getTime() - from.getTime()) / (24 * HOUR) - 1);
      }
  });

  test('a moment and what clocks show then lead to each other, but where clocks show a time twice or never', () => {
    for (const timeZone of zones) {
      let odd = 0;
      for (const { from, until } of seasons)
        for (let moment = from.getTime(); moment < until.getTime(); moment += HOUR / 2)
          if (momentOf(wallTimeAt(moment, timeZone), timeZone) !== moment) odd++;
      // The second showing of an hour, in halves; half an hour on Lord Howe.
      expect(odd, timeZone).toBe(
        { 'Europe/Berlin': 2, 'America/New_York': 2, 'America/Santiago': 2, 'Australia/Lord_Howe': 1 }[timeZone] ?? 0,
      );
    }
  });

  test('a week with a clock change is an hour shorter or longer, and the post still comes at nine there', () => {
    const weekly = schedule('Europe/Berlin', { every: 'WEEKLY', weekday: 1 });
    const before = nextTime(weekly, at('2026-03-17T00:00:00Z'));
    const after = nextTime(weekly, before);
    expect([before.toISOString(), after.toISOString()]).toEqual(['2026-03-23T08:00:00.000Z', '2026-03-30T07:00:00.000Z']);
  });
});

test('weekly on a weekday, monthly on a day or, in shorter months, on the last', () => {
  const friday = schedule('Asia/Kolkata', { every: 'WEEKLY', weekday: 5, time: '00:15' });
  expect(nextTime(friday, at('2026-11-22T12:00:00Z')).toISOString()).toBe('2026-11-26T18:45:00.000Z');
  const last = schedule('UTC', { every: 'MONTHLY', monthDay: 31 });
  const times = [at('2026-01-31T09:00:00Z')];
  for (let i = 0; i < 4; i++) times.push(nextTime(last, times.at(-1) as Date));
  expect(times.map((time) => time.toISOString().slice(0, 10))).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2026-05-31',
  ]);
});

test('the time before the next one is the last one', () => {
  for (const timeZone of zones)
    for (const more of [{}, { every: 'WEEKLY' as const, weekday: 3 }, { every: 'MONTHLY' as const, monthDay: 30 }]) {
      const any = schedule(timeZone, { ...more, time: '02:15' });
      for (let moment = at('2026-01-05T00:00:00Z').getTime(); moment < at('2026-12-20T00:00:00Z').getTime(); moment += 61 * HOUR) {
        const next = nextTime(any, new Date(moment));
        expect(lastTime(any, new Date(next.getTime() - 1)).getTime()).toBeLessThanOrEqual(moment);
        expect(lastTime(any, next)).toEqual(next);
      }
    }
});

describe('what is due', () => {
  const weekly = schedule('UTC', { every: 'WEEKLY', weekday: 1 });
  const cursor = { plannedUntil: at('2026-11-02T09:00:00Z'), nextAt: at('2026-11-09T09:00:00Z') };
  const shown = (now: string) =>
    duePeriods(weekly, cursor, at(now)).periods.map(
      ({ from, to, covers }) => `${from.toISOString().slice(5, 10)} to ${to.toISOString().slice(5, 10)} (${covers})`,
    );

  test('nothing early, not even by a second', () => {
    expect(shown('2026-11-09T08:59:59Z')).toEqual([]);
    expect(shown('2026-11-09T09:00:00Z')).toEqual(['11-02 to 11-09 (1)']);
  });

  test('missed weeks come one by one and in order, and many of them as one with the last three by themselves', () => {
    expect(shown('2026-11-24T00:00:00Z')).toEqual(['11-02 to 11-09 (1)', '11-09 to 11-16 (1)', '11-16 to 11-23 (1)']);
    expect(shown('2026-12-22T00:00:00Z')).toEqual(['11-02 to 11-30 (4)', '11-30 to 12-07 (1)', '12-07 to 12-14 (1)', '12-14 to 12-21 (1)']);
  });

  test('what is due covers all time up to the last end, without a gap or an overlap, whenever one looks', () => {
    const daily = schedule('America/New_York', { time: '02:30' });
    const begin = at('2026-02-20T07:30:00Z');
    let state = { plannedUntil: begin, nextAt: nextTime(daily, begin) };
    let random = 7;
    let covers = 0;
    for (let now = begin.getTime(); now < at('2026-12-01T00:00:00Z').getTime(); ) {
      random = (random * 1103515245 + 12345) % 2147483648;
      now += (random % 200) * HOUR;
      const due = duePeriods(daily, state, new Date(now));
      for (const { from, to, covers: days } of due.periods) {
        expect(from).toEqual(state.plannedUntil);
        expect(to.getTime()).toBeLessThanOrEqual(now);
        state = { plannedUntil: to, nextAt: due.nextAt };
        covers += days;
      }
      expect(due.nextAt.getTime()).toBeGreaterThan(now);
    }
    expect(covers).toBe(Math.round((state.plannedUntil.getTime() - begin.getTime()) / (24 * HOUR)));
  });
});

test('zones are known by name, whatever their case; offsets and inventions are not', () => {
  expect(findZone('europe/berlin')).toBe('Europe/Berlin');
  for (const name of ['UTC', 'CET', 'EST', 'Asia/Kolkata']) expect(findZone(name)).toBe(name);
  for (const name of ['Europe/Atlantis', '+02:00', '', 'x'.repeat(99), 'Europe/Berlin\0']) expect(findZone(name)).toBeNull();
});

test.each([
  [{ every: 'WEEKLY', weekday: 1 }, 'every Monday at 09:00 (UTC)'],
  [{ every: 'MONTHLY', monthDay: 1 }, 'every month on the 1st at 09:00 (UTC)'],
  [{ every: 'MONTHLY', monthDay: 12 }, 'every month on the 12th at 09:00 (UTC)'],
  [{ every: 'MONTHLY', monthDay: 23 }, 'every month on the 23rd at 09:00 (UTC)'],
  [{ every: 'MONTHLY', monthDay: 31 }, 'every month on its last day at 09:00 (UTC)'],
] as const)('%j is said as people do', (more, words) => {
  expect(toWords(schedule('UTC', more))).toBe(words);
});
