import { describe, expect, test } from 'vitest';
import { createTimeReader } from '#src/logs/digest/heads/times.ts';
import { digestText } from '#src/logs/digest/index.ts';
import { createRandom } from './seeded.ts';

const now = Date.UTC(2024, 5, 15, 12);
const timeOf = (log: string) => digestText(log, { now }).time;

describe('timestamps of other shapes', () => {
  test.each([
    ['1/2/2024 3:04:05 AM [Error] hi', '2024-01-02T03:04:05'],
    ['1/2/2024, 3:04:05 PM hi', '2024-01-02T15:04:05'],
    ['1/2/2024 3:04:05pm hi', '2024-01-02T15:04:05'],
    ['13/2/2024 03:04:05 hi', '2024-02-13T03:04:05'],
    ['02-01-2024 03:04:05 [ERROR] hi', '2024-01-02T03:04:05'],
    ['01-13-2024 03:04:05 hi', '2024-01-13T03:04:05'],
    ['[2/Jan/2024:03:04:05 +0100] hi', '2024-01-02T03:04:05+01:00'],
    ['2-Jan-2024 03:04:05 hi', '2024-01-02T03:04:05'],
    ['24-01-02 03:04:05 ERROR hi', '2024-01-02T03:04:05'],
    ['2024-002T03:04:05 hi', '2024-01-02T03:04:05'],
    ['2024年01月02日 03:04:05 hi', '2024-01-02T03:04:05'],
    ['[GIN] 2024/01/02 - 15:04:10 | 200 |     1.27ms |   10.0.0.1 | GET      "/ping"', '2024-01-02T15:04:10'],
    ['@4000000065937f2512345678 hi', '2024-01-02T03:12:27.305Z'],
    ['2024-01-02 03:04:05 PST hi', '2024-01-02T03:04:05'],
    ['ERROR 2024-01-02 03:04:05,678 django.request hi', '2024-01-02T03:04:05.678'],
    ['E, [2024-01-02T03:04:05.678901 #1234] ERROR -- : hi', '2024-01-02T03:04:05.678'],
  ])('%s is read as %s', (line, first) => {
    expect(timeOf(line)?.first).toBe(first);
    expect(digestText(line, { now }).patterns[0]?.template.endsWith(line.endsWith('"') ? '"<quoted>"' : 'hi')).toBe(true);
  });

  test.each([
    ['WARN [01-02|03:04:05.678] hi', '2024-01-02T03:04:05.678'],
    ['EROR[01-02|03:04:05] hi', '2024-01-02T03:04:05'],
  ])('%s has no year and is completed', (line, first) => {
    expect(timeOf(line)).toMatchObject({ first, yearInferred: true });
  });

  test.each([
    'Feb 30 10:00:00 host app: hi',
    '02-31 10:00:00 INFO hi',
    'Jun 31 10:00:00 host app: hi',
    'I0231 10:33:27.330026 1 node.go:157] hi',
  ])('a day that no year has is no date, and is not looked for in one year after the other: %s', (line) => {
    expect(timeOf(line)).toBeNull();
  });

  test('of two numbers that may both be the month the one is meant that comes nearer to the dates before', () => {
    expect(timeOf('30/03/2024 10:00:00 a\n31/03/2024 10:00:00 b\n01/04/2024 10:00:00 c')).toMatchObject({
      first: '2024-03-30T10:00:00',
      last: '2024-04-01T10:00:00',
    });
  });
});

describe('zones', () => {
  test('a line that states none is taken to mean the only one that is stated, and that is marked', () => {
    const log = [0, 1, 2].flatMap((k) => [
      `10.0.0.1 - - [02/Jan/2024:13:55:3${k} -0700] "GET / HTTP/1.1" 502 5`,
      `2024/01/02 13:55:3${k} [error] 7#0: upstream is gone`,
    ]);
    expect(timeOf(log.join('\n'))).toEqual({
      first: '2024-01-02T13:55:30-07:00',
      last: '2024-01-02T13:55:32-07:00',
      durationMs: 2000,
      zone: 'stated',
      zoneAssumed: true,
      yearInferred: false,
    });
  });

  test('with two zones stated everything is in UTC, also what came before the second was seen', () => {
    const { time, patterns } = digestText('2024-03-01T10:00:00+02:00 first\n2024-03-01T09:00:00+01:00 second\n2024-03-01T08:00:01Z third');
    expect(time).toMatchObject({ first: '2024-03-01T08:00:00Z', last: '2024-03-01T08:00:01Z', zoneAssumed: false });
    expect(patterns.map(({ first }) => first.time)).toEqual(['2024-03-01T08:00:00Z', '2024-03-01T08:00:00Z', '2024-03-01T08:00:01Z']);
  });
});

describe('years', () => {
  test('dates without a year are of the same time as those that have one, wherever these stand', () => {
    const kubelet = Array.from({ length: 20 }, (_, k) => `I0507 11:59:${10 + k}.000000    7 a.go:1] tick`).join('\n');
    const { time, patterns, histogram } = digestText(`${kubelet}\ntime="2022-05-07T11:59:43Z" level=error msg=gone`, { now });
    expect(time).toMatchObject({ first: '2022-05-07T11:59:10Z', last: '2022-05-07T11:59:43Z', durationMs: 33_000, yearInferred: true });
    expect(patterns.map(({ first }) => first)).toEqual([
      { line: 21, time: '2022-05-07T11:59:43Z' },
      { line: 1, time: '2022-05-07T11:59:10Z', yearInferred: true },
    ]);
    expect(histogram?.all.reduce((sum, count) => sum + count, 0)).toBe(21);
  });

  test('a 29 February stays one, and the days around it are of the same year', () => {
    const log = 'Feb 28 10:00:00 web app: a\nFeb 29 10:00:00 web app: b\nMar  1 10:00:00 web app: c';
    expect(digestText(log, { now: Date.UTC(2026, 10, 22) }).time).toMatchObject({
      first: '2024-02-28T10:00:00',
      last: '2024-03-01T10:00:00',
      durationMs: 2 * 86_400_000,
    });
  });

  test('where no line states a day none is told, and clocks go on over midnight', () => {
    const { time, patterns } = digestText('23:58:00 INFO tick\n00:01:00 INFO tick\n12:00:00 INFO tick\n11:59:59 INFO tick', { now });
    expect(time).toMatchObject({ durationMs: 12 * 3_600_000 + 2 * 60_000, dayInferred: true });
    expect(patterns[0]).toMatchObject({ first: { dayInferred: true } });
    expect(digestText('12:00:00 INFO tick\n2024-01-02 12:00:01 INFO tick', { now }).time?.dayInferred).toBeUndefined();
    expect(digestText('Jan  2 12:00:01 web app: tick', { now }).time?.dayInferred).toBeUndefined();
  });

  test('clocks without a date are of the day of the dates around them, over midnight too', () => {
    const log = '2023-03-01 23:59:58 INFO opened\n23:59:59 INFO a\n00:00:01 INFO b';
    expect(timeOf(log)).toMatchObject({ first: '2023-03-01T23:59:58', last: '2023-03-02T00:00:01' });
  });
});

test.each([
  [
    'whole dates',
    [
      '2024-01-02T',
      '2024-01-02 ',
      '2024-01-02  ',
      '2024/01/02 - ',
      '2024-13-02 ',
      '20240102-',
      '02/Jan/2024:',
      '2024-02-30 ',
      '2024-002T',
      '2024',
    ],
  ],
  ['dates without a year', ['Jan  2 ', 'Jan 12 ', 'Jun 15 ', 'Jun 16 ', 'Jun 17 ', '01-02 ', '02 Jan ', 'Dec 31 ', 'Sun Jan 02 ']],
])('%s said again are read as if they were the first', (_, dates) => {
  const clocks = '03:04:05 23:59:59.999 3:04:05 3:04 03:04 03:04:05Z 03:04:05+01:00 030405 24:00:00 11:30:00PM x 2024 03:04:05,678'.split(
    ' ',
  );
  const { pick } = createRandom(3);
  const known = createTimeReader(now);
  const seen = ({ ms, end, stated, offset, inferred, dateless }: ReturnType<typeof createTimeReader>) => [
    ms,
    end,
    stated,
    offset,
    inferred,
    dateless,
  ];
  for (let turn = 0; turn < 4000; turn++) {
    const line = Buffer.from(`${pick(dates)}${pick(clocks)}${pick(['', ' x', ' 2023 x', ' +0200'])}\n`);
    const fresh = createTimeReader(now);
    const found = fresh.read(line, 0, line.length - 1);
    expect(known.read(line, 0, line.length - 1), line.toString()).toBe(found);
    if (found) expect(seen(known), line.toString()).toEqual(seen(fresh));
  }
});
