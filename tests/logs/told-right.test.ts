import { describe, expect, test } from 'vitest';
import { type Digest, digestText } from '#src/logs/digest/index.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { logReport } from '#src/logs/report.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';
import { makeDigest } from '#tests/support/digest.ts';

const now = Date.UTC(2026, 10, 22);
const many = (count: number, line: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => line(at));
const clock = (second: number): string =>
  `2026-11-22T12:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}Z`;
const read = (lines: string[]): Digest => digestText(lines.join('\n'), { now });
const summarize = (digest: Digest) => verifySummary(summarizeOffline({ digest }), digest);
const report = (digest: Digest, over: object = {}) =>
  logReport({
    id: 'log_1',
    log: { title: 'app.log', lineCount: null, bytes: null },
    status: 'SUCCEEDED',
    digest,
    summary: summarize(digest),
    receipt: null,
    failure: null,
    ...over,
  });

describe('a day that no line states', () => {
  test('is not told', () => {
    const lines = [
      '23:58:00 INFO up',
      '23:59:10 ERROR worker 3 crashed: no memory left',
      '00:01:20 ERROR worker 3 crashed: no memory left',
      '00:02:00 INFO up',
    ];
    const told = JSON.stringify(report(read(lines)));
    expect(told).toContain('23:58:00–00:02:00 the next day');
    expect(told).toContain('between 23:59:10 and 00:01:20 the next day');
    expect(told).not.toMatch(/Nov 2\d|2026-11/);
  });
});

describe('"Nothing looks wrong" is said only where that is known', () => {
  test('not where an error has no words', () => {
    const { headline, severity } = summarize(
      read(['2026-01-02T10:00:00Z INFO start up', '2026-01-02T10:00:01Z ERROR E42', '2026-01-02T10:00:02Z FATAL -5']),
    );
    expect(headline).toMatch(/E42|-5/);
    expect(severity).toBe('high');
  });

  test("not where Android's logcat states an error by a letter", () => {
    for (const line of ['12:00:01 E/Foo: 12', 'E/ActivityManager(  585): ANR in com.x']) {
      const { headline, severity } = summarize(read(['12:00:00 I/Foo: 11', line]));
      expect(headline).toMatch(/Foo: 12|ANR in com\.x/);
      expect(severity).not.toBe('info');
    }
  });

  test('not where errors are of sorts too rare to be listed', () => {
    const { headline, severity } = summarize(
      makeDigest([{ template: 'GET /health <num>', count: 900 }], {
        levels: { fatal: 0, error: 7, warn: 2, info: 900, debug: 0, trace: 0, unknown: 0 },
        other: { patterns: 9, records: 9, lines: 9 },
      }),
    );
    expect(headline).toMatch(/^7 errors and 2 warnings in 900 lines/);
    expect(severity).toBe('medium');
  });

  test('not where no level is stated in a language that is not known here', () => {
    for (const say of [
      (k: number) => `Đơn hàng ${k} đã được xử lý`,
      (k: number) => `Beställning ${k} är behandlad och skickad till lagret`,
      (k: number) => `ორდერი ${k} დამუშავდა`,
    ]) {
      const { headline, severity } = summarize(read(many(20, (k) => `${clock(k)} ${say(k)}`)));
      expect(headline).toMatch(/^Whether something is wrong is not known: 20 lines state no levels/);
      expect(severity).toBe('low');
    }
    for (const say of [
      (k: number) => `INFO Beställning ${k} är behandlad`,
      (k: number) => `GET /straße/${k} 200`,
      (k: number) => `order ${k} of Jürgen is done`,
      (k: number) => `shop.exe - www.acme.com:443 and cdn${k}.acme.com:443 open, www.acme.de:80`,
      // Drawn, not said.
      (k: number) => `┃ ${k} ┃ ${k * 7} ┃`,
    ])
      expect(summarize(read(many(20, (k) => `${clock(k)} ${say(k)}`))).headline).toMatch(/^Nothing looks wrong/);
  });

  test('but where a setting is named after a failure, as sudo lists its own', () => {
    const settings = [
      'Incorrect password message: Sorry, try again.',
      'Incorrect password attempts allowed: 3',
      'Path to mail program: /usr/sbin/sendmail',
    ];
    const { headline, likelyCauses } = summarize(read(settings.map((line, k) => `${clock(k)} ${line}`)));
    expect(headline).toMatch(/^Nothing looks wrong/);
    expect(likelyCauses).toEqual([]);
    expect(summarize(read([`${clock(0)} su: incorrect password for ana`])).headline).toMatch(/^Logins are rejected/);
  });

  test('not where most lines are unread', () => {
    const digest = makeDigest([{ template: 'routine work <num>', count: 100 }]);
    digest.ledger = { lines: 1000, inPatterns: 100, inOther: 0, inRemainder: 900, blank: 0 };
    expect(summarize(digest).headline).toBe(
      'Most of this log could not be sorted into patterns: 900 of 1,000 lines are unread, so whether something is wrong is not known',
    );
  });

  test.each([
    [
      'uvicorn',
      (at: number) => `INFO:     10.0.0.1:5000${at % 10} - "POST /checkout HTTP/1.1" 500 Internal Server Error`,
      /^20 requests got 500, all for \/checkout/,
    ],
    ['morgan', (at: number) => `POST /checkout 500 ${at}.123 ms - 21`, /^20 requests got 500, all for \/checkout/],
    [
      'Gin',
      (at: number) => `[GIN] 2026/11/22 - 12:00:${10 + at} | 502 |     ${at}.3ms |  10.0.0.1 | POST     "/checkout"`,
      /^20 requests got 502/,
    ],
    [
      'haproxy',
      (at: number) =>
        `Nov 22 12:00:${10 + at} lb haproxy[99]: 10.0.0.1:4${at} [22/Nov/2026:12:00:${10 + at}.395] web web/<NOSRV> 0/-1/-1/-1/0 503 213 - - SC-- 1/1/0/0/0 0/0 "GET / HTTP/1.1"`,
      /^No server is left to answer: (?:at least )?\d+ requests got 503/,
    ],
    [
      'a JSON access log',
      (at: number) => `{"time":"${clock(at)}","request":"GET /checkout/${at} HTTP/1.1","status":502,"bytes":${900 + at}}`,
      /^20 requests got 502/,
    ],
  ])('not where requests failed on the server, whatever level %s gives them', (_, line, said) => {
    const { headline, severity } = summarize(read(many(20, line)));
    expect(headline).toMatch(said);
    expect(severity).toBe('high');
  });

  test.each([
    [
      'logins',
      (at: number) => `INFO 7 auth.sessions: Login failed for tenant:shop user:u${at}@example.org`,
      /^No errors or warnings, but “.*Login failed for tenant:shop user:…”: 20 times/,
    ],
    [
      'logins by their names',
      (at: number) => `[info] sshd: Invalid user bob${at} from 10.0.0.${at} port 5${at}`,
      /^No errors or warnings, but “.*Invalid user …/,
    ],
    [
      'packages',
      (at: number) => `Info    PKG    Failed to open package. [RESULT = 0x800f08${10 + at}]`,
      /^No errors or warnings, but “PKG Failed to open package/,
    ],
  ])('not where %s fail and their program calls that no error', (_, say, said) => {
    const { headline, severity } = summarize(read(many(20, (at) => `${clock(at)} ${say(at)}`)));
    expect(headline).toMatch(said);
    expect(severity).toBe('low');
  });

  test('but where failures are counted, or talked of', () => {
    const lines = [
      'INFO sent 17 mails, 0 failed to be sent',
      'INFO refused connections: 0, connection refused=0',
      'INFO retry policy: 3 tries if a request failed-over',
    ];
    expect(summarize(read(lines.map((line, k) => `${clock(k)} ${line}`))).headline).toMatch(/^Nothing looks wrong/);
  });

  test('where nothing is wrong it is', () => {
    expect(summarize(read(many(30, (at) => `${clock(at)} INFO handled request ${at}`)))).toMatchObject({
      headline: 'Nothing looks wrong: 30 lines in 1 pattern, no errors or warnings',
      severity: 'info',
    });
  });
});

describe('requests', () => {
  const line = (at: number, path: string, status: number): string =>
    `10.0.0.${at % 7} - - [22/Nov/2026:12:00:${String(at % 60).padStart(2, '0')} +0000] "GET ${path} HTTP/1.1" ${status} 504 "-" "curl/8"`;

  test('are told by status and path, and the size of an answer is no status', () => {
    const summary = summarize(
      read([...many(40, (at) => line(at, '/shop', 200)), ...many(12, (at) => line(at, at % 3 ? '/favicon.ico' : `/old/${at}`, 404))]),
    );
    expect(summary.headline).toMatch(/^12 requests got 404, 8 of them for \/favicon\.ico, between 12:00:00 and 12:00:11$/);
    expect(JSON.stringify(summary)).not.toMatch(/status codes|most often 504/);
  });

  test('that failed because of something say so', () => {
    const failing = many(
      30,
      (at) =>
        `${clock(at)} ERROR api POST /checkout order=${48_000 + at} 503 in 30${10 + at} ms: timeout acquiring connection from pool orders-db`,
    );
    expect(summarize(read(failing)).headline).toBe(
      'Connections of a pool are used up: 30 requests got 503, all for /checkout, between 12:00:00 and 12:00:29',
    );
  });

  test('are named beside what ranks before them', () => {
    const lines = [
      ...many(20, (at) => `${clock(at)} ERROR payments cannot open ledger: page ${at} is torn`),
      ...many(20, (at) => `${clock(at)} ERROR api POST /pay failed with status 500`),
    ];
    expect(summarize(read(lines)).headline).toMatch(/torn.*; 20 requests got 500|^20 requests got 500/);
  });
});

describe('causes', () => {
  const failing = many(20, (at) => `${clock(300 + at)} ERROR api timeout acquiring connection from pool orders-db (order ${at})`);

  test('a release shortly before is one, with how long before', () => {
    const { likelyCauses } = summarize(
      read([
        ...many(20, (at) => `${clock(at)} INFO handled ${at}`),
        `${clock(260)} INFO deployer release 2.14.0 is live on api-1`,
        ...failing,
      ]),
    );
    expect(likelyCauses.map(({ text }) => text)).toContainEqual(expect.stringMatching(/release 2\.14\.0 is live on api-1” 40 s before “/));
  });

  test.each([
    [
      'long before',
      `${clock(1)} INFO deployer release 2.14.0 is live on api-1`,
      many(20, (at) => `2026-11-22T14:00:${10 + at}Z ERROR api lost order ${at}`),
    ],
    [
      'after it',
      `2026-11-22T14:30:00Z INFO deployer release 2.14.0 is live on api-1`,
      many(20, (at) => `2026-11-22T14:00:${10 + at}Z ERROR api lost order ${at}`),
    ],
    ['that did not happen', `${clock(260)} INFO deployer no release today: 2.14.0 is not live`, failing],
  ])('a release %s is none', (_, release, errors) => {
    expect(JSON.stringify(summarize(read([`${clock(0)} INFO start`, release, ...errors])).likelyCauses)).not.toContain('2.14.0');
  });

  test('to come first is no cause by itself, and is judged by the clock, not by the line', () => {
    const two = read([
      `2026-11-22T12:05:00Z ERROR alpha broke at step 1`,
      `2026-11-22T12:00:00Z ERROR getaddrinfo ENOTFOUND db.internal`,
      `2026-11-22T12:06:00Z ERROR beta broke at step 2`,
    ]);
    const { likelyCauses } = summarize(two);
    expect(likelyCauses.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^A host name cannot be resolved.*It began before all else/),
    ]);
    const later = read([
      `2026-11-22T12:05:00Z ERROR getaddrinfo ENOTFOUND db.internal`,
      `2026-11-22T12:00:00Z ERROR alpha broke at step 1`,
    ]);
    expect(JSON.stringify(summarize(later).likelyCauses)).not.toContain('began before');
    expect(summarize(read([`${clock(1)} WARN alpha is deprecated`, `${clock(2)} WARN beta is deprecated`])).likelyCauses).toEqual([]);
  });

  test('an error a record names beside its message is one, and tells two failures of one message apart', () => {
    const line = (at: number, error: string): string => `ts=${clock(at)} level=error component=logs msg="failed to decode" err="${error}"`;
    const summary = summarize(
      read([...many(9, (at) => line(at, `syntax error at pos ${90 + at}`)), ...many(4, (at) => line(at + 20, 'token too long'))]),
    );
    expect(summary.whatIsGoingOn.map(({ text }) => text).toSorted()).toEqual([
      '“failed to decode”, caused by “syntax error at pos …”: 9 times between 12:00:00 and 12:00:08',
      '“failed to decode”, caused by “token too long”: 4 times between 12:00:20 and 12:00:23',
    ]);
    expect(summary.likelyCauses.map(({ text }) => text)).toContain(
      'The error in “failed to decode” is “syntax error at pos …”. It began before all else that went wrong here.',
    );
    expect(summary.unsupportedDropped).toBe(0);
  });

  test('of a trace that ends in something known is that, whatever wraps it', () => {
    const { headline, likelyCauses } = summarize(
      read([
        `${clock(1)} ERROR [main] c.a.Foo - Failed to process order 17`,
        'java.lang.IllegalStateException: bad state',
        '\tat com.acme.Foo.bar(Foo.java:12)',
        'Caused by: java.sql.SQLException: Connection refused',
        '\tat com.acme.Db.open(Db.java:3)',
        '\t... 2 more',
        `${clock(2)} INFO [main] c.a.Foo - next`,
      ]),
    );
    expect(headline).toMatch(/^A service cannot be reached: “.*Failed to process order 17”/);
    expect(likelyCauses.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^A service cannot be reached: .* The trace ends in “java\.sql\.SQLException: Connection refused”\.$/),
    ]);
  });

  test('that what failed was printed just before is no cause', () => {
    expect(summarize(read([`${clock(1)} ERROR cart page 7 does not exist`])).likelyCauses).toEqual([]);
  });
});

describe('a report', () => {
  test('says nothing three times: where the headline says it, the line itself follows', () => {
    const digest = read([`${clock(1)} INFO start`, `${clock(9)} ERROR worker-2 upload 3999 failed: connection reset by peer`]);
    const { headline, sections } = report(digest);
    const [first] = sections[0]?.items ?? [];
    expect(headline).toContain('“worker-2 upload 3999 failed: connection reset by peer”');
    expect(first?.text).toMatch(/worker-2 upload 3999 failed: connection reset by peer$/);
    expect(first?.text).not.toContain('Connections break off');
    expect(first?.quote).toBeUndefined();
  });

  test('quotes the message of a JSON line, whole', () => {
    const digest = read(
      many(
        5,
        (at) =>
          `{"name":"renovate","hostname":"ci-1","level":50,"time":"2026-11-22T12:00:0${at}Z","msg":"lookup of \\"left-pad\\" failed","pid":${at}}`,
      ),
    );
    const quote = summarize(digest).whatIsGoingOn[0]?.evidence[0]?.quote;
    expect(quote).toBe('lookup of \\"left-pad\\" failed');
  });

  test('counts stand in a column of their own', () => {
    const { sections } = report(read([...many(30, (at) => `${clock(at)} ERROR lost order ${at}`), `${clock(40)} FATAL giving up`]));
    expect(sections[0]?.items.map(({ count }) => count).sort()).toEqual([1, 30]);
  });

  test('names few patterns and how many more there are', () => {
    const attack = many(90, (at) => {
      const kinds = [
        `Failed password for invalid user u${at} from 10.0.0.1 port ${at} ssh2`,
        `error: authentication failure for a${at}`,
        `Failed password for root from 10.0.0.2 port ${at} ssh2`,
        `pam: authentication failure; user=u${at}`,
        `error: invalid user x${at} gave a bad password`,
        `Failed keyboard-interactive: authentication failure number ${at}`,
      ];
      return `Dec 10 12:00:${String(at % 60).padStart(2, '0')} host sshd[4${at}]: ${kinds[at % 6]}`;
    });
    const refs = report(read(attack)).sections[0]?.items[0]?.refs ?? [];
    expect(refs.length).toBeLessThanOrEqual(5);
    expect(refs).toContainEqual(expect.stringMatching(/^\+\d+$/));
  });

  test('tells explained, troubled and routine patterns apart, and lines from patterns', () => {
    const errors = many(
      9,
      (kind) =>
        `${clock(kind)} ERROR ${['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota'][kind]} service gave up on its work`,
    );
    const { facts } = report(read([...errors, ...many(20, (at) => `${clock(at)} INFO handled request ${at}`)]));
    expect(facts[0]).toMatch(/^29 lines = 10 patterns: \d explained, \d more with errors or warnings, 1 routine, 0 lines unread$/);
  });

  test('says which levels it guessed', () => {
    expect(report(read(many(9, (at) => `job ${at}: upload failed`))).facts).toContainEqual(
      'The log does not state the level of P1: inferred from the words',
    );
    expect(report(read(many(9, (at) => `${clock(at)} ERROR upload ${at} failed`))).facts.join()).not.toContain('inferred');
  });

  test('draws no chart of a few records, joins what would be a comb, and says its scale', () => {
    expect(report(read(many(9, (at) => `${clock(at)} ERROR lost ${at}`))).charts).toEqual([]);
    const [chart] = report(read(many(120, (at) => `${clock(at)} ERROR lost ${at}`))).charts;
    expect(chart?.label).toMatch(/^errors per \d+ s, 12:00:00–12:01:59, at most \d+$/);
    expect(chart?.values.length).toBeLessThanOrEqual(48);
    expect(Math.min(...(chart?.values.slice(1, -1) ?? []))).toBeGreaterThan(0);
  });

  test('links lines to where they can be read, and offers to show those of each statement', () => {
    const digest = read([...many(30, (at) => `${clock(at)} ERROR lost order ${at}`), `${clock(40)} FATAL giving up`]);
    const links = { lines: ({ from, to }: { from: number; to: number }) => `https://ops.example/logs/log_1?lines=${from}-${to}` };
    const { sections, actions } = report(digest, { links });
    const giveUp = sections[0]?.items.find(({ count }) => count === 1);
    expect(giveUp?.links).toEqual([{ text: 'L31', url: 'https://ops.example/logs/log_1?lines=31-31' }]);
    const show = actions.find(({ id }) => id === 'show_lines');
    expect(show?.options?.map(({ value }) => JSON.parse(value))).toContainEqual({ logId: 'log_1', from: 28, to: 31 });
    expect(show?.options?.at(-1)).toEqual({ label: 'From the first line', value: JSON.stringify({ logId: 'log_1', from: 1, to: 100 }) });
  });
});

describe('what only sounds like another failure', () => {
  test.each([
    ["OOM command not allowed when used memory > 'maxmemory'", /^A store refuses work at its memory limit/, /process|heap dump/i],
    ['SERVER_ERROR out of memory storing object', /^A store refuses work at its memory limit/, /process|heap dump/i],
    ['tenant acme: quota exceeded for user 17', /^A quota is used up/, /throttled|call it/i],
    ['Quota exceeded for quota metric reads of service x', /^Calls are throttled/, /used up what is allowed to them/],
    ['java.lang.OutOfMemoryError: Java heap space', /^A process ran out of memory/, /A store/],
  ])('%s', (message, headline, never) => {
    const summary = summarize(read(many(4, (at) => `${clock(at)} ERROR ${message}`)));
    expect(summary).toMatchObject({ headline: expect.stringMatching(headline), unsupportedDropped: 0 });
    expect(JSON.stringify(summary)).not.toMatch(never);
  });

  test.each([
    'WARN config set maxmemory-policy noeviction by admin from 10.0.4.17',
    'INFO ALTER SYSTEM SET work_mem by admin',
    'INFO parameter max_connections changed to 40',
  ])('a setting changed just before is a candidate cause: %s', (change) => {
    const routine = many(100, (at) => `${clock(at)} INFO request ${at} done`);
    const summary = summarize(
      read([...routine, `${clock(100)} ${change}`, ...many(9, (at) => `${clock(114 + at)} ERROR write ${at} was refused`)]),
    );
    expect(summary.likelyCauses.map(({ text }) => text).join('\n')).toMatch(/14 s before “write/);
  });

  test('a change that failed changed nothing', () => {
    const lines = [
      `${clock(0)} WARN config set maxmemory failed: invalid argument`,
      ...many(9, (at) => `${clock(9 + at)} ERROR write ${at} was refused`),
    ];
    expect(JSON.stringify(summarize(read(lines)).likelyCauses)).not.toContain('before “write');
  });
});

test('what was not looked at of endless lines, and a zone that only some lines state, are told', () => {
  const long = report(read([`${clock(0)} ERROR ${'x'.repeat(200_000)}`]));
  expect(long.facts[0]).toMatch(/0 lines unread, [\d.]+ KB at the ends of endless lines unread/);
  const mixed = report(read([`${clock(0)} ERROR no orders`, 'Nov 22 12:04:30 lb1 haproxy[7]: backend shop has no server']));
  expect(mixed.subtitle).toContain('UTC (assumed where the log states none)');
  expect(report(read([`${clock(0)} ERROR no orders`])).subtitle).not.toContain('assumed');
});

test('what all records name is in the headline beside the kind of failure', () => {
  const { headline } = summarize(read(many(6, (at) => `${clock(at)} ERROR environment variable STRIPE_KEY is not set`)));
  expect(headline).toMatch(/^A setting is missing or wrong: “environment variable STRIPE_KEY is not set”: 6 times/);
});

describe('what is told once is not told again', () => {
  const hours = (minute: number, second: number): string =>
    `2026-11-22T12:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}Z`;
  const busy = read([
    ...many(7, (at) => `${hours(at, 1)} ERROR handler died with java.lang.NullPointerException code=E${at}`),
    ...many(8, (at) => `${hours(at, 2)} ERROR handler died with org.x.FooException code=F${at}`),
    ...many(5, (at) => `${hours(at, 3)} ERROR handler died with java.io.IOException code=G${at}`),
    ...many(6, (at) => `${hours(at, 4)} ERROR order ord_${at} failed: EPIPE`),
    ...many(75, (at) => `${hours(at % 50, 5)} ERROR tenant t${at % 3}: quota exceeded for user ${at}`),
    ...many(90, (at) => `${hours(at % 50, 6)} WARN deprecated header X-Old sent by client ios-${at % 2}`),
  ]);

  test('what the headline names is told, by its count alone, and what is only deprecated is not', () => {
    const { headline, sections } = report(busy);
    const [going, ...others] = sections;
    expect(headline).toMatch(/; A quota is used up 75 times$/);
    const told = going?.items.find(({ count }) => count === 75)?.text;
    expect(told).toMatch(/quota exceeded for user …” between /);
    expect(JSON.stringify(going)).not.toMatch(/: \d+ times|deprecated/);
    expect(JSON.stringify(others.find(({ title }) => title === 'Impact') ?? '')).not.toContain('clients');
  });

  test('some of the records are told by their own count', () => {
    const balanced = many(
      30,
      (at) =>
        `https ${clock(at)} app/my-lb/50dc6c495c0c9188 10.1.0.${at % 9}:${2800 + at} 10.0.0.1:80 0.0${(at % 9) + 1} 0.048 0.037 ${at % 3 ? 200 : 502} ${at % 3 ? 200 : '-'} 0 ${50 + at} "GET https://shop.example:443/p${at % 4} HTTP/1.1" "curl/7.46.0" ECDHE TLSv1.2`,
    );
    const { headline, sections } = report(read(balanced));
    expect(headline).toMatch(/^10 requests got 502$/);
    expect(sections[0]?.items[0]).toMatchObject({ text: headline });
    expect(sections[0]?.items[0]?.count).toBeUndefined();
  });

  test('a change is named before the trouble that followed it soonest, and the log is to be read from there', () => {
    const { likelyCauses, nextSteps } = summarize(
      read([
        ...many(20, (at) => `${hours(0, at)} INFO handled ${at}`),
        `${hours(32, 50)} WARN config set maxmemory-policy noeviction by admin`,
        ...many(
          40,
          (at) => `${hours(33 + (at % 20), 4)} ERROR GET sess:${at} failed: OOM command not allowed when used memory > 'maxmemory'`,
        ),
        `${hours(58, 0)} FATAL health check failed 3 times, exiting with code 137`,
      ]),
    );
    expect(likelyCauses.map(({ text }) => text).join('\n')).toMatch(/noeviction by admin” 14 s before “GET sess/);
    expect(nextSteps.at(-1)?.text).toBe('Read the log from line 22, where this begins');
  });

  test('one failure that writes three records did not happen three times, nor between a line and itself', () => {
    const { sections } = report(
      read([
        ...many(30, (at) => `Nov 28 02:10:${10 + at} db-1 postgres[7${at}]: LOG:  checkpoint complete: wrote ${at} buffers`),
        'Nov 28 02:12:00 db-1 kernel: postgres invoked oom-killer: gfp_mask=0x1100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0',
        'Nov 28 02:12:00 db-1 kernel: oom-kill:constraint=CONSTRAINT_NONE,global_oom,task=postgres,pid=2211,uid=999',
        'Nov 28 02:12:00 db-1 kernel: Out of memory: Killed process 2211 (postgres) total-vm:16084844kB, anon-rss:14800800kB',
      ]),
    );
    const [first] = sections[0]?.items ?? [];
    expect(first?.count).toBeUndefined();
    expect(first?.text).toMatch(/^A process ran out of memory: 3 records in 3 patterns at 02:12:00, among them “/);
    expect(summarize(read(['boot', '"GET /a.png HTTP/1.1" 502 7'])).headline).toBe('1 request got 502, for /a.png, on line 2');
  });

  test('the log is to be read from where the first of what led up to it is, not from what went well', () => {
    const led = summarize(
      read([
        ...many(40, (at) => `${hours(at, 0)} INFO handled ${at}`),
        `${hours(40, 0)} WARN member db-2 is now unreachable`,
        `${hours(40, 40)} ERROR shard 7 has no primary`,
        ...many(9, (at) => `${hours(41, at)} ERROR POST /pay order=${at} failed: gave up after 3 tries`),
      ]),
    );
    expect(led.nextSteps.at(-1)?.text).toBe('Read the log from line 41, where this begins');
    const balanced = summarize(
      read(
        many(
          90,
          (at) =>
            `https 2026-11-28T02:1${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}.186641Z app/shop/50dc6c495c0c9188 203.0.113.${at}:29098 10.0.0.1:80 0.001 0.0${10 + at} 0.000 ${at > 60 ? '502 502' : '200 200'} 102 31${at % 9} "GET https://shop.example.com:443/p/${at} HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2`,
        ),
      ),
    );
    expect(balanced.headline).toBe('29 requests got 502');
    expect(balanced.impact).toEqual([]);
    expect(balanced.nextSteps.map(({ text }) => text).join('\n')).not.toContain('where this begins');
    expect(balanced.nextSteps[0]?.text).toContain('Look at the service behind these requests');
  });

  test('what was over long before is no first cause', () => {
    const { likelyCauses } = summarize(
      read([
        '2026-05-17T08:19:35Z WARN low disk watermark [85%] exceeded on /var/lib/data',
        ...many(9, (at) => `${clock(at)} ERROR could not connect to db-1:5432: Connection refused`),
      ]),
    );
    expect(JSON.stringify(likelyCauses)).not.toContain('before all else');
  });

  test("an Elixir process' dump is one record that names its exception", () => {
    const digest = read([
      '22:41:00.123 [error] GenServer MyApp.Worker terminating',
      '** (ArithmeticError) bad argument in arithmetic expression',
      '    (my_app 0.1.0) lib/worker.ex:10: MyApp.Worker.handle_call/3',
      'Last message (from #PID<0.150.0>): :boom',
      'State: %{}',
      '22:41:01.123 [info] Sent 200 in 12ms',
    ]);
    expect(digest.records).toBe(2);
    expect(summarize(digest).headline).toContain('caused by “(ArithmeticError) bad argument in arithmetic expression”');
  });
});
