import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTracing } from '#monitoring/open-telemetry.ts';
import { readImports } from '#tests/house/read-imports.ts';
import { readSourceFiles } from '#tests/house/source-files.ts';
import { until } from '#tests/support/app.ts';
import { type CollectedSpan, type Collector, startCollector } from '#tests/support/collector.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';

let collector: Collector;
let all: SlackApp;
beforeAll(async () => {
  collector = await startCollector();
  all = await startSlackApp({
    engine: 'openai',
    settings: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'x-team=shop, authorization=Bearer%20me' },
  });
});
afterAll(async () => {
  await all[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
});

const traceOf = (span: CollectedSpan | undefined): CollectedSpan[] => collector.spans.filter(({ traceId }) => traceId === span?.traceId);
/** The names from a span up to the first of its trace. */
const ancestry = (span: CollectedSpan): string[] => {
  const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...(parent ? ancestry(parent) : [])];
};
const named = (spans: readonly CollectedSpan[], name: string): CollectedSpan | undefined => spans.find((span) => span.name === name);
const attribute = (span: CollectedSpan | undefined, key: string): unknown => {
  const value = span?.attributes.find((each) => each.key === key)?.value;
  return value?.stringValue ?? (value?.intValue === undefined ? value?.doubleValue : Number(value.intValue));
};

describe('with a collector named', () => {
  test('one trace runs from what Slack sent through the mutation, the jobs and the engine to the post', async () => {
    const { slack, openai, send } = all;
    openai.mock.nextRequestError(500, { message: 'busy', type: 'server_error' });
    openai.answer(/orders-db/, summaryAnswer());
    const channel = slack.createChannel({ name: 'traced' });
    const question = await slack.post({ channel, text: `\`\`\`${sampleLog()}\`\`\`` });
    await send.shortcut({ channel, message: question });
    await until(
      () => JSON.stringify(slack.messages(channel)),
      (messages) => messages.includes('Checkout could not get'),
    );
    const trace = await until(
      () => traceOf(named(collector.spans, 'slack shortcut')),
      (spans) =>
        spans.some(({ name, status }) => name === 'chat gpt-5-mini' && status?.code !== 2) &&
        // What is within another is sent before it.
        spans.every(({ parentSpanId }) => !parentSpanId || spans.some(({ spanId }) => spanId === parentSpanId)) &&
        // Whether the answer is edited in or there from the first post on is a matter of pace.
        spans.some(({ name }) => name === 'slack post'),
      'the whole trace',
    );
    const ways = trace.map(ancestry);
    for (const way of [
      ['graphql submitLog', 'POST /graphql', 'slack shortcut', 'POST /slack/events'],
      ['job digest-log', 'graphql submitLog', 'POST /graphql', 'slack shortcut', 'POST /slack/events'],
    ])
      expect(ways).toContainEqual(way);
    const into = (name: string): string[] => ways.filter(([first]) => first === name).map((way) => way.join(' < '));
    expect(into('chat gpt-5-mini').join()).toContain('chat gpt-5-mini < job summarize-log < job digest-log < graphql submitLog');
    expect(into('slack post').join()).toMatch(/slack post(?: < job deliver)+ < (?:job (?:digest|summarize)-log|graphql submitLog)/);
    // The try that failed and the one after it hang side by side under what asked for them.
    expect(trace.filter(({ name }) => name === 'job summarize-log').map(({ parentSpanId }) => parentSpanId)).toEqual(
      Array(2).fill(named(trace, 'job digest-log')?.spanId),
    );
    expect(trace.filter(({ parentSpanId }) => !parentSpanId).map(({ name }) => name)).toEqual(['POST /slack/events']);
    const answered = trace.find(({ name, status }) => name === 'chat gpt-5-mini' && status?.code !== 2);
    expect([attribute(answered, 'gen_ai.usage.input_tokens'), attribute(answered, 'aiops.engine_task')]).toEqual([1200, 'log-summary']);
    const failed = trace.find(({ name, status }) => name === 'chat gpt-5-mini' && status?.code === 2);
    expect(attribute(failed, 'error.type')).toMatch(/^ENGINE_/);
  });

  test('nothing that anybody wrote is in a trace, and no token but the collector’s own', () => {
    const wire = collector.wire();
    expect(wire).toContain('"x-team":"shop"');
    expect(wire).toContain('Bearer me');
    for (const word of ['orders-db', 'Checkout', all.slack.botToken, all.app.token, all.openai.apiKey]) expect(wire).not.toContain(word);
  });

  test('a client’s own trace goes on here, and what is no trace begins one', async () => {
    const [theirs, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const put = (traceparent: string) =>
      fetch(`${all.app.url}/logs/x.log`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${all.app.token}`, traceparent },
        body: 'one line\n',
      });
    await put(`00-${theirs}-${parent}-01`);
    await put('00-nonsense');
    const puts = await until(
      () => collector.spans.filter(({ name }) => name === 'PUT /logs'),
      (spans) => spans.length === 2,
    );
    expect(puts[0]).toMatchObject({ traceId: theirs, parentSpanId: parent });
    expect(attribute(puts[0], 'http.response.status_code')).toBe(202);
    expect(puts[1]?.traceId).toMatch(/^(?!0af7)[0-9a-f]{32}$/);
    expect(collector.spans.some(({ name }) => /healthz|readyz|metrics/.test(name))).toBe(false);
  });
});

test('a collector that is not where it was said to be is told of once', async () => {
  const told: unknown[] = [];
  const log = { warn: (fields: object, message: string) => told.push({ ...fields, message }) };
  const tracing = createTracing({ endpoint: `${collector.endpoint}/elsewhere`, share: 1, roles: ['api'], log });
  const twice = async (): Promise<void> => {
    for (let at = 0; at < 600; at++) await tracing.span({ name: 'one', kind: 'internal' }, async () => {});
  };
  // More than one batch, of which each fails.
  await twice();
  await twice();
  await tracing.stop();
  expect(told).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('OTEL_EXPORTER_OTLP_ENDPOINT'),
      collector: new URL(collector.endpoint).host,
    }),
  ]);
});

test('OpenTelemetry is imported in one place, which is loaded only when traces are on', async () => {
  const files = await readSourceFiles();
  const importers = (specifier: RegExp) =>
    files
      .filter(({ path }) => /^(src|bot|graphql|db|monitoring)\//.test(path))
      .filter(({ source }) => readImports(source).some((each) => specifier.test(each.specifier)))
      .map(({ path }) => path);
  expect(importers(/^@opentelemetry\//)).toEqual(['monitoring/open-telemetry.ts']);
  expect(importers(/open-telemetry\.ts$/)).toEqual(['src/runtime/open-tracing.ts']);
  expect(files.find(({ path }) => path === 'src/runtime/open-tracing.ts')?.source).toContain(
    "await import('#monitoring/open-telemetry.ts')",
  );
});
