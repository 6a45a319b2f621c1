import type { Digest, Pattern, TimeRange } from './digest/types.ts';
import { formatBytes, formatCount, formatDuration, formatTime } from './formats.ts';
import { shownVariables } from './shown-values.ts';

/**
 * Numbers and times by name, written by code (law 5): 'log.errors', 'P3.count', 'P3.first', 'P3.distinct.0', … A text that says
 * `{P3.count}` gets '4,112' from here.
 */
export type Facts = {
  /** The text with every `{name}` replaced; `unknown` lists the names there is no fact for. */
  fill(text: string): { text: string; unknown: string[] };
  /** Every fact about the log as a whole, or about one pattern, as it would be filled in. */
  valuesOf(owner: 'log' | string): string[];
};

export const createFacts = (digest: Digest): Facts => {
  const byOwner = new Map<string, Map<string, string>>([['log', factsOfLog(digest)]]);
  for (const pattern of digest.patterns) byOwner.set(pattern.id, factsOfPattern(pattern, digest));
  return {
    fill(text) {
      const unknown: string[] = [];
      const filled = text.replace(factName, (name, owner: string, fact: string) => {
        const value = byOwner.get(owner)?.get(fact);
        if (value === undefined) unknown.push(name);
        return value ?? name;
      });
      return { text: filled, unknown };
    },
    valuesOf: (owner) => [...(byOwner.get(owner)?.values() ?? [])],
  };
};

/** `{owner.fact}`; owners are 'log' and pattern ids. */
export const factName = /\{(log|P\d{1,6})\.([A-Za-z]+(?:\.\d{1,3}){0,2})\}/g;

/** The day all of the log falls on; null when it spans several or has no times. */
export const dayOf = (time: TimeRange | null): string | null =>
  time && time.first.slice(0, 10) === time.last.slice(0, 10) ? time.first.slice(0, 10) : null;

const factsOfLog = (digest: Digest): Map<string, string> => {
  const facts = new Map<string, string>([
    ['lines', formatCount(digest.ledger.lines)],
    ['records', formatCount(digest.records)],
    ['patterns', formatCount(digest.patterns.length + digest.other.patterns)],
    ['errors', formatCount(digest.levels.fatal + digest.levels.error)],
    ['warnings', formatCount(digest.levels.warn)],
    ['bytes', formatBytes(digest.bytes)],
  ]);
  if (digest.time) {
    const day = dayOf(digest.time);
    facts.set('first', formatTime(digest.time.first, day));
    facts.set('last', formatTime(digest.time.last, day));
    facts.set('duration', formatDuration(digest.time.durationMs));
  }
  return facts;
};

const factsOfPattern = (pattern: Pattern, digest: Digest): Map<string, string> => {
  const day = dayOf(digest.time);
  // First and last are by line; a log merged from several need not be in the order of time.
  const [earliest, latest] = inOrderOfTime(pattern);
  const at = (sighting: Pattern['first']): string =>
    sighting.time ? formatTime(sighting.time, day) : `line ${formatCount(sighting.line)}`;
  const facts = new Map<string, string>([
    ['count', formatCount(pattern.count)],
    ['lines', formatCount(pattern.lines)],
    ['first', at(earliest)],
    ['last', at(latest)],
    ['firstLine', formatCount(pattern.first.line)],
    ['lastLine', formatCount(pattern.last.line)],
    ['share', formatShare(pattern.count, digest.records)],
  ]);
  if (pattern.first.time && pattern.last.time)
    facts.set('duration', formatDuration(Math.abs(Date.parse(pattern.last.time) - Date.parse(pattern.first.time))));
  const peak = peakOf(pattern, digest);
  if (peak) facts.set('peak', formatTime(peak, day).replace(/:00$/, ''));
  for (const variable of shownVariables(pattern)) {
    facts.set(`distinct.${variable.index}`, `${variable.exact ? '' : 'about '}${formatCount(variable.distinct)}`);
    variable.top.forEach(({ value, count }, rank) => {
      facts.set(`top.${variable.index}.${rank}`, value);
      facts.set(`topCount.${variable.index}.${rank}`, formatCount(count));
    });
  }
  return facts;
};

const inOrderOfTime = ({ first, last }: Pattern): [Pattern['first'], Pattern['first']] =>
  first.time && last.time && Date.parse(first.time) > Date.parse(last.time) ? [last, first] : [first, last];

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
  const zone = /(Z|[+-]\d{2}:\d{2})$/.exec(histogram.from)?.[1] ?? '';
  const offsetMs = /^[+-]/.test(zone)
    ? (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * 60_000
    : 0;
  const start = Date.parse(zone ? histogram.from : `${histogram.from}Z`);
  return new Date(start + offsetMs + pattern.histogram.indexOf(most) * histogram.bucketMs).toISOString();
};
