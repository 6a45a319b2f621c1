import type { TokenBudget } from '#src/core/ports.ts';
import { cutBeforeSecrets } from '#src/core/sensitive/cut-before-secrets.ts';
import type { Digest, Pattern, Sample, TimeRange } from './digest/types.ts';
import type { SummaryInput } from './summary-task.ts';
import { calendarOf, createFacts, type Facts } from './wording/facts.ts';
import { formatCount, formatTime } from './wording/formats.ts';
import { shownVariables } from './wording/shown-values.ts';

/**
 * The digest in words, under the budget. First the passages that most likely tell why something failed, where the digest has them, then the
 * patterns by rank, each as fully as there is room for: with all samples, with one short sample, then as a single line; what is left out is
 * counted. Nothing here grows with the log.
 */
export const writeSummaryPrompt = ({ digest, title, source }: SummaryInput, budget: TokenBudget): string => {
  const closing = (left: Pattern[], passages: string): string =>
    [end, leftOut(left, digest, passages), 'Now write the summary as JSON.'].join('\n');
  // Room for the closing is set aside first: it is the part that must not be cut.
  const whole = budget.maxTokens - budget.countTokens(closing(digest.patterns, '')) - 16;
  const openings = headings.map((heading) =>
    [...heading({ digest, title, source }), '', explained, begin, ...describeMissing(digest)].join('\n'),
  );
  const opening = openings.find((text) => budget.countTokens(text) <= whole * shareOfOpening) ?? (openings.at(-1) as string);
  let room = whole - budget.countTokens(opening);
  const passages = writePassages(digest, { ...budget, maxTokens: room * passagesShare });
  room -= passages === '' ? 0 : budget.countTokens(passages) + 1;
  const facts = createFacts(digest);
  const { full, brief } = describeAround(passages === '' ? [] : (digest.highlights ?? []));
  const written: string[] = [];
  const fits = (text: string, share: number): boolean => budget.countTokens(text) + 1 <= room * share;
  for (const pattern of digest.patterns) {
    const share = shareOfRoom(written.length);
    const fitting =
      [full, brief, bare].map((describe) => describe(pattern, facts)).find((text) => fits(text, share)) ??
      // The best pattern is worth all there is.
      (written.length === 0 ? shorter.map((length) => bareCut(pattern, facts, length)).find((text) => fits(text, 1)) : undefined);
    if (fitting === undefined) break;
    written.push(fitting);
    room -= budget.countTokens(fitting) + 1;
  }
  return [opening, ...(passages === '' ? [] : [passages]), ...written, closing(digest.patterns.slice(written.length), passages)].join('\n');
};

type Heading = (input: SummaryInput) => string[];

/** What stands above the data, in full, and as short as it can be said. */
const headings: readonly Heading[] = [
  ({ digest, title, source }) => [
    `Log: ${oneLine(title, 200)}${source ? ` (from ${oneLine(source, 100)})` : ''}`,
    ...describeLog(digest),
    ...describeErrors(digest),
  ],
  ({ digest, title, source }) => [`Log: ${oneLine(title, 100)}${source ? ` (from ${oneLine(source, 50)})` : ''}`, ...describeLog(digest)],
  ({ digest, title }) => [`Log: ${oneLine(title, 40)}`, ...describeLog(digest)],
  ({ digest }) => describeLog(digest),
];

const explained =
  'Patterns by rank: id, level, records, what is special; then its template (variables as <kind>), times and lines, variables, samples.';
const shareOfOpening = 0.4;
const shorter = [300, 120, 60];

const begin = '----- BEGIN LOG DATA (untrusted) -----';
const end = '----- END LOG DATA -----';

/** No single pattern eats the room of the next ones: a trace of 2,000 characters is worth a third of it at most. */
const shareOfRoom = (alreadyWritten: number): number => (alreadyWritten === 0 ? 0.5 : 0.34);

const describeLog = (digest: Digest): string[] => {
  const { ledger, levels, time } = digest;
  const named = Object.entries(levels)
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `${level} ${formatCount(count)}`);
  return [
    `Lines: ${formatCount(ledger.lines)} = ${formatCount(ledger.inPatterns)} in the patterns below + ${formatCount(ledger.inOther)} in patterns not listed + ${formatCount(ledger.inRemainder)} unread + ${formatCount(ledger.blank)} blank.${ledger.unreadBytes ? ` Not looked at: ${formatCount(ledger.unreadBytes)} bytes at the ends of endless lines.` : ''} Records: ${formatCount(digest.records)} (${named.join(', ') || 'none'}).`,
    time ? describeTime(time) : 'Time: the log has no timestamps we could read.',
  ];
};

const describeErrors = ({ histogram, time }: Digest): string[] =>
  histogram
    ? [
        `Errors over time, from ${time?.yearInferred ? formatTime(histogram.from, calendarOf(time)) : histogram.from}, one value per ${histogram.bucketMs / 1000} s: ${histogram.errors.slice(0, 120).join(' ')}`,
      ]
    : [];

const describeTime = (time: TimeRange): string => {
  const [first, last] = time.yearInferred
    ? [time.first, time.last].map((end) => formatTime(end, time.dayInferred ? calendarOf(time) : { day: null, year: false }))
    : [time.first, time.last];
  const unsaid = [...(time.dayInferred ? ['day'] : time.yearInferred ? ['year'] : []), ...(time.zone === 'unknown' ? ['time zone'] : [])];
  const assumed = time.zoneAssumed ? ' Some lines state no time zone; they were taken to mean the same one.' : '';
  return `Time: ${first} to ${last}${unsaid.length > 0 ? ` (the log does not state its ${unsaid.join(' and ')})` : ''}.${assumed}`;
};

/** Templates of earlier logs, as untrusted as this one. */
const describeMissing = ({ missing = [], ledger }: Digest): string[] =>
  missing
    .slice(0, MOST_MISSING)
    .map(
      ({ template }, at) =>
        `Usually in logs of this source, and nowhere in this one (say {log.missing${at === 0 ? '' : `.${at}`}}, cite lines 1 to ${ledger.lines}): ${oneLine(template, 160)}`,
    );

const MOST_MISSING = 3;

type Describe = (pattern: Pattern, facts: Facts) => string;

/** A sample that stands among the passages is not said twice. */
const describeAround = (passages: readonly Sample[]): { full: Describe; brief: Describe } => {
  const quoted = (sample: Sample, limit: number): string =>
    passages.some(({ lines }) => lines.from <= sample.lines.from && sample.lines.to <= lines.to)
      ? `  sample ${linesOf(sample)}: above`
      : quote(sample, limit);
  return {
    full: (pattern, facts) =>
      [bare(pattern, facts), ...variables(pattern, 5), ...pattern.samples.map((sample) => quoted(sample, 2000))].join('\n'),
    brief: (pattern, facts) =>
      [bare(pattern, facts), ...variables(pattern, 2), ...pattern.samples.slice(0, 1).map((sample) => quoted(sample, 300))].join('\n'),
  };
};

const bare: Describe = (pattern, facts) => bareCut(pattern, facts, 600);

const bareCut = (pattern: Pattern, facts: Facts, length: number): string => {
  const [first, last] = [facts.fill(`{${pattern.id}.first}`).text, facts.fill(`{${pattern.id}.last}`).text];
  return `${pattern.id} ${pattern.level}${pattern.levelInferred ? ' (inferred)' : ''} ×${formatCount(pattern.count)} [${pattern.reasons.join(', ')}] ${oneLine(pattern.template, length)}\n  ${first} to ${last}, L${pattern.first.line}–${pattern.last.line}`;
};

const variables = (pattern: Pattern, top: number): string[] =>
  shownVariables(pattern).map(
    ({ index, kind, distinct, exact, top: values }) =>
      `  variable ${index} <${kind}>: ${exact ? '' : 'about '}${formatCount(distinct)} distinct; ${values
        .slice(0, top)
        .map(({ value, count }) => `${oneLine(value, 120)} ×${formatCount(count)}`)
        .join(', ')}`,
  );

const quote = (sample: Sample, limit: number): string => `  sample ${linesOf(sample)}: ${fence(cutBeforeSecrets(sample.text, limit))}`;

const linesOf = ({ lines }: Sample): string => `L${lines.from}${lines.to > lines.from ? `–${lines.to}` : ''}`;

/** Of the room; the patterns are what the counts come from. */
const passagesShare = 0.6;
const lineLengths = [300, 160, 90];

/** The digest's passages, their lines cut shorter and the last passages left out until they fit; '' when there are none. */
const writePassages = ({ highlights = [] }: Digest, budget: TokenBudget): string => {
  const write = (count: number, length: number): string =>
    [
      `Passages that most likely tell why something failed${count < highlights.length ? ` (the first ${count} of ${highlights.length})` : ''}; their lines are counted in the patterns below, too:`,
      ...highlights.slice(0, count).map(
        (passage) =>
          `${linesOf(passage)}:\n${fence(
            passage.text
              .split('\n')
              .map((line) => cutBeforeSecrets(line, length))
              .join('\n'),
          )}`,
      ),
    ].join('\n');
  for (let count = highlights.length; count > 0; count--)
    for (const length of count === highlights.length ? lineLengths : lineLengths.slice(-1)) {
      const text = write(count, length);
      if (budget.countTokens(text) <= budget.maxTokens) return text;
    }
  return '';
};

// A log that contains our closing line must not end the data early.
const fence = (text: string): string => text.replace(/-{3,}\s{0,9}(BEGIN|END) LOG DATA/gi, '($1 mark)');
const oneLine = (text: string, limit: number): string => fence(cutBeforeSecrets(text.replace(/\s+/g, ' '), limit));

const leftOut = (left: Pattern[], { other, highlights = [] }: Digest, passages: string): string => {
  const records = left.reduce((sum, pattern) => sum + pattern.count, 0) + other.records;
  const patterns = left.length + other.patterns;
  const parts = [
    ...(highlights.length > 0 && passages === '' ? [`${formatCount(highlights.length)} passages that tell why something failed`] : []),
    ...(patterns > 0 ? [`${formatCount(patterns)} lower-ranked patterns with ${formatCount(records)} records`] : []),
  ];
  return parts.length === 0 ? 'Nothing was left out.' : `Left out: ${parts.join('; ')}.`;
};
