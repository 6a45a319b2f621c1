import { createDigester as createPatternDigester } from './digester.ts';
import { withHighlights } from './highlight/highlight.ts';
import type { Digest, Digester, DigestOptions } from './types.ts';

export * from './segments/segment-cuts.ts';
export * from './segments/segments.ts';
export * from './types.ts';

/** Patterns, ledger and times of a log; with a `lineBudget` also the lines to read first, for which its text is looked at once more. */
export const createDigester = (options: DigestOptions = {}): Digester => {
  const { lineBudget = 0, lineRecall = 1 } = options;
  const digester = createPatternDigester(options);
  return lineBudget > 0 ? withHighlights(digester, { lineBudget, recall: lineRecall }) : digester;
};

/** Digests a text at hand, as if it had been read from a file. */
export const digestText = (text: string, options?: DigestOptions): Digest => {
  const digester = createDigester(options);
  digester.push(new TextEncoder().encode(text));
  return digester.finish();
};
