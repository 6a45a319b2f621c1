import { describe, expect, test } from 'vitest';
import { createDigester } from '#src/logs/digest/index.ts';
import type { Pattern } from '#src/logs/digest/types.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { logReport } from '#src/logs/report.ts';
import { summaryTask } from '#src/logs/summary-task.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';
import { createFacts } from '#src/logs/wording/facts.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { makeDigest, outage } from '#tests/support/digest.ts';

const digestOf = (text: string) => {
  const digester = createDigester({ now: Date.UTC(2026, 10, 22) });
  digester.push(Buffer.from(text));
  return digester.finish();
};
const input = (digest: ReturnType<typeof digestOf>) => ({ digest, title: 'app.log', source: null });
const summarize = (digest: ReturnType<typeof digestOf>) => verifySummary(summarizeOffline(input(digest)), digest);
const clock = (second: number): string => `12:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;

describe('the root of a trace', () => {
  const trace = (deep: number): string =>
    [
      '2026-11-22 12:04:11 ERROR page was not rendered',
      'com.acme.web.RenderException: something bad happened',
      ...Array.from({ length: deep }, (_, at) => `\tat org.framework.Filter${at}.doFilter(Filter.java:${at})`),
      'Caused by: com.acme.db.OrderRejected: price column is too narrow',
      '\tat com.acme.db.Orders.save(Orders.java:41)',
    ].join('\n');

  test.each([5, 60, 900])('is named and quoted, however far down it stands (%i frames)', (deep) => {
    const summary = summarize(digestOf(trace(deep)));
    expect(summary.headline).toBe(
      '“page was not rendered”, caused by “com.acme.db.OrderRejected: price column is too narrow”, at 12:04:11',
    );
    expect(summary.likelyCauses[0]).toMatchObject({
      confidence: 'high',
      text: expect.stringContaining('ends in “com.acme.db.OrderRejected: price column is too narrow”'),
      evidence: [{ quote: 'Caused by: com.acme.db.OrderRejected: price column is too narrow' }],
    });
    expect(summary.unsupportedDropped).toBe(0);
  });

  test('of a .NET exception it is the innermost one', () => {
    const summary = summarize(digestOf('Acme.OuterException: no page ---> Acme.InnerException: no price\n   at Acme.Shop.Price()\n'));
    expect(summary.likelyCauses[0]?.text).toContain('ends in “Acme.InnerException: no price”');
  });

  test('a message that only announces goes on with the next line', () => {
    expect(summarize(digestOf('Unhandled exception:\nBad state: oops\n#0      main (file:///app/main.dart:24:5)\n')).headline).toContain(
      '“Unhandled exception: Bad state: oops”',
    );
  });

  test('nothing may be quoted across lines that were left out', () => {
    const digest = digestOf(trace(900));
    const quote = 'left out …] Caused by: com.acme.db.OrderRejected';
    const claim = {
      text: 'The page was not rendered',
      confidence: null,
      evidence: [{ pattern: 'P1', fromLine: null, toLine: null, quote }],
    };
    expect(verifySummary({ ...summarizeOffline(input(digest)), whatIsGoingOn: [claim] }, digest).whatIsGoingOn).toEqual([]);
  });
});

test.each([
  ['2026-11-20T12:00:09Z ERROR no', '“no”, at 12:00:09'],
  ['12:00:09 ERROR é', '“é”, at 12:00:09'],
  ['[2026-11-20 12:00:09] FATAL 42\n[2026-11-20 12:00:10] INFO ok then', '“42”, at 12:00:09'],
  ['2026-11-20 12:00:09,123 - app - ERROR - ko\n2026-11-20 12:00:12,123 - app - ERROR - ko', '“ko”: 2 times between 12:00:09 and 12:00:12'],
  ['{"time":"2026-11-20T12:00:09Z","level":"error","msg":"no"}', '“no”, at 12:00:09'],
  ['level=error ts=2026-11-20T12:00:09Z msg=no', '“no”, at 12:00:09'],
  ['ERROR: bad', '“bad”, on line 1'],
])('however short a message is, time and level are not told as part of it: %s', (text, headline) => {
  const summary = summarize(digestOf(`${text}\n`));
  expect(summary.headline).toBe(headline);
  expect(summary.whatIsGoingOn[0]?.text).toBe(headline);
  expect(summary.unsupportedDropped).toBe(0);
});

test.each([
  ['2026-11-20T12:00:09Z ERROR no', '“no”, at 12:00:09'],
  ['12:00:09 ERROR é', '“é”, at 12:00:09'],
  ['[2026-11-20 12:00:09] FATAL 42\n[2026-11-20 12:00:10] INFO ok then', '“42”, at 12:00:09'],
  ['2026-11-20 12:00:09,123 - app - ERROR - ko\n2026-11-20 12:00:12,123 - app - ERROR - ko', '“ko”: 2 times between 12:00:09 and 12:00:12'],
  ['{"time":"2026-11-20T12:00:09Z","level":"error","msg":"no"}', '“no”, at 12:00:09'],
  ['level=error ts=2026-11-20T12:00:09Z msg=no', '“no”, at 12:00:09'],
  ['ERROR: bad', '“bad”, on line 1'],
])('however short a message is, time and level are not told as part of it: %s', (text, headline) => {
  const summary = summarize(digestOf(`${text}\n`));
  expect(summary.headline).toBe(headline);
  expect(summary.whatIsGoingOn[0]?.text).toBe(headline);
  expect(summary.unsupportedDropped).toBe(0);
});

test.each([
  ['{"log": "ERROR failed to place order 7\\n", "stream": "stderr", "time": "2026-11-22T12:00:00Z"}'],
  ['{"level":"error","msg":"failed to place order 7\\nat line 3\\n","time":"2026-11-22T12:00:00Z"}'],
])('the escape for the end of a line is in nothing that is shown: %s', (line) => {
  const summary = summarize(digestOf([line, line.replace('7', '8')].join('\n')));
  expect(summary.headline).toContain('failed to place order');
  expect(JSON.stringify(summary)).not.toContain('\\\\n');
});

describe('a log without an error', () => {
  const every = (seconds: number, from: number, to: number, line: (second: number) => string): [number, string][] =>
    Array.from({ length: Math.ceil((to - from) / seconds) }, (_, at) => [from + at * seconds, line(from + at * seconds)]);
  const requests = every(2, 0, 3000, (second) => `INFO request ${second} answered in ${second % 7} ms`);
  const log = (...parts: [number, string][][]): string =>
    parts
      .flat()
      .toSorted(([a], [b]) => a - b)
      .map(([second, line]) => `2026-11-22T${clock(second)}Z ${line}`)
      .join('\n');

  test.each([
    [
      'in which something regular stopped',
      log(
        requests,
        every(2, 0, 1000, (second) => `INFO consumer took batch ${second}`),
      ),
      /^No errors or warnings, but “consumer took batch …” stopped at 12:16:38 \(line 1,000\), and the log goes on until 12:49:58$/,
      'low',
    ],
    [
      'in which something came in a burst',
      log(
        requests,
        every(100, 0, 3000, (second) => `INFO cache refilled for shard ${second}`),
        every(0.25, 1510, 1550, (second) => `INFO cache refilled for shard ${second}`),
      ),
      /^No errors or warnings, but “cache refilled for shard …” came in a burst from 12:2\d/,
      'info',
    ],
    [
      'that goes on as it began',
      log(
        requests,
        every(5, 0, 3000, (second) => `INFO tick ${second}`),
      ),
      /^Nothing looks wrong/,
      'info',
    ],
    [
      'that begins with a burst',
      log(
        requests,
        every(0.1, 0, 20, (second) => `INFO loaded part ${second * 10}`),
      ),
      /^Nothing looks wrong/,
      'info',
    ],
    [
      'with a job that ran once',
      log(
        requests,
        every(2, 1500, 2100, (second) => `INFO exported row ${second}`),
      ),
      /^Nothing looks wrong/,
      'info',
    ],
  ])('%s', (_, text, headline, severity) => {
    const summary = summarize(digestOf(text.replace(/(\d\d):(\d\d)\.\d+/g, '$1:$2')));
    expect(summary).toMatchObject({ headline: expect.stringMatching(headline), severity, unsupportedDropped: 0 });
    if (!/^Nothing/.test(summary.headline)) expect(summary.whatIsGoingOn[0]?.text).toMatch(/stopped at|came in a burst/);
    if (severity === 'low') expect(summary.nextSteps[0]?.text).toMatch(/^Read the log from line 1,000 on/);
  });

  test('beside errors, too, what stopped without one is told', () => {
    const summary = summarize(
      digestOf(
        log(
          requests,
          every(2, 0, 1000, (second) => `INFO consumer took batch ${second}`),
          [[2000, 'ERROR no connection to orders']],
        ),
      ),
    );
    expect(summary.headline).toContain('no connection to orders');
    expect(summary.whatIsGoingOn.at(-1)?.text).toContain('“consumer took batch …” stopped at 12:16:38');
  });
});

describe('patterns that tell the same', () => {
  const attack = digestOf(
    Array.from({ length: 60 }, (_, at) =>
      at % 3 === 0
        ? `Dec 10 ${clock(at)} host sshd[4${at}]: Failed password for invalid user admin${at} from 10.0.0.${at} port ${4000 + at} ssh2`
        : at % 3 === 1
          ? `Dec 10 ${clock(at)} host sshd[4${at}]: error: authentication failure for account${at}; logname= rhost=10.0.0.${at}`
          : `Dec 10 ${clock(at)} host sshd[4${at}]: Accepted publickey for deploy from 10.0.0.9 port ${5000 + at}`,
    ).join('\n'),
  );

  test('are added up in the headline and in what is going on, with evidence of each', () => {
    const summary = summarize(attack);
    expect(summary.headline).toBe('Logins are rejected: 40 records in 2 patterns between 12:00:00 and 12:00:58');
    expect(summary.whatIsGoingOn).toHaveLength(1);
    expect(new Set(summary.whatIsGoingOn[0]?.evidence.map(({ pattern }) => pattern)).size).toBe(2);
    expect(summary.unsupportedDropped).toBe(0);
  });

  test('a message with and without a trace below it is one', () => {
    const times = (from: number, more: string) =>
      Array.from({ length: 3 }, (_, at) => `2026-11-22 ${clock(from + at)} ERROR could not post the invoice to the ledger${more}`);
    const summary = summarize(
      digestOf([...times(0, ''), ...times(10, '\ncom.acme.LedgerException: closed\n\tat com.acme.A.b(A.java:1)')].join('\n')),
    );
    expect(summary.headline).toMatch(
      /^“could not post the invoice to the ledger”(?:, caused by “[^”]+”)?: 6 times between 12:00:00 and 12:00:12$/,
    );
    expect(summary.whatIsGoingOn).toHaveLength(1);
  });

  test('two faults in the code stay two', () => {
    const summary = summarize(
      digestOf("2026-11-22 12:00:00 ERROR KeyError: 'price' in basket\n2026-11-22 12:00:05 ERROR TypeError: total is not a function\n"),
    );
    expect(summary.whatIsGoingOn).toHaveLength(2);
  });

  test('a sum is a fact: over patterns that exist, each once', () => {
    const facts = createFacts(outage());
    expect(facts.fill('{P1+P2.count} in {P1+P2.patterns} from {P1+P2.first} to {P1+P2.last}').text).toBe(
      '4,524 in 2 from 12:04:11 to 12:13:41',
    );
    expect(facts.fill('{P1+P9.count} {P1+P1.count} {P1+P2.top.0.0}').unknown).toHaveLength(3);
  });
});

describe('a time whose year the log does not give', () => {
  const digest = digestOf('Nov 20 23:59:58 host app[1]: error: disk on fire\nNov 21 00:00:03 host app[1]: error: disk on fire\n');

  test('is said without a year, wherever a person or an engine reads it', () => {
    const summary = summarize(digest);
    expect(summary.headline).toContain('between Nov 20 23:59:58 and Nov 21 00:00:03');
    const log = { title: 'app.log', lineCount: null, bytes: null };
    const report = logReport({ id: 'log_1', log, status: 'SUCCEEDED', digest, summary, receipt: null, failure: null });
    expect(report.subtitle).toMatch(/ · Nov 20 23:59:58–Nov 21 00:00:03$/);
    const prompt = summaryTask.prompt(input(digest), { maxTokens: 5000, countTokens: (text) => text.length / 4 });
    expect(prompt).toContain('Time: Nov 20 23:59:58 to Nov 21 00:00:03 (the log does not state its year and time zone).');
    for (const text of [JSON.stringify(summary), JSON.stringify(report), prompt]) expect(text).not.toMatch(/\b20\d\d-/);
  });

  test('on one day the day is said once', () => {
    const day = digestOf('Nov 20 12:00:00 host app: error: boom\nNov 20 12:00:01 host app: error: boom\n');
    const log = { title: 'app.log', lineCount: null, bytes: null };
    expect(logReport({ id: 'l', log, status: 'DIGESTED', digest: day, summary: null, receipt: null, failure: null }).subtitle).toMatch(
      / · Nov 20 12:00:00–12:00:01$/,
    );
  });
});

describe('a template said aloud', () => {
  const say = (template: string, over: Partial<Pattern> = {}): string =>
    readable(makeDigest([{ template, count: 4, ...over }]).patterns[0] as Pattern);
  const only = (index: number, kind: Pattern['variables'][number]['kind'], value: string) => ({
    index,
    kind,
    distinct: 1,
    exact: true,
    top: [{ value, count: 4 }],
  });

  test('keeps apostrophes and quoted words, and loses the marks that would end its own quotation', () => {
    expect(say(`Can't handle "disconnect" of 'eth0'`)).toBe("Can't handle disconnect of 'eth0'");
    expect(say("undefined reference to `main'")).toBe('undefined reference to main');
  });

  test('what never changes is said, a secret or a place that does not tally is not', () => {
    expect(say('exit status <num>', { variables: [only(0, 'num', '137')] })).toBe('exit status 137');
    expect(say('login with password=<id> failed', { variables: [only(0, 'id', 'hunter2')] })).toBe('login with password=… failed');
    expect(say('parsed <any> of page <num>', { variables: [only(0, 'num', '137')] })).toBe('parsed … of page …');
  });

  test('fields that only follow a message are left out', () => {
    expect(say('cache is cold offset=<num> line=<num> dataset=<id>')).toBe('cache is cold …');
  });

  test('is cut between words, and says so', () => {
    expect(say(`Error for org.example.${'very'.repeat(10)}.Name.${'long'.repeat(30)}`)).toBe(
      `Error for org.example.${'very'.repeat(10)}.Name…`,
    );
  });
});

describe('the built-in engine’s own words always hold', () => {
  test.each([
    ['only words that mean nothing', '# Time: 2026-01-26T23:45:57Z\n# Time: 2026-01-26T23:45:59Z\n'],
    [
      'one endless name',
      `2026-11-22 12:00:00 ERROR Error for partition 3:org.example.cluster.errors.${'NotLeaderForPartition'.repeat(9)}Exception: gone\n`,
    ],
    ['quotation marks inside a field', 'LineId,Time\n1,"23:44:28,903",ERROR,Commit,"L3 error(s), over",1\n'],
    ['a template inside a template', '2026-11-22 12:00:00 ERROR expected <num> but got <any> of 5\n'],
    [
      'a trace in quotation marks',
      '2026-11-22 12:00:00 ERROR run failed\nx.Y: "bad" \'thing\' `here`\nCaused by: a.B: “quoted” words, 3 of 5\n',
    ],
  ])('%s', (_, text) => {
    expect(summarize(digestOf(text)).unsupportedDropped).toBe(0);
  });

  test.each([
    'ERROR <!channel> <@U1> *boom* & <http://evil.example|click>',
    'ERROR see [click](http://evil.example/a)',
    'ERROR &lt;!channel&gt; <b>boom</b> <a href="http://evil.example">x</a>',
    'ERROR {P1.count} and {logs} {{x}} %(y)s',
    'ERROR :fire: 🔥 zażółć İstanbul ﬁ',
    'ERROR \u202eevil\u202c zero\u200bwidth',
    'ERROR … boom … [… left out …]',
    'ERROR GET //evil.example/x www.evil.com mailto:a@b.com failed',
    `ERROR ${'x'.repeat(3000)} y`,
    '{"level":"error","msg":"<!channel> *boom* [x](http://e.com)"}',
  ])('five times %s', (line) => {
    const text = Array.from({ length: 5 }, (_, at) => (line.startsWith('{') ? line : `2026-11-20 12:00:0${at} ${line}`)).join('\n');
    const { whatIsGoingOn, unsupportedDropped } = summarize(digestOf(`${text}\n`));
    expect([whatIsGoingOn.length > 0, unsupportedDropped]).toEqual([true, 0]);
  });
});
