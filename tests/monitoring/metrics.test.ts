import { createSchema, createYoga } from 'graphql-yoga';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { engineTasks } from '#monitoring/count-from-nought.ts';
import { createMetrics, type Metrics } from '#monitoring/metrics.ts';
import {
  botObserver,
  countEngineFromNought,
  countJobsFromNought,
  countPeopleFromNought,
  countSlackFromNought,
  graphPlugin,
  httpObserver,
  jobObserver,
  observeChat,
  observeDigest,
  observeEngine,
  observeRatings,
  observeTickets,
  observeVerifier,
  queueCollector,
  readinessCollector,
  sizeCollector,
} from '#monitoring/observe.ts';
import { composeTask } from '#src/changelog/compose-task.ts';
import { AppError } from '#src/core/errors.ts';
import type { Chat, Engine, EngineTask, Receipt } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import { answerTask } from '#src/logs/ask/answer-task.ts';
import type { Digest } from '#src/logs/digest/types.ts';
import { summaryTask } from '#src/logs/summary-task.ts';
import { triageTask } from '#src/tickets/triage-task.ts';

describe('metrics', () => {
  test('every metric we declare is recorded by something', async () => {
    const metrics = createMetrics();
    await recordEverything(metrics);
    const page = await metrics.print();
    const declared = metrics.registry.getMetricsAsArray().filter(({ name }) => /^(aiops|gen_ai)_/.test(name));
    const silent = declared.filter(({ name }) => !new RegExp(`^${name}(_count)?(\\{[^}]*\\})? (?!0$)`, 'm').test(page));
    expect(declared.length).toBeGreaterThan(20);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('every metric has a help text and a name Prometheus takes', () => {
    for (const { name, help } of createMetrics().registry.getMetricsAsArray() as unknown as { name: string; help: string }[]) {
      expect(help.length, name).toBeGreaterThan(10);
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    }
  });

  test('two processes in one test do not share numbers', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    jobObserver(one).started('digest-log', 1);
    expect(await one.print()).toContain('aiops_jobs_started_total{task="digest-log"} 1');
    expect(await other.print()).not.toContain('aiops_jobs_started_total{');
  });

  test('process metrics are there', async () => {
    const page = await createMetrics().print();
    for (const name of ['process_cpu_seconds_total', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
      expect(page).toContain(name);
  });
});

describe('what alerts count', () => {
  test('is there with 0 before anything happened, under the very labels it is counted by', async () => {
    const metrics = createMetrics();
    countJobsFromNought(metrics, ['digest-log']);
    countSlackFromNought(metrics);
    countPeopleFromNought(metrics);
    countEngineFromNought(metrics, createEngine());
    const before = await metrics.print();
    for (const line of before.split('\n').filter((text) => /^(aiops|gen_ai)_.*\{/.test(text))) expect(line).toMatch(/ 0$/);

    const jobs = jobObserver(metrics);
    for (const outcome of ['succeeded', 'retried', 'refused', 'failed'] as const) jobs.finished('digest-log', outcome, 1);
    jobs.started('digest-log', 0);
    for (const beat of ['first', 'result', 'shown'] as const) jobs.beat('log', beat, 1, 'openai');
    jobs.beat('tkt', 'result', 1, 'nobody');
    botObserver(metrics).acked('event', 0.1);
    botObserver(metrics).retryReceived('http_timeout');
    observeVerifier(() => ({ unsupportedDropped: 1, claims: [1] }), metrics)();
    for (const code of ['CHAT_DENIED', 'CHAT_UNAVAILABLE', 'CHAT_TOKEN_REFUSED'] as const)
      await observeChat(createChat(new AppError(code, 'No.')), metrics)
        .post({ deliveryId: 'dlv_1', channel: 'C1', report, leaving: async () => {} })
        .catch(() => {});
    const summary = { ...task, name: summaryTask.name };
    await observeEngine(createEngine(), metrics).run(summary, 'input');
    for (const code of ['ENGINE_DENIED', 'ENGINE_UNAVAILABLE', 'ENGINE_REFUSED', 'ENGINE_BAD_ANSWER', 'ENGINE_RATE_LIMITED'] as const)
      await observeEngine(createEngine(new AppError(code, 'No.')), metrics)
        .run(summary, 'input')
        .catch(() => {});
    const after = await metrics.print();
    for (const name of [
      'aiops_jobs_started_total',
      'aiops_jobs_finished_total',
      'aiops_request_seconds_count',
      'aiops_slack_ack_seconds_count',
      'aiops_slack_retries_received_total',
      'aiops_slack_calls_total',
      'aiops_claims_total',
      'gen_ai_client_operation_duration_seconds_count',
    ])
      expect(seriesOf(after, name).map(withoutValue), name).toEqual(seriesOf(before, name).map(withoutValue));
  });

  test('is there for every task of an engine', () => {
    expect([summaryTask, answerTask, triageTask, composeTask].map(({ name }) => name).sort()).toEqual(engineTasks.toSorted());
  });
});

describe('engine', () => {
  test('a call counts its time, tokens, price and what was masked', async () => {
    const metrics = createMetrics();
    await observeEngine(createEngine(), metrics).run(task, 'input');
    const page = await metrics.print();
    expect(page).toContain(
      'gen_ai_client_operation_duration_seconds_count{gen_ai_operation_name="chat",gen_ai_provider_name="openai",gen_ai_request_model="m-1",task="summary"} 1',
    );
    const call = 'gen_ai_operation_name="chat",gen_ai_provider_name="openai",gen_ai_request_model="m-1",task="summary"';
    expect(page).toContain(`gen_ai_client_token_usage_sum{${call},gen_ai_token_type="input"} 1200`);
    expect(page).toContain(`gen_ai_client_token_usage_sum{${call},gen_ai_token_type="output"} 80`);
    expect(page).toContain(`aiops_engine_cost_usd_total{${call}} 0.25`);
    expect(page).toContain('aiops_engine_masked_total{kind="email"} 3');
  });

  test('a failed call counts its reason and the error flies on', async () => {
    const metrics = createMetrics();
    const refusal = new AppError('ENGINE_RATE_LIMITED', 'Too many requests.');
    await expect(observeEngine(createEngine(refusal), metrics).run(task, 'input')).rejects.toBe(refusal);
    await expect(observeEngine(createEngine(new TypeError('terminated')), metrics).run(task, 'input')).rejects.toThrow('terminated');
    const page = await metrics.print();
    expect(page).toContain('error_type="rate_limited"} 1');
    expect(page).toContain('error_type="failed"} 1');
  });

  test('an answer that could not be used counts its tokens and price: it was paid for', async () => {
    const metrics = createMetrics();
    const unusable = new AppError('ENGINE_BAD_ANSWER', 'Not what was asked for.', { receipt });
    await expect(observeEngine(createEngine(unusable), metrics).run(task, 'input')).rejects.toBe(unusable);
    expect(await metrics.print()).toMatch(/^aiops_engine_cost_usd_total\{.*\} 0\.25$/m);
  });

  test('the options reach the engine', async () => {
    const engine = createEngine();
    const { signal } = new AbortController();
    await observeEngine(engine, createMetrics()).run(task, 'input', { signal });
    expect(engine.seen).toEqual([{ signal }]);
  });
});

describe('chat and bot', () => {
  test('a delivery that Slack refuses is counted and the error flies on', async () => {
    const metrics = createMetrics();
    const chat = observeChat(createChat(new AppError('CHAT_DENIED', 'Invite the app.')), metrics);
    await expect(chat.post({ deliveryId: 'dlv_1', channel: 'C1', report, leaving: async () => {} })).rejects.toThrow('Invite the app.');
    expect(await metrics.print()).toContain('aiops_slack_calls_total{method="post",outcome="denied"} 1');
  });

  test('what Slack sends as a reason cannot grow a label', async () => {
    const metrics = createMetrics();
    const observer = botObserver(metrics);
    for (let at = 0; at < 1000; at++) {
      observer.retryReceived(`reason-${at}`);
      observer.acked(`kind-${at}`, 0.1);
      observer.call(`method-${at}`, `outcome-${at}`, 0.1);
    }
    observer.retryReceived('http_timeout');
    const page = await metrics.print();
    expect(seriesOf(page, 'aiops_slack_retries_received_total')).toHaveLength(2);
    expect(seriesOf(page, 'aiops_slack_ack_seconds_count')).toHaveLength(1);
    expect(seriesOf(page, 'aiops_slack_call_duration_seconds_count').length).toBeLessThanOrEqual(101);
  });
});

describe('jobs', () => {
  test('a beat counts the wait for it, and an answer who gave it', async () => {
    const metrics = createMetrics();
    const jobs = jobObserver(metrics);
    jobs.beat('log', 'first', 0.2, undefined);
    jobs.beat('log', 'result', 4, 'openai');
    jobs.beat('tkt', 'result', 1, 'nobody');
    const page = await metrics.print();
    expect(page).toContain('aiops_request_seconds_sum{kind="log",beat="first"} 0.2');
    expect(page).toContain('aiops_request_seconds_sum{kind="log",beat="result"} 4');
    expect(seriesOf(page, 'aiops_answers_total')).toEqual([
      'aiops_answers_total{kind="log",by="openai"} 1',
      'aiops_answers_total{kind="tkt",by="nobody"} 1',
    ]);
  });
});

describe('decisions about tickets', () => {
  test.each([
    ['the foretold category is accepted', { categoryId: 'cat_1', prediction }, 'category', 'accepted'],
    ['another one corrects it', { categoryId: 'cat_2', prediction }, 'category', 'corrected'],
    [
      'any is a help after an abstention',
      { categoryId: 'cat_1', prediction: { ...prediction, categoryId: null } },
      'category',
      'abstained',
    ],
    ['the foretold priority is accepted', { priority: 'P3', prediction }, 'priority', 'accepted'],
    ['another priority corrects it', { priority: 'P1', prediction }, 'priority', 'corrected'],
  ] as const)('%s', async (_, ticket, field, verdict) => {
    const metrics = createMetrics();
    const service = observeTickets(createDecisions(ticket), metrics);
    await (field === 'category' ? service.setCategory() : service.setPriority());
    expect(seriesOf(await metrics.print(), 'aiops_triage_decisions_total')).toEqual([
      `aiops_triage_decisions_total{field="${field}",verdict="${verdict}"} 1`,
    ]);
  });

  test('what was foretold after the decision is not judged by it, and neither is a ticket without a prediction', async () => {
    const metrics = createMetrics();
    await observeTickets(createDecisions({ categoryId: 'cat_1', prediction: { ...prediction, late: true } }), metrics).setCategory();
    await observeTickets(createDecisions({ categoryId: 'cat_1', prediction: null }), metrics).setCategory();
    expect(seriesOf(await metrics.print(), 'aiops_triage_decisions_total')).toEqual([]);
  });
});

describe('GraphQL', () => {
  test('an operation is named after its root field, not after what the client calls it', async () => {
    const metrics = createMetrics();
    for (let at = 0; at < 20; at++) await ask(metrics, `query Name${at} { alias${at}: hello }`);
    expect(countedOf(await metrics.print(), 'aiops_graphql_requests_total')).toEqual([
      'aiops_graphql_requests_total{operation="hello",outcome="succeeded"} 20',
    ]);
  });

  test.each([
    ['{ hello hello2: hello }', 'other', 'succeeded'],
    ['{ __typename }', 'other', 'succeeded'],
    ['{ nothingLikeThis }', 'other', 'refused'],
    ['{ hello ', 'other', 'refused'],
    ['mutation { submit { userErrors { message } } }', 'submit', 'refused'],
    ['{ denied }', 'denied', 'refused'],
    ['query ($yes: Boolean!) { hello @include(if: $yes) }', 'hello', 'refused'],
    ['{ broken }', 'broken', 'failed'],
    ['query A { hello } query B { broken }', 'broken', 'failed', 'B'],
  ])('%s is %s, %s', async (query, operation, outcome, operationName?: string) => {
    const metrics = createMetrics();
    await ask(metrics, query, operationName);
    expect(countedOf(await metrics.print(), 'aiops_graphql_requests_total')).toEqual([
      `aiops_graphql_requests_total{operation="${operation}",outcome="${outcome}"} 1`,
    ]);
  });

  test('a subscription counts once, when it begins', async () => {
    const metrics = createMetrics();
    await ask(metrics, 'subscription { ticks }');
    expect(countedOf(await metrics.print(), 'aiops_graphql_requests_total')).toEqual([
      'aiops_graphql_requests_total{operation="ticks",outcome="succeeded"} 1',
    ]);
  });

  test('failures are there with 0 for every operation before any fails, so that an alert sees the first', async () => {
    const metrics = createMetrics();
    await ask(metrics, '{ hello }');
    const failures = seriesOf(await metrics.print(), 'aiops_graphql_requests_total').filter((line) => line.includes('"failed"'));
    const operations = ['hello', 'denied', 'broken', 'submit', 'ticks', 'other'];
    expect(failures).toEqual(operations.map((operation) => `aiops_graphql_requests_total{operation="${operation}",outcome="failed"} 0`));
  });
});

describe('readiness', () => {
  test('tells at every scrape what is missing, and nothing of a process that is being stopped', async () => {
    const metrics = createMetrics();
    let told: { status: string; checks: Record<string, string> } = { status: 'starting', checks: {} };
    readinessCollector(metrics, async () => told);
    const page = async () => seriesOf(await metrics.print(), 'aiops_ready');
    expect(await page()).toEqual(['aiops_ready{need="start"} 0']);
    told = { status: 'not ready', checks: { slack: 'not reached', api: 'ok' } };
    expect(await page()).toEqual(['aiops_ready{need="start"} 1', 'aiops_ready{need="slack"} 0', 'aiops_ready{need="api"} 1']);
    told = { ...told, status: 'stopping' };
    expect(await page()).toEqual([]);
  });
});

describe('queue', () => {
  test('is asked at every scrape', async () => {
    const metrics = createMetrics();
    let count = 3;
    queueCollector(metrics, async () => [
      { task: 'digest-log', state: 'ready', count: count++, oldestSeconds: 12.5 },
      { task: 'deliver', state: 'scheduled', count: 1, oldestSeconds: 99 },
    ]);
    await metrics.print();
    const page = await metrics.print();
    expect(page).toContain('aiops_queue_jobs{task="digest-log",state="ready"} 4');
    expect(page).toContain('aiops_queue_jobs{task="deliver",state="scheduled"} 1');
    expect(page).toContain('aiops_queue_oldest_job_seconds 12.5');
  });

  test('what is on its way to Slack is asked with it', async () => {
    const metrics = createMetrics();
    queueCollector(
      metrics,
      async () => [],
      async () => ({ count: 4, oldestSeconds: 33 }),
    );
    const page = await metrics.print();
    expect(page).toContain('aiops_outbox_messages 4');
    expect(page).toContain('aiops_outbox_oldest_seconds 33');
  });

  test('what is worked off is zero, and not gone', async () => {
    const metrics = createMetrics();
    let counts = [{ task: 'digest-log', state: 'ready', count: 3, oldestSeconds: 5 }];
    queueCollector(metrics, async () => counts);
    await metrics.print();
    counts = [];
    expect(await metrics.print()).toContain('aiops_queue_jobs{task="digest-log",state="ready"} 0');
  });

  test('an empty queue has no old job', async () => {
    const metrics = createMetrics();
    queueCollector(metrics, async () => []);
    expect(await metrics.print()).toContain('aiops_queue_oldest_job_seconds 0');
  });

  test('that cannot be asked is absent, and the rest of the page stands', async () => {
    const metrics = createMetrics();
    let broken = false;
    queueCollector(metrics, async () => {
      if (broken) throw new Error('no connection');
      return [{ task: 'digest-log', state: 'ready', count: 3, oldestSeconds: 5 }];
    });
    await metrics.print();
    broken = true;
    const page = await metrics.print();
    expect(seriesOf(page, 'aiops_queue')).toEqual([]);
    expect(seriesOf(page, 'aiops_outbox')).toEqual([]);
    expect(page).toContain('process_cpu_seconds_total');
  });
});

const recordEverything = async (metrics: Metrics): Promise<void> => {
  metrics.slackConfigured.set(1);
  await observeRatings({ rateLog: async () => ({ helpful: true, changed: true, by: 'builtin' }) }, metrics).rateLog();
  await observeEngine(createEngine(), metrics).run(task, 'input');
  await observeEngine(createEngine(new AppError('ENGINE_BUDGET', 'Used up.')), metrics)
    .run(task, 'input')
    .catch(() => {});
  observeVerifier(() => ({ unsupportedDropped: 2, whatIsGoingOn: ['one'] }), metrics)();
  await observeTickets(createDecisions(), metrics).setCategory();
  await observeDigest(async () => digest, metrics)(noChunks(), { now: 0 });
  const chat = observeChat(createChat(), metrics);
  await chat.post({ deliveryId: 'dlv_1', channel: 'C1', report, leaving: async () => {} });
  const bot = botObserver(metrics);
  bot.acked('command', 0.2);
  bot.call('views.open', 'ok', 0.1);
  bot.rateLimited('chat.update', 30);
  bot.retryReceived('http_timeout');
  const jobs = jobObserver(metrics);
  jobs.started('digest-log', 0.4);
  jobs.finished('digest-log', 'succeeded', 1.5);
  jobs.beat('log', 'result', 0.5, 'builtin');
  httpObserver(metrics)('/graphql', 200, 0.01);
  await ask(metrics, '{ hello }');
  readinessCollector(metrics, async () => ({ status: 'ready', checks: { database: 'ok' } }));
  sizeCollector(metrics, async () => 1);
  queueCollector(
    metrics,
    async () => [{ task: 'digest-log', state: 'ready', count: 1, oldestSeconds: 3 }],
    async () => ({ count: 2, oldestSeconds: 4 }),
  );
};

const ask = async (metrics: Metrics, query: string, operationName?: string): Promise<void> => {
  const schema = createSchema({
    typeDefs: `
      type Query { hello: String denied: String broken: String }
      type Mutation { submit: Payload }
      type Payload { userErrors: [UserError!]! }
      type UserError { message: String! }
      type Subscription { ticks: Int }`,
    resolvers: {
      Query: {
        hello: () => 'hello',
        denied: () => {
          throw new AppError('FORBIDDEN', 'Ask an admin.');
        },
        broken: () => {
          throw new Error('a bug');
        },
      },
      Mutation: { submit: () => ({ userErrors: [{ message: 'Too big.' }] }) },
      Subscription: {
        ticks: {
          subscribe: async function* () {
            yield { ticks: 1 };
          },
        },
      },
    },
  });
  const yoga = createYoga({ schema, plugins: [graphPlugin(metrics)], logging: false });
  const response = await yoga.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ query, operationName }),
  });
  await response.text();
};

const withoutValue = (line: string): string => line.replace(/ \S+$/, '');
const countedOf = (page: string, name: string): string[] => seriesOf(page, name).filter((line) => !line.endsWith(' 0'));
const seriesOf = (page: string, name: string): string[] => page.split('\n').filter((line) => line.startsWith(name));

const receipt: Receipt = {
  engine: 'openai',
  model: 'm-1',
  task: 'summary',
  promptVersion: '1',
  tokensIn: 1200,
  tokensOut: 80,
  costUsd: 0.25,
  durationMs: 900,
  maskedCounts: { email: 3 },
  sentHash: null,
  sentBytes: 10,
};

const task: EngineTask<string, string> = {
  name: 'summary',
  version: '1',
  instructions: '',
  prompt: (input) => input,
  schema: z.string(),
  offline: (input) => input,
};

const prediction = { categoryId: 'cat_1', priority: 'P3' };

type Decided = { categoryId?: string; priority?: string; prediction: Prediction | null };
type Prediction = { categoryId: string | null; priority: string; late?: boolean };

const createDecisions = (ticket: Decided = { categoryId: 'cat_1', prediction }) => ({
  setCategory: async () => ticket,
  setPriority: async () => ticket,
});

const createEngine = (failure?: Error): Engine & { seen: unknown[] } => {
  const seen: unknown[] = [];
  return {
    name: 'openai',
    model: 'm-1',
    local: false,
    seen,
    async run(engineTask, input, options) {
      seen.push(options);
      if (failure) throw failure;
      return { output: engineTask.offline(input), receipt };
    },
  };
};

const createChat = (failure?: Error): Chat => ({
  name: 'test',
  post: async () => {
    if (failure) throw failure;
    return { ts: '1.1' };
  },
  find: async () => null,
  update: async () => {},
  remove: async () => {},
  whisper: async () => {},
  fetch: async () => ({ title: '', parts: (async function* () {})() }),
});

const report: Report = { headline: '', tone: 'info', sections: [], charts: [], facts: [], actions: [] };

const digest = {
  ledger: { lines: 10, inPatterns: 10, inOther: 0, inRemainder: 0, blank: 0 },
  bytes: 900,
  patterns: [{}, {}],
  other: { patterns: 1, records: 0, lines: 0 },
} as unknown as Digest;

async function* noChunks(): AsyncIterable<Uint8Array> {
  yield new Uint8Array();
}
