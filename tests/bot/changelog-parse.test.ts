import { describe, expect, test } from 'vitest';
import { parseChangelog } from '#bot/commands/parse-changelog.ts';

const wishes = (text: string) => {
  const asked = parseChangelog(text);
  return asked.kind === 'subscribe' ? asked.wishes : asked;
};
const bare = {
  weekday: null,
  monthDay: null,
  timeZone: null,
  audience: null,
  systems: [],
  labels: [],
  paths: [],
  draftFirst: null,
  silent: null,
};

describe('/changelog subscribe', () => {
  test.each([
    ['subscribe weekly mon 09:00 Europe/Berlin', { ...bare, every: 'WEEKLY', weekday: 1, time: '09:00', timeZone: 'Europe/Berlin' }],
    ['subscribe Weekly Fridays at 9am', { ...bare, every: 'WEEKLY', weekday: 5, time: '09:00' }],
    ['subscribe daily 17:30 UTC always', { ...bare, every: 'DAILY', time: '17:30', timeZone: 'UTC', silent: false }],
    [
      'subscribe monthly 31 8:05 America/Argentina/Buenos_Aires',
      {
        ...bare,
        every: 'MONTHLY',
        monthDay: 31,
        time: '08:05',
        timeZone: 'America/Argentina/Buenos_Aires',
      },
    ],
    [
      'subscribe weekly sunday 12:00am for engineers from acme/api, acme/web labelled api,ui in packages/api/**, docs draft silent Asia/Kolkata',
      {
        every: 'WEEKLY',
        weekday: 7,
        monthDay: null,
        time: '00:00',
        timeZone: 'Asia/Kolkata',
        audience: 'ENGINEERS',
        systems: ['acme/api', 'acme/web'],
        labels: ['api', 'ui'],
        paths: ['packages/api/**', 'docs'],
        draftFirst: true,
        silent: true,
      },
    ],
    [
      'subscribe weekly tue 10 straight for everybody',
      { ...bare, every: 'WEEKLY', weekday: 2, time: '10:00', draftFirst: false, audience: 'COMPANY' },
    ],
    ['subscribe every monday at 9.30 Berlin', { ...bare, every: 'WEEKLY', weekday: 1, time: '09:30', timeZone: 'Europe/Berlin' }],
    ['subscribe every day 9h30', { ...bare, every: 'DAILY', time: '09:30' }],
    ['subscribe weekly on Tue at 10h New_York', { ...bare, every: 'WEEKLY', weekday: 2, time: '10:00', timeZone: 'America/New_York' }],
    ['subscribe', null],
  ])('%s', (text, expected) => {
    expect(wishes(text)).toEqual(expected);
  });

  test.each([
    ['subscribe hourly', 'daily, weekly or monthly'],
    ['subscribe mon,thu 09:00', 'once for each of them'],
    ['subscribe weekdays 09:00', 'once for each of them'],
    ['subscribe every second week', 'once for each of them'],
    ['subscribe weekly 09:00', 'On which day'],
    ['subscribe weekly someday 09:00', 'On which day'],
    ['subscribe monthly 32 09:00', 'day of the month'],
    ['subscribe weekly mon', 'At what time'],
    ['subscribe weekly mon 25:00', 'At what time'],
    ['subscribe weekly mon 13pm', 'At what time'],
    ['subscribe daily 09:00 for robots', 'For whom'],
    ['subscribe daily 09:00 from', 'From which repositories'],
    ['subscribe daily 09:00 labelled', 'Labelled how'],
    ['subscribe daily 09:00 in', 'In which places'],
    ['subscribe daily 09:00 please!', 'please!'],
    ['subscribe daily 09:00 draft straight', 'both'],
    ['subscribe daily 09:00 silent always', 'both'],
  ])('%s: a sentence that shows the right form', (text, part) => {
    const asked = parseChangelog(text);
    expect(asked).toMatchObject({ kind: 'unclear', sentence: expect.stringContaining(part) });
    expect((asked as { sentence: string }).sentence).toContain('/changelog subscribe weekly mon 09:00 Europe/Berlin');
    expect((asked as { sentence: string }).sentence.length).toBeLessThan(220);
  });
});

test('the other words, and which one of several is meant', () => {
  expect(parseChangelog('')).toEqual({ kind: 'help', about: null });
  expect(parseChangelog(' HELP subscribe')).toEqual({ kind: 'help', about: 'subscribe' });
  expect(parseChangelog('sbscribe weekly')).toMatchObject({ kind: 'unclear', sentence: expect.stringContaining('sbscribe') });
  expect(parseChangelog('list')).toEqual({ kind: 'list' });
  expect(parseChangelog('now')).toEqual({ kind: 'now', which: null });
  expect(parseChangelog('preview 2')).toEqual({ kind: 'preview', which: { place: 2 } });
  expect(parseChangelog('unsubscribe #3')).toEqual({ kind: 'unsubscribe', which: { place: 3 } });
  expect(parseChangelog('resume for engineers')).toEqual({ kind: 'resume', which: { audience: 'ENGINEERS' } });
  expect(parseChangelog('pause everything')).toMatchObject({ kind: 'unclear' });
  expect(parseChangelog('add The office in Lyon\nopens on Monday')).toEqual({ kind: 'add', text: 'The office in Lyon\nopens on Monday' });
  expect(parseChangelog('add')).toMatchObject({ kind: 'unclear', sentence: expect.stringContaining('/changelog add') });
});
