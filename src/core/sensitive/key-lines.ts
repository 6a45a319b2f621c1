import type { SensitiveSpan } from './find-sensitive.ts';

/**
 * Finds the lines of a private key that was logged line by line, each with a timestamp, a logger's name or JSON around it: what stands in
 * the column where the block began, or is long enough to be nothing else, up to the END line. Other lines that came in between stay.
 */
export const findKeyLines = (text: string): SensitiveSpan[] => {
  const found: SensitiveSpan[] = [];
  if (!text.includes('-----BEGIN ')) return found;
  let nextLine = 0;
  for (const match of text.matchAll(begin)) {
    if (match.index < nextLine) continue;
    const column =
      text
        .slice(Math.max(0, match.index - MOST_PREFIX), match.index)
        .split('\n')
        .at(-1)?.length ?? 0;
    nextLine = text.indexOf('\n', match.index) + 1 || text.length;
    let at = nextLine;
    for (let lines = 0; at > 0 && at < text.length && lines < MOST_LINES; lines += 1) {
      const end = text.indexOf('\n', at);
      const line = text.slice(at, end < 0 ? text.length : end);
      if (line.includes('-----')) break;
      for (const { index, length } of keyParts(line, column))
        found.push({ kind: 'private key', secret: true, from: at + index, to: at + index + length });
      at = end + 1;
    }
  }
  return found;
};

const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
// A key of 16,384 bits has 200.
const MOST_LINES = 300;
const MOST_PREFIX = 1000;

const keyParts = (line: string, column: number): { index: number; length: number }[] => {
  const inColumn = /^[A-Za-z0-9+/=]{4,}(?=\s*$|["'\\])/.exec(line.slice(column))?.[0];
  if (inColumn) return [{ index: column, length: inColumn.length }];
  return [...line.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g)].map(({ index, 0: { length } }) => ({ index, length }));
};
