import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';

const at = (k: number) => new Date(Date.UTC(2024, 2, 1) + k * 1000).toISOString();
const template = (message: string) => digestText(`${at(0)} INFO ${message}`).patterns[0]?.template;

describe('patterns', () => {
  test.each([
    ['took 12 ms', 'took <num> ms'],
    ['took 12ms for 3.5MB', 'took <duration> for <size>'],
    ['from 10.0.0.1:5432 to [10.0.0.2]', 'from <ip> to [<ip>]'],
    ['id 550e8400-e29b-41d4-a716-446655440000 done', 'id <uuid> done'],
    ['at 0xdeadbeef in 9f86d081884c7d65', 'at <hex> in <hex>'],
    ['open /var/log/app.log failed', 'open <path> failed'],
    ['fetch https://acme.example/a?b=1 ok', 'fetch <url> ok'],
    ['mail to ana@acme.example sent', 'mail to <email> sent'],
    ['user=ana role=admin rows=3', 'user=<any> role=<any> rows=<num>'],
    ['Executor job-17 on "east"', 'Executor <id> on "<quoted>"'],
    ['peer fdab:cdef::1 and fdab:cdef:1:2::dead', 'peer <ip> and <ip>'],
    ['db.acme.example.net:5432 and db1.example.net:5432 of Cart.java:17', '<host> and <host> of Cart.java:<num>'],
    ['heap 24M->4M(256M), 12->15 of up->down', 'heap <size>-><size>(<size>), <num>-><num> of up->down'],
    ['face: abcd: said', 'face: abcd: said'],
    ['web.Utf8Reader: Utf8Reader opened k3f9Qx2b', 'web.Utf8Reader: Utf8Reader opened <id>'],
    ['HTTP/1.1 is spoken', 'HTTP/1.1 is spoken'],
  ])('%s is mined as %s', (message, expected) => {
    expect(template(message)).toBe(expected);
  });

  test('twenty declined orders stay twenty', () => {
    const log = Array.from({ length: 60 }, (_, k) => `${at(k)} ERROR order ${1000 + (k % 20)} declined: card expired`).join('\n');
    const [pattern] = digestText(log).patterns;
    expect(pattern).toMatchObject({ template: 'order <num> declined: card expired', count: 60 });
    expect(pattern?.variables[0]).toMatchObject({ index: 0, kind: 'num', distinct: 20, exact: true });
    expect(pattern?.variables[0]?.top[0]).toEqual({ value: '1000', count: 3 });
  });

  test.each([10_000, 200_000])('%i distinct values are estimated within three standard errors, and said to be', (distinct) => {
    const log = Array.from({ length: distinct }, (_, k) => `request ${k * 7919} done`).join('\n');
    const variable = digestText(log).patterns[0]?.variables[0];
    expect(variable?.exact).toBe(false);
    expect(Math.abs((variable?.distinct ?? 0) / distinct - 1)).toBeLessThan(0.07);
  });

  test('the most frequent value is found although hundreds came before it', () => {
    const values = Array.from({ length: 3000 }, (_, k) => (k < 1000 ? 10_000 + k : k % 2 ? 42 : 20_000 + k));
    const variable = digestText(values.map((value) => `shard ${value} moved`).join('\n')).patterns[0]?.variables[0];
    expect(variable?.top[0]?.value).toBe('42');
    expect(variable?.top[0]?.count).toBeGreaterThan(900);
  });

  test('names after "user" are one variable whose values add up', () => {
    const users = ['ana', 'bo', 'chen', 'dara', 'ana'];
    const [pattern, ...others] = digestText(users.map((user, k) => `${at(k)} WARN login of user ${user} was slow`).join('\n')).patterns;
    expect(others).toEqual([]);
    expect(pattern).toMatchObject({ template: 'login of user <any> was slow', count: 5 });
    expect(pattern?.variables[0]).toMatchObject({
      distinct: 4,
      exact: true,
      top: [
        { value: 'ana', count: 2 },
        { value: 'bo', count: 1 },
        { value: 'chen', count: 1 },
        { value: 'dara', count: 1 },
      ],
    });
  });

  test('a word seen in four shapes becomes a variable, in two it stays two patterns', () => {
    const log = (words: string[]) => digestText(words.map((word, k) => `${at(k)} INFO plugin ${word} is ready now`).join('\n')).patterns;
    expect(
      log(['opened', 'closed', 'opened'])
        .map(({ count }) => count)
        .sort(),
    ).toEqual([1, 2]);
    const [merged, ...others] = log(['alpha', 'beta', 'gamma', 'delta', 'alpha', 'epsilon']);
    expect(others).toEqual([]);
    expect(merged).toMatchObject({ template: 'plugin <any> is ready now', count: 6, first: { line: 1 }, last: { line: 6 } });
    expect(merged?.variables[0]).toMatchObject({ distinct: 5, exact: true });
    expect([merged?.samples[0]?.lines.from, merged?.samples.at(-1)?.lines.from]).toEqual([1, 6]);
  });

  test('failures of different type never fold, whatever else they share', () => {
    const log = ['TimeoutException', 'AuthenticationError', 'TimeoutException']
      .map((failure, k) => `${at(k)} ERROR call to payment service of region east failed with ${failure} after all attempts`)
      .join('\n');
    expect(
      digestText(log)
        .patterns.map(({ count }) => count)
        .sort(),
    ).toEqual([1, 2]);
  });

  test('the same words at ERROR and at INFO are two patterns', () => {
    expect(digestText(`${at(0)} INFO cache rebuilt\n${at(1)} ERROR cache rebuilt`).patterns).toHaveLength(2);
  });

  test('statuses of access lines are told apart, addresses and paths are not', () => {
    const log = Array.from(
      { length: 90 },
      (_, k) =>
        `10.0.0.${k} - - [01/Mar/2024:10:00:${String(k % 60).padStart(2, '0')} +0000] "GET /item/${k} HTTP/1.1" ${k % 3 ? 200 : 503} ${k} "-" "curl/8 (x; y)"`,
    ).join('\n');
    const { patterns } = digestText(log);
    expect(patterns.map(({ level, count }) => [level, count])).toEqual([
      ['error', 30],
      ['info', 60],
    ]);
  });

  test.each([
    ['1 error occurred:\\n\\t* permission denied\\n\\n', '<num> error occurred: * permission denied'],
    ['2 errors:\\n* no such key\\n* no such role\\nmore', '<num> errors: * no such key * no such role'],
    ['cannot renew certificate:\\r\\n[shop] rate limited', 'cannot renew certificate: [shop] rate limited'],
    ['saved C:\\\\new\\\\a', 'saved C:\\new\\a'],
    ['first line\\nsecond line', 'first line'],
    ['boom\\n  at a.B.c(B.java:7)\\nCaused by: java.io.IOException: disk\\n  at d', 'boom ↳ Caused by: java.io.IOException: disk'],
    ['Traceback (most recent call last):\\n  File \\"a.py\\", line 3\\nKeyError: x', 'Traceback (most recent call last): ↳ KeyError: x'],
  ])('a message of many lines in JSON is told by those that say what happened: %s', (message, template) => {
    for (const fastLane of [true, false]) {
      const line = `{"level":"error","msg":"${message}"}`;
      expect(
        digestText(Array.from({ length: 5 }, () => line).join('\n'), { fastLane }).patterns.map((pattern) => pattern.template),
      ).toEqual([template]);
    }
  });

  test('fields of JSON and logfmt are variables of the message', () => {
    const json = Array.from({ length: 5 }, (_, k) =>
      JSON.stringify({
        level: 'error',
        time: at(k),
        msg: `charge ${k} failed`,
        order: `o-${k}`,
        err: { type: 'CardError', message: 'declined' },
      }),
    ).join('\n');
    const [fromJson] = digestText(json).patterns;
    expect(fromJson).toMatchObject({
      count: 5,
      level: 'error',
      template: expect.stringMatching(/^charge <num> failed ↳ CardError ↳ declined order=<id>$/),
    });
    const logfmt = Array.from(
      { length: 5 },
      (_, k) => `ts=${at(k)} level=error msg="charge ${k} failed" order=o-${k} err="card declined"`,
    ).join('\n');
    expect(digestText(logfmt).patterns[0]).toMatchObject({ count: 5, template: 'charge <num> failed ↳ card declined order=<id>' });
  });

  test('the first and the last record are among the samples, word for word', () => {
    const log = Array.from({ length: 100 }, (_, k) => `${at(k)} INFO tick ${k}`);
    const samples = digestText(log.join('\n')).patterns[0]?.samples ?? [];
    expect(samples.length).toBe(3);
    for (const { lines, text } of samples) expect(log[lines.from - 1]).toBe(text);
    expect([samples[0]?.lines.from, samples.at(-1)?.lines.from]).toEqual([1, 100]);
  });

  test('the same log gives the same digest', () => {
    const log = Array.from({ length: 500 }, (_, k) => `${at(k)} INFO worker ${'abcdefgh'[k % 8]} took ${k}`).join('\n');
    expect(digestText(log)).toEqual(digestText(log));
  });
});
