import { describe, expect, test } from 'vitest';
import { addBusinessMinutes, dueAt as dueBy } from '#src/tickets/due.ts';
import { businessDay } from '#src/tickets/unanswered/business-day.ts';

const office = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' };
const berlin = { ...office, timeZone: 'Europe/Berlin' };
const dueAt = (priority: Parameters<typeof dueBy>[0], from: Date, businessHours: typeof office & { closedDays?: string[] }) =>
  dueBy(priority, from, { businessHours });
const at = (text: string): Date => new Date(text);

describe('when an answer is due', () => {
  // 20 November 2026 is a Friday.
  test.each([
    ['P1 counts around the clock', 'P1', '2026-11-21T23:30:00Z', '2026-11-22T00:30:00Z'],
    ['P2 is four hours of business', 'P2', '2026-11-20T10:00:00Z', '2026-11-20T14:00:00Z'],
    ['what is left on Friday goes on on Monday', 'P2', '2026-11-20T15:00:00Z', '2026-11-23T11:00:00Z'],
    ['a whole day may end as the day does', 'P3', '2026-11-20T09:00:00Z', '2026-11-20T17:00:00Z'],
    ['at the weekend the clock starts on Monday', 'P3', '2026-11-21T12:00:00Z', '2026-11-23T17:00:00Z'],
    ['before opening it starts when the office opens', 'P2', '2026-11-20T05:00:00Z', '2026-11-20T13:00:00Z'],
    ['after closing it starts the next day', 'P2', '2026-11-19T20:00:00Z', '2026-11-20T13:00:00Z'],
    ['P4 is a week of business', 'P4', '2026-11-20T12:00:00Z', '2026-11-27T12:00:00Z'],
  ] as const)('%s', (_, priority, from, due) => {
    expect(dueAt(priority, at(from), office)).toEqual(at(due));
  });

  test('a workspace may say otherwise, priority by priority', () => {
    const settings = {
      businessHours: office,
      answerWithin: { P1: { minutes: 15, aroundTheClock: false }, P3: { minutes: 30, aroundTheClock: true } },
    };
    const saturday = at('2026-11-21T12:00:00Z');
    expect(dueBy('P1', saturday, settings)).toEqual(at('2026-11-23T09:15:00Z'));
    expect(dueBy('P2', saturday, settings)).toEqual(at('2026-11-23T13:00:00Z'));
    expect(dueBy('P3', saturday, settings)).toEqual(at('2026-11-21T12:30:00Z'));
  });

  test('hours are those of the local clock', () => {
    expect(dueAt('P2', at('2026-07-01T06:30:00Z'), berlin)).toEqual(at('2026-07-01T11:00:00Z'));
    expect(dueAt('P2', at('2026-12-01T06:30:00Z'), berlin)).toEqual(at('2026-12-01T12:00:00Z'));
  });

  test('over a weekend in which clocks change, Monday opens at nine all the same', () => {
    // 29 March and 25 October 2026.
    expect(dueAt('P2', at('2026-03-27T15:00:00Z'), berlin)).toEqual(at('2026-03-30T10:00:00Z'));
    expect(dueAt('P2', at('2026-10-23T14:00:00Z'), berlin)).toEqual(at('2026-10-26T11:00:00Z'));
  });

  test('where clocks jump at midnight, the day still comes', () => {
    // Santiago goes from Saturday 24:00 to Sunday 01:00 on 6 September 2026.
    const santiago = { ...office, timeZone: 'America/Santiago', days: [1, 2, 3, 4, 5, 6, 7] };
    expect(dueAt('P2', at('2026-09-05T21:00:00Z'), { ...santiago, to: '17:00' })).toEqual(at('2026-09-06T16:00:00Z'));
  });

  test.each([{ days: [] }, { from: '09:00', to: '09:00' }])('hours that are never open count as always open: %o', (never) => {
    expect(addBusinessMinutes(at('2026-11-21T12:00:00Z'), 90, { ...office, ...never })).toEqual(at('2026-11-21T13:30:00Z'));
  });

  // Monday to Friday, 22:00 to 06:00; Friday's shift ends on Saturday morning.
  test.each([
    ['2026-11-20T23:00:00Z', '2026-11-21T03:00:00Z'],
    ['2026-11-21T04:00:00Z', '2026-11-24T00:00:00Z'],
    ['2026-11-19T12:00:00Z', '2026-11-20T02:00:00Z'],
  ])('a night shift goes on after midnight: from %s', (from, due) => {
    const night = { ...office, from: '22:00', to: '06:00' };
    expect(dueAt('P2', at(from), night)).toEqual(at(due));
    expect(businessDay(at('2026-11-21T05:59:00Z'), night)).toBe('2026-11-20');
    expect(businessDay(at('2026-11-21T22:30:00Z'), night)).toBeNull();
    expect(businessDay(at('2026-11-20T22:30:00Z'), night)).toBe('2026-11-20');
  });

  // 24 and 25 December 2026 are a Thursday and a Friday, 28 December to 1 January a week without its weekend.
  test.each([
    ['one day', ['2026-12-25'], '2026-12-24T15:00:00Z', '2026-12-28T11:00:00Z'],
    ['a day of every year', ['12-25'], '2026-12-24T15:00:00Z', '2026-12-28T11:00:00Z'],
    ['a day of another year', ['2025-12-25'], '2026-12-24T15:00:00Z', '2026-12-25T11:00:00Z'],
    ['days that follow each other', ['12-25', '2026-12-28..2027-01-01'], '2026-12-24T15:00:00Z', '2027-01-04T11:00:00Z'],
    ['days of every year, over its end', ['12-25..01-05'], '2026-12-24T15:00:00Z', '2027-01-06T11:00:00Z'],
    ['the day it comes in', ['2026-12-24'], '2026-12-24T10:00:00Z', '2026-12-25T13:00:00Z'],
  ])('closed days count as weekends do: %s', (_, closedDays, from, due) => {
    expect(dueAt('P2', at(from), { ...office, closedDays })).toEqual(at(due));
    expect(dueAt('P1', at(from), { ...office, closedDays })).toEqual(new Date(at(from).getTime() + 3_600_000));
  });

  test('a closed day is the day there, and a night shift that began before it goes on to its morning', () => {
    const closedDays = ['2026-11-20'];
    const auckland = { ...office, timeZone: 'Pacific/Auckland', closedDays };
    // Friday the 20th there.
    expect(businessDay(at('2026-11-19T21:00:00Z'), auckland)).toBeNull();
    expect(businessDay(at('2026-11-18T21:00:00Z'), auckland)).toBe('2026-11-19');
    const night = { ...office, from: '22:00', to: '06:00', closedDays };
    expect(businessDay(at('2026-11-20T05:00:00Z'), night)).toBe('2026-11-19');
    expect(businessDay(at('2026-11-20T23:00:00Z'), night)).toBeNull();
    expect(businessDay(at('2026-11-21T05:00:00Z'), night)).toBeNull();
  });

  test('a day of 24 hours is open at night', () => {
    expect(dueAt('P2', at('2026-11-20T22:00:00Z'), { ...office, days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' })).toEqual(
      at('2026-11-21T02:00:00Z'),
    );
  });
});
