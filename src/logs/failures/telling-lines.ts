import { readSigns, type Sign, type SignedLine } from '#src/logs/digest/highlight/line-signs.ts';
import type { Digest, LineRange, Pattern, Sample } from '#src/logs/digest/types.ts';
import { saysAfterFailure } from './problems.ts';

/** A line that names what failed, among those to read first. */
export type TellingLine = {
  line: number;
  text: string;
  passage: Sample;
  pattern: Pattern | null;
  score: number;
  /** It speaks of a failure, and does not only stand near one. */
  speaks: boolean;
};

/**
 * Of the passages to read first the lines that could stand as a headline, best first. Which lines to read was judged with the whole log in
 * view (digest/judge-lines.ts); here they are weighed as sentences: what names a failure and its place before what only says that
 * something failed, and before what stands below it as proof.
 */
export const tellingLines = (digest: Digest): readonly TellingLine[] => {
  const known = told.get(digest);
  if (known) return known;
  const lines = findTelling(digest);
  told.set(digest, lines);
  return lines;
};

const told = new WeakMap<Digest, readonly TellingLine[]>();

/** A run that ended in failure, as a build does: what it printed first to last is one story, and its levels are mostly guesses. */
export const isFailedRun = (digest: Digest): boolean =>
  (digest.highlights ?? []).length > 0 &&
  mayBeRun(digest) &&
  (verdictLine(digest) !== null || (!hasClock(digest) && (tellingLines(digest)[0]?.score ?? 0) >= CLEAR));

/** Whether it is worth looking for the lines to read first. What goes on for a while is told better by rank and counts. */
export const mayBeFailedRun = (digest: Digest): boolean =>
  mayBeRun(digest) && (verdictLine(digest) !== null || (digest.records >= FEWEST && !hasClock(digest)));

const FEWEST = 4;

/** Without a verdict a line must say by itself that something failed. */
const CLEAR = 2.5;

const mayBeRun = (digest: Digest): boolean =>
  !hasClock(digest) || digest.levels.unknown * 2 >= digest.records || digest.patterns.some(({ template }) => runnersVerdict.test(template));

/** Whoever says so stamps each line, whatever levels are in them. */
const runnersVerdict = /^(?:Error: )?Process completed with exit code|^(?:ERROR: )?Job failed: exit/;

const findTelling = (digest: Digest): TellingLine[] => {
  const verdict = Math.min(verdictLine(digest) ?? Number.POSITIVE_INFINITY, digest.ledger.lines + 1);
  const seen = new Set<string>();
  const weighed = (digest.highlights ?? [])
    .flatMap((passage) => passage.text.split('\n').map((text, at) => ({ passage, signed: readLine(passage.lines.from + at, text) })))
    .map(({ passage, signed }) => ({ passage, signed, own: weigh(signed) }))
    .filter(({ own }) => own > 0)
    .map(({ passage, signed, own }) => ({ passage, signed, score: own + placePoints(verdict - signed.line), speaks: own >= SPEAKS }))
    .filter(({ signed, score }) => score > 0 && !seen.has(signed.text) && seen.add(signed.text));
  return firstOfFindings(weighed)
    .toSorted((a, b) => b.score - a.score || a.signed.line - b.signed.line)
    .map(({ passage, signed: { line, text }, score, speaks }) => ({
      line,
      text,
      passage,
      score,
      speaks,
      pattern: patternOf(digest, line, text),
    }));
};

type Weighed = { passage: Sample; signed: SignedLine; score: number; speaks: boolean };

/** What a compiler or linter finds in one go weighs the same, so that the first of it is told first. */
const firstOfFindings = (lines: Weighed[]): Weighed[] => {
  const groups = Map.groupBy(lines, ({ passage, signed }) => (isFinding(signed) ? passage : null));
  return [...groups].flatMap(([passage, group]) => {
    const best = Math.max(...group.map(({ score }) => score));
    return passage === null ? group : group.map((line) => ({ ...line, score: best }));
  });
};

/** 'src/cart.ts(18,7): error …' of a compiler, or '18:7  error  …' of ESLint below the name of the file. */
const isFinding = ({ signs, text }: SignedLine): boolean =>
  (signs.has('opensWithPlace') &&
    !signs.has('warning') &&
    (signs.has('compilerWords') || signs.has('saysFailure')) &&
    !quietly.test(text)) ||
  /^\s*\d+:\d+\s+error\b/.test(text);

const quietly = /\[(?:debug|info|trace)\]/i;

/** A line as its program wrote it: without what a runner or a builder puts in front. */
export const readLine = (line: number, text: string): SignedLine => readSigns(line, text.replace(imageStep, '$1'));

/** The builder of an image numbers its steps, and the seconds in each: '#13 2.412 …'. */
const imageStep = /^((?:\d{4}-\d\d-\d\dT\S+ )?)#\d+ (?:\d+\.\d+ |(?=ERROR\b))/;

/** People read upwards from where the runner says that a step failed; what comes after it is cleaning up, and fails, too. */
const placePoints = (linesBeforeVerdict: number): number => (linesBeforeVerdict < 0 ? -2 : 1.5 * Math.max(0, 1 - linesBeforeVerdict / 80));

/** A place in a file alone does not. */
const SPEAKS = 0.6;

const points: Partial<Record<Sign, number>> = {
  namesFailure: 1.2,
  opensFailure: 1.2,
  opensFatal: 0.6,
  opensWithPlace: 1.6,
  compilerWords: 1,
  roots: 1.6,
  cause: 0.6,
  markedError: 0.8,
  assertion: 0.8,
  saysFailure: 0.5,
  testFailed: 1,
  red: 0.4,
  place: 0.3,
  echo: -2.5,
  boilerplate: -4,
  tally: -2,
  frame: -6,
  caret: -6,
  difference: -1.5,
  command: -3,
  passed: -4,
  script: -3,
  runnerMark: -9,
  testBegins: -4,
  denied: -3,
  warning: -1.5,
  routine: -0.8,
  quotedCode: -3,
};

const weigh = ({ text, blank, signs }: SignedLine): number => {
  const words = text.match(/\p{L}{3,}/gu)?.length ?? 0;
  if (blank || words === 0 || (words < 3 && !signs.has('opensWithPlace'))) return 0;
  if (saysAfterFailure(text) || frameOffset.test(text) || raises.test(text) || opensMessage.test(text)) return 0;
  let score = 0.2;
  for (const sign of signs) score += sign === 'denied' && signs.has('namesFailure') ? 0 : (points[sign] ?? 0);
  if (onlyThatItFailed.test(text)) score -= 2.5;
  if (halfOfComparison.test(text)) score -= 1.2;
  return score;
};

const onlyThatItFailed =
  /did not complete successfully|(?:returned|exited with) (?:a )?non-?zero|Execution failed for task|Failed to execute goal|build stopped|could not compile|failed with exit|compilation (?:failed|failure|error)|failed to solve|A failure occurred while|There (?:were|are|was) (?:\S+ )?(?:failing tests?|(?:test )?failures?)|(?:build|installation|deployment|tests?) failed\W*$/i;
const halfOfComparison = /^\W*(?:expected|received|actual|got|found|but was|want)\b\s*:/i;

// A frame of Go's says where in the machine's code it is.
const frameOffset = /\.(?:go|s):\d+ \+0x[0-9a-f]+/;

/** 'ERROR 1 --- [main] o.s.b.d.LoggingFailureAnalysisReporter :' of Spring: the message is in the lines below. */
const opensMessage = /\] [\w.$]+\s*:$/;

/** The code that raised a failure stands in the trace above it. */
const raises = /^\s*(?:raise|throw)\s/;

const verdict =
  /\bexited with [1-9]|completed with exit code [1-9<]|marked build as failure|Job failed|ELIFECYCLE|Command failed with exit code|^Finished: FAILURE|BUILD FAIL|FAILURE: Build failed|make(?:\[\S+\])?: \*\*\*|npm ERR!|Failed to execute goal|rake aborted|^FAIL\b|Test(?:s|ing)? failed|\d+ (?:failed|failing)\b|did not complete successfully|error: could not compile|Tests run:.*(?:Failures|Errors): [1-9<]/i;

const closingVerdict = /\bexited with [1-9<]|completed with exit code [1-9<]|marked build as failure|Job failed/i;

/** Where a runner says for the first time that a step failed; null when none does. Infinity-like: a verdict without such a line. */
const verdictLine = ({ patterns }: Digest): number | null => {
  let first: number | null = null;
  let any = false;
  for (const {
    template,
    first: { line },
  } of patterns) {
    if (closingVerdict.test(template)) first = Math.min(first ?? line, line);
    any ||= verdict.test(template);
  }
  return first ?? (any ? Number.MAX_SAFE_INTEGER : null);
};

/** What goes on for a while writes the time beside it. */
const hasClock = ({ patterns, records }: Digest): boolean =>
  patterns.reduce((sum, { first, count }) => sum + (first.time === null ? 0 : count), 0) * 2 >= records;

/** The pattern a line belongs to: one that holds it among its samples, or else one whose constant words stand in it, in order. */
const patternOf = ({ patterns }: Digest, line: number, text: string): Pattern | null =>
  patterns.find(({ samples, count, template }) =>
    // What only follows one of many records is not what they all say.
    samples.some(({ lines }) => within(lines, line) && (count === 1 || lines.from === line || template.includes(' ↳ '))),
  ) ??
  patterns.find(
    (pattern) => pattern.count > 1 && pattern.first.line <= line && pattern.last.line >= line && fits(pattern.template, text),
  ) ??
  null;

const within = ({ from, to }: LineRange, line: number): boolean => from <= line && line <= to;

/** With what opens its records, or with the failure a trace below them names. */
const fits = (template: string, text: string): boolean => template.split(' ↳ ').some((part) => holds(text, part));

const holds = (text: string, template: string): boolean => {
  const parts = template
    .split(/<[a-z]+>|\s*\n\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.reduce((sum, part) => sum + part.length, 0) < 8) return false;
  let at = 0;
  return parts.every((part) => {
    const found = text.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
};

const MOST_LINES = 14;
const MOST_PASSAGES = 6;

/**
 * What to read first, verbatim, in the order of the log: of a run that failed the passages that tell why, of anything else the first record of
 * each of the leading troubles.
 */
export const readFirst = (digest: Digest, leading: readonly Pattern[]): Sample[] => {
  if (!isFailedRun(digest)) return leading.slice(0, MOST_PASSAGES).flatMap(({ samples }) => samples.slice(0, 1));
  const telling = Map.groupBy(tellingLines(digest), ({ passage }) => passage);
  let room = MOST_LINES;
  const chosen = [...telling].flatMap(([passage, lines]) => {
    const part = around(
      passage,
      lines.map(({ line }) => line),
    );
    const length = part.lines.to - part.lines.from + 1;
    if (length > room) return [];
    room -= length;
    return [part];
  });
  return chosen.slice(0, MOST_PASSAGES).toSorted((a, b) => a.lines.from - b.lines.from);
};

const AROUND = 2;

/** Of a passage what stands around the lines that tell, the best of them first where not all have room. */
const around = ({ lines, text }: Sample, telling: readonly number[]): Sample => {
  let [from, to] = [telling[0] ?? lines.from, telling[0] ?? lines.from];
  for (const line of telling) {
    const wider = [Math.min(from, line), Math.max(to, line)] as const;
    if (wider[1] - wider[0] + 1 + 2 * AROUND <= MOST_LINES) [from, to] = wider;
  }
  from = Math.max(lines.from, from - AROUND);
  to = Math.min(lines.to, to + AROUND);
  return {
    lines: { from, to },
    text: text
      .split('\n')
      .slice(from - lines.from, to - lines.from + 1)
      .join('\n'),
  };
};
