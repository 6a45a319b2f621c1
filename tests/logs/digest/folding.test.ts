import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const twenty = (line: (k: number) => string): string => Array.from({ length: 20 }, (_, k) => line(k)).join('\n');
const at = (k: number): string => `2024-01-02T03:04:${10 + k}Z`;
const code = (k: number): string => `E${1001 + (k % 4)}`;

/** All that a reader is told of the errors: templates and listed values. */
const told = (log: string): string => {
  const { patterns } = digestText(log);
  return JSON.stringify(patterns.map(({ template, variables }) => [template, variables.map(({ top }) => top.map(({ value }) => value))]));
};

describe('errors are not folded without their differences being listed', () => {
  const codes = ['E1001', 'E1002', 'E1003', 'E1004'];
  test.each([
    [
      'the last of 30 fields of an object',
      (k: number) =>
        JSON.stringify({
          ts: at(k),
          level: 'error',
          msg: 'charge failed',
          ...Object.fromEntries(Array.from({ length: 29 }, (_, f) => [`field_${String.fromCharCode(97 + f)}`, 'x'])),
          reason: code(k),
        }),
    ],
    [
      'a code behind 90 other fields',
      (k: number) =>
        JSON.stringify({
          ts: at(k),
          level: 'error',
          msg: 'charge failed',
          ...Object.fromEntries(
            Array.from({ length: 90 }, (_, f) => [`f_${'abcdefghij'[f % 10]}${'klmnopqrst'[Math.floor(f / 10)]}`, 'x']),
          ),
          error_code: code(k),
        }),
    ],
    [
      'the last of 41 pairs of a message',
      (k: number) => `${at(k)} ERROR batch failed ${Array.from({ length: 40 }, (_, v) => `k${v}=${v}`).join(' ')} code=${code(k)}`,
    ],
    ['the end of 210 words', (k: number) => `${at(k)} ERROR ${'word '.repeat(208)}code ${code(k)}`],
    ['the second line of .NET console records', (k: number) => `fail: Shop.Checkout[0]\n      Payment declined with ${code(k)}`],
    ['lines of keys and values below the message', (k: number) => `${at(k)} ERROR request failed\n  code: ${code(k)}\n  order: ${k}`],
    ['an object printed behind the message', (k: number) => `${at(k)} error: failed {\n  code: '${code(k)}',\n  order: ${k}\n}`],
    ['properties of a Node error', (k: number) => `${at(k)} ERROR failed\nError: x\n    at a (/x.js:1:1) {\n  code: '${code(k)}'\n}`],
    ['an SQLSTATE', (k: number) => `${at(k)} ERROR SQLSTATE[${code(k)}]: failed`],
  ])('%s', (_, line) => {
    for (const one of codes) expect(told(twenty(line))).toContain(one);
  });

  const types = ['java.sql.SQLException', 'java.io.IOException'];
  test.each([
    [
      'of three causes the one in the middle',
      (k: number) =>
        `${at(k)} ERROR failed\njava.lang.RuntimeException: x\n\tat a.B.c(B.java:1)\nCaused by: ${types[k % 2]}: mid\n\tat a.B.c(B.java:1)\nCaused by: java.net.SocketException: root\n\tat q.W(E.java:3)`,
    ],
    [
      'the inner exception of .NET',
      (k: number) => `${at(k)} [ERR] Something failed\nSystem.InvalidOperationException: Outer\n ---> ${types[k % 2]}: A\n   at App.Main()`,
    ],
    [
      'the cause of a Node error',
      (k: number) =>
        `${at(k)} ERROR failed\nError: outer\n    at a (/x.js:1:1) {\n  [cause]: ${types[k % 2]}: a\n      at b (/y.js:1:1)\n}`,
    ],
    [
      'the root in a stack that is a string',
      (k: number) =>
        JSON.stringify({
          time: at(k),
          level: 50,
          msg: 'failed',
          err: { stack: `Error: x\n\tat a\nCaused by: ${types[k % 2]}: b\n\tat c` },
        }),
    ],
    ['exception_class', (k: number) => JSON.stringify({ time: at(k), level: 'error', msg: 'failed', exception_class: types[k % 2] })],
  ])('%s', (_, line) => {
    for (const one of types) expect(told(twenty(line))).toContain(one);
  });

  test('twenty ids are twenty listed values', () => {
    const [variable] = digestText(twenty((k) => `${at(k)} ERROR order ord-${1000 + k} declined`)).patterns[0]?.variables ?? [];
    expect(variable).toMatchObject({ distinct: 20, exact: true });
    expect(variable?.top).toHaveLength(20);
  });

  test('what is listed stays bounded when hundreds of patterns have hundreds of values', () => {
    const log = Array.from(
      { length: 20_000 },
      (_, k) => `ERROR ${'abcdefghijklmnopqrst'[k % 20]}${'uvwxyzklmn'[k % 10]} no ${k} of ${k * 7}`,
    );
    const { patterns } = digestText(log.join('\n'));
    const values = patterns.flatMap(({ variables }) => variables.map(({ top }) => top.length));
    expect(values.reduce((sum, length) => sum + Math.max(0, length - 10), 0)).toBeLessThanOrEqual(5000);
  });
});

describe('a status in a field', () => {
  const line = (status: number, k: number) => JSON.stringify({ time: at(k), status, uri: `/x/${k}` });

  test.each([[[200, 502, 404, 200]], [[502, 200, 200, 200]]])(
    'makes a pattern and a level of its own, whichever comes first: %j',
    (order) => {
      const { levels, patterns } = digestText(twenty((k) => line(order[k % 4] as number, k)));
      const errors = order.filter((status) => status >= 500).length * 5;
      expect(levels.error).toBe(errors);
      expect(patterns[0]).toMatchObject({ template: 'status: 502 uri=<path>', level: 'error', count: errors });
    },
  );

  test.each([
    ['behind a path that was asked for', 'GET /cart 503 12.345 ms - 11'],
    ['in a column of its own', '[GIN] 2024/01/02 - 15:04:11 | 500 |     3.27ms |   10.0.0.1 | POST     "/orders"'],
    [
      'behind haproxy’s times',
      'Jan 2 03:04:05 web haproxy[12]: 10.0.0.1:5555 [02/Jan/2024:03:04:05.123] fe be/<NOSRV> 0/-1/-1/-1/0 503 212 - -',
    ],
  ])('and one %s is an error too', (_, text) => {
    expect(digestText(text).patterns[0]).toMatchObject({ level: 'error', levelInferred: true });
  });
});
