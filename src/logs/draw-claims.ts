import type { ReportItem, ReportSection } from '#src/core/report.ts';
import type { Digest, LineRange } from './digest/types.ts';
import type { LogLinks } from './log-links.ts';
import type { Claim } from './summary.ts';
import { formatCount } from './wording/formats.ts';

type Linked = { links?: LogLinks | undefined };

export const section = (title: string, claims: Claim[], input: Linked): ReportSection => ({
  title,
  items: claims.map((claim) => toItem(claim, input)),
});

/** A checked claim with its evidence. A passage it says already is not shown once more. */
export const toItem = ({ text, confidence, evidence }: Claim, input: Linked = {}): ReportItem => {
  const quote = evidence.find((piece) => piece.quote !== null)?.quote;
  const [first, second, more] = evidence;
  const lines = first?.lines && !more ? first.lines : rangeOf(evidence);
  return {
    text,
    ...(confidence ? { label: confidenceWord[confidence] } : {}),
    ...(evidence.length > 0 ? refsTo(refsOf(evidence), lines && !second ? lines : rangeOf(evidence), input) : {}),
    ...(quote && !saysIt(text, quote) ? { quote } : {}),
  };
};

/** How many records each statement is about; and where the headline says a statement word for word, its line stands for it. */
export const counted = (drawn: ReportSection, claims: Claim[], { patterns }: Digest, headline: string): ReportSection => ({
  ...drawn,
  items: drawn.items.map((item, at) => {
    const claim = claims[at];
    const cited = new Set(claim?.evidence.map(({ pattern }) => pattern));
    const count = patterns.filter(({ id }) => cited.has(id)).reduce((sum, pattern) => sum + pattern.count, 0);
    const quote = claim?.evidence.find((piece) => piece.quote !== null)?.quote;
    const { quote: _, ...plain } = item;
    if (countsOthers(item, count) || isOfLines(claim) || tellsRecords(item, cited.size, count)) return item;
    return beside(item.text === headline && quote ? { ...plain, text: quote } : item, count);
  }),
});

/** Told by several single lines, it happened once, however many records those are. */
const isOfLines = (claim: Claim | undefined): boolean =>
  claim !== undefined &&
  claim.evidence.length > 1 &&
  claim.evidence.every(({ lines, quote }) => quote !== null && lines?.from === lines?.to);

/** One failure may write several records, each of its own pattern: as many records, and not as many times. */
const tellsRecords = ({ text }: ReportItem, patterns: number, count: number): boolean =>
  patterns > 1 &&
  (text.includes(` ${formatCount(count)} records in `) || !new RegExp(`(?<![\\d,])${formatCount(count)}(?![\\d,])`).test(text));

const opensWithCount = /^([\d,]+(?: \+ [\d,]+)*) (?=\p{L})/u;

/** '20 requests got 502' of 60 records. */
const countsOthers = ({ text }: ReportItem, count: number): boolean => {
  const said = opensWithCount.exec(text)?.[1];
  return said !== undefined && said !== formatCount(count);
};

/** The count stands in front, so the sentence need not say it; one that counts something else stands for itself. */
const beside = (item: ReportItem, count: number): ReportItem => {
  if (count === 0) return item;
  const opening = opensWithCount.exec(item.text);
  const said = opening?.[1] === formatCount(count) ? item.text.slice(opening[0].length) : item.text;
  const text = said.replace(`: ${formatCount(count)} times `, ' ');
  return { ...item, text, count };
};

const saysIt = (text: string, quote: string): boolean => {
  const plain = (words: string): string =>
    words
      .replace(/["“”`'…]/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  return plain(text).includes(plain(quote).slice(0, 60));
};

const rangeOf = (evidence: Claim['evidence']): LineRange | null => {
  const lines = evidence.flatMap((piece) => piece.lines ?? []);
  return lines.length > 0 ? { from: Math.min(...lines.map(({ from }) => from)), to: Math.max(...lines.map(({ to }) => to)) } : null;
};

/** References, the lines as a link where the log can be opened. */
export const refsTo = (refs: string[], lines: LineRange | null, { links }: Linked): Pick<ReportItem, 'refs' | 'links'> => {
  const url = lines && links?.lines ? links.lines(lines) : null;
  const isLine = (ref: string): boolean => /^L\d/.test(ref);
  if (!url) return { refs };
  const named = refs.filter((ref) => !isLine(ref));
  return {
    links: [{ text: refs.filter(isLine).join(' ') || lineRef(lines as LineRange), url }],
    ...(named.length > 0 ? { refs: named } : {}),
  };
};

const MOST_REFS = 3;

/** Each piece with its lines; of many, the first patterns and the lines they lie between. */
const refsOf = (evidence: Claim['evidence']): string[] => {
  if (evidence.length <= 2)
    return [...new Set(evidence.flatMap(({ pattern, lines }) => [...(pattern ? [pattern] : []), ...(lines ? [lineRef(lines)] : [])]))];
  const ids = [...new Set(evidence.flatMap(({ pattern }) => pattern ?? []))];
  const between = rangeOf(evidence);
  return [
    ...ids.slice(0, MOST_REFS),
    ...(ids.length > MOST_REFS ? [`+${ids.length - MOST_REFS}`] : []),
    ...(between ? [lineRef(between)] : []),
  ];
};

const confidenceWord = { high: 'likely', medium: 'possible', low: 'a guess' } as const;

export const lineRef = ({ from, to }: LineRange): string =>
  from === to ? `L${formatCount(from)}` : `L${formatCount(from)}–${formatCount(to)}`;
