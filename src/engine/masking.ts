import { type ExtraPattern, findSensitive, type SensitiveSpan } from '#src/core/sensitive/find-sensitive.ts';
import { redaction } from '#src/core/sensitive/redact-secrets.ts';

export type MaskerOptions = { extraPatterns?: readonly ExtraPattern[] | undefined };

/**
 * Puts stable placeholders in the place of secrets and personal data: within one masker the same value always becomes the same
 * placeholder (`<EMAIL_1>`), so a model can still say "the same address as before".
 *
 * Two ways back. `restore` returns every value, byte for byte. `unmask` is for delivery: e-mail addresses, IP and MAC addresses and
 * phone numbers come back, but a secret (key, token, password, card) does not: it would be printed into a chat thread, so it reads
 * `[masked: aws key]` from then on. Placeholders this masker never made are left as they are, whoever wrote them.
 */
export type Masker = {
  /** `counts`: distinct values by kind in this text. */
  mask(text: string): { text: string; counts: Record<string, number> };
  unmask<Value>(value: Value): Value;
  restore<Value>(value: Value): Value;
  /** Distinct values by kind since the masker was made. */
  counts(): Record<string, number>;
};

export const createMasker = ({ extraPatterns = [] }: MaskerOptions = {}): Masker => {
  const byValue = new Map<string, Masked>();
  const byPlaceholder = new Map<string, Masked>();
  const telling = new Map<string, Masked>();
  const nextNumber = new Map<string, number>();

  const placeholderFor = (value: string, span: Pick<SensitiveSpan, 'kind' | 'secret'>): Masked => {
    const known = byValue.get(value);
    if (known) return known;
    const name = span.kind
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '_')
      .replace(/^(?=\d|_|$)/, 'X');
    const number = (nextNumber.get(name) ?? 0) + 1;
    nextNumber.set(name, number);
    const masked: Masked = { value, kind: span.kind, secret: span.secret, placeholder: `<${name}_${number}>` };
    byValue.set(value, masked);
    byPlaceholder.set(masked.placeholder, masked);
    if (isTelling(masked)) telling.set(value, masked);
    return masked;
  };

  const maskText = (text: string): { text: string; counts: Record<string, number> } => {
    const seen = new Set<Masked>();
    let result = '';
    let at = 0;
    const spans = spansOf(text, extraPatterns);
    for (const span of spans) placeholderFor(text.slice(span.from, span.to), span);
    for (const span of withRepeats(text, spans, telling)) {
      const masked = placeholderFor(text.slice(span.from, span.to), span);
      seen.add(masked);
      result += text.slice(at, span.from) + masked.placeholder;
      at = span.to;
    }
    return { text: result + text.slice(at), counts: countByKind(seen) };
  };

  const putBack = (shown: (masked: Masked) => string) => (text: string) =>
    text.replace(placeholders, (placeholder) => {
      const masked = byPlaceholder.get(placeholder);
      return masked ? shown(masked) : placeholder;
    });

  return {
    mask: maskText,
    unmask: (value) =>
      mapStrings(
        value,
        putBack((masked) => (masked.secret ? redaction(masked.kind) : masked.value)),
      ),
    restore: (value) =>
      mapStrings(
        value,
        putBack((masked) => masked.value),
      ),
    counts: () => countByKind(byValue.values()),
  };
};

type Masked = { value: string; kind: string; secret: boolean; placeholder: string };

const placeholders = /<[A-Z][A-Z0-9_]{0,60}_\d{1,9}>/g;

/**
 * Text that already looks like a placeholder is itself masked (`<LITERAL_1>`): otherwise `<EMAIL_1>` written in a log would come back
 * as somebody's address.
 */
const literal = 'literal';

const spansOf = (text: string, extraPatterns: readonly ExtraPattern[]): SensitiveSpan[] => {
  const sensitive = findSensitive(text, extraPatterns);
  const literals = [...text.matchAll(placeholders)]
    .map((match) => ({ kind: literal, secret: false, from: match.index, to: match.index + match[0].length }))
    .filter((span) => !overlaps(sensitive, span));
  return literals.length === 0 ? sensitive : [...sensitive, ...literals].sort((a, b) => a.from - b.from);
};

/**
 * What was found once is found wherever else it stands by itself, in this text or a later one: `password=hunter2` gives away what `hunter2` in
 * a list of values is. A mere word is left: where the password is "postgres", not every "postgres" is the password.
 */
const withRepeats = (text: string, spans: SensitiveSpan[], telling: ReadonlyMap<string, Masked>): SensitiveSpan[] => {
  const repeats: SensitiveSpan[] = [];
  if (telling.size > 0)
    for (const runs of [coarseRuns, fineRuns])
      for (const match of text.matchAll(runs)) {
        const masked = telling.get(match[0]);
        if (!masked) continue;
        const span = { kind: masked.kind, secret: masked.secret, from: match.index, to: match.index + match[0].length };
        if (!overlaps(spans, span)) repeats.push(span);
      }
  if (repeats.length === 0) return spans;
  // The same place is found in both kinds of runs, the longer first.
  const ordered = [...spans, ...repeats].sort((a, b) => a.from - b.from || b.to - a.to);
  let end = 0;
  return ordered.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
};

const isTelling = ({ value, kind }: Masked): boolean =>
  kind !== literal && value.length >= 6 && /\d/.test(value) && (/\p{L}/u.test(value) || value.replace(/\D/g, '').length >= 9);

// Up to what divides a list, and up to any other sign as well.
const coarseRuns = /[^\s"'`<>,;()[\]{}|]{6,}(?<![.:!?])/g;
const fineRuns = /[\p{L}\d+/_.~-]{6,}(?<![.])/gu;

/** `spans` are in order and do not overlap one another. */
const overlaps = (spans: readonly SensitiveSpan[], span: SensitiveSpan): boolean => {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) <= span.from) low = middle + 1;
    else high = middle;
  }
  return (spans[low]?.from ?? Infinity) < span.to;
};

const countByKind = (items: Iterable<Masked>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of items) if (kind !== literal) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

/** Copies a JSON value with every string changed; keys are the schema's and stay. */
const mapStrings = <Value>(value: Value, change: (text: string) => string): Value => {
  const visit = (part: unknown): unknown => {
    if (typeof part === 'string') return change(part);
    if (Array.isArray(part)) return part.map(visit);
    if (part !== null && typeof part === 'object')
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, visit(inner)]));
    return part;
  };
  return visit(value) as Value;
};
