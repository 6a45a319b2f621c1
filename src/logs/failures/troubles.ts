import { millisecondsOf } from '#src/core/log-time.ts';
import { readSigns } from '#src/logs/digest/highlight/line-signs.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { partlyFailed } from '#src/logs/offline/name-fields.ts';
import { isRequest } from '#src/logs/offline/name-requests.ts';
import { excerpt } from '#src/logs/wording/readable.ts';
import { type FailedTest, failedTests } from './failed-tests.ts';
import { kindOfText } from './failure-kind-of.ts';
import type { FailureKind } from './failure-kinds.ts';
import { isSevere, isUsual, openingOf, type Problem, problemsOf } from './problems.ts';
import { gravestStatus } from './request-status.ts';
import { isFailedRun, type TellingLine, tellingLines } from './telling-lines.ts';
import type { TestTool } from './test-tools.ts';

/** One thing that went wrong: the patterns that tell of it, by rank, in the order of the first, or a line that stands for itself. */
export type Trouble = {
  kind: FailureKind | null;
  /** None where the line that tells of it is in no pattern that is listed. */
  patterns: Pattern[];
  /** All of them say the same, so that their records add up to times it happened. */
  same: boolean;
  /** The line among those to read first that names it. */
  told: TellingLine | null;
  /** The test that failed, where it is one. */
  test?: FailedTest;
};

/** What went wrong, first what an engineer on call should hear first. */
export const troublesOf = (digest: Digest): readonly Trouble[] => {
  const known = found.get(digest);
  if (known) return known;
  const folded = leadByRoots(foldProblems(problemsOf(digest)));
  const troubles = isFailedRun(digest) ? leadByTests(leadByReason(leadByTelling(folded, tellingLines(digest))), digest) : folded;
  found.set(digest, troubles);
  return troubles;
};

const found = new WeakMap<Digest, readonly Trouble[]>();

/** Folds patterns of one kind, and those that differ only in the trace below them: nobody wants to add them up in the head. */
const foldProblems = (problems: Problem[]): Trouble[] => {
  const troubles: Trouble[] = [];
  for (const problem of problems) {
    const trouble = troubles.find((one) => tellsOf(problem, one));
    if (!trouble) troubles.push({ kind: problem.kind, patterns: [problem.pattern], same: true, told: null });
    else {
      trouble.same &&= trouble.patterns.every((pattern) => openingOf(pattern) === openingOf(problem.pattern));
      // A refusal and a wrong address among failed requests are of no one kind.
      trouble.kind = isRequest(problem.pattern) && trouble.kind !== problem.kind ? null : (trouble.kind ?? problem.kind);
      trouble.patterns.push(problem.pattern);
    }
  }
  return troubles;
};

/**
 * A warning that is known as a root of trouble leads before an error that only suffers from it: 'memory alarm set' before 'missed heartbeats', where it
 * came shortly before by a clock both have.
 */
const leadByRoots = (troubles: Trouble[]): Trouble[] => {
  const [top] = troubles;
  if (
    !top ||
    top.kind?.hard ||
    (top.kind !== null && !top.kind.vague && top.kind.root >= 2) ||
    top.patterns.every((pattern) => isUsual(pattern) || pattern.past?.isNew)
  )
    return troubles;
  const began = startMs(top);
  if (began === null) return troubles;
  const root = troubles.find((one) => {
    const at = startMs(one);
    return (
      one !== top &&
      one.kind !== null &&
      !one.kind.vague &&
      one.kind.root >= 2 &&
      !one.patterns.every(isUsual) &&
      at !== null &&
      at <= began &&
      began - at <= SHORTLY_MS
    );
  });
  return root ? [root, ...troubles.filter((one) => one !== root)] : troubles;
};

/** Of the lines that tell a failed run 'context deadline exceeded' leads only where none of them says of what. */
const leadByReason = (troubles: Trouble[]): Trouble[] => {
  const [top] = troubles;
  if (!top?.told || (top.kind !== null && (top.kind.vague || top.kind.root >= 2))) return troubles;
  const { line } = top.told;
  // What is not known at all may be the reason itself, unless it goes on right below one.
  const reason = troubles
    .slice(1, mostTold)
    .find(
      ({ kind, told }) =>
        told && kind !== null && !kind.vague && kind.root >= 2 && (top.kind !== null || (told.line < line && line - told.line <= GOES_ON)),
    );
  return reason ? [reason, ...troubles.filter((one) => one !== reason)] : troubles;
};

const GOES_ON = 5;
const SHORTLY_MS = 10 * 60_000;

const startMs = ({ patterns }: Trouble): number | null => {
  const times = patterns.flatMap(({ first }) => first.time ?? []).map((time) => millisecondsOf(time));
  return times.length > 0 ? Math.min(...times) : null;
};

const tellsOf = ({ pattern, kind }: Problem, trouble: Trouble): boolean => {
  // Of what failed only in part the part is counted by itself.
  if (partlyFailed(pattern) || trouble.patterns.some(partlyFailed)) return false;
  if (trouble.patterns.some((other) => isUsual(other) !== isUsual(pattern))) return false;
  // Requests are told together: those the server failed, and those it refused.
  const status = isRequest(pattern) ? gravestStatus(pattern) : 0;
  if (status >= 400)
    return trouble.patterns.every((other) => isRequest(other) && Math.floor(gravestStatus(other) / 100) === Math.floor(status / 100));
  if (kind && trouble.kind && kind !== trouble.kind) return false;
  if (kind && kind === trouble.kind && kind.root > 0 && !kind.vague) return true;
  const opening = openingOf(pattern);
  // Two traces below one message are two failures, unless they are of one kind.
  return trouble.patterns.some(
    (other) => openingOf(other) === opening && ((kind === trouble.kind && kind !== null) || !isTraced(other) || !isTraced(pattern)),
  );
};

const isTraced = ({ template }: Pattern): boolean => template.includes(' ↳ ');

const mostTold = 3;

/** What the lines to read first tell leads; what nothing can go well with (a full disk) leads all the same. */
const leadByTelling = (troubles: Trouble[], lines: readonly TellingLine[]): Trouble[] => {
  const leading: Trouble[] = [];
  for (const one of lines) {
    if (leading.length >= mostTold) break;
    const line = atMessage(one);
    const { pattern } = line;
    const trouble = pattern && troubles.find(({ patterns }) => patterns.includes(pattern));
    if (trouble?.told || (trouble && leading.includes(trouble))) continue;
    if (trouble) {
      trouble.told = line;
      leading.push(trouble);
    } else if (line.speaks && !leading.some(({ told }) => told?.passage === line.passage))
      leading.push({ kind: kindOfText(line.text), patterns: pattern ? [pattern] : [], same: true, told: line });
  }
  const all = [...new Set([...leading, ...troubles])];
  return [...all.filter(({ kind }) => kind?.hard), ...all.filter(({ kind }) => !kind?.hard)];
};

/** What a message's explanation below it says may be anything: told is the message. */
const atMessage = (line: TellingLine): TellingLine => {
  const sample = line.pattern?.samples.find(({ lines: { from, to } }) => from <= line.line && line.line <= to);
  if (!line.pattern || !sample || !isExplained.test(sample.text)) return line;
  const message = excerpt({ ...line.pattern, samples: [sample] });
  const below = sample.text.split('\n');
  const at = message === null ? -1 : below.findIndex((text) => text.includes(message));
  return at < 0 || below.length !== sample.lines.to - sample.lines.from + 1
    ? line
    : { ...line, line: sample.lines.from + at, text: below[at] ?? line.text };
};

const isExplained = /^(?:EXPLANATION|Description):$/m;

/** Whoever runs tests asks which failed; what else went wrong may be why, and comes next. What kept all from going well still leads. */
const leadByTests = (troubles: Trouble[], digest: Digest): Trouble[] => {
  const failed = failedTests(digest);
  if (!failed) return troubles;
  const lines = new Set([
    ...failed.tests.flatMap(({ named, reasons }) => [named.line, ...reasons.map(({ line }) => line)]),
    ...(failed.tally ? [failed.tally.line] : []),
  ]);
  const others = troubles.filter(
    (trouble) =>
      isMoreThanWarning(trouble) &&
      !(trouble.told && lines.has(trouble.told.line)) &&
      !trouble.patterns.some((pattern) => holdsAny(pattern, lines)) &&
      !saysTestsFailed(trouble, failed.tool),
  );
  return [
    ...others.filter(({ kind }) => kind?.hard),
    ...failed.tests.slice(0, mostTold).map(ofTest),
    ...others.filter(({ kind }) => !kind?.hard),
  ];
};

const ofTest = (test: FailedTest): Trouble => {
  const { line, text } = test.reasons[0] ?? test.named;
  const told = { line, text, passage: { lines: { from: line, to: line }, text }, pattern: null, score: 0, speaks: true };
  return { kind: kindOfText(test.reasons.map(({ text: reason }) => reason).join('\n')), patterns: [], same: true, told, test };
};

const holdsAny = ({ samples }: Pattern, lines: ReadonlySet<number>): boolean =>
  samples.some(({ lines: { from, to } }) => [...lines].some((line) => from <= line && line <= to));

/** Beside a test that failed, a deprecation or a hint is nothing to tell. */
const isMoreThanWarning = ({ kind, patterns }: Trouble): boolean => (kind !== null && kind.root > 0) || patterns.some(isSevere);

/** What a tool that runs tests prints around those that failed, and whoever called it. */
const saysTestsFailed = ({ kind, told, patterns: [first] }: Trouble, { echoes }: TestTool): boolean => {
  if (kind?.id === 'build-failed' || kind?.id === 'process-failed') return true;
  const [line = ''] = (told?.text ?? first?.samples[0]?.text ?? '').split('\n');
  const { signs, text } = readSigns(0, line);
  return echoes?.test(text) === true || testSigns.some((sign) => signs.has(sign));
};

const testSigns = ['testFailed', 'testBegins', 'tally', 'assertion', 'difference', 'echo', 'boilerplate'] as const;
