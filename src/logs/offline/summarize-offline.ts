import { millisecondsOf } from '#src/core/log-time.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import type { FailureKind } from '#src/logs/failures/failure-kinds.ts';
import { ownFrameOf } from '#src/logs/failures/own-frame.ts';
import { isDeprecation, isFrame, isReadable, isSevere, isUsual, problemsOf, saysAfterFailure } from '#src/logs/failures/problems.ts';
import type { TellingLine } from '#src/logs/failures/telling-lines.ts';
import { type Trouble, troublesOf } from '#src/logs/failures/troubles.ts';
import type { RawClaim, RawEvidence, RawSummary, SummaryInput } from '#src/logs/summary-task.ts';
import { extentOf } from '#src/logs/wording/facts.ts';
import { formatCount } from '#src/logs/wording/formats.ts';
import { readable, withoutQuotes } from '#src/logs/wording/readable.ts';
import { type Cause, causesOf } from './find-causes.ts';
import { entryAfter } from './find-entry.ts';
import { impactOf } from './find-impact.ts';
import { severityOf } from './grade.ts';
import { nameFields, partlyFailed } from './name-fields.ts';
import { allRequestsFailed, nameRequests } from './name-requests.ts';
import { describeTest, nameTests } from './name-tests.ts';
import {
  becauseOf,
  cite,
  citeTold,
  comparedWith,
  countOf,
  describe,
  failedSample,
  howOften,
  nameOf,
  ownerOf,
  requestsWhen,
} from './name-trouble.ts';
import { quietSummary, sayLeadingTurn, turnClaims, turnSteps } from './quiet-summary.ts';

/**
 * The summary of the built-in engine: what the digest shows, plus general knowledge of ways to fail. Says nothing it has no lines
 * for; where it recognises nothing it says where to look and claims no cause.
 */
export const summarizeOffline = ({ digest }: Pick<SummaryInput, 'digest'>): RawSummary => {
  const problems = problemsOf(digest);
  const troubles = troublesOf(digest);
  const [top] = troubles;
  if (!top) return quietSummary(digest);
  // Rank says what matters; far down the list, knowledge of words finds causes for everything.
  const leading = unusual(troubles).slice(0, 8);
  const told = toldOf(top, troubles);
  const going = told.map((trouble) => (trouble.test ? describeTest(trouble.test, digest) : describe(trouble, digest)));
  const causes = causesOf(leading, unusual(troubles), digest);
  const entry = entryAfter(told, digest);
  const severity = severityOf(digest, problems);
  const spokenOf = new Set(troubles.flatMap(({ patterns }) => patterns));
  const turns = turnClaims(digest, spokenOf);
  // Beside what is there on any day, or a mere warning, what never came is the news.
  const turn = severity === 'low' ? sayLeadingTurn(digest, 70, spokenOf) : null;
  return {
    headline: `${turn ? `${turn}; ` : ''}${headlineOf(top, troubles, digest)}${entry && top.kind?.id === 'authentication' ? `; then “${readable(entry.pattern, 100)}”` : ''}`,
    severity,
    whatIsGoingOn: [
      ...(turn ? turns : []),
      ...going.slice(0, 1),
      ...(entry ? [entry.claim] : []),
      ...going.slice(1),
      ...(turn ? [] : turns),
    ].slice(0, MOST_CLAIMS),
    likelyCauses: causes.map(({ claim }) => withoutRepeatedQuote(claim, going)),
    impact: impactOf(unusual(troubles), told),
    nextSteps: [...(turn ? turnSteps(digest, spokenOf) : []), ...(entry ? [entry.step] : []), ...nextSteps(leading, causes, told, digest)],
  };
};

const MOST_TOLD = 4;
const MOST_CLAIMS = 6;

/** What the headline names is told, whatever its place; what goes out of use some day only where nothing fails today. */
const toldOf = (top: Trouble, troubles: readonly Trouble[]): readonly Trouble[] => {
  const failing = troubles.filter(({ patterns }) => patterns.length === 0 || !patterns.every(isDeprecation));
  const telling = tellingSomething(failing.length > 0 ? failing : troubles);
  const louder = louderThan(top, unusual(troubles));
  if (!louder || telling.slice(0, MOST_TOLD).includes(louder)) return telling.slice(0, MOST_TOLD);
  return [...telling.slice(0, MOST_TOLD - 1), louder];
};

/** What is there on any day caused nothing today; where there is nothing else, it is what the log tells. */
const unusual = (troubles: readonly Trouble[]): readonly Trouble[] => {
  const fresh = troubles.filter(({ patterns }) => patterns.length === 0 || !patterns.every(isUsual));
  return fresh.length > 0 ? fresh : troubles;
};

/** 'Process completed with exit code 1' is said only where there is nothing else to say. */
const tellingSomething = (troubles: readonly Trouble[]): readonly Trouble[] => {
  const telling = troubles.filter(
    ({ told, patterns }) =>
      told || patterns.some((pattern) => isReadable(pattern) && !saysAfterFailure(pattern.template) && !isFrame(pattern)),
  );
  return telling.length > 0 ? telling : troubles;
};

/** What went wrong first of all, and beside it what is loudest. */
const headlineOf = (top: Trouble, troubles: readonly Trouble[], digest: Digest): string => {
  if (top.test) return testsHeadline(troubles, digest);
  const louder = louderThan(top, unusual(troubles));
  const requests = nameRequests(top);
  const some = nameFields(top, louder ? 60 : 80);
  const first = requests
    ? `${becauseOf(top)}${requestsWhen(top, requests)}${comparedWith(top)}`
    : some
      ? `${some}${comparedWith(top)}`
      : `${nameOf(top, louder ? 80 : 110)}${howOften(top)}${comparedWith(top)}`;
  if (!louder) return first;
  const failed = nameRequests(louder);
  if (failed) return `${first}; ${failed.replace(/,$/, '')}`;
  const part = nameFields(louder, 60);
  if (part) return `${first}; ${part}`;
  if (countOf(louder) === 1) return `${first}; ${nameOf(louder, 70)}`;
  return `${first}; ${nameOf(louder, 70)} ${louder.same ? '' : 'in '}{${ownerOf(louder)}.count} ${louder.same ? 'times' : 'records'}`;
};

/** Where no test says why it failed, what else went wrong may. */
const testsHeadline = (troubles: readonly Trouble[], digest: Digest): string => {
  const silent = troubles.every(({ test }) => !test || test.reasons.length === 0);
  const other = silent ? troubles.find(({ test, kind }) => !test && kind && !kind.vague && kind.root > 0) : undefined;
  return `${nameTests(digest)}${other ? `; ${nameOf(other, 70)}` : ''}`;
};

/** A rare fatal error leads, but must not hide what callers got, nor what happens all the time. */
const louderThan = (top: Trouble, [, ...others]: readonly Trouble[]): Trouble | null => {
  const near = others.slice(0, 4).filter(({ patterns }) => patterns.length > 0);
  if (top.kind === null && !top.told) {
    const behind = near.find((one) => isBehind(one, top));
    if (behind) return behind;
  }
  if (!nameRequests(top)) {
    const failed = near.find((one) => nameRequests(one)?.match(/ got 5\d\d/) && countOf(one) >= 3);
    if (failed) return failed;
  }
  const [loudest] = near
    .filter((one) => (one.patterns.some(isSevere) || one.kind !== null) && countOf(one) >= Math.max(10, countOf(top) * 10))
    .sort((one, other) => countOf(other) - countOf(one));
  // What a build prints while it fails is not told by numbers.
  return top.told ? null : (loudest ?? null);
};

/** 'Failed after 3 retries' says that, and what is known as a root of trouble, came before it and as often says why. */
const isBehind = (one: Trouble, top: Trouble): boolean => {
  if (!one.kind || one.kind.vague || one.kind.root < 2 || countOf(one) * 2 < countOf(top) || top.patterns.length === 0) return false;
  const [its, tops] = [extentOf(one.patterns).earliest, extentOf(top.patterns).earliest];
  return its.line <= tops.line && (its.time === null || tops.time === null || its.time <= tops.time);
};

const withoutRepeatedQuote = (claim: RawClaim, before: RawClaim[]): RawClaim => {
  const quoted = new Set(before.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)));
  return {
    ...claim,
    evidence: claim.evidence.map((piece) => (piece.pattern !== null && quoted.has(piece.quote) ? { ...piece, quote: null } : piece)),
  };
};

// Whoever handed in one line has read it.
const nextSteps = (leading: readonly Trouble[], causes: Cause[], told: readonly Trouble[], digest: Digest): RawClaim[] => {
  const explained = causes.flatMap(({ trouble }) => trouble ?? []);
  const known = (explained.length > 0 ? explained : leading).slice(0, 2);
  const advice = known
    .flatMap(({ kind, patterns: [first], told }) =>
      stepsOf(kind, first).map((text) => ({
        text,
        confidence: null,
        evidence: first ? [{ ...cite(first), quote: null }] : pointTo(told, digest),
      })),
    )
    .filter(({ text }, at, all) => all.findIndex((other) => other.text === text) === at);
  const begins = startOf(leading, causes, told);
  return [...advice.slice(0, 4), ...(begins && digest.ledger.lines - digest.ledger.blank > 1 ? whereItBegins(begins, digest) : [])];
};

/** 'Open the first frame that is our own code': which one it is, where the trace names one. */
const stepsOf = (kind: FailureKind | null, pattern: Pattern | undefined): readonly string[] => {
  const frame = kind?.vague && pattern ? ownFrameOf(pattern) : null;
  return (kind?.steps ?? []).map((step) =>
    frame && /first frame/.test(step)
      ? `Look at what changed there last: “${withoutQuotes(frame)}” is the first frame that is our own code.`
      : step,
  );
};

/**
 * Where what leads the summary begins, or its first cause before it; and of what else is told whatever led up to that, each within a short
 * while of the next. Not where the first warning of any sort is, nor what is there on any day.
 */
const startOf = ([top]: readonly Trouble[], [cause]: Cause[], told: readonly Trouble[]): Trouble | undefined => {
  if (!top || top.told || top.patterns.length === 0) return top;
  const isCause = cause?.trouble && cause.trouble.patterns.length > 0 && lineOf(cause.trouble) < lineOf(top);
  let start = isCause ? (cause.trouble ?? top) : top;
  const before = told.filter(
    ({ kind, patterns }) => !patterns.every(isUsual) && (patterns.some(isSevere) || (kind !== null && patterns.length > 0)),
  );
  for (const one of before.toSorted((a, b) => lineOf(b) - lineOf(a))) if (leadsTo(one, start)) start = one;
  return start;
};

const lineOf = ({ patterns }: Trouble): number => extentOf(patterns).earliest.line;

const leadsTo = (one: Trouble, start: Trouble): boolean => {
  const [its, starts] = [extentOf(one.patterns).earliest, extentOf(start.patterns).earliest];
  if (its.line >= starts.line) return false;
  const gap = its.time !== null && starts.time !== null ? millisecondsOf(starts.time) - millisecondsOf(its.time) : null;
  return gap === null ? starts.line - its.line <= SHORT_IN_LINES : gap >= 0 && gap <= SHORT_MS;
};

const SHORT_MS = 120_000;
const SHORT_IN_LINES = 20;

/** The line alone where a pattern holds it: it is quoted above. */
const pointTo = (told: TellingLine | null, digest: Digest): RawEvidence[] =>
  citeTold(told, digest).map((piece) => (piece.pattern === null ? piece : { ...piece, quote: null }));

const whereItBegins = (top: Trouble, digest: Digest): RawClaim[] => {
  const { patterns, told } = top;
  if (told && countOf(top) === 1)
    return [{ text: `Read the log from line ${formatCount(told.line)}`, confidence: null, evidence: pointTo(told, digest) }];
  const some =
    patterns.find((pattern) => partlyFailed(pattern)) ?? (allRequestsFailed(top) || !nameRequests(top) ? undefined : patterns[0]);
  // Its first line may have gone well.
  if (some) return lookAround(some);
  const line = extentOf(patterns).earliest.line;
  const start = patterns.find(({ first }) => first.line === line) ?? patterns[0];
  return start
    ? [
        {
          text: `Read the log from line {${start.id}.firstLine}, where this begins`,
          confidence: null,
          evidence: [{ ...cite(start), quote: null }],
        },
      ]
    : [];
};

/** Of what failed only in part a line that did, where one is held. */
const lookAround = (pattern: Pattern): RawClaim[] => {
  const sample = failedSample(pattern);
  return sample
    ? [
        {
          text: `Look around line ${formatCount(sample.lines.from)}: it is one of those that failed`,
          confidence: null,
          evidence: [{ pattern: pattern.id, fromLine: sample.lines.from, toLine: sample.lines.to, quote: null }],
        },
      ]
    : [];
};
