import { writeFile } from 'node:fs/promises';
import type { Benchmark } from './benchmark.ts';
import { readCiFailures } from './support/ci-failures.ts';
import { fitLines, toExample } from './support/fit-lines.ts';

/** Learns the weights of the highlighter anew from marked logs and writes src/logs/digest/highlight/highlight-weights.ts, or another file. */
export const fitHighlight: Benchmark = {
  name: 'fit-highlight',
  about: 'learns the weights of the highlighter from marked build logs; `highlight` measures them',
  async run({ data, out = 'src/logs/digest/highlight/highlight-weights.ts' }) {
    if (data === undefined) throw new TypeError('Say with --data where the marked logs are.');
    const examples = (await readCiFailures(data)).map(toExample);
    const weights = fitLines(examples);
    const passes = Object.entries(weights).map(([pass, named]) => `  ${pass}: ${JSON.stringify(named)},`);
    const text = `/** By the name of a signal; what is not named weighs nothing. */
export type Weights = Readonly<Record<'first' | 'second' | 'third', Readonly<Record<string, number>>>>;

// Written by \`npm run bench -- fit-highlight --data DIR\`; not by hand.
export const weights: Weights = {
${passes.join('\n')}
};
`;
    await writeFile(out, text);
    return { logs: examples.length, weights: Object.values(weights).reduce((sum, named) => sum + Object.keys(named).length, 0), file: out };
  },
};
