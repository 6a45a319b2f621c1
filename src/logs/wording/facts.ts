import { formatBytes } from '#src/core/format-bytes.ts';
import { millisecondsOf } from '#src/core/log-time.ts';
import { findBurst } from '#src/logs/digest/ranking/rank.ts';
import type { Digest, Histogram, Pattern, Sighting, TimeRange } from '#src/logs/digest/types.ts';
import { cameInBurst, hasStopped } from './find-turns.ts';
import { type Calendar, formatCount, formatDuration, formatTime, perHour, timesUsual } from './formats.ts';
import { shortTitle } from './short-title.ts';
import { shownVariables } from './shown-values.ts';

/**
 * Numbers and times by name, written by code (law 5): 'log.errors', 'P3.count', 'P3.first', 'P3.distinct.0', … A text that says
 * `{P3.count}` gets '4,112' from here, and one that says `{P3+P5.count}` the sum: no record is in two patterns.
 */
export type Facts = {
  /** The text with every `{name}` replaced; `unknown` lists the names there is no fact for. */
  fill(text: string): { text: string; unknown: string[] };
  /** Every fact about the log as a whole, or about one pattern, by name and as it would be filled in. */
  of(owner: 'log' | string): ReadonlyMap<string, string>;
};

/** Cheap to make: what is not asked for is not computed. */
export const createFacts = (digest: Digest): Facts => {
  const calendar = calendarOf(digest.time);
  const byOwner = new Map<string, Map<string, string>>();
  const factsOf = (owner: string): Map<string, string> => {
    const known = byOwner.get(owner);
    if (known) return known;
    const facts = collect(owner, digest, calendar);
    byOwner.set(owner, facts);
    return facts;
  };
  return {
    fill(text) {
      const unknown: string[] = [];
      const filled = text.replace(factName, (name, owner: string, fact: string) => {
        const value = factsOf(owner).get(fact);
        if (value === undefined) unknown.push(name);
        return value ?? name;
      });
      return { text: filled, unknown };
    },
    of: factsOf,
  };
};

/** `{owner.fact}`; owners are 'log', pattern ids, and pattern ids joined by '+'. */
export const factName = /\{(log|P\d{1,6}(?:\+P\d{1,6}){0,199})\.([A-Za-z]+(?:\.\d{1,3}){0,2})\}/g;

const collect = (owner: string, digest: Digest, calendar: Calendar): Map<string, string> => {
  if (owner === 'log') return factsOfLog(digest, calendar);
  const ids = owner.split('+');
  const patterns = ids.map((id) => digest.patterns.find((pattern) => pattern.id === id)).filter((pattern) => pattern !== undefined);
  // A pattern that does not exist, or is counted twice, makes no sum.
  if (patterns.length < ids.length || new Set(ids).size < ids.length) return new Map();
  const [only, more] = patterns;
  return only && !more ? factsOfPattern(only, digest, calendar) : factsOfPatterns(patterns, digest, calendar);
};

export const calendarOf = (time: TimeRange | null): Calendar =>
  time?.dayInferred ? { day: null, year: false, dayless: time.first.slice(0, 10) } : { day: dayOf(time), year: !time?.yearInferred };

/** The day all of the log falls on; null when it spans several or has no times. */
const dayOf = (time: TimeRange | null): string | null =>
  time && time.first.slice(0, 10) === time.last.slice(0, 10) ? time.first.slice(0, 10) : null;

const factsOfLog = (digest: Digest, calendar: Calendar): Map<string, string> => {
  const facts = new Map<string, string>([
    ['lines', formatCount(digest.ledger.lines)],
    ['records', formatCount(digest.records)],
    ['patterns', formatCount(digest.patterns.length + digest.other.patterns)],
    ['errors', formatCount(digest.levels.fatal + digest.levels.error)],
    ['warnings', formatCount(digest.levels.warn)],
    ['unread', formatCount(digest.ledger.inRemainder)],
    ['bytes', formatBytes(digest.bytes)],
  ]);
  for (const [at, { template, usualPerHour }] of (digest.missing ?? []).entries())
    facts.set(
      at === 0 ? 'missing' : `missing.${at}`,
      `“${shortTitle(template.replace(/<[a-z]+>/g, '…'))}” is missing: 0 of a usual ${perHour(usualPerHour)}`,
    );
  if (digest.time) {
    facts.set('first', formatTime(digest.time.first, calendar));
    facts.set('last', formatTime(digest.time.last, calendar));
    facts.set('duration', formatDuration(digest.time.durationMs));
  }
  return facts;
};

const factsOfPattern = (pattern: Pattern, digest: Digest, calendar: Calendar): Map<string, string> => {
  const facts = factsOfPatterns([pattern], digest, calendar);
  const peak = peakOf(pattern, digest);
  if (peak) facts.set('peak', formatTime(peak, calendar).replace(/:00$/, ''));
  if (digest.time && pattern.last.time && hasStopped(pattern))
    facts.set(
      'stop',
      `stopped at ${formatTime(pattern.last.time, calendar)} (line ${formatCount(pattern.last.line)}), and the log goes on until ${formatTime(digest.time.last, calendar)}`,
    );
  const burst =
    digest.histogram && pattern.histogram && cameInBurst(pattern) ? bucketAt(digest.histogram, findBurst(pattern.histogram)) : null;
  if (burst) facts.set('burst', `came in a burst from ${formatTime(burst, calendar).replace(/:00$/, '')} on`);
  for (const variable of shownVariables(pattern)) {
    facts.set(`distinct.${variable.index}`, `${variable.exact ? '' : 'about '}${formatCount(variable.distinct)}`);
    variable.top.forEach(({ value, count }, rank) => {
      facts.set(`top.${variable.index}.${rank}`, value);
      facts.set(`topCount.${variable.index}.${rank}`, formatCount(count));
    });
  }
  return facts;
};

/** What can be said of several patterns together. */
const factsOfPatterns = (patterns: Pattern[], digest: Digest, calendar: Calendar): Map<string, string> => {
  const { earliest, latest } = extentOf(patterns);
  const at = (sighting: Sighting): string => (sighting.time ? formatTime(sighting.time, calendar) : `line ${formatCount(sighting.line)}`);
  const count = sumOf(patterns, (pattern) => pattern.count);
  const facts = new Map<string, string>([
    ['count', formatCount(count)],
    ['lines', formatCount(sumOf(patterns, (pattern) => pattern.lines))],
    ['patterns', formatCount(patterns.length)],
    ['first', at(earliest)],
    ['last', at(latest)],
    ['firstLine', formatCount(Math.min(...patterns.map(({ first }) => first.line)))],
    ['lastLine', formatCount(Math.max(...patterns.map(({ last }) => last.line)))],
    ['share', formatShare(count, digest.records)],
  ]);
  for (const [name, value] of pastOf(patterns)) facts.set(name, value);
  const [one, other, more] = patterns;
  // Of two: how long after the last of the one the other began.
  if (one?.last.time && other?.first.time && !more)
    facts.set('gap', formatDuration(Math.max(0, millisecondsOf(other.first.time) - millisecondsOf(one.last.time))));
  if (earliest.time && latest.time)
    facts.set('duration', formatDuration(Math.abs(millisecondsOf(latest.time) - millisecondsOf(earliest.time))));
  return facts;
};

/** What earlier logs say of all of them: 'first seen ever', 'as usual, 170 an hour', '14× its usual rate', '2 min after “Deploy shop 3.2.0”'. */
const pastOf = (patterns: Pattern[]): [string, string][] => {
  const pasts = patterns.flatMap(({ past }) => past ?? []);
  const rates = pasts.flatMap(({ usualPerHour }) => usualPerHour ?? []);
  const [most] = pasts.flatMap(({ more }) => more ?? []).sort((a, b) => b.perHour / b.usualPerHour - a.perHour / a.usualPerHour);
  const [after] = pasts.flatMap(({ after: change }) => change ?? []).sort((a, b) => a.ms - b.ms);
  return [
    ...(pasts.length === patterns.length && pasts.every(({ isNew }) => isNew) ? [['new', 'first seen ever'] as [string, string]] : []),
    ...(rates.length === patterns.length
      ? [['usual', `as usual, ${perHour(rates.reduce((sum, rate) => sum + rate, 0))}`] as [string, string]]
      : []),
    ...(most ? [['more', timesUsual(most)] as [string, string]] : []),
    ...(after ? [['after', `${formatDuration(after.ms)} after “${shortTitle(after.title)}”`] as [string, string]] : []),
  ];
};

/**
 * When patterns were first and last seen. By time where all of them have times, for a log merged from several need not be in the order
 * of time; by line otherwise.
 */
export const extentOf = (patterns: Pattern[]): { earliest: Sighting; latest: Sighting } => {
  const sightings = patterns.flatMap(({ first, last }) => [first, last]);
  const byTime = sightings.every(({ time }) => time !== null);
  const isBefore = (a: Sighting, b: Sighting): boolean =>
    ((byTime && a.time !== b.time && millisecondsOf(a.time as string) - millisecondsOf(b.time as string)) || a.line - b.line) < 0;
  const nowhere = { line: 1, time: null };
  return {
    earliest: sightings.reduce((found, one) => (isBefore(one, found) ? one : found), sightings[0] ?? nowhere),
    latest: sightings.reduce((found, one) => (isBefore(found, one) ? one : found), sightings[0] ?? nowhere),
  };
};

const sumOf = (patterns: Pattern[], number: (pattern: Pattern) => number): number =>
  patterns.reduce((sum, pattern) => sum + number(pattern), 0);

const formatShare = (part: number, whole: number): string => {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  return percent > 0 && percent < 1 ? 'less than 1 %' : `${Math.floor(percent)} %`;
};

/** When a pattern was busiest, if that stands out: three times its average over the buckets it was seen in. */
export const peakOf = (pattern: Pattern, { histogram }: Digest): string | null => {
  if (!histogram || !pattern.histogram) return null;
  const busy = pattern.histogram.filter((count) => count > 0);
  const most = Math.max(0, ...busy);
  if (busy.length < 3 || most < 3 * (pattern.count / busy.length)) return null;
  return bucketAt(histogram, pattern.histogram.indexOf(most));
};

const bucketAt = (histogram: Histogram, bucket: number): string => {
  const zone = /(Z|[+-]\d{2}:\d{2})$/.exec(histogram.from)?.[1] ?? '';
  const offsetMs = /^[+-]/.test(zone)
    ? (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * 60_000
    : 0;
  const start = millisecondsOf(histogram.from);
  return new Date(start + offsetMs + bucket * histogram.bucketMs).toISOString();
};
