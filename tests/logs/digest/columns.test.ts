import { describe, expect, test } from 'vitest';
import { createDigester, digestText } from '#src/logs/digest/index.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

const now = Date.UTC(2026, 10, 22);
const read = (lines: string[]) => digestText(lines.join('\n'), { now });
const headline = (lines: string[]): string => {
  const digest = read(lines);
  return verifySummary(summarizeOffline({ digest }), digest).headline;
};
const many = (count: number, line: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => line(at));
const clock = (second: number): string => `12:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;

describe('columns that a log names are what they are called', () => {
  test('what took 503 ms, or has 500 bytes, did not fail', () => {
    const lines = many(60, (k) => `2026-11-20 ${clock(k)} 10.0.0.5 GET /a - ${500 + (k % 5)} 10.1.0.${k} ${503 + (k % 3)} 200`);
    expect(headline(['#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query sc-bytes c-ip time-taken sc-status', ...lines])).toBe(
      'Nothing looks wrong: 61 lines in 2 patterns, no errors or warnings',
    );
  });

  test('what failed is counted and timed, whatever stands behind it', () => {
    const status = (k: number) => (k >= 20 && k < 27 ? 503 : 200);
    const w3c = many(60, (k) => `2026-11-20 ${clock(k)} 10.0.0.5 POST /pay ${status(k)} 0 ${500 + k}`);
    expect(headline(['#Version: 1.0', '#Fields: date time s-ip cs-method cs-uri-stem sc-status sc-substatus time-taken', ...w3c])).toBe(
      '7 requests got 503, all for /pay, between 12:00:20 and 12:00:26',
    );
    const zeek = many(
      60,
      (k) => `${1795176000 + k}.25\tC${k}x\t10.0.0.${k}\t${40_000 + k}\tGET\tshop.example\t/pay\t${status(k)}\t${500 + k}`,
    );
    expect(
      headline(['#separator \\x09', '#fields\tts\tuid\tid.orig_h\tid.orig_p\tmethod\thost\turi\tstatus_code\tresponse_body_len', ...zeek]),
    ).toBe('7 requests got 503, all for /pay, between 12:00:20 and 12:00:26');
    const proxy = many(
      60,
      (k) => `2026-11-20 ${clock(k)} ${500 + k} 10.0.0.9 "a user" ${status(k)} TCP_MISS GET shop.example /pay "Mozilla/5.0 (X11; 503)"`,
    );
    expect(
      headline([
        '#Fields: date time time-taken c-ip cs-username sc-status s-action cs-method cs-host cs-uri-path cs(User-Agent)',
        ...proxy,
      ]),
    ).toBe('7 requests got 503, all for /pay, between 12:00:20 and 12:00:26');
  });

  test('clocks without a date are of the day the log was begun on, also past midnight', () => {
    const { time, patterns } = read([
      '#Date: 2024-02-28 23:59:50',
      '#Fields: time c-ip cs-method cs-uri-stem sc-status',
      '23:59:55 10.0.0.1 GET /a 200',
      '00:00:05 10.0.0.1 GET /a 500',
    ]);
    expect(time).toMatchObject({ first: '2024-02-28T23:59:50', last: '2024-02-29T00:00:05', yearInferred: false });
    expect(patterns[0]).toMatchObject({ level: 'error', count: 1 });
  });

  test('other names make other columns, and what has no such cells is read as it always was', () => {
    const { levels, patterns } = read([
      '#Fields: date time cs-method cs-uri-stem sc-status time-taken',
      ...many(5, (k) => `2026-11-20 ${clock(k)} GET /a 200 500`),
      '#Fields: date time cs-method cs-uri-stem time-taken sc-status',
      ...many(5, (k) => `2026-11-20 ${clock(k + 5)} GET /a 200 500`),
      ...many(5, (k) => `2026-11-20T${clock(k + 10)}Z ERROR worker-${k} has no money left`),
    ]);
    expect(levels).toMatchObject({ error: 10, info: 5 });
    expect(patterns.map(({ count }) => count).toSorted()).toEqual([1, 1, 5, 5, 5]);
  });

  test('a table that was exported says in its first line what its columns are', () => {
    const rows = many(
      30,
      (k) =>
        `${k === 7 ? 'Error' : 'Information'},11/20/2026 2:10:${10 + k} AM,Service Control Manager,70${k},None,"The Print, or spool, service ${k === 7 ? 'terminated unexpectedly' : 'is running'}."`,
    );
    const windows = read(['Level,Date and Time,Source,Event ID,Task Category', ...rows]);
    expect(windows.levels).toMatchObject({ error: 1, info: 29 });
    expect(windows.time).toMatchObject({ first: '2026-11-20T02:10:10', last: '2026-11-20T02:10:39' });
    expect(windows.patterns[0]?.template).toMatch(/^The Print, or spool, service terminated unexpectedly\./);
    const console = read([
      '"timestamp","severity","message"',
      ...many(9, (k) => `"2026-11-20T12:00:0${k}Z","${k === 3 ? 'CRITICAL' : 'INFO'}","queue ""orders"" has ${k} jobs"`),
    ]);
    expect(console.levels).toMatchObject({ fatal: 1, info: 8 });
    expect(console.time?.durationMs).toBe(8000);
  });

  test('a sentence with commas names no columns', () => {
    const { patterns } = read([
      'Starting, time, level and message follow',
      '2026-11-20 12:00:00, ERROR, disk full',
      '2026-11-20 12:00:01, ERROR, disk full',
    ]);
    expect(patterns[0]).toMatchObject({ level: 'error', count: 2 });
  });

  test('lines like earlier ones say what they said the slow way', () => {
    const random = many(4000, (k) => {
      const status = k % 97 === 0 ? 500 : k % 13 === 0 ? 404 : 200;
      return `2026-11-20 ${clock(k % 3000)} 10.0.0.${k % 200} GET /api/${k % 7 === 0 ? 'stock' : `item/${k}`} ${k % 3 === 0 ? '-' : `id=${k}`} ${k % 11 === 0 ? 'x' : status} ${k % 700}`;
    });
    const text = Buffer.from(
      [
        '#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status time-taken',
        ...random.slice(0, 2000),
        '#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query time-taken sc-status',
        ...random.slice(2000),
      ].join('\n'),
    );
    const [fast, slow] = [true, false].map((fastLane) => {
      const digester = createDigester({ now, fastLane });
      for (let at = 0; at < text.length; at += 7001) digester.push(text.subarray(at, at + 7001));
      return digester.finish();
    });
    expect(fast).toEqual(slow);
    expect(fast?.levels.error).toBeGreaterThan(20);
  });
});

describe('a date and a clock in fields of their own are one time', () => {
  test.each([
    ['date=2024-05-17 time=02:10:45 devname="fw1" level="critical" msg="HA member lost"', '2024-05-17T02:10:45'],
    ['time=02:10:45 date=2024-05-17 level=error msg=lost', '2024-05-17T02:10:45'],
    ['{"date":"17/05/2024","time":"02:10:45.250","level":"error","msg":"lost"}', '2024-05-17T02:10:45.250'],
    ['May 17 02:10:45 fw1 app: date=2024-05-17 time=02:10:45 level=error msg=lost', '2024-05-17T02:10:45'],
  ])('%s', (line, first) => {
    const { time, patterns } = digestText(line, { now });
    expect(time).toMatchObject({ first, yearInferred: false });
    expect(patterns[0]?.template).not.toContain('time=');
  });

  test('a clock alone stays one, and a date alone is a field', () => {
    expect(digestText('time=02:10:45 level=error msg=lost', { now }).time).toMatchObject({
      first: '2026-11-21T02:10:45',
      yearInferred: true,
    });
    expect(digestText('date=2024-05-17 level=error msg=lost', { now })).toMatchObject({
      time: null,
      patterns: [{ template: 'lost date=<time>' }],
    });
  });
});
