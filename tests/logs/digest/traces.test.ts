import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const quiet = Array.from({ length: 40 }, (_, k) => `2024-01-02 03:04:${10 + k},678 INFO root: handled request ${k}`).join('\n');

describe('an exception that nobody caught', () => {
  test.each([
    ['Python', 'Traceback (most recent call last):\n  File "/a.py", line 3, in run\n    go()\nKeyError: 7', 'KeyError'],
    ['Java', 'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space\n\tat a.B.c(B.java:3)', 'OutOfMemoryError'],
    ['Java, bare', 'java.lang.IllegalStateException: no pool\n\tat a.B.c(B.java:3)', 'IllegalStateException'],
    ['Node', "/app/x.js:3\n  throw new Error('x');\n  ^\n\nError: x\n    at a (/x.js:1:1)\n\nNode.js v24.1.0", 'Error: x'],
    ['Ruby', "app.rb:3:in `divide': divided by 0 (ZeroDivisionError)\n\tfrom app.rb:7:in `<main>'", 'ZeroDivisionError'],
  ])('%s: is a record of its own at level error, not part of the message before it', (_, trace, name) => {
    const { patterns, records } = digestText(`${quiet}\n${trace}`);
    expect(records).toBe(41);
    expect(patterns[0]).toMatchObject({ level: 'error', count: 1 });
    expect(patterns[0]?.template).toContain(name);
  });

  test('three hundred of Python are three hundred', () => {
    const crash = (k: number) =>
      `Traceback (most recent call last):\n  File "/a.py", line 3, in run\n    go()\nKeyError: 'order ${k} lost'`;
    const { patterns } = digestText(Array.from({ length: 300 }, (_, k) => crash(k)).join('\n'));
    expect(patterns).toHaveLength(1);
    expect(patterns[0]).toMatchObject({ count: 300, lines: 1200 });
  });

  test('one raised while another was handled belongs to it', () => {
    const log =
      'Traceback (most recent call last):\n  File "/a.py", line 1, in a\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "/a.py", line 2, in b\nValueError: 2';
    expect(digestText(log)).toMatchObject({ records: 1 });
  });
});

describe('a trace stays with the message it explains', () => {
  const before = '2024-03-01 10:00:00.000 INFO ready';
  const after = '2024-03-01 10:00:02.000 INFO next';
  test.each([
    ["Node's plain Error", '2024-03-01 10:00:01.000 ERROR request failed\nError: outer\n    at a (/x.js:1:1)'],
    ['a warning', '2024-03-01 10:00:01.000 WARN retrying\njava.io.IOException: reset\n\tat a.B.c(B.java:1)'],
    [
      "Ruby's logger",
      "E, [2024-03-01T10:00:01.678901 #1234] ERROR -- : undefined method `foo' (NoMethodError)\n/app/lib/a.rb:12:in `bar'\n/app/lib/a.rb:5:in `<main>'",
    ],
    [
      'Rails',
      'F, [2024-03-01T10:00:01.678901 #1234] FATAL -- : \n  \nActionController::RoutingError (No route matches [GET] "/x"):\n  \nactionpack (5.2.3) lib/debug_exceptions.rb:65:in `call\'\nrailties (5.2.3) lib/logger.rb:38:in `call_app\'',
    ],
    [
      "zap's console",
      '2024-03-01T10:00:01.456Z\tERROR\tdb/db.go:77\tquery failed\t{"error": "deadlock"}\nmain.query\n\t/app/db.go:77\nmain.main\n\t/app/main.go:30',
    ],
    [
      'a panic of Rust without a backtrace',
      "thread 'main' panicked at src/main.rs:9:10:\ncalled `Result::unwrap()` on an `Err` value: NotFound\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
    ],
    [
      ".NET's console",
      'fail: Microsoft.AspNetCore.Server.Kestrel[13]\n      An unhandled exception was thrown.\n      System.NullReferenceException: no\n         at App.Bar() in /src/Bar.cs:line 1',
    ],
  ])('%s', (_, trace) => {
    const { records, patterns } = digestText(`${before}\n${trace}\n${after}`);
    expect(records).toBe(3);
    expect(patterns[0]?.samples[0]?.lines).toEqual({ from: 2, to: 1 + trace.split('\n').length });
  });

  test('two lines of java.util.logging are one record, a line of uvicorn below another is not', () => {
    expect(digestText('Jan 02, 2024 3:04:05 AM org.acme.Server start\nSEVERE: port in use')).toMatchObject({ records: 1 });
    const access = '[02/Jan/2024:03:04:05 +0000] worker ready to go\nINFO:     10.0.0.1:4 - "GET / HTTP/1.1" 200 OK';
    expect(digestText(access)).toMatchObject({ records: 2 });
  });
});

describe('statements', () => {
  const slow = (k: number, statement: string) =>
    `# Time: 2024-01-02T03:04:${10 + k}.123456Z\n# User@Host: root[root] @ localhost []  Id:     8\n# Query_time: ${k}.345  Lock_time: 0.000100 Rows_sent: 1  Rows_examined: 1000000\nuse shop;\nSET timestamp=17041646${50 + k};\n${statement};`;

  test("each query of MySQL's slow log is a pattern of its own, with what it took", () => {
    const log = [0, 1, 2]
      .flatMap((k) => [slow(k, `SELECT *\n  FROM orders\n WHERE id = ${k}`), slow(k, `UPDATE stock SET n = ${k}`)])
      .join('\n');
    expect(digestText(log).patterns.map(({ template, level, count }) => [template, level, count])).toEqual([
      ['SELECT * FROM orders WHERE id = <num>; Query_time: <num> Lock_time: <num> Rows_sent: <num> Rows_examined: <num>', 'warn', 3],
      ['UPDATE stock SET n = <num>; Query_time: <num> Lock_time: <num> Rows_sent: <num> Rows_examined: <num>', 'warn', 3],
    ]);
  });

  test('what comes after an entry of the slow log is not swallowed by it', () => {
    const errors = Array.from(
      { length: 50 },
      (_, k) => `2024-01-02T03:05:${10 + (k % 50)}Z 0 [ERROR] [MY-012592] [InnoDB] disk error ${k}`,
    );
    const others = ['{"level":50,"msg":"gone"}', 'INFO fine', 'plain words'];
    for (const tail of [errors, ...others.map((line) => [line])])
      for (const end of [';', '']) {
        const { records } = digestText(`${slow(1, 'SELECT 1').slice(0, -1)}${end}\n${tail.join('\n')}`);
        if (end === ';' || tail[0] !== 'plain words') expect(records).toBe(tail.length + 1);
      }
  });

  test('a statement over several lines that are not indented is one record, whatever its words are', () => {
    const log =
      "2024-01-02 03:04:06.123 ERROR app - query failed: SELECT *\nFROM orders o\nJOIN users u ON u.id = o.user_id\nWHERE o.status = 'failed'\nAND o.error IS NOT NULL\nORDER BY 1;\n2024-01-02 03:04:07.123 INFO app - done";
    expect(digestText(log)).toMatchObject({ records: 2, levels: { error: 1, info: 1 } });
  });
});

test('a sheet of facts below a rule of dashes belongs to the failure above it, and its message names that failure', () => {
  const sheet = [
    '---------------------------------',
    'SQL State  : 42P01',
    'Error Code : 0',
    'Message    : ERROR: relation "order_lines" does not exist',
    'Location   : db/migration/V42__lines.sql (/app/V42__lines.sql)',
    'Statement  : alter table order_lines',
    'add column discount numeric(5,2)',
    '',
  ];
  const log = [
    '2026-11-20 12:00:01.000 INFO  starting',
    '2026-11-20 12:00:02.000 WARN  cancelling refresh attempt: BeanCreationException: Migration V42__lines.sql failed',
    ...sheet,
    '2026-11-20 12:00:03.000 ERROR Application run failed',
    'org.springframework.beans.BeanCreationException: Migration V42__lines.sql failed',
    ...sheet,
    '\tat org.springframework.boot.SpringApplication.run(SpringApplication.java:332)',
    'Caused by: org.flywaydb.core.FlywayMigrateException: Migration V42__lines.sql failed',
    ...sheet,
    '\tat org.flywaydb.core.DbMigrate.doMigrateGroup(DbMigrate.java:382)',
    '\t... 21 common frames omitted',
    '2026-11-20 12:00:04.000 INFO  stopped',
    '-----------------------------------',
    'Total : 3',
  ].join('\n');
  const { patterns, records } = digestText(log);
  expect(records).toBe(4);
  expect(patterns.slice(0, 2).map(({ template, lines }) => [template, lines])).toEqual([
    [expect.stringMatching(/^Application run failed ↳ [^↳]+ ↳ Caused by: [^↳]+$/), 20],
    [expect.stringMatching(/^cancelling refresh attempt: .+ ↳ ERROR: relation "<quoted>" does not exist$/), 8],
  ]);
});
