import { rememberFor } from '#src/core/remember-for.ts';
import { cutBeforeSecrets } from '#src/core/sensitive/cut-before-secrets.ts';
import { hintsAtSecrets } from '#src/core/sensitive/detectors.ts';
import { findSensitive } from '#src/core/sensitive/find-sensitive.ts';
import { redaction } from '#src/core/sensitive/redact-secrets.ts';
import { nameStems } from '#src/core/sensitive/secret-names.ts';
import { kinds } from '#src/logs/digest/mining/kinds.ts';
import type { Pattern, Variable } from '#src/logs/digest/types.ts';

/**
 * A pattern's variables as they may be listed, to an engine or to a person. A value that stands in a secret's place (`password=<id>`) is not
 * named: away from that place `hunter2` looks like any other word, and nothing further on would mask it (law 4).
 */
export const shownVariables = rememberFor((pattern: Pattern): Variable[] => shortened(hideSaidBelow(pattern, hideInPlace(pattern))));

// Most patterns have no such place, and looking for one costs a hundred times this test.
const hideInPlace = (pattern: Pattern): Variable[] => {
  if (hintsAtSecrets(pattern.template) || mentionsPieces.test(pattern.template)) return hideSecrets(pattern);
  return valuesMentionSecrets(pattern) ? hideBesideNames(pattern) : pattern.variables;
};

/** Of a record of many lines the template has some: a variable that a sample shows in a secret's place is not listed at all. */
const hideSaidBelow = ({ samples }: Pattern, variables: Variable[]): Variable[] => {
  const secrets = new Map<string, string>();
  for (const { text } of samples)
    if (text.includes('\n') && hintsAtSecrets(text))
      for (const { secret, kind, from, to } of findSensitive(text)) if (secret) secrets.set(text.slice(from, to), kind);
  if (secrets.size === 0) return variables;
  return variables.map((variable) => {
    const kind = variable.top.map(({ value }) => secrets.get(value)).find(Boolean);
    return kind ? { ...variable, top: variable.top.map((top) => ({ ...top, value: redaction(kind) })) } : variable;
  });
};

const longestShown = 120;

const shortened = (variables: Variable[]): Variable[] =>
  variables.some(({ top }) => top.some(({ value }) => value.length > longestShown))
    ? variables.map((one) => ({ ...one, top: one.top.map((top) => ({ ...top, value: cutBeforeSecrets(top.value, longestShown) })) }))
    : variables;

// Places whose values together are one thing: a phone number, an address, a key beside its id.
const mentionsPieces =
  /:\/\/|\boracle:|A[KS]IA|aws|\(<num>\)|\+<num>|[\d>][ /-]<num>|(?:phone|mobile|msisdn|whatsapp|tel|fax|cell|call|sms|dial|text)\w{0,10}[^<]{0,12}</i;

// A value may be the name: `set <word> to <id>`, or AWS's id of the key beside the key.
const namesInValues = new RegExp(`${nameStems}|A[KS]IA|aws`, 'i');
const valuesMentionSecrets = ({ variables }: Pattern): boolean =>
  variables.length > 1 && variables.some(({ top }) => top.some(({ value }) => namesInValues.test(value)));

/** Which name stood beside which value is not known, so where one value is a secret by its neighbour, none of that variable is listed. */
const hideBesideNames = (pattern: Pattern): Variable[] =>
  hideSecrets(pattern).map((variable, k) => {
    const hidden = variable.top.find(({ value }, rank) => {
      const before = pattern.variables[k]?.top[rank]?.value ?? '';
      return value !== before && !isKnownAlone(before);
    });
    return hidden ? { ...variable, top: variable.top.map((top) => ({ ...top, value: hidden.value })) } : variable;
  });

const hideSecrets = (pattern: Pattern): Variable[] => {
  // An element of XML that is named as a kind of variable: nobody can say which value stands where.
  if (elementOfKind.test(pattern.template))
    return pattern.variables.map((one) => ({ ...one, top: one.top.map((top) => ({ ...top, value: redaction('secret') })) }));
  const secret = new Map<string, string>();
  const ranks = Math.max(0, ...pattern.variables.map(({ top }) => top.length));
  for (let rank = 0; rank < ranks; rank++) {
    const { text, places } = fillTemplate(pattern, rank);
    for (const span of findSensitive(text)) {
      for (const { index, from, to } of places) {
        // A piece of a phone number is no longer known for one, nor is one that only its name tells; a whole address is, and gets its
        // placeholder later.
        if (span.from < to && from < span.to && (span.secret || span.from < from || to < span.to || !isKnownAlone(text.slice(from, to))))
          secret.set(`${index}.${rank}`, redaction(span.kind));
      }
    }
  }
  return pattern.variables.map((variable) => ({
    ...variable,
    top: variable.top.map((top, rank) => ({ ...top, value: secret.get(`${variable.index}.${rank}`) ?? top.value })),
  }));
};

// Not <password>, which is the log's own.
const placeholder = new RegExp(`<(?:${kinds.join('|')})>`);
const elementOfKind = new RegExp(`</(?:${kinds.join('|')})>`);

const isKnownAlone = (value: string): boolean => findSensitive(value).some(({ from, to }) => to - from === value.length);

const fillTemplate = (
  { template, variables }: Pattern,
  rank: number,
): { text: string; places: { index: number; from: number; to: number }[] } => {
  const places: { index: number; from: number; to: number }[] = [];
  let text = '';
  for (const [index, literal] of template.split(placeholder).entries()) {
    if (index > 0) {
      const { top } = variables.find((variable) => variable.index === index - 1) ?? { top: [] };
      const value = (top[rank] ?? top[0])?.value ?? 'x';
      places.push({ index: index - 1, from: text.length, to: text.length + value.length });
      text += value;
    }
    text += literal;
  }
  return { text, places };
};
