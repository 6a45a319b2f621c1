import { type Around, type Detector, detectorGroups } from './detectors.ts';
import { findHighEntropy } from './high-entropy.ts';
import { findInsertedValues } from './inserted-values.ts';
import { findKeyLines } from './key-lines.ts';

/** What kind of thing was found, in words a person would use, e.g. 'email', 'aws key', 'password'. */
type SensitiveKind = string;

/** A piece of a text that should not leave as it is. `secret`: shown to nobody again, not even where the text came from. */
export type SensitiveSpan = { kind: SensitiveKind; secret: boolean; from: number; to: number };

/** A detector of a workspace's own. The pattern is run with the flags it has, plus `g`; keep it free of nested repetition. */
export type ExtraPattern = { kind: SensitiveKind; pattern: RegExp; secret: boolean };

/**
 * Finds secrets and personal data, left to right, never overlapping. Time is linear in the length of the text.
 *
 * Left alone on purpose: timestamps, UUIDs, ULIDs, line numbers, pattern ids, host names (but for an address in them), what is called
 * the id of a request, node or job, and anything that is hexadecimal only (git SHAs, digests, trace ids): they open no door by
 * themselves, and without them nobody can say which release or request it was. A hexadecimal secret is found by what stands in front
 * of it (`token=`, `Authorization:`).
 */
export const findSensitive = (text: string, extraPatterns: readonly ExtraPattern[] = []): SensitiveSpan[] => {
  const taken: SensitiveSpan[] = [];
  // Not push(...spans): of a hostile megabyte there are more than a call takes arguments.
  const take = (spans: readonly SensitiveSpan[]): void => {
    for (const span of spans) taken.push(span);
  };
  for (const { kind, pattern, secret } of extraPatterns) take(findWith({ kind, secret, pattern: global(pattern) }, text));
  for (const { hasSign, detectors } of detectorGroups) if (hasSign(text)) for (const detector of detectors) take(findWith(detector, text));
  take(findKeyLines(text));
  take(findInsertedValues(text));
  take(findHighEntropy(text));
  return taken.length === 0 ? taken : withoutOverlaps(taken);
};

const findWith = (detector: Detector, text: string): SensitiveSpan[] => {
  const found: SensitiveSpan[] = [];
  if (detector.hint && !detector.hint.test(text)) return found;
  // Not matchAll: it copies the expression at every call, which cost more than the search itself on short texts.
  detector.pattern.lastIndex = 0;
  for (let match = detector.pattern.exec(text); match; match = detector.pattern.exec(text)) {
    if (match[0] === '') detector.pattern.lastIndex += 1;
    // A detector with a group means the group only: the word in front of it ("password=") stays readable.
    const [from, to] = match.indices?.slice(1).find((range) => range !== undefined) ?? [match.index, match.index + match[0].length];
    if (to > from && (!detector.accepts || detector.accepts(text.slice(from, to), match[0], around(text, from, to))))
      found.push({ kind: detector.kind, secret: detector.secret, from, to });
  }
  return found;
};

const around = (text: string, from: number, to: number): Around => ({
  before: text.slice(Math.max(0, from - 120), from),
  after: text.slice(to, to + 120),
});

const global = (pattern: RegExp): RegExp => new RegExp(pattern.source, `${pattern.flags.replace(/[gdy]/g, '')}gd`);

/**
 * Spans arrive by priority. Of two that overlap the earlier names the kind; a secret's extent is never cut down, so the two are joined,
 * and something reversible that runs into another span gives way.
 */
const withoutOverlaps = (byPriority: SensitiveSpan[]): SensitiveSpan[] => {
  const ordered = byPriority.map((span, priority) => ({ ...span, priority })).sort((a, b) => a.from - b.from || a.priority - b.priority);
  const kept: (SensitiveSpan & { priority: number })[] = [];
  for (const span of ordered) {
    const last = kept.at(-1);
    if (!last || span.from >= last.to) kept.push(span);
    else kept[kept.length - 1] = resolve(last, span);
  }
  return kept.map(({ kind, secret, from, to }) => ({ kind, secret, from, to }));
};

const resolve = <Span extends SensitiveSpan & { priority: number }>(a: Span, b: Span): Span => {
  const [first, second] = a.priority <= b.priority ? [a, b] : [b, a];
  if (first.secret && !second.secret) return first;
  const named = !first.secret && second.secret ? second : first;
  return { ...named, from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
};
