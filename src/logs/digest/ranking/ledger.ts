import type { Digest } from '#src/logs/digest/types.ts';

/** Law 7, asserted: a digest whose counts do not add up is never handed out. Throws an Error, which is a bug of ours. */
export const assertLedger = (digest: Digest): void => {
  const { ledger, patterns, other } = digest;
  const listed = patterns.reduce((sum, pattern) => sum + pattern.lines, 0);
  const total = ledger.inPatterns + ledger.inOther + ledger.inRemainder + ledger.blank;
  const problems = [
    total !== ledger.lines && `${total} lines are accounted for of ${ledger.lines} received`,
    listed !== ledger.inPatterns && `listed patterns hold ${listed} lines, the ledger says ${ledger.inPatterns}`,
    other.lines !== ledger.inOther && `other patterns hold ${other.lines} lines, the ledger says ${ledger.inOther}`,
    patterns.some((pattern) => sumLevels(pattern.levels) !== pattern.count) && 'the levels of a pattern do not add up to its records',
    sumLevels(digest.levels) !== digest.records && 'the levels do not add up to the records',
  ].filter((problem) => problem !== false);
  if (problems.length > 0) throw new Error(`The digest's ledger does not add up: ${problems.join('; ')}.`);
};

const sumLevels = (levels: Partial<Digest['levels']>): number => Object.values(levels).reduce((sum, count) => sum + count, 0);
