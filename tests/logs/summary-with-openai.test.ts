import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOpenAiEngine } from '#src/engine/openai.ts';
import { type RawSummary, summaryTask } from '#src/logs/summary-task.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';
import { outage } from '#tests/support/digest.ts';
import { type OpenAiStandIn, startOpenAi } from '#tests/support/openai.ts';

let openai: OpenAiStandIn;
beforeAll(async () => {
  openai = await startOpenAi();
});
afterAll(() => openai.stop());

test('a model’s words arrive with our numbers and the real values, its inventions and the log’s secrets do not', async () => {
  const digest = outage();
  const answer: RawSummary = {
    headline: 'Checkout failed for {P2.duration} because the connection pool ran dry',
    severity: 'high',
    whatIsGoingOn: [
      {
        text: 'POST /checkout answered 503 {P2.count} times, for example for <EMAIL_1>',
        confidence: null,
        evidence: [
          {
            pattern: 'P2',
            fromLine: 18_250,
            toLine: 40_000,
            quote: 'POST /checkout failed with status 503 for user <EMAIL_1> password=<SECRET_1>',
          },
        ],
      },
      { text: 'Revenue fell by 12%', confidence: null, evidence: [{ pattern: 'P2', fromLine: null, toLine: null, quote: null }] },
    ],
    likelyCauses: [
      {
        text: 'The pool of 20 connections was exhausted',
        confidence: 'high',
        evidence: [{ pattern: 'P1', fromLine: null, toLine: null, quote: 'total=20, active=20' }],
      },
    ],
    impact: [],
    nextSteps: [{ text: 'See what holds the connections', confidence: null, evidence: [] }],
  };
  openai.answer(/api-gateway\.log/, answer);
  const engine = createOpenAiEngine({
    apiKey: openai.apiKey,
    baseUrl: openai.baseUrl,
    model: 'gpt-5-mini',
    timeoutMs: 10_000,
    maxPromptTokens: 6000,
  });
  const { output, receipt } = await engine.run(summaryTask, { digest, title: 'api-gateway.log', source: null });
  const summary = verifySummary(output, digest);

  expect(openai.wire()).not.toMatch(/hunter2|ana@example\.org/);
  expect(receipt.maskedCounts).toEqual({ email: 1, secret: 1 });
  expect(summary).toMatchObject({ headline: 'Checkout failed for 9 min 29 s because the connection pool ran dry', unsupportedDropped: 1 });
  expect(summary.whatIsGoingOn).toEqual([
    {
      text: 'POST /checkout answered 503 4,112 times, for example for ana@example.org',
      confidence: null,
      evidence: [
        {
          pattern: 'P2',
          lines: { from: 18_250, to: 40_000 },
          quote: 'POST /checkout failed with status 503 for user ana@example.org password=[masked: secret]',
        },
      ],
    },
  ]);
  expect(summary.likelyCauses).toHaveLength(1);
});

test('a model hears what is missing and what comes too often, and may say both, in our numbers', async () => {
  const digest = outage();
  digest.missing = [{ template: 'heartbeat sent to broker sequence <num>', usualPerHour: 120 }];
  const [first] = digest.patterns;
  if (first) first.past = { isNew: false, usualPerHour: null, more: { perHour: 140, usualPerHour: 10 }, after: null };
  openai.answer(/billing\.log/, {
    headline: 'The heartbeat is gone: {log.missing}',
    severity: 'high',
    whatIsGoingOn: [
      { text: '{log.missing}', confidence: null, evidence: [{ pattern: null, fromLine: 1, toLine: digest.ledger.lines, quote: null }] },
      {
        text: 'Timeouts acquiring a connection come at {P1.more}',
        confidence: null,
        evidence: [{ pattern: 'P1', fromLine: null, toLine: null, quote: null }],
      },
    ],
    likelyCauses: [],
    impact: [],
    nextSteps: [],
  } satisfies RawSummary);
  const engine = createOpenAiEngine({
    apiKey: openai.apiKey,
    baseUrl: openai.baseUrl,
    model: 'gpt-5-mini',
    timeoutMs: 10_000,
    maxPromptTokens: 6000,
  });
  const { output } = await engine.run(summaryTask, { digest, title: 'billing.log', source: 'billing' });
  expect(openai.wire()).toContain('nowhere in this one (say {log.missing}');
  const { whatIsGoingOn, unsupportedDropped } = verifySummary(output, digest);
  expect(whatIsGoingOn.map(({ text }) => text)).toEqual([
    '“heartbeat sent to broker sequence …” is missing: 0 of a usual 120 an hour',
    'Timeouts acquiring a connection come at 14× its usual rate',
  ]);
  expect(unsupportedDropped).toBeLessThanOrEqual(1);
});
