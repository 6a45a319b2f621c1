import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { type FailedTest, failedTests, type HeldLine } from '#src/logs/failures/failed-tests.ts';
import type { RawClaim, RawEvidence } from '#src/logs/summary-task.ts';
import { cut, withoutQuotes } from '#src/logs/wording/readable.ts';

const MOST_NAMED = 2;

/** 'Tests failed, “2 failed, 211 passed”: “test_a”, “test_b”' or 'A test failed: “test_a”: “expected 3”'; what was counted is the tool's. */
export const nameTests = (digest: Digest): string => {
  const { tests = [], tally } = failedTests(digest) ?? {};
  const [only, more] = tests;
  if (!only) return '';
  if (!more) return `A test failed: “${shortName(only)}”${reasonsOf(only, 110)}`;
  const names = tests.slice(0, MOST_NAMED).map((one) => `“${shortName(one)}”`);
  return `Tests failed${tally ? `, “${say(tally.text, 60)}”` : ''}: ${names.join(', ')}${tests.length > MOST_NAMED ? ' and more' : ''}`;
};

/** What is going on: one test, and why it failed where the log says so. */
export const describeTest = (test: FailedTest, digest: Digest): RawClaim => ({
  text: `“${shortName(test)}” failed${reasonsOf(test, 200)}`,
  confidence: null,
  evidence: [...test.reasons.map(quoteLine), { ...quoteLine(test.named), pattern: patternAt(digest, test.named.line)?.id ?? null }],
});

/** Each line in quotation marks of its own, for each stands in the log by itself. */
const reasonsOf = ({ reasons }: FailedTest, limit: number): string =>
  reasons.length > 0 ? `: ${reasons.map(({ text }) => `“${say(text, limit / reasons.length)}”`).join(', ')}` : '';

export const quoteLine = ({ line, text }: HeldLine): RawEvidence => ({
  pattern: null,
  fromLine: line,
  toLine: line,
  quote: cut(text.trim(), 200),
});

/** The pattern that holds a line verbatim. */
export const patternAt = ({ patterns }: Digest, line: number): Pattern | null =>
  patterns.find(({ samples }) => samples.some(({ lines }) => lines.from <= line && line <= lines.to)) ?? null;

/** The folders of a file, and the package of a class, are the first to go. */
const shortName = ({ name }: FailedTest): string =>
  say(name.replace(/^(?:[\w.-]+\/)+(?=[\w.-]+(?:::| > ))|^(?:[a-z]\w*\.){2,}(?=[A-Z])/, ''), 80);

const say = (text: string, limit: number): string => {
  const words = withoutQuotes(text).replace(/\s+/g, ' ').trim();
  return words.length <= limit ? words : `${cut(words, limit).replace(/[\s….,:;=/([{-]+$/, '')}…`;
};
