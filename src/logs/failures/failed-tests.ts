import { readSigns } from '#src/logs/digest/highlight/line-signs.ts';
import type { Digest, Sample } from '#src/logs/digest/types.ts';
import { type TestTool, testTools } from './test-tools.ts';

/** A line of the log that is held verbatim; `text` is without a runner's stamp. */
export type HeldLine = { line: number; text: string };

/** A test that failed, by the line that names it, and the lines that say why where they are held. */
export type FailedTest = { name: string; named: HeldLine; reasons: readonly HeldLine[] };

/** The tests that failed, and what the tool that ran them counted in the end, in its own words: '2 failed, 211 passed'. */
export type FailedTests = { tool: TestTool; tests: readonly FailedTest[]; tally: { text: string; line: number } | null };

/** The tests that failed, in the order of the log; null where no tool that runs tests told of any. Of long logs only those that are held. */
export const failedTests = (digest: Digest): FailedTests | null => {
  const known = found.get(digest);
  if (known !== undefined) return known;
  const tests = findFailedTests(heldLines(digest));
  found.set(digest, tests);
  return tests;
};

const found = new WeakMap<Digest, FailedTests | null>();

const findFailedTests = (held: ReadonlyMap<number, string>): FailedTests | null => {
  const lines = [...held].map(([line, text]): HeldLine => ({ line, text })).sort((a, b) => a.line - b.line);
  for (const tool of testTools) {
    const tally = lines.findLast(({ text }) => tool.tally.test(text));
    if (!tally) continue;
    const tests = withoutParents(withoutRepeats(lines.flatMap((line) => readTest(line, tool, held))));
    if (tests.length > 0) return { tool, tests, tally: tallyOf(tally, tool) };
  }
  return null;
};

/** 'FAIL' counts nothing. */
const tallyOf = ({ line, text: said }: HeldLine, tool: TestTool): FailedTests['tally'] => {
  const text = tool.tally.exec(said)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  return /\d/.test(text) ? { text, line } : null;
};

/** What is held verbatim: the passages to read first, and the samples of patterns. */
const heldLines = ({ highlights = [], patterns }: Digest): ReadonlyMap<number, string> => {
  const held = new Map<number, string>();
  for (const sample of [...highlights, ...patterns.flatMap(({ samples }) => samples)])
    for (const [at, text] of linesOf(sample).entries()) {
      const line = sample.lines.from + at;
      if (!held.has(line)) held.set(line, readSigns(line, text).text);
    }
  return held;
};

/** Of a record of which lines were left out, or that has blank ones, only the first line's number is known. */
const linesOf = ({ lines, text }: Sample): string[] => {
  const all = text.split('\n');
  return all.length === lines.to - lines.from + 1 ? all : all.slice(0, 1);
};

const readTest = (named: HeldLine, tool: TestTool, held: ReadonlyMap<number, string>): FailedTest[] => {
  const [, first, beside] = tool.named.exec(named.text) ?? [];
  if (first === undefined || first.trim() === '') return [];
  const nested = tool.nested ? nestedName(first, named.line, tool, held) : { name: first.trim(), end: named.line };
  if (nested === null) return [];
  const { name, end } = nested;
  if (beside !== undefined) return [{ name, named, reasons: [{ line: named.line, text: beside.trim() }] }];
  return [{ name, named, reasons: tool.reason ? knownReason(tool.reason, name, named.line, tool, held) : reasonsBelow(end, tool, held) }];
};

/** Mocha writes a suite, and its tests below it, each on a line of its own; without a colon it is not where it tells why. */
const nestedName = (
  first: string,
  from: number,
  { named }: TestTool,
  held: ReadonlyMap<number, string>,
): { name: string; end: number } | null => {
  const parts = [first.trim()];
  for (let end = from; end < from + DEEPEST; end++) {
    if (parts.at(-1)?.endsWith(':')) return { name: parts.join(' ').slice(0, -1), end };
    const next = held.get(end + 1) ?? '';
    if (next.trim() === '' || named.test(next)) return null;
    parts.push(next.trim());
  }
  return null;
};

const DEEPEST = 6;
const FARTHEST = 8;

/** The first line below that says something, and what goes on from it. */
const reasonsBelow = (from: number, { skip, goesOn, named }: TestTool, held: ReadonlyMap<number, string>): HeldLine[] => {
  const reasons: HeldLine[] = [];
  for (let line = from + 1; line <= from + FARTHEST; line++) {
    const raw = held.get(line);
    const text = raw?.trim().replace(/^[→✗×]\s*/, '') ?? '';
    if (raw !== undefined && named.test(raw)) break;
    if (text === '' || ruler.test(text)) {
      if (reasons.length > 0) break;
    } else if (reasons.length === 0 ? !skip?.test(text) : goesOn?.test(text)) reasons.push({ line, text });
    else if (reasons.length > 0) break;
    // One line is the reason, unless it is half of a comparison.
    if (reasons.length > 0 && !goesOn) break;
  }
  return reasons;
};

const ruler = /^[\W_]+$/;

/** Right below the name, or right below where it ran: Go tells it there with -v. */
const knownReason = (reason: RegExp, name: string, line: number, { ran }: TestTool, held: ReadonlyMap<number, string>): HeldLine[] => {
  const begun = ran && [...held].find(([, text]) => ran.exec(text)?.[1] === name)?.[0];
  return [line, begun]
    .flatMap((at) =>
      at !== undefined && reason.test(held.get(at + 1) ?? '') ? [{ line: at + 1, text: (held.get(at + 1) ?? '').trim() }] : [],
    )
    .slice(0, 1);
};

/** Tools name a test where it failed, and again in the end; the first that says why is kept. */
const withoutRepeats = (tests: readonly FailedTest[]): FailedTest[] =>
  [...Map.groupBy(tests, ({ name }) => name).values()].flatMap((same) => same.find(({ reasons }) => reasons.length > 0) ?? same[0] ?? []);

/** 'TestCharge' failed because 'TestCharge/declined' did. */
const withoutParents = (tests: readonly FailedTest[]): FailedTest[] =>
  tests.filter(({ name }) => !tests.some((other) => other.name.startsWith(`${name}/`)));
