import type { Digest, Pattern, Variable } from '#src/logs/digest/types.ts';
import { cite } from '#src/logs/name-trouble.ts';
import { readable } from '#src/logs/readable.ts';
import { shownVariables } from '#src/logs/shown-values.ts';
import type { Claim } from '#src/logs/summary.ts';
import type { RawClaim } from '#src/logs/summary-task.ts';
import { entityNouns } from '#src/logs/vocabulary.ts';
import type { Asked } from './parse-question.ts';
import { plural, singular } from './singular.ts';

const MOST_VALUES = 10;
const MOST_PATTERNS = 3;

/**
 * Which ones, and how many: the values that stand behind a noun in the records the question is about ('order=48388' for "which orders?").
 */
export const valueClaims = ({ noun }: Asked, patterns: readonly Pattern[], digest: Digest): RawClaim[] => {
  if (!noun) return [];
  const claims = patterns.slice(0, 8).flatMap((pattern) => {
    const variable = variableOf(pattern, noun);
    return variable ? [say(pattern, variable, noun)] : [];
  });
  if (claims.length > 0) return claims.slice(0, MOST_PATTERNS);
  const [first] = patterns;
  if (!first || !isKnownNoun(digest, noun)) return [];
  // What they do name may lead on.
  return shownVariables(first)
    .flatMap((variable) => {
      const named = nounBefore(first, variable);
      return named && entityNouns.has(named) ? [say(first, variable, named)] : [];
    })
    .slice(0, 1);
};

/** Whether values of it stand anywhere in the log. */
export const isKnownNoun = (digest: Digest, noun: string | null): boolean =>
  noun !== null && digest.patterns.some((pattern) => variableOf(pattern, noun));

/** That the records in question name none of what was asked for, while others do; null where they do, or nothing does. */
export const absenceOf = ({ noun }: Asked, patterns: readonly Pattern[], digest: Digest): Claim | null => {
  const [first] = patterns;
  if (!noun || !first || patterns.some((pattern) => variableOf(pattern, noun)) || !isKnownNoun(digest, noun)) return null;
  const { id, first: sighting } = first;
  return {
    text: `The records of “${readable(first)}” name no ${noun}; values in other records are no answer`,
    confidence: null,
    evidence: [{ pattern: id, lines: { from: sighting.line, to: sighting.line }, quote: null }],
  };
};

/** By the word in front of it, or by its kind: an address is a user where users are told by theirs. */
const variableOf = (pattern: Pattern, noun: string): Variable | undefined => {
  const variables = shownVariables(pattern);
  return (
    variables.find((variable) => nounBefore(pattern, variable) === noun) ??
    variables.find(({ kind }) => kindsOf[noun]?.includes(kind)) ??
    variables.find((variable) => isPathOf(variable, noun))
  );
};

/** '/orders/1000' names an order. */
const isPathOf = ({ kind, top }: Variable, noun: string): boolean =>
  (kind === 'path' || kind === 'url') &&
  top.length > 0 &&
  top.every(({ value }) => value.includes(`/${plural(noun)}/`) || value.includes(`/${noun}/`));

const kindsOf: Record<string, Variable['kind'][] | undefined> = {
  user: ['email'],
  customer: ['email'],
  account: ['email'],
  address: ['ip', 'email'],
  ip: ['ip'],
  client: ['ip'],
  host: ['host', 'ip'],
  server: ['host', 'ip'],
  path: ['path', 'url'],
  page: ['path', 'url'],
  url: ['url', 'path'],
  endpoint: ['path', 'url'],
  file: ['path'],
};

/** 'order=<num>', 'user <id>', '"userId":"<uuid>"'. */
const nounBefore = ({ template }: Pattern, { index }: Variable): string | null => {
  const before =
    template
      .split(/<[a-z]+>/)
      .slice(0, index + 1)
      .at(-1) ?? '';
  const word = /([A-Za-z]+?)(?:[_-]?(?:id|ids|no|number|name))?["']?\s?[:=#/]?\s?["'([]?$/i.exec(before)?.[1];
  // 'ECONNREFUSED db-1': a code, and no kind of thing.
  return word && !/^[A-Z]{4,}$/.test(word) ? singular(word.toLowerCase()) : null;
};

const say = (pattern: Pattern, { index, distinct, exact, top }: Variable, noun: string): RawClaim => {
  const [most] = top;
  const one = distinct === 1 && exact;
  const repeated = (most?.count ?? 0) > 1;
  const listed = top
    .slice(0, MOST_VALUES)
    .filter(({ value }) => value.length <= 80)
    .map((_, rank) => `{${pattern.id}.top.${index}.${rank}}${repeated && !one ? ` ({${pattern.id}.topCount.${index}.${rank}})` : ''}`);
  const lead = one ? `One ${noun}` : `{${pattern.id}.distinct.${index}} different ${plural(noun)}`;
  const values = listed.length >= distinct ? listed.join(', ') : `${repeated ? 'most often' : 'among them'} ${listed.join(', ')}`;
  return { text: `${lead} in “${readable(pattern, 90)}”: ${values}`, confidence: null, evidence: [cite(pattern)] };
};
