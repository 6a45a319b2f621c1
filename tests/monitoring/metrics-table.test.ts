import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMetrics } from '#monitoring/metrics.ts';
import { botObserver, httpObserver, jobObserver, observeEngine, queueCollector } from '#monitoring/observe.ts';
import type { Engine } from '#src/core/ports.ts';
import { root } from '#tests/house/source-files.ts';

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

describe('series', () => {
  test('stay few, whatever names come in', async () => {
    const metrics = createMetrics();
    const [bot, jobs, http] = [botObserver(metrics), jobObserver(metrics), httpObserver(metrics)];
    const engine = observeEngine(endless, metrics);
    for (let at = 0; at < 2_000; at++) {
      bot.acked(`kind-${at}`, 0.1);
      bot.call(`method-${at}`, `outcome-${at}`, 0.1);
      bot.rateLimited(`method-${at}`, 1);
      bot.retryReceived(`reason-${at}`);
      jobs.started(`task-${at}`, 1);
      jobs.finished(`task-${at}`, 'failed', 1);
      jobs.beat(`kind-${at}`, 'result', 1, `who-${at}`);
      http(`/route-${at}`, 200, 0.1);
      await engine.run({ name: `task-${at}` } as Parameters<Engine['run']>[0], at);
    }
    queueCollector(metrics, async () =>
      Array.from({ length: 2_000 }, (_, at) => ({ task: `task-${at}`, state: `state-${at}`, count: 1, oldestSeconds: 1 })),
    );
    const lines = (await metrics.print()).split('\n').filter((line) => /^(aiops|gen_ai)_/.test(line));
    for (const { name } of declared()) {
      const series = lines.filter((line) => new RegExp(`^${name}(_count)?(\\{| )`).test(line));
      expect(series.length, `${name}: ${series.slice(0, 3)}`).toBeLessThanOrEqual(201);
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

const endless = {
  name: 'openai',
  model: 'm-1',
  local: false,
  run: async (_: unknown, input: unknown) => ({
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
      maskedCounts: { [`kind-${input}`]: 1 },
      sentHash: null,
      sentBytes: 1,
    },
  }),
} as unknown as Engine;
