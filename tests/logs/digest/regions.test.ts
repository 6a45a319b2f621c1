import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const now = Date.UTC(2026, 0, 10);
const headed = Array.from({ length: 12 }, (_, k) => `2026-01-05 10:00:${10 + k} INFO  [main] shop - tick ${k}`);

/** Where records begin, as far as first sightings tell: every line made here is a pattern of its own. */
const recordsOf = (log: string): number => digestText(log, { now }).records;
const patternAt = (log: string, line: number) => digestText(log, { now }).patterns.find(({ first }) => first.line === line);

describe('records of formats that write several lines', () => {
  test('a JSON object over several lines is one record, and its level and time are read wherever they stand', () => {
    const object =
      '{\n  "message": "order 7 was lost",\n  "details": {\n    "shop": "north"\n  },\n  "level": "error",\n  "time": "2026-01-05T10:00:00Z"\n}';
    const log = `${object}\n${object}`;
    expect(recordsOf(log)).toBe(2);
    expect(digestText(log).patterns[0]).toMatchObject({ level: 'error', levelInferred: false, count: 2 });
    expect(digestText(log).time?.first).toBe('2026-01-05T10:00:00Z');
  });

  test('a JSON line that breaks off inside an array goes on until it closes', () => {
    const log = [
      '{"level":"error","msg":"job failed","trace":["boom: {",',
      '"at one (a.js:1)",',
      '"at two (b.js:2)"] }',
      '{"level":"info","msg":"next"}',
    ].join('\n');
    expect(recordsOf(log)).toBe(2);
  });

  test('directives at the top of an access log are one record, not events', () => {
    const log = [
      '#Software: shop 1',
      '#Version: 1.0',
      '#Fields: date time method uri status',
      '2026-01-05 10:00:00 GET /cart 200',
      '2026-01-05 10:00:01 GET / 200',
    ].join('\n');
    expect(recordsOf(log)).toBe(3);
  });

  test('an entry of a slow query log is its comments and its statement', () => {
    const entry = [
      '# Time: 2026-01-05T10:00:00.000000Z',
      '# User@Host: shop[shop] @ web-1 []',
      '# Query_time: 3.2  Lock_time: 0.0',
      'SET timestamp=1767607200;',
      'SELECT *',
      'FROM carts;',
    ];
    const log = [...entry, ...entry].join('\n');
    expect(recordsOf(log)).toBe(2);
    expect(digestText(log, { now }).time?.first).toContain('2026-01-05T10:00:00');
  });

  test('a statement or a quotation that goes on without indentation belongs to the line that began it', () => {
    const sql = ['2026-01-05 10:00:30 INFO  [main] shop - ran: select name as "person"', ', city as "place"', 'from people'];
    expect(recordsOf([...headed, ...sql, ...headed].join('\n'))).toBe(25);
    const quoted = ['2026-01-05 10:00:30 ERROR [main] shop - child said: "first complaint', 'second error complaint', 'last one"'];
    expect(recordsOf([...headed, ...quoted, ...headed].join('\n'))).toBe(25);
  });

  test('lines that repeat the tag of the dated line above belong to it', () => {
    const log = [
      '260105 10:00:00 Engine: data file does not exist',
      'Engine: a new one will be made',
      'Engine: writing it full',
      '260105 10:00:01 Engine: ready',
    ].join('\n');
    expect(recordsOf(log)).toBe(2);
  });

  test('java.util.logging writes its level on a second line', () => {
    const log = [
      'Jan 05, 2026 10:00:00 AM com.acme.Shop start',
      'SEVERE: port 80 is taken',
      'Jan 05, 2026 10:00:01 AM com.acme.Shop stop',
      'INFO: bye',
    ].join('\n');
    const { records, patterns } = digestText(log, { now });
    expect(records).toBe(2);
    expect(patterns[0]).toMatchObject({ level: 'error', levelInferred: false });
    expect(patterns[0]?.template).toContain('port');
  });

  test('a trace that a collector stamped line by line is one record with its root', () => {
    const stamp = '2026-01-05T10:00:00.000000000Z stderr F ';
    const log = [
      `${stamp}Exception in thread "main" java.lang.IllegalStateException: no stock`,
      `${stamp}\tat com.acme.Shop.sell(Shop.java:7)`,
      `${stamp}Caused by: java.io.IOException: disk is full`,
      `${stamp}\tat com.acme.Disk.write(Disk.java:3)`,
      '2026-01-05T10:00:01.000000000Z stdout F next order',
    ].join('\n');
    expect(recordsOf(log)).toBe(2);
    expect(digestText(log).patterns[0]?.template).toContain('disk is full');
  });

  test('access lines and logfmt among headed lines are records of their own', () => {
    const mixed = headed.flatMap((line, k) => [
      line,
      `10.0.0.${k} - - [05/Jan/2026:10:00:${10 + k} +0000] "GET /c${k} HTTP/1.1" 200 7`,
      `ts=2026-01-05T10:00:${10 + k}Z level=info msg=flushed`,
    ]);
    expect(recordsOf([...headed, ...mixed].join('\n'))).toBe(12 + 36);
  });
});

describe('levels and times of more formats', () => {
  test.each([
    ['[2932] 05 Jan 04:32:08 - 0 clients connected', 'debug'],
    ['[2932] 05 Jan 04:32:08 # Open data file: no such file', 'warn'],
    ['4961:M 05 Jan 12:50:13.457 * DB loaded from disk', 'info'],
    ['[worker-3] 2026-01-05 10:00:00,123 WARN slow', 'warn'],
    ['[7] 2026/01/05 15:51:36.135590 [INF] starting', 'info'],
    ['2026-01-05T10:00:00.1234567Z ##[error]Process completed with exit code 1.', 'error'],
    ['Jan 05 2026 10:00:00: %ASA-3-710003: TCP access denied', 'error'],
    ['[2026-01-05 11:43:09 +0200] warning/ApiListener: client went away', 'warn'],
    ['ERRO[0004] pull of the image did not work', 'error'],
  ])('%s', (line, level) => {
    expect(digestText(line, { now }).patterns[0]).toMatchObject({ level, levelInferred: false });
  });

  test.each([
    ['type=SYSCALL msg=audit(1767607200.500:18877): arch=c000003e success=no', '2026-01-05T10:00:00.500Z'],
    ['5092:signal-handler (1767607200) Received SIGINT', '2026-01-05T10:00:00.000Z'],
    ['shop.example:80 unix: - - [05/Jan/2026:12:00:00 +0200] "hello" 400 173', '2026-01-05T10:00:00.000Z'],
    ['shop.example localhost, localhost - - [05/Jan/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 6', '2026-01-05T10:00:00.000Z'],
  ])('the time of %s', (line, time) => {
    expect(Date.parse(digestText(line, { now }).time?.first ?? '')).toBe(Date.parse(time));
  });

  test.each(['', '2026-01-05T10:00:00.1234567Z '])(
    'comments of a script that is shown before or while it runs are no errors, stamped %j',
    (stamp) => {
      const log = [
        '##[group]Run make check',
        '# error: the linter must not fail here',
        '# ERROR: if this fails, look at the wiki',
        'make check || exit 1',
        '##[endgroup]',
        '+ # error: not to be hidden',
        '$ # failed runs are kept',
        "main.c:3:5: error: expected ';'",
        '##[error]Process completed with exit code 2.',
      ];
      const { patterns } = digestText(log.map((line) => stamp + line).join('\n'), { now });
      const failed = patterns.filter(({ level }) => level === 'error' || level === 'warn').map(({ first }) => first.line);
      expect(failed.toSorted((x, y) => x - y)).toEqual([8, 9]);
    },
  );

  test('a dash after the time of any other log is a dash', () => {
    expect(patternAt('2026-01-05 10:00:00 - order placed', 1)?.level).toBe('unknown');
  });
});
