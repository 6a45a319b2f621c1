import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLError, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createGraphSchema } from '#graphql/schema.ts';
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
  observeEngine,
  observeRatings,
  observeTickets,
  observeVerifier,
  queueCollector,
  readinessCollector,
} from '#monitoring/observe.ts';
import { AppError, type ErrorCode } from '#src/core/errors.ts';
import type { Chat, Engine } from '#src/core/ports.ts';
import { root } from '#tests/house/source-files.ts';

const units: Record<string, number> = { ms: 0.001, s: 1, min: 60, h: 3600, '': 1 };

type Described = { name: string; type: string; labelNames: string[] };

const declared = (): Described[] => {
  const metrics = createMetrics().registry.getMetricsAsArray() as unknown as Described[];
  return metrics.filter(({ name }) => /^(aiops|gen_ai)_/.test(name));
};

describe('docs/metrics.md', () => {
  const rows = readRows();

  test('names exactly the metrics there are, with their kind and labels', () => {
    const kinds: Record<string, string> = { gauge: 'gauge', counter: 'counter', histogram: 'histogram' };
    const wanted = declared().map((metric) => ({
      name: metric.name,
      kind: kindOf(metric, kinds),
      labels: metric.labelNames.filter((label) => label !== 'le'),
    }));
    expect(rows.map(({ name, kind, labels }) => ({ name, kind, labels })).sort(byName)).toEqual(wanted.sort(byName));
  });

  test('gives each the unit its name says, and a reason', () => {
    for (const { name, unit, why } of rows) {
      const said = /_(seconds|bytes|usd)(_total)?$/.exec(name)?.[1]?.replace('usd', 'USD');
      if (said) expect(unit, name).toBe(said);
      expect(unit, name).toMatch(/^[a-zA-Z]+$/);
      expect(why.length, name).toBeGreaterThan(15);
    }
  });
});

describe('buckets', () => {
  const histograms = declared().filter((metric) => metric.constructor.name === 'Histogram') as (Described & { upperBounds: number[] })[];
  const measured = [
    ...readFileSync(join(root, 'docs/metrics.md'), 'utf8').matchAll(/^\| (`[^|]+`) \| ([^|]{20,}) \| ([\d.]+)( \w+)? … ([\d.]+)( \w+)?/gm),
  ].map(([, names = '', , first, firstUnit, last, lastUnit]) => ({
    names: [...names.matchAll(/`(\w+)\*?`/g)].map(([, name = '']) => name),
    bounds: [Number(first) * (units[firstUnit?.trim() ?? ''] ?? Number.NaN), Number(last) * (units[lastUnit?.trim() ?? ''] ?? Number.NaN)],
  }));

  test.each(histograms.filter(({ name }) => name.startsWith('aiops_')))(
    'of $name are told with what they were laid around',
    ({ name, upperBounds }) => {
      const row = measured.find(({ names }) => names.some((each) => name === each || (each.endsWith('_') && name.startsWith(each))));
      expect(row?.bounds).toEqual([upperBounds[0], upperBounds.at(-1)]);
    },
  );
});

describe('series', () => {
  test('stay few, whatever names come in, each combined with each', async () => {
    const metrics = createMetrics();
    countJobsFromNought(metrics, names('job').slice(0, 30));
    countEngineFromNought(metrics, { ...failingEngine, embeddingModel: 'm-2' });
    countSlackFromNought(metrics);
    countPeopleFromNought(metrics);
    await floodCalls(metrics);
    floodGraph(metrics);
    queueCollector(metrics, async () =>
      names('task').flatMap((task) => names('state').map((state) => ({ task, state, count: 1, oldestSeconds: 1 }))),
    );
    readinessCollector(metrics, async () => ({ status: 'ready', checks: Object.fromEntries(names('need').map((need) => [need, 'ok'])) }));
    const lines = (await metrics.print()).split('\n').filter((line) => /^(aiops|gen_ai)_/.test(line));
    for (const { name, labelNames } of declared()) {
      const series = lines.filter((line) => new RegExp(`^${name}(_count)?(\\{| )`).test(line));
      expect(series.length, `${name}: ${series.slice(0, 3)}`).toBeLessThanOrEqual(400);
      // Whatever has a label and was not flooded is not known to be bounded.
      if (labelNames.length > 0) expect(series.length, name).toBeGreaterThan(0);
    }
  });

  test('no label names a workspace, a channel or a person', () => {
    for (const { name, labelNames } of declared())
      for (const label of labelNames) expect(label, name).not.toMatch(/workspace|channel|user|person|team|email|log_id|ticket/);
  });
});

function readRows(): { name: string; kind: string; labels: string[]; unit: string; why: string }[] {
  const text = readFileSync(join(root, 'docs/metrics.md'), 'utf8');
  return [...text.matchAll(/^\| `((?:aiops|gen_ai)_\w+)` \| (counter|gauge|histogram) \| (.*?) \| (.*?) \| (.*) \|$/gm)].map(
    ([, name = '', kind = '', labels = '', unit = '', why = '']) => ({
      name,
      kind,
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
      unit,
      why,
    }),
  );
}

// prom-client's classes are named after the kinds.
const kindOf = (metric: object, kinds: Record<string, string>): string =>
  kinds[metric.constructor.name.toLowerCase()] ?? metric.constructor.name;

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);

const MANY = 70;
const names = (what: string): string[] => Array.from({ length: MANY }, (_, at) => `${what}-${at}`);

const floodCalls = async (metrics: Metrics): Promise<void> => {
  const [bot, jobs, http] = [botObserver(metrics), jobObserver(metrics), httpObserver(metrics)];
  const engine = observeEngine(failingEngine, metrics);
  const chat = observeChat(failingChat, metrics);
  const ratings = observeRatings({ rateLog: async (by: string, helpful: boolean) => ({ helpful, changed: true, by }) }, metrics);
  const outcomes = ['succeeded', 'retried', 'refused', 'failed'] as const;
  for (const one of names('one'))
    for (const [at, two] of names('two').entries()) {
      bot.acked(one, 0.1);
      bot.call(one, two, 0.1);
      bot.rateLimited(one, 1);
      bot.retryReceived(one);
      jobs.started(one, 1);
      jobs.finished(one, outcomes[at % outcomes.length] ?? 'failed', 1);
      jobs.beat(one, at % 2 === 0 ? 'result' : 'first', 1, two);
      http(one, at + 100, 0.1);
      await engine.run({ name: one } as Parameters<Engine['run']>[0], codes[at % codes.length]).catch(() => {});
      await chat.post({ deliveryId: String(codes[at % codes.length]) } as Parameters<Chat['post']>[0]).catch(() => {});
      await ratings.rateLog(one, at % 2 === 0);
    }
  observeVerifier(() => ({ unsupportedDropped: 1, claims: [1] }), metrics)();
  const decide = { prediction: { categoryId: 'a', priority: 'P1' }, categoryId: 'b', priority: 'P2' };
  const tickets = observeTickets({ setCategory: async () => decide, setPriority: async () => decide }, metrics);
  await tickets.setCategory();
  await tickets.setPriority();
};

/** Every field there is and some that are not, each with every outcome. */
const floodGraph = (metrics: Metrics): void => {
  const schema = createGraphSchema();
  const plugin = graphPlugin(metrics);
  const results = [
    { data: {} },
    { errors: [new GraphQLError('x')] },
    { errors: [new GraphQLError('x', { extensions: { code: 'NOT_FOUND' } })] },
  ];
  for (const [operation, type] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const)
    for (const field of [...Object.keys(type?.getFields() ?? {}), ...names('field')])
      for (const result of results) {
        const document = parse(`${operation} { ${field.replace('-', '_')} }`);
        const done = plugin.onExecute?.({ args: { schema, document } } as never) as { onExecuteDone(done: object): void };
        done.onExecuteDone({ result });
      }
};

const codes: readonly (ErrorCode | 'unexpected' | undefined)[] = [
  undefined,
  'unexpected',
  'BAD_INPUT',
  'NOT_FOUND',
  'ENGINE_UNAVAILABLE',
  'ENGINE_RATE_LIMITED',
  'ENGINE_DENIED',
  'ENGINE_REFUSED',
  'ENGINE_BAD_ANSWER',
  'ENGINE_BUDGET',
  'CHAT_UNAVAILABLE',
  'CHAT_RATE_LIMITED',
  'CHAT_DENIED',
];

const failing = (code: unknown): void => {
  if (code === 'unexpected') throw new Error('x');
  if (code !== undefined && code !== 'undefined') throw new AppError(code as ErrorCode, 'x');
};

const failingChat = { name: 'slack', post: async ({ deliveryId }: { deliveryId: string }) => failing(deliveryId) } as unknown as Chat;

const failingEngine = {
  name: 'openai',
  model: 'm-1',
  local: false,
  run: async ({ name }: { name: string }, code: unknown) => {
    failing(code);
    return {
      output: null,
      receipt: {
        engine: 'openai',
        model: 'm-1',
        task: 't',
        promptVersion: '1',
        tokensIn: 1,
        tokensOut: 1,
        costUsd: 1,
        durationMs: 1,
        maskedCounts: { [`kind-${name}`]: 1 },
        sentHash: null,
        sentBytes: 1,
      },
    };
  },
} as unknown as Engine;
