import { describe, expect, test } from 'vitest';
import { withOwnWords } from '#src/logs/offline/own-words.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import type { RawClaim, RawSummary } from '#src/logs/summary-task.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';
import { makeDigest, outage } from '#tests/support/digest.ts';

const digest = outage();
const evidence = (over: Partial<RawClaim['evidence'][number]> = {}): RawClaim['evidence'][number] => ({
  pattern: 'P1',
  fromLine: null,
  toLine: null,
  quote: null,
  ...over,
});
const claim = (text: string, over: Partial<RawClaim> = {}): RawClaim => ({ text, confidence: null, evidence: [evidence()], ...over });
const raw = (over: Partial<RawSummary> = {}): RawSummary => ({
  headline: 'Checkout failed because the connection pool ran dry',
  severity: 'high',
  whatIsGoingOn: [],
  likelyCauses: [],
  impact: [],
  nextSteps: [],
  ...over,
});
const findings = (...claims: RawClaim[]) => verifySummary(raw({ whatIsGoingOn: claims }), digest);
const kept = (one: RawClaim) => findings(one).whatIsGoingOn[0];

describe('what holds is kept', () => {
  test('facts in braces are filled in by code', () => {
    expect(kept(claim('The pool had no connection {P1.count} times between {P1.first} and {P1.last}'))?.text).toBe(
      'The pool had no connection 412 times between 12:04:11 and 12:13:40',
    );
    expect(
      verifySummary(raw({ headline: 'The connection pool ran dry for {P1.duration}: {log.errors} errors in {log.lines} lines' }), digest)
        .headline,
    ).toBe('The connection pool ran dry for 9 min 29 s: 4,524 errors in 48,213 lines');
  });

  test('a quote that stands in a sample, white space aside, gets the sample’s lines', () => {
    expect(
      kept(
        claim('The pool gave no connection', {
          evidence: [evidence({ quote: 'Connection is  not available,\nrequest timed out after 30000ms' })],
        }),
      )?.evidence,
    ).toEqual([
      { pattern: 'P1', lines: { from: 18204, to: 18204 }, quote: 'Connection is not available, request timed out after 30000ms' },
    ]);
  });

  test('a quote of the template, or of the template with values that were seen, holds', () => {
    for (const quote of ['request timed out after <num>ms', 'request timed out after 30005ms (total=20,'])
      expect(kept(claim('No connection', { evidence: [evidence({ quote })] }))).toMatchObject({
        text: 'No connection',
        evidence: [{ pattern: 'P1', quote }],
      });
  });

  test('numbers, codes and paths that stand in the cited lines may be copied', () => {
    expect(kept(claim('Calls to /checkout got 503', { evidence: [evidence({ pattern: 'P2' })] }))?.text).toBe('Calls to /checkout got 503');
    for (const text of ['All 20 connections were in use, calls waited 30000 ms', 'It began at 12:04 when the pool was empty'])
      expect(kept(claim(text))?.text).toBe(text);
  });

  test('a paraphrase of a known way to fail may use its own words', () => {
    const memory = makeDigest([{ template: 'java.lang.OutOfMemoryError: Java heap space', count: 1, level: 'fatal' }]);
    expect(
      verifySummary(raw({ headline: 'x', likelyCauses: [claim('A leak is eating RAM', { confidence: 'medium' })] }), memory).likelyCauses,
    ).toHaveLength(1);
  });

  test('a line range with a sample inside needs no pattern', () => {
    expect(
      kept(claim('No connection was available', { evidence: [evidence({ pattern: null, fromLine: 18200, toLine: 18210 })] }))?.evidence,
    ).toEqual([{ pattern: null, lines: { from: 18204, to: 18204 }, quote: null }]);
  });

  test('general advice needs no evidence', () => {
    const { nextSteps, unsupportedDropped } = verifySummary(
      raw({
        nextSteps: [claim('Raise the pool size or look at pg_stat_activity', { evidence: [] }), claim('Look from line {P1.firstLine}')],
      }),
      digest,
    );
    expect(nextSteps.map(({ text }) => text)).toEqual(['Raise the pool size or look at pg_stat_activity', 'Look from line 18,204']);
    expect(unsupportedDropped).toBe(0);
  });
});

describe('lies are dropped and counted', () => {
  const lies: [string, RawClaim][] = [
    ['an invented number', claim('The pool failed for 37 customers')],
    ['an invented number in words', claim('The pool failed for seventy minutes')],
    ['a number that stands only inside a time', claim('The pool failed 11 times')],
    ['a number that stands only in another pattern', claim('The pool answered 503')],
    ['an invented time', claim('The pool failed at 12:05:00')],
    ['an invented percentage', claim('The pool failed for 85% of the connections')],
    ['an invented id', claim('The pool failed for order ord-7781')],
    ['an invented path', claim('The pool failed in /etc/hikari/pool.conf')],
    ['an invented host', claim('The connection to orders-db.internal.acme failed')],
    ['a fact of a pattern that does not exist', claim('The pool failed {P9.count} times')],
    ['a fact that does not exist', claim('The pool failed {P1.users} times')],
    [
      'one word changed in a quote',
      claim('The pool is empty', { evidence: [evidence({ quote: 'Connection is now available, request timed out' })] }),
    ],
    ['one digit changed in a quote', claim('The pool is empty', { evidence: [evidence({ quote: 'request timed out after 30001ms' })] })],
    ['a quote of another pattern', claim('The pool is empty', { evidence: [evidence({ quote: 'GET /health 200' })] })],
    ['a phrase in quotation marks that nobody wrote', claim('The pool said “too many clients already”')],
    [
      'a real line cited for another claim',
      claim('Somebody guesses passwords of administrators', { evidence: [evidence({ pattern: 'P3', quote: 'GET /health 200' })] }),
    ],
    ['a range outside the log', claim('The pool is empty', { evidence: [evidence({ fromLine: 48_000, toLine: 48_214 })] })],
    ['a range before the log', claim('The pool is empty', { evidence: [evidence({ fromLine: 0, toLine: 10 })] })],
    ['a range upside down', claim('The pool is empty', { evidence: [evidence({ fromLine: 18_300, toLine: 18_204 })] })],
    ['a range where the pattern never was', claim('The pool is empty', { evidence: [evidence({ fromLine: 10, toLine: 20 })] })],
    [
      'lines nobody holds, without a pattern',
      claim('The pool is empty', { evidence: [evidence({ pattern: null, fromLine: 300, toLine: 400 })] }),
    ],
    ['a pattern that does not exist', claim('The pool is empty', { evidence: [evidence({ pattern: 'P77' })] })],
    ['no evidence', claim('The pool is empty', { evidence: [] })],
    ['evidence of nothing', claim('The pool is empty', { evidence: [evidence({ pattern: null })] })],
    ['one good and one invented piece of evidence', claim('The pool is empty', { evidence: [evidence(), evidence({ pattern: 'P8' })] })],
    ['a link', claim('The pool is empty, see https://evil.example/help')],
    ['nothing at all', claim('  ')],
  ];

  test.each(lies)('%s', (_, lie) => {
    const { whatIsGoingOn, unsupportedDropped } = findings(lie, claim('The pool is empty'));
    expect(whatIsGoingOn.map(({ text }) => text)).toEqual(['The pool is empty']);
    expect(unsupportedDropped).toBe(1);
  });

  test.each([
    ['See https://evil.example/runbook for help', 'See [link removed] for help'],
    ['See [the runbook](https://evil.example/x) for help', 'See [link removed] for help'],
    ['See <https://evil.example/x|the runbook> for help', 'See [link removed] for help'],
    ['See evil-help.com/x for help', 'See [link removed] for help'],
    ['Write to mailto:help@evil.example', 'Write to [link removed]'],
    ['Open evil.support/login and sign in', 'Open [link removed] and sign in'],
    ['Look at evil.rocks for help', 'Look at [link removed] for help'],
    ['For help look at evil.support.', 'For help look at [link removed].'],
    ['Run install.sh for help', 'Run [link removed] for help'],
    ['See //evil.xyz/x for help', 'See [link removed] for help'],
    ['See https：//evil.com/fix for help', 'See [link removed] for help'],
    ['See evil。com/x for help', 'See [link removed] for help'],
    ['Check application.yml and spring.datasource.url', 'Check application.yml and spring.datasource.url'],
  ])('advice loses a link the log does not contain: %s', (text, expected) => {
    expect(verifySummary(raw({ nextSteps: [claim(text, { evidence: [] })] }), digest).nextSteps.map((step) => step.text)).toEqual(
      text.includes('@') ? [] : [expected],
    );
  });

  test.each([
    'Look at package.json, e.g. its scripts, and at nginx.conf',
    'Handle java.lang.IllegalStateException where it is thrown',
    'Raise pool.max and request.timeout.ms',
    'Restart postgres.service',
  ])('advice keeps words that have a dot in them: %s', (text) => {
    const { nextSteps } = verifySummary(raw({ headline: 'x', nextSteps: [claim(text, { evidence: [] })] }), digest);
    expect(nextSteps[0]?.text).toBe(text);
  });

  test('a link that stands in the log stays, one that only begins like it does not', () => {
    const linked = makeDigest([{ template: 'see https://status.example.org/incidents for the outage', count: 1, level: 'error' }]);
    const steps = (text: string) =>
      verifySummary(raw({ headline: 'x', nextSteps: [claim(text, { evidence: [] })] }), linked).nextSteps[0]?.text;
    expect(steps('Look at https://status.example.org/incidents.')).toBe('Look at https://status.example.org/incidents.');
    expect(steps('Look at https://status.example.org.evil.test/incidents')).toBe('Look at [link removed]');
  });

  test('advice with an invented number is dropped', () => {
    expect(verifySummary(raw({ nextSteps: [claim('Raise the pool to 64 connections', { evidence: [] })] }), digest)).toMatchObject({
      nextSteps: [],
      unsupportedDropped: 1,
    });
  });

  test('an invented headline is replaced by our own and counted', () => {
    const summary = verifySummary(raw({ headline: '12,000 customers lost money' }), digest);
    expect(summary.headline).toMatch(/^Connections of a pool are used up: 412 times between 12:04:11 and 12:13:40/);
    expect(summary.unsupportedDropped).toBe(1);
  });

  test('a log cannot talk its own severity down, nor up: what a model says of it counts while anything else it said stands', () => {
    const standing = { whatIsGoingOn: [claim('Calls to /checkout failed', { evidence: [evidence({ pattern: 'P2' })] })] };
    const graded = (severity: RawSummary['severity'], over = {}) => verifySummary(raw({ severity, ...over }), digest).severity;
    expect([graded('info', standing), graded('critical', standing)]).toEqual(['medium', 'critical']);
    expect([graded('info'), graded('critical')]).toEqual(['high', 'high']);
  });
});

describe('what must not be shown is not', () => {
  test('a secret in a quoted sample is masked, also when the quote holds only the secret', () => {
    const quoted = (quote: string) =>
      kept(claim('Calls to /checkout failed', { evidence: [evidence({ pattern: 'P2', quote })] }))?.evidence[0]?.quote;
    expect(quoted('for user ana@example.org password=hunter2')).toBe('for user ana@example.org password=[masked: secret]');
    expect(quoted('hunter2')).toBe('[masked: secret]');
    expect(quoted('password=[masked: secret]')).toBe('password=[masked: secret]');
  });

  test('characters that steer a terminal or hide text are taken out of sentences', () => {
    expect(kept(claim('The pool\u001b[Km is\u202e empty\n\n\u{e0041}'))?.text).toBe('The pool m is empty');
  });

  test('hostile size is bounded', () => {
    const before = process.threadCpuUsage();
    const summary = verifySummary(
      raw({ whatIsGoingOn: Array.from({ length: 500 }, () => claim(`The pool ${'pool '.repeat(800)}`)) }),
      digest,
    );
    expect(summary.whatIsGoingOn.length).toBeLessThanOrEqual(6);
    expect(summary.whatIsGoingOn[0]?.text.length).toBeLessThan(800);
    // Of the processor, in microseconds: other tests run at the same time.
    expect(process.threadCpuUsage(before).user).toBeLessThan(5_000_000);
  });
});

test('where nothing a model said stands, the built-in engine’s words do, and the section says so', () => {
  const invented = raw({
    whatIsGoingOn: [claim('The service billing-7 was stopped by a robot', { evidence: [evidence({ pattern: 'P2' })] })],
    likelyCauses: [claim('A shark bit the cable', { evidence: [] })],
  });
  const summary = withOwnWords(verifySummary(invented, digest), invented, digest);
  const own = verifySummary(summarizeOffline({ digest }), digest);
  expect(summary).toMatchObject({ whatIsGoingOn: own.whatIsGoingOn, likelyCauses: own.likelyCauses, unsupportedDropped: 2 });
  expect(summary.ownWords).toEqual(['whatIsGoingOn', 'likelyCauses'].filter((section) => own[section as 'impact'].length > 0));
  const standing = raw({ whatIsGoingOn: [claim('Calls to /checkout failed', { evidence: [evidence({ pattern: 'P2' })] })] });
  expect(withOwnWords(verifySummary(standing, digest), standing, digest).ownWords).toBeUndefined();
});
