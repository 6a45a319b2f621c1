import { describe, expect, test } from 'vitest';
import type { Receipt } from '#src/core/ports.ts';
import { type LogReportInput, logReport } from '#src/logs/report.ts';
import { summaryTask } from '#src/logs/summary-task.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';
import { outage } from '#tests/support/digest.ts';

const digest = outage();
const summary = verifySummary(summaryTask.offline({ digest, title: 't', source: null }), digest);
const receipt: Receipt = {
  engine: 'openai',
  model: 'gpt-5-mini',
  task: 'log-summary',
  promptVersion: '1',
  tokensIn: 3400,
  tokensOut: 512,
  costUsd: 0.0042,
  durationMs: 6800,
  maskedCounts: { email: 3, password: 2 },
  sentHash: 'ab',
  sentBytes: 9,
};
const input = (over: Partial<LogReportInput> = {}): LogReportInput => ({
  id: 'log_1',
  log: { title: 'api-gateway.log', lineCount: null, bytes: null },
  status: 'QUEUED',
  digest: null,
  summary: null,
  receipt: null,
  failure: null,
  ...over,
});
const failure = { id: 'err_7', code: 'ENGINE_UNAVAILABLE', message: 'The model cannot be reached.', retryAt: null };

describe('a log’s report', () => {
  test('in line and reading, with a way out', () => {
    expect(logReport(input())).toMatchObject({
      headline: 'api-gateway.log is in line',
      tone: 'working',
      actions: [{ id: 'cancel', value: 'log_1' }],
    });
    expect(logReport(input({ status: 'RUNNING' }))).toMatchObject({ headline: 'Reading api-gateway.log …', tone: 'working' });
  });

  test('first beat: the digest stands alone while the engine writes', () => {
    const report = logReport(input({ status: 'DIGESTED', digest, log: { title: 'api-gateway.log', lineCount: 48_213, bytes: 6_400_000 } }));
    expect(report.subtitle).toMatch(/^api-gateway\.log · 48,213 lines · [\d.]+ MB · 2026-11-22 12:02:00–12:19:00 UTC$/);
    expect(report).toMatchObject({
      tone: 'working',
      facts: ['48,213 lines = 3 patterns: 0 lines unread', 'Reading on: the engine is writing the summary.'],
    });
    expect(report.sections[0]?.items[0]).toMatchObject({ label: 'error', count: 412, refs: ['P1', 'L18,204–39,911'] });
  });

  test('second beat: headline, sections, chart, ledger, dropped claims and receipt', () => {
    const report = logReport(input({ status: 'SUCCEEDED', digest, summary: { ...summary, unsupportedDropped: 2 }, receipt }));
    expect(report.tone).toBe('high');
    expect(report.sections.map(({ title }) => title)).toEqual(['What is going on', 'What likely caused it', 'Impact', 'What to do next']);
    expect(report.charts).toEqual([{ label: 'errors a minute, 12:02:00–12:19:00, at most 800', values: digest.histogram?.errors }]);
    expect(report.facts).toEqual([
      '48,213 lines = 3 patterns: 2 explained, 1 routine, 0 lines unread',
      '2 unsupported claims dropped',
      '5 masked (3 email, 2 password) · gpt-5-mini · 3,912 tokens · $0.0042 · 6.8 s',
    ]);
  });

  test('a log of a moment says when it was once, and how long a bar is', () => {
    const moment = outage();
    moment.time = { ...moment.time!, last: moment.time!.first };
    moment.histogram = { ...moment.histogram!, bucketMs: 50 };
    const report = logReport(input({ status: 'SUCCEEDED', digest: moment, summary, receipt }));
    expect(report.subtitle).toMatch(/ · 2026-11-22 12:02:00 UTC$/);
    expect(report.charts[0]?.label).toMatch(/^errors per 50 ms, 12:02:00–12:02:00, /);
  });

  test('the built-in engine’s receipt says that nothing left', () => {
    expect(
      logReport(input({ status: 'SUCCEEDED', digest, summary, receipt: { ...receipt, sentHash: null, durationMs: 3 } })).facts.at(-1),
    ).toBe('written by the built-in engine · nothing left this machine');
  });

  test('when the engine gives up the digest stays, and says so with an id', () => {
    const report = logReport(input({ status: 'FAILED', digest, failure }));
    expect(report.headline).toMatch(/^Connections of a pool/);
    expect(report.facts.at(-1)).toBe('No summary: the engine gave up. The patterns above are complete. Error err_7.');
    expect(JSON.stringify(report.sections)).toContain('The model cannot be reached.');
  });

  test('while another try is planned it says when', () => {
    expect(
      logReport(input({ status: 'DIGESTED', digest, failure: { ...failure, retryAt: '2026-11-22T12:30:00.000Z' } })).facts.at(-1),
    ).toContain('tried again at 12:30 UTC');
  });

  test('what cannot be read is answered in words, with an id', () => {
    expect(logReport(input({ status: 'FAILED', failure: { ...failure, code: 'BAD_INPUT', message: 'This is not text.' } }))).toMatchObject({
      headline: 'api-gateway.log could not be read',
      tone: 'failed',
      sections: [{ items: [{ text: 'This is not text.', refs: ['err_7'] }] }],
      actions: [{ label: 'Try again' }],
    });
  });

  test('cancelled says so and keeps what was there', () => {
    expect(logReport(input({ status: 'CANCELLED' }))).toMatchObject({
      headline: 'Cancelled: api-gateway.log',
      actions: [{ label: 'Try again' }],
    });
    expect(logReport(input({ status: 'CANCELLED', digest })).facts.at(-1)).toMatch(/^Cancelled before the summary/);
  });

  test('no secret of the log is printed at any beat', () => {
    const leaky = outage();
    leaky.patterns[0] = { ...leaky.patterns[0]!, template: 'login with password=hunter2 failed' };
    for (const status of ['DIGESTED', 'FAILED', 'CANCELLED'] as const)
      expect(JSON.stringify(logReport(input({ status, digest: leaky })))).not.toContain('hunter2');
  });
});
