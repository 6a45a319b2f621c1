import { parseArgs } from 'node:util';
import type { Benchmark, BenchOptions } from './benchmark.ts';

// Loaded when asked for, so that one benchmark never pays for another's imports.
const registry: Record<string, () => Promise<Benchmark>> = {
  chaos: async () => (await import('./chaos.ts')).chaos,
  digest: async () => (await import('./digest.ts')).digest,
  parsing: async () => (await import('./parsing.ts')).parsing,
  records: async () => (await import('./records.ts')).records,
  highlight: async () => (await import('./highlight.ts')).highlight,
  'fit-highlight': async () => (await import('./fit-highlight.ts')).fitHighlight,
  budget: async () => (await import('./budget.ts')).budget,
  gold: async () => (await import('./gold.ts')).gold,
  pipeline: async () => (await import('./pipeline.ts')).pipeline,
  ack: async () => (await import('./ack.ts')).ack,
  weekly: async () => (await import('./weekly.ts')).weekly,
  triage: async () => (await import('./triage.ts')).triage,
  predict: async () => (await import('./predict.ts')).predict,
  duplicates: async () => (await import('./duplicates.ts')).duplicates,
  priority: async () => (await import('./priority.ts')).priority,
  changelog: async () => (await import('./changelog.ts')).changelog,
};

const usage = `Use: npm run --silent bench -- NAME [--data PATH] [--json] [--out FILE] [--limit N] [--engine NAME] [--seed N] [--threads N] [--verbose]. There is: ${Object.keys(registry).join(', ')}.`;

const main = async (): Promise<void> => {
  const { name, json, options } = parse();
  const load = name === undefined ? undefined : registry[name];
  if (!load) return fail(name === undefined ? usage : `There is no benchmark called '${name}'. ${usage}`);
  const benchmark = await load();
  process.stderr.write(`${benchmark.name}: ${benchmark.about}\n`);
  const result = await benchmark.run(options);
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const [key, value] of Object.entries(result)) process.stdout.write(`${key.padEnd(16)} ${show(value)}\n`);
};

const parse = (): { name: string | undefined; json: boolean; options: BenchOptions } => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
      limit: { type: 'string' },
      engine: { type: 'string' },
      seed: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      threads: { type: 'string' },
    },
  });
  const { json, limit, seed, threads, ...rest } = values;
  const numbers = Object.entries({ limit, seed, threads }).flatMap(([name, given]) => {
    if (given === undefined) return [];
    if (!/^\d+$/.test(given)) throw new TypeError(`--${name} takes a whole number, not '${given}'.`);
    return [[name, Number(given)]];
  });
  return { name: positionals[0], json, options: { ...rest, ...Object.fromEntries(numbers) } };
};

const show = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const fail = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
};

// What the caller got wrong is a sentence; what we got wrong keeps its stack.
await main().catch((error: unknown) => {
  if (error instanceof TypeError || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) fail(error.message);
  else throw error;
});
