import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { speaksForeign } from '#src/logs/failures/foreign-words.ts';
import { problemKindOf } from '#src/logs/failures/problem-kind.ts';
import { isGrave, isReadable } from '#src/logs/failures/problems.ts';
import { statusesOf } from '#src/logs/failures/request-status.ts';
import type { RawClaim, RawSummary } from '#src/logs/summary-task.ts';
import { type Turn, turnsOf } from '#src/logs/wording/find-turns.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { quietSeverity } from './grade.ts';
import { cite } from './name-trouble.ts';

/** Of a log in which no pattern says what is wrong. That nothing is wrong is only said where levels and the share that was read say so. */
export const quietSummary = (digest: Digest): RawSummary => {
  const nothing = { severity: quietSeverity(digest), likelyCauses: [], impact: [] };
  const unlisted = digest.levels.fatal + digest.levels.error + digest.levels.warn > 0;
  if (digest.ledger.lines === digest.ledger.blank || digest.records === 0)
    return { ...nothing, headline: 'There is nothing in this log: it is empty or blank', whatIsGoingOn: [], nextSteps: [] };
  const whatIsGoingOn = mostSeen(digest);
  if (readShare(digest) < 0.5)
    return {
      ...nothing,
      headline:
        'Most of this log could not be sorted into patterns: {log.unread} of {log.lines} lines are unread, so whether something is wrong is not known',
      whatIsGoingOn,
      nextSteps: [step('Send a part of it, with the lines around the problem; logs whose lines have nothing in common are read in parts')],
    };
  if (!unlisted && isTurned(digest)) return turned(digest, nothing);
  if (unlisted && nothing.severity !== 'info')
    return {
      ...nothing,
      headline: `{log.errors} ${plural(digest.levels.fatal + digest.levels.error, 'error')} and {log.warnings} ${plural(digest.levels.warn, 'warning')} in {log.lines} ${lines(digest)}, of sorts too rare to be listed`,
      whatIsGoingOn,
      nextSteps: [step('Ask for the lines with a word of failure, or send a part of the log')],
    };
  const [murmur, ...murmurs] = murmursOf(digest);
  if (murmur && statesLevels(digest)) return murmured([murmur, ...murmurs], nothing);
  if (!statesLevels(digest) && speaksForeign(digest))
    return {
      ...nothing,
      severity: 'low',
      headline: `Whether something is wrong is not known: {log.lines} ${lines(digest)} state no levels, in a language whose words for failure we do not know`,
      whatIsGoingOn,
      nextSteps: [step('Read the rarest of these records first; a log that states its levels can be judged in any language')],
    };
  if (isNoLog(digest))
    return {
      ...nothing,
      headline: `This does not look like a log: {log.lines} ${lines(digest)} without times or levels, and no sign of trouble`,
      whatIsGoingOn,
      nextSteps: [step('If it is one, send more of it, with the lines around the problem')],
    };
  return {
    ...nothing,
    headline: `Nothing looks wrong: {log.lines} ${lines(digest)} in {log.patterns} ${plural(digest.patterns.length + digest.other.patterns, 'pattern')}, ${statesLevels(digest) ? 'no errors or warnings' : 'no levels stated and no word of trouble'}`,
    whatIsGoingOn,
    nextSteps: [step(whereElse(digest))],
  };
};

/** Not an error among them, and still not as it was. */
const turned = (digest: Digest, nothing: Pick<RawSummary, 'severity' | 'likelyCauses' | 'impact'>): RawSummary => {
  const turns = turnClaims(digest);
  const told = new Set(turns.flatMap(({ evidence }) => evidence.flatMap(({ pattern }) => pattern ?? [])));
  return {
    ...nothing,
    headline: `No errors or warnings, but ${sayLeadingTurn(digest, 70)}`,
    whatIsGoingOn: [...turns, ...mostSeen(digest).filter(({ evidence }) => !told.has(evidence[0]?.pattern ?? ''))],
    nextSteps: turnSteps(digest),
  };
};

/** What its program calls no error, in words of failure: true, and more than nothing. */
const murmured = (
  murmurs: readonly [Pattern, ...Pattern[]],
  nothing: Pick<RawSummary, 'severity' | 'likelyCauses' | 'impact'>,
): RawSummary => {
  const [{ id }] = murmurs;
  return {
    ...nothing,
    severity: 'low',
    headline: `No errors or warnings, but “${readable(murmurs[0], 90)}”${times(murmurs[0])}`,
    whatIsGoingOn: murmurs.slice(0, 3).map(mention),
    nextSteps: [step(`Read the log around line {${id}.firstLine}: its program calls this no error, and it may be one for others`)],
  };
};

const murmursOf = ({ patterns }: Digest): Pattern[] =>
  patterns
    .filter(
      (pattern) => pattern.level === 'info' && isReadable(pattern) && (saysItFailed.test(pattern.template) || isRefusedLogin(pattern)),
    )
    .toSorted((a, b) => b.count - a.count);

/** 'Login failed for ada', 'Failed to open …', 'Access denied'; not '0 failed', 'failed=0', 'failed-over' nor 'refused connections: 3'. */
const saysItFailed =
  /(?<!(?:<num>|\d) )\b(?:failed to|unable to|could not) [a-z]|\b(?:has|have|had|was|were|been|and|login|logon|password|authentication|access|permission|connection|request) (?:failed|denied|refused|rejected)\b(?! ?[=:] ?(?:<num>|\d)|[-_/.]\w)|\bfailed (?:\w+ )?(?:login|logon|password|authentication)\b(?! ?[=:])/i;

/** One mistyped password is no news. */
const isRefusedLogin = (pattern: Pattern): boolean => pattern.count >= FEWEST_LOGINS && problemKindOf(pattern)?.id === 'authentication';
const FEWEST_LOGINS = 3;

const isTurned = (digest: Digest): boolean => turnsOf(digest).length > 0 || (digest.missing ?? []).length > 0;

/**
 * What stopped comes before what never came, that before what comes too often. Beside `troubles`, which say themselves how often they came, a mere
 * burst of something else is nothing to tell.
 */
const turnsBeside = (digest: Digest, troubles: Beside): { stop: Turn | undefined; missing: boolean; other: Turn | undefined } => {
  const turns = turnsOf(digest).filter(({ pattern, is }) => troubles === null || (!troubles.has(pattern) && is !== 'burst'));
  return {
    stop: turns.find(({ is }) => is === 'stop'),
    missing: (digest.missing ?? []).length > 0,
    other: turns.find(({ is }) => is !== 'stop'),
  };
};

type Beside = ReadonlySet<Pattern> | null;

/** The turn that leads, as a part of a sentence; null where there is none. */
export const sayLeadingTurn = (digest: Digest, limit: number, troubles: Beside = null): string | null => {
  const { stop, missing, other } = turnsBeside(digest, troubles);
  // Beside trouble only what earlier logs say is news enough to lead.
  const turn = (troubles === null ? stop : undefined) ?? (missing ? undefined : other);
  return turn ? sayTurn(turn, limit) : missing ? '{log.missing}' : null;
};

/** Every way in which the log is not as it was, one claim each; of what is missing the evidence is all of the log. */
export const turnClaims = (digest: Digest, troubles: Beside = null): RawClaim[] => {
  const { stop, other } = turnsBeside(digest, troubles);
  const missing = (digest.missing ?? []).slice(0, MOST_MISSING).map(
    (_, at): RawClaim => ({
      text: `{log.missing${at === 0 ? '' : `.${at}`}}`,
      confidence: null,
      evidence: [{ pattern: null, fromLine: 1, toLine: digest.ledger.lines, quote: null }],
    }),
  );
  const [stopped, others] = [stop, other].map((turn) => (turn ? [turnClaim(turn)] : []));
  return troubles === null ? [...(stopped ?? []), ...missing, ...(others ?? [])] : [...missing, ...(others ?? []), ...(stopped ?? [])];
};

const MOST_MISSING = 3;

export const turnSteps = (digest: Digest, troubles: Beside = null): RawClaim[] => {
  const { stop, missing, other } = turnsBeside(digest, troubles);
  if (stop && troubles === null) return [stepAt(stop, 'what comes next may tell why it stopped')];
  if (missing) return [step('Look whether what usually writes these lines still runs')];
  return other ? [stepAt(other, 'what led to it stands around there')] : [];
};

const stepAt = ({ pattern, is }: Turn, why: string): RawClaim => ({
  text: `Read the log from line {${pattern.id}.${is === 'stop' ? 'last' : 'first'}Line} on: ${why}`,
  confidence: null,
  evidence: [{ ...cite(pattern), quote: null }],
});

const sayTurn = ({ pattern, is }: Turn, limit?: number): string =>
  `“${readable(pattern, limit)}” ${is === 'more' ? 'came at ' : ''}{${pattern.id}.${is}}`;

const turnClaim = (turn: Turn): RawClaim => ({
  text: `${sayTurn(turn)}${turn.is === 'stop' ? '' : `: {${turn.pattern.id}.count} times`}`,
  confidence: null,
  evidence: [cite(turn.pattern)],
});

const readShare = ({ ledger: { lines: all, blank, inRemainder } }: Digest): number => (all > blank ? 1 - inRemainder / (all - blank) : 1);

const mostSeen = ({ patterns }: Digest): RawClaim[] =>
  patterns
    .filter((pattern) => isReadable(pattern) || isGrave(pattern))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(mention);

const mention = (pattern: Pattern): RawClaim => ({
  text: `“${readable(pattern)}”${times(pattern)}`,
  confidence: null,
  evidence: [cite(pattern)],
});

const times = ({ id, count, first, last }: Pattern): string => {
  if (count === 1) return first.time ? `, at {${id}.first}` : `, on {${id}.first}`;
  const moment = first.time !== null && first.time.slice(0, 19) === last.time?.slice(0, 19);
  return `: {${id}.count} times ${moment ? `at {${id}.first}` : `between {${id}.first} and {${id}.last}`}`;
};

const whereElse = ({ time }: Digest): string => {
  if (!time) return 'If you expected trouble, check that this is the log of the time it happened';
  return time.first.slice(0, 19) === time.last.slice(0, 19)
    ? 'If you expected trouble, check that it happened at {log.first}; this log covers no more'
    : 'If you expected trouble, check that it falls between {log.first} and {log.last}; this log covers no more';
};

const step = (text: string): RawClaim => ({ text, confidence: null, evidence: [] });
const lines = ({ ledger }: Digest): string => plural(ledger.lines, 'line');
const plural = (count: number, noun: string): string => (count === 1 ? noun : `${noun}s`);

/** Levels of most records, or how each request was answered. */
const statesLevels = ({ levels, records, patterns }: Digest): boolean => {
  const answered = patterns.reduce(
    (sum, pattern) => sum + (pattern.level === 'unknown' && statusesOf(pattern).length > 0 ? pattern.count : 0),
    0,
  );
  return (records - levels.unknown + answered) * 2 >= records;
};

const isNoLog = ({ time, levels, records }: Digest): boolean => time === null && levels.unknown === records;
