import type { Unlisted } from '#db/entities/source-memory.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { problemKindOf } from '#src/logs/failures/problem-kind.ts';
import { isGrave } from '#src/logs/failures/problems.ts';
import type { Normal } from './normal.ts';
import { bucketOf, isSameKind } from './same-kind.ts';
import { type UsualRate, usualRateOf } from './usual-rate.ts';

/** What is remembered of one kind of record of a source. */
export type Remembered = {
  key: string;
  template: string;
  level: string;
  /** Logs it was in, and records in them. */
  logs: number;
  records: number;
  /** Records an hour in each of the last logs it was in. */
  rates: readonly number[];
  /** Hours of log the source had been seen for when it first came. */
  hoursBefore: number;
  noise: boolean;
};

/** What is remembered of a source as a whole: its logs, the hours they cover, and what of them was not listed. */
export type SourceTotals = { logs: number; hours: number; unlisted: Unlisted };

export type Comparison = Pick<Normal, 'logsBefore' | 'firstSeen' | 'more' | 'usual' | 'stopped' | 'noise'> & {
  /** Which kind each listed pattern is of; null for a new one. */
  kinds: Map<string, Remembered | null>;
};

// Fewer logs, hours or records say nothing about what is usual.
export const LOGS_TO_KNOW = 3;
const HOURS_TO_KNOW = 1;
const TIMES_USUAL = 5;
// Up to here a rate is as it ever was.
const TIMES_SAME = 2;
const SPARE_RECORDS = 2;
const MIN_RECORDS = 10;
// A dozen records within a second are no rate: what is usual is measured in hours.
const MIN_WINDOW_HOURS = 10 / 60;
const MIN_EXPECTED = 10;
const MOST_NOTES = 10;

/** Holds a digest against the memory of its source. Says nothing it has not seen enough for. */
export const compare = (digest: Digest, remembered: readonly Remembered[], totals: SourceTotals): Comparison => {
  const kinds = matchKinds(digest.patterns, remembered);
  const hours = hoursOf(digest);
  const matched = new Set([...kinds.values()].filter((kind) => kind !== null));
  const knows = totals.logs >= LOGS_TO_KNOW;
  return {
    kinds,
    logsBefore: totals.logs,
    firstSeen: knows
      ? digest.patterns.filter((pattern) => kinds.get(pattern.id) === null && wouldBeKnown(pattern, totals)).map(({ id }) => id)
      : [],
    more: knows ? digest.patterns.flatMap((pattern) => moreThanUsual(pattern, kinds.get(pattern.id) ?? null, hours, totals) ?? []) : [],
    usual: knows ? digest.patterns.flatMap((pattern) => asUsual(pattern, kinds.get(pattern.id) ?? null, hours, totals) ?? []) : [],
    // What is not listed may be among the patterns summed up as "other".
    stopped:
      knows && digest.other.patterns === 0
        ? remembered.filter((kind) => !matched.has(kind)).flatMap((kind) => hasStopped(kind, hours, totals) ?? [])
        : [],
    noise: digest.patterns.filter(({ id }) => kinds.get(id)?.noise).map(({ id }) => id),
  };
};

/** A kind that is not remembered is new only where it would have been listed, had it been there before. Errors are listed before routine. */
const wouldBeKnown = (pattern: Pattern, { unlisted }: SourceTotals): boolean =>
  unlisted === 'NONE' || (unlisted === 'ROUTINE' && (isGrave(pattern) || problemKindOf(pattern) !== null));

/** What this log holds beyond what it lists. */
export const unlistedIn = ({ other, patterns }: Pick<Digest, 'other' | 'patterns'>): Unlisted => {
  if (other.patterns === 0) return 'NONE';
  const last = patterns.at(-1);
  return last && isGrave(last) ? 'PROBLEMS' : 'ROUTINE';
};

/** Hours of log time; 0 when the log has no times. */
export const hoursOf = ({ time }: Pick<Digest, 'time'>): number => (time ? time.durationMs / 3_600_000 : 0);

const matchKinds = (patterns: readonly Pattern[], remembered: readonly Remembered[]): Map<string, Remembered | null> => {
  const exact = new Map(remembered.map((kind) => [kind.template, kind]));
  const buckets = Map.groupBy(remembered, ({ template }) => bucketOf(template));
  return new Map(
    patterns.map(({ id, template }) => [
      id,
      exact.get(template) ?? buckets.get(bucketOf(template))?.find((kind) => isSameKind(kind.template, template)) ?? null,
    ]),
  );
};

/** Of what was remembered before rates were, the mean is all there is. */
const usualOf = ({ records, hoursBefore, rates }: Remembered, { hours }: SourceTotals): UsualRate => {
  const mean = hours - hoursBefore > 0 ? records / (hours - hoursBefore) : 0;
  return usualRateOf(rates) ?? { middle: mean, low: mean, high: mean };
};

/** What a log says of the rates of its patterns; null where it is too short, or has no times. */
export const rateOf = ({ count }: Pick<Pattern, 'count'>, hours: number): number | null =>
  hours >= MIN_WINDOW_HOURS ? count / hours : null;

const moreThanUsual = ({ id, count }: Pattern, kind: Remembered | null, hours: number, totals: SourceTotals): Normal['more'] | null => {
  if (!kind || hours === 0 || count < MIN_RECORDS || kind.logs < LOGS_TO_KNOW || totals.hours - kind.hoursBefore < HOURS_TO_KNOW)
    return null;
  const { middle, high } = usualOf(kind, totals);
  const perHour = count / Math.max(hours, MIN_WINDOW_HOURS);
  // What comes in bursts now and then is as it ever was.
  const isMore = middle > 0 && perHour >= TIMES_USUAL * middle && perHour > TIMES_SAME * high;
  return isMore ? [{ pattern: id, perHour, usualPerHour: middle }] : null;
};

/** Only of what is a problem: that routine is as ever need not be remembered. What nothing can go well with is never usual. */
const asUsual = (
  pattern: Pattern,
  kind: Remembered | null,
  hours: number,
  totals: SourceTotals,
): { pattern: string; usualPerHour: number }[] | null => {
  if (!kind || hours === 0 || !isEveryDay(kind, totals) || totals.hours - kind.hoursBefore < HOURS_TO_KNOW) return null;
  const failure = problemKindOf(pattern);
  if (!(isGrave(pattern) || failure) || failure?.hard) return null;
  const { middle, high } = usualOf(kind, totals);
  const expected = Math.max(TIMES_SAME * middle, high) * Math.max(hours, MIN_WINDOW_HOURS);
  return pattern.count <= expected + SPARE_RECORDS ? [{ pattern: pattern.id, usualPerHour: middle }] : null;
};

/** In half of the source's logs. */
export const isEveryDay = (kind: Remembered | null, { logs }: Pick<SourceTotals, 'logs'>): boolean =>
  kind !== null && kind.logs >= LOGS_TO_KNOW && kind.logs * 2 >= logs;

const hasStopped = (kind: Remembered, hours: number, totals: SourceTotals): Normal['stopped'] | null => {
  const { middle, low } = usualOf(kind, totals);
  // That trouble stays away is no trouble.
  if (['fatal', 'error', 'warn'].includes(kind.level)) return null;
  const always = kind.logs >= LOGS_TO_KNOW && kind.logs >= totals.logs * 0.8;
  // Nor is it missed where a quarter of the logs have next to nothing of it.
  const isMissed = middle * hours >= MIN_EXPECTED && low * hours >= MIN_EXPECTED / 4;
  return always && !kind.noise && isMissed ? [{ template: kind.template, usualPerHour: middle }] : null;
};

/** The longest lists are cut: a changed format makes everything new. */
export const shorten = <Part extends Pick<Normal, 'firstSeen' | 'more' | 'stopped'>>(normal: Part): Part => ({
  ...normal,
  firstSeen: normal.firstSeen.slice(0, MOST_NOTES),
  more: normal.more.toSorted((a, b) => b.perHour / b.usualPerHour - a.perHour / a.usualPerHour).slice(0, MOST_NOTES),
  stopped: normal.stopped.toSorted((a, b) => b.usualPerHour - a.usualPerHour).slice(0, MOST_NOTES),
});
