import type { ReportItem } from '#src/core/report.ts';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, Histogram, Level, Pattern, Sample } from '#src/logs/digest/types.ts';
import { problemKindOf } from '#src/logs/failures/problem-kind.ts';
import type { LogLinks } from '#src/logs/log-links.ts';
import { formatCount, perHour, timesUsual } from '#src/logs/wording/formats.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { shortTitle } from '#src/logs/wording/short-title.ts';
import type { Normal } from './normal.ts';
import { ALIKE, alike, toLeading } from './same-incident.ts';

/**
 * The digest as people and engines are to read it: what is known noise is folded away (counted among the patterns that are not listed, so
 * the ledger still sums; and no longer among errors, over time nor in all, nor among the lines to read first), and what is unusual says so among
 * its reasons.
 */
export const applyNormal = (whole: Digest, normal: Normal | null): Digest => {
  if (!normal) return whole;
  const digest = normal.stopped.length > 0 ? { ...whole, missing: normal.stopped } : whole;
  const folded = digest.patterns.filter(({ id }) => normal.noise.includes(id));
  const rest = digest.patterns.filter((pattern) => !folded.includes(pattern)).map((pattern) => withPast(pattern, normal));
  if (folded.length === 0) return { ...digest, patterns: rest };
  const sum = (number: (pattern: Pattern) => number): number => folded.reduce((total, pattern) => total + number(pattern), 0);
  const lines = sum((pattern) => pattern.lines);
  return {
    ...digest,
    patterns: rest,
    levels: withoutNoise(digest.levels, folded),
    histogram: digest.histogram && quieter(digest.histogram, folded),
    ...(digest.highlights ? { highlights: digest.highlights.filter((passage) => !isNoise(passage, folded)) } : {}),
    ledger: { ...digest.ledger, inPatterns: digest.ledger.inPatterns - lines, inOther: digest.ledger.inOther + lines },
    other: {
      patterns: digest.other.patterns + folded.length,
      records: digest.other.records + sum((pattern) => pattern.count),
      lines: digest.other.lines + lines,
    },
  };
};

/** What somebody said is nothing is no error: it counts as information. */
const withoutNoise = (levels: Digest['levels'], folded: Pattern[]): Digest['levels'] => {
  const quiet = { ...levels };
  for (const pattern of folded)
    for (const level of loud) {
      const count = Math.min(quiet[level], pattern.levels[level] ?? 0);
      quiet[level] -= count;
      quiet.info += count;
    }
  return quiet;
};

const loud: readonly Level[] = ['fatal', 'error', 'warn'];

const quieter = (histogram: Histogram, folded: Pattern[]): Histogram => {
  const severe = folded.filter(({ level }) => level === 'fatal' || level === 'error');
  return {
    ...histogram,
    errors: histogram.errors.map((errors, at) =>
      Math.max(0, errors - severe.reduce((all, pattern) => all + (pattern.histogram?.[at] ?? 0), 0)),
    ),
  };
};

/** A passage of nothing but noise. */
const isNoise = ({ lines, text }: Sample, folded: Pattern[]): boolean =>
  text
    .split('\n')
    .every((line, at) =>
      folded.some(
        ({ samples, template }) =>
          samples.some((sample) => sample.lines.from <= lines.from + at && lines.from + at <= sample.lines.to) || holds(line, template),
      ),
    );

const holds = (line: string, template: string): boolean => {
  const parts = template
    .split(/<[a-z]+>/)
    .map((part) => part.trim())
    .filter((part) => part.length >= 4);
  return parts.length > 0 && parts.every((part) => line.includes(part));
};

const withPast = (pattern: Pattern, { firstSeen, more, usual = [], changes }: Normal): Pattern => {
  const of = <Note extends { pattern: string }>(notes: readonly Note[]) => notes.find((note) => note.pattern === pattern.id);
  const [unusual, same, change] = [of(more), of(usual), of(changes)];
  const isNew = firstSeen.includes(pattern.id);
  if (!isNew && !unusual && !same && !change) return pattern;
  const reasons = [
    ...(isNew ? ['first seen ever from this source'] : []),
    ...(unusual ? [timesUsual(unusual)] : []),
    ...(same ? [`as usual, ${perHour(same.usualPerHour)}`] : []),
  ];
  // What is merely named in the log is a candidate among others; the headline names what was done to the system itself.
  const after =
    // Nor is it said where the log's zone is a guess.
    change?.sameSystem !== false && change && !change.assumed && pattern.first.time
      ? { title: change.title, ms: Math.max(0, Date.parse(pattern.first.time) - Date.parse(change.at)) }
      : null;
  return {
    ...pattern,
    reasons: [...reasons, ...pattern.reasons],
    past: { isNew, usualPerHour: same?.usualPerHour ?? null, more: unusual ?? null, after },
  };
};

/** Small print about what is unusual, one line each: in words, for a number of a pattern is in few people's heads. */
export const normalLines = ({ logsBefore, firstSeen, more, stopped, noise }: Normal, { patterns }: Digest): string[] => {
  const named = (id: string): string => {
    const pattern = patterns.find((one) => one.id === id);
    return pattern ? redactSecrets(`“${readable(pattern, MOST_WORDS)}” (${id})`) : id;
  };
  const fresh = foldGuises(firstSeen.flatMap((id) => patterns.find((pattern) => pattern.id === id) ?? []));
  const nameGuises = ([{ id }, ...others]: Guises): string =>
    others.length === 0 ? named(id) : `${named(id)} and the same in other words (${others.map((other) => other.id).join(', ')})`;
  const unusual = [
    ...(fresh.length > 0
      ? [`first seen ever: ${fresh.slice(0, MOST_NAMED).map(nameGuises).join(', ')}${andMore(fresh.length - MOST_NAMED)}`]
      : []),
    ...more.map((note) => `${named(note.pattern)} ${timesUsual(note)}`),
    ...stopped.map(({ template, usualPerHour }) => `stopped: “${shortTitle(template)}”, 0 of a usual ${perHour(usualPerHour)}`),
  ];
  return [
    ...(unusual.length > 0 ? [`${unusual.join(' · ')} (of ${formatCount(logsBefore)} earlier logs)`] : []),
    ...(noise.length > 0
      ? [`${noise.length === 1 ? 'One pattern' : `${noise.length} patterns`} of known noise folded away, still counted`]
      : []),
  ];
};

type Guises = [Pattern, ...Pattern[]];

/** 'Connection refused' from three services is one thing that is new, and not three. */
const foldGuises = (patterns: readonly Pattern[]): Guises[] => {
  const folded: Guises[] = [];
  for (const pattern of patterns) {
    const problem = toLeading({ pattern, kind: problemKindOf(pattern) });
    const same = folded.find(([first]) => {
      const other = toLeading({ pattern: first, kind: problemKindOf(first) });
      return (problem.failure !== null && problem.failure === other.failure) || alike(problem, other) >= ALIKE;
    });
    if (same) same.push(pattern);
    else folded.push([pattern]);
  }
  return folded;
};

const MOST_NAMED = 3;
const MOST_WORDS = 60;

const andMore = (left: number): string => (left > 0 ? ` and ${left} more` : '');

/** What else tells of it: an earlier incident, tickets, changes; each with where it is told. */
export const relatedItems = ({ sameAs, tickets, changes }: Normal, links: LogLinks = {}): ReportItem[] => [
  ...(sameAs
    ? [
        {
          text: `${sameAs.shared === sameAs.of ? 'The same leading problems as' : `${sameAs.shared} of ${sameAs.of} leading problems are those`} in “${shortTitle(sameAs.title)}” of ${sameAs.at.slice(0, 10)}`,
          ...(links.sameAs ? { links: [{ text: 'its thread', url: links.sameAs }] } : { refs: [sameAs.logId] }),
        },
      ]
    : []),
  ...(tickets.length > 0 ? [{ text: 'Open tickets that quote a problem of this log:', ...namedLinks(tickets, links.tickets) }] : []),
  ...changes.flatMap(({ changeId, title, url }) => {
    const address = links.changes?.get(changeId) ?? url;
    return address ? [{ text: `Where “${shortTitle(title)}” is told:`, links: [{ text: shortTitle(title), url: address }] }] : [];
  }),
];

const namedLinks = (names: string[], urls: ReadonlyMap<string, string> = new Map()): Pick<ReportItem, 'links' | 'refs'> => {
  const linked = names.flatMap((text) => (urls.has(text) ? [{ text, url: urls.get(text) as string }] : []));
  const plain = names.filter((name) => !urls.has(name));
  return { ...(linked.length > 0 ? { links: linked } : {}), ...(plain.length > 0 ? { refs: plain } : {}) };
};
