import { findSensitive } from '#src/core/sensitive/find-sensitive.ts';
import { redaction, redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import { passagesOf } from '#src/logs/digest/sample.ts';
import type { Digest, LineRange, Pattern } from '#src/logs/digest/types.ts';
import type { Evidence } from '#src/logs/summary.ts';
import type { RawEvidence } from '#src/logs/summary-task.ts';
import type { Facts } from '#src/logs/wording/facts.ts';
import { findWhole, wideSpace } from './check-source.ts';

/** What a claim may draw on. */
export type Supported = {
  evidence: Evidence[];
  /** What it may draw on besides the patterns. */
  texts: string[];
  patterns: Pattern[];
  /** Passages of the digest that are quoted and belong to no pattern's samples. */
  passages?: string[];
  /** Numbers and times of the patterns. */
  facts: Facts;
  /** What the log holds besides: 'all' and 'only' speak of it, too. */
  digest: Digest;
  /** It may speak of the log as a whole. */
  aboutLog?: boolean;
};

/** Null when any piece does not hold: one invented quote says enough about the claim it was meant to carry. */
export const checkEvidence = (raw: RawEvidence[], digest: Digest, facts: Facts): Supported | null => {
  const passages: string[] = [];
  const supported: Supported = { evidence: [], texts: [], patterns: [], passages, facts, digest };
  for (const piece of raw) {
    if (isEmpty(piece)) continue;
    const found = locate(piece, digest);
    if (!found) return null;
    supported.evidence.push(found.evidence);
    if (found.passage) {
      passages.push(found.passage);
      supported.texts.push(found.passage);
    }
    for (const pattern of found.patterns) if (!supported.patterns.includes(pattern)) supported.patterns.push(pattern);
  }
  return supported;
};

const isEmpty = ({ pattern, fromLine, toLine, quote }: RawEvidence): boolean =>
  pattern === null && fromLine === null && toLine === null && quote === null;

type Located = { evidence: Evidence; patterns: Pattern[]; passage?: string };

/** In what was sent verbatim: the samples and templates of patterns, and the passages to read first. */
const locate = (piece: RawEvidence, digest: Digest): Located | null => locateInPatterns(piece, digest) ?? locateInPassages(piece, digest);

const locateInPassages = (piece: RawEvidence, digest: Digest): Located | null => {
  const lines = toRange(piece, digest);
  const wanted = squeeze(piece.quote ?? '');
  if (lines === undefined || wanted.length < 3) return null;
  for (const passage of digest.highlights ?? []) {
    if (lines && !meet(passage.lines, lines)) continue;
    const quote = quoteFrom(passage.text, wanted);
    if (quote !== null)
      return { evidence: { pattern: null, lines: within(lines, passage.lines), quote }, patterns: [], passage: passage.text };
  }
  return null;
};

const locateInPatterns = (piece: RawEvidence, digest: Digest): Located | null => {
  const named = piece.pattern === null ? null : digest.patterns.find(({ id }) => id === piece.pattern?.trim());
  if (named === undefined) return null;
  const lines = toRange(piece, digest);
  if (lines === undefined) return null;
  // Without a pattern only lines we hold verbatim can be checked.
  const patterns = named
    ? [named]
    : digest.patterns.filter((pattern) => pattern.samples.some((sample) => lines === null || meet(sample.lines, lines)));
  if (named && lines && !meet(linesOf(named), lines)) return null;
  if (patterns.length === 0) return null;
  const quote = piece.quote?.trim() ?? '';
  if (quote.length < 3) {
    if (!named && !lines) return null;
    const held = named ? linesOf(named) : samplesWithin(patterns, lines);
    return { evidence: { pattern: named?.id ?? null, lines: lines && within(lines, held), quote: null }, patterns };
  }
  for (const pattern of patterns) {
    const hit = findQuote(quote, pattern);
    if (hit)
      return {
        evidence: { pattern: pattern.id, lines: lines ? within(lines, linesOf(pattern)) : hit.lines, quote: hit.quote },
        patterns: [pattern],
      };
  }
  return null;
};

/** Undefined when the range cannot be: outside the log, or upside down. */
const toRange = ({ fromLine, toLine }: RawEvidence, { ledger }: Digest): LineRange | null | undefined => {
  if (fromLine === null && toLine === null) return null;
  const [from, to] = [fromLine ?? toLine ?? 0, toLine ?? fromLine ?? 0];
  return Number.isInteger(from) && Number.isInteger(to) && from >= 1 && to >= from && to <= ledger.lines ? { from, to } : undefined;
};

/** No wider than what is there to be shown: a range over all of the log points nowhere. */
const within = (asked: LineRange | null, held: LineRange): LineRange =>
  asked ? { from: Math.max(asked.from, held.from), to: Math.min(asked.to, held.to) } : held;

/** Of lines cited without a pattern, those we hold verbatim. */
const samplesWithin = (patterns: Pattern[], asked: LineRange | null): LineRange => {
  const held = patterns.flatMap(({ samples }) => samples.map(({ lines }) => lines)).filter((lines) => !asked || meet(lines, asked));
  return { from: Math.min(...held.map(({ from }) => from)), to: Math.max(...held.map(({ to }) => to)) };
};

const meet = (a: LineRange, b: LineRange): boolean => a.from <= b.to && b.from <= a.to;

const linesOf = ({ first, last, samples }: Pattern): LineRange => ({
  from: first.line,
  to: Math.max(last.line, ...samples.map((sample) => sample.lines.to)),
});

/** Verbatim in a sample (white space aside), or in the template with its variables as they are or with values that were seen. */
const findQuote = (quote: string, pattern: Pattern): { quote: string; lines: LineRange | null } | null => {
  const wanted = squeeze(quote.replace(/^(?:…|\.{3})|(?:…|\.{3})$/g, ''));
  if (wanted.length < 3) return null;
  for (const sample of pattern.samples) {
    for (const passage of passagesOf(sample)) {
      const shown = quoteFrom(passage, wanted);
      if (shown !== null) return { quote: shown, lines: sample.lines };
    }
  }
  return findWhole(wanted, squeeze(pattern.template)) >= 0 || fitsTemplate(wanted, pattern)
    ? { quote: redactSecrets(wanted), lines: null }
    : null;
};

/** The quote as it may be shown. Secrets are found in the whole passage: alone, `hunter2` does not look like one. */
const quoteFrom = (text: string, wanted: string): string | null => {
  const squeezed = squeeze(text);
  const from = findWhole(wanted, squeezed);
  if (from < 0) return findWhole(wanted, squeeze(redactSecrets(text))) >= 0 ? wanted : null;
  const to = from + wanted.length;
  let shown = '';
  let at = from;
  for (const span of findSensitive(squeezed)) {
    if (!span.secret || span.to <= from || span.from >= to) continue;
    shown += squeezed.slice(at, Math.max(at, span.from)) + redaction(span.kind);
    at = Math.min(to, span.to);
  }
  return shown + squeezed.slice(at, to);
};

/** Word by word, so that no template makes it slow: a word with variables matches values the digest lists for them. */
const fitsTemplate = (wanted: string, pattern: Pattern): boolean => {
  const words = squeeze(pattern.template).split(' ');
  const quoted = wanted.split(' ');
  let before = 0;
  const places = words.map((word) => {
    const first = before;
    before += word.match(variable)?.length ?? 0;
    return first;
  });
  for (let start = 0; start + quoted.length <= words.length; start += 1) {
    // A word or two say the opposite without the 'not' in front.
    if (quoted.length < 3 && /^(?:not|no|never|without|cannot)$/i.test(words[start - 1] ?? '')) continue;
    if (quoted.every((word, offset) => fitsWord(word, words[start + offset] ?? '', places[start + offset] ?? 0, pattern))) return true;
  }
  return false;
};

const variable = /<[a-z]+>/g;

const fitsWord = (word: string, template: string, firstVariable: number, pattern: Pattern): boolean => {
  let rest = word;
  for (const [at, literal] of template.split(variable).entries()) {
    if (at > 0) {
      const values = pattern.variables.find(({ index }) => index === firstVariable + at - 1)?.top ?? [];
      const value = values
        .map((top) => top.value)
        .filter((candidate) => candidate !== '' && rest.startsWith(candidate))
        .sort((a, b) => b.length - a.length)[0];
      if (value === undefined) return false;
      rest = rest.slice(value.length);
    }
    if (!rest.startsWith(literal)) return false;
    rest = rest.slice(literal.length);
  }
  return rest === '';
};

const squeeze = (text: string): string => text.normalize('NFC').replace(wideSpace, ' ').trim();
