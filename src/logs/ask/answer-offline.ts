import type { Pattern } from '#src/logs/digest/types.ts';
import { excerpt, readable } from '#src/logs/readable.ts';
import type { RawClaim } from '#src/logs/summary-task.ts';
import type { AnswerInput, RawAnswer } from './answer-task.ts';
import { NAMED } from './focus.ts';
import type { Found } from './search-lines.ts';

const MAX_CLAIMS = 8;

/** The built-in engine's answer: what a search of all lines found, with counts, and the patterns the question speaks of. */
export const answerOffline = ({ asked, focus }: AnswerInput): RawAnswer => {
  const wholeLevel =
    asked.wants === 'count'
      ? levelClaim(
          asked.terms.map(({ text }) => text),
          focus.digest.patterns,
        )
      : null;
  const spoken = focus.spokenOf
    .slice(0, asked.wants === 'values' ? 2 : 3)
    .map((pattern) => patternClaim(pattern, asked.wants === 'values'));
  const found = focus.found.map(({ id, found: group }) => foundClaim(id, group));
  // Ids and quoted phrases are best answered by lines, words by what kind of record they stand in.
  const byLines = asked.wants !== 'values' && asked.terms.some(({ weight }) => weight > 1);
  const answer = [
    ...(wholeLevel ? [wholeLevel] : []),
    ...namedLines(focus.digest.patterns),
    ...(byLines ? [...found, ...spoken] : [...spoken, ...found]),
  ];
  return { answer: answer.slice(0, MAX_CLAIMS) };
};

const levelClaim = (terms: string[], patterns: Pattern[]): RawClaim | null => {
  const [term, another] = terms;
  const severe = /^err(?:or)?$|^fail/.test(term ?? '');
  if (another || !(severe || /^warn/.test(term ?? ''))) return null;
  const [shown] = patterns.filter(({ level }) => (severe ? level === 'error' || level === 'fatal' : level === 'warn'));
  if (!shown) return null;
  const text = severe ? 'The log has {log.errors} records of level error or worse' : 'The log has {log.warnings} warnings';
  return { text, confidence: null, evidence: [{ pattern: shown.id, fromLine: null, toLine: null, quote: excerpt(shown) }] };
};

const foundClaim = (id: string, { terms, lines, first }: Found): RawClaim => {
  const what = terms.map((term) => `“${term}”`).join(' and ');
  const where =
    lines === 1
      ? `One line contains ${what}: line {${id}.firstLine}`
      : `{${id}.count} lines contain ${what}, from line {${id}.firstLine} to line {${id}.lastLine}`;
  return {
    text: where,
    confidence: null,
    evidence: [{ pattern: id, fromLine: first.line, toLine: first.line, quote: quoteOf(first.text) }],
  };
};

const patternClaim = (pattern: Pattern, withValues: boolean): RawClaim => {
  const { id, count } = pattern;
  const often =
    count === 1 ? `once, ${pattern.first.time ? 'at' : 'on'} {${id}.first}` : `{${id}.count} times between {${id}.first} and {${id}.last}`;
  const [first, last] = [pattern.first, pattern.last];
  const moment = first.time !== null && first.time === last.time && count > 1;
  const said = `“${readable(pattern)}”: ${moment ? `{${id}.count} times at {${id}.first}` : often}`;
  return {
    text: withValues ? `${said}${valuesOf(pattern)}` : said,
    confidence: null,
    evidence: [{ pattern: id, fromLine: first.line, toLine: first.line, quote: excerpt(pattern) }],
  };
};

/** The most frequent values of what varies most in kind from record to record. */
const valuesOf = ({ id, count, variables }: Pattern): string => {
  const varied = variables.filter(({ distinct, top }) => distinct > 1 && top.length > 0);
  const [telling] = varied.toSorted(
    (a, b) => rankOf(b.kind) - rankOf(a.kind) || (a.distinct === count ? 1 : 0) - (b.distinct === count ? 1 : 0),
  );
  if (!telling) return '';
  const listed = telling.top
    .slice(0, 5)
    .map((_, rank) => `{${id}.top.${telling.index}.${rank}} ({${id}.topCount.${telling.index}.${rank}})`);
  return `; {${id}.distinct.${telling.index}} different values, most often ${listed.join(', ')}`;
};

const rankOf = (kind: string): number => (['num', 'duration', 'size', 'time'].includes(kind) ? 0 : 1);

/** Lines the question names by number, as they stand in the log. */
const namedLines = (patterns: Pattern[]): RawClaim[] =>
  patterns
    .filter(({ reasons }) => reasons[0] === NAMED)
    .flatMap(({ id, samples }) =>
      samples.flatMap(({ lines, text }) => {
        const quote = quoteOf(text);
        return quote
          ? [
              {
                text: `“${quote.replace(/["“”`]/g, '')}”`,
                confidence: null,
                evidence: [{ pattern: id, fromLine: lines.from, toLine: lines.to, quote: null }],
              },
            ]
          : [];
      }),
    );

const quoteOf = (text: string): string | null => {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.length >= 3 ? plain.slice(0, 240) : null;
};
