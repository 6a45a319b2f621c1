import type { Digest, Pattern, Variable } from '#src/logs/digest/types.ts';
import { cite } from '#src/logs/offline/name-trouble.ts';
import type { Claim } from '#src/logs/summary.ts';
import type { RawClaim } from '#src/logs/summary-task.ts';
import { entityNouns } from '#src/logs/verify/vocabulary.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { shownVariables } from '#src/logs/wording/shown-values.ts';
import type { Asked } from './parse-question.ts';
import { plural, singular } from './singular.ts';

const MOST_VALUES = 10;
const MOST_PATTERNS = 3;

/**
 * Which ones, and how many: the values that stand behind a noun in the records the question is about ('order=48388' for "which orders?").
 */
export const valueClaims = ({ noun }: Asked, patterns: readonly Pattern[], digest: Digest, exactly = false): RawClaim[] => {
  if (!noun) return [];
  const claims = patterns.slice(0, 8).flatMap((pattern) => {
    const variable = variableOf(pattern, noun);
    return variable ? [say(pattern, variable, noun)] : [];
  });
  if (claims.length > 0) return claims.slice(0, MOST_PATTERNS);
  const [first] = patterns;
  if (exactly || !first || !isKnownNoun(digest, noun)) return [];
  // What they do name may lead on.
  return shownVariables(first)
    .flatMap((variable) => {
      const named = nounBefore(first, variable);
      return named && entityNouns.has(named) ? [say(first, variable, named)] : [];
    })
    .slice(0, 1);
};

/** Of records of several kinds that name the same thing, one count for each value; null where one kind does, or not all values are known. */
export const sumOfValues = (id: string, noun: string, patterns: readonly Pattern[]): Pattern | null => {
  const naming = patterns.flatMap((pattern) => {
    const variable = variableOf(pattern, noun);
    return variable ? [{ pattern, variable }] : [];
  });
  const [one, another] = naming;
  if (!one || !another || naming.some(({ variable }) => !variable.exact || variable.top.length < variable.distinct)) return null;
  const counts = new Map<string, number>();
  for (const { variable } of naming) for (const { value, count } of variable.top) counts.set(value, (counts.get(value) ?? 0) + count);
  const top = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  return {
    ...one.pattern,
    id,
    template: `${noun} <any>`,
    count: naming.reduce((sum, { pattern }) => sum + pattern.count, 0),
    lines: naming.reduce((sum, { pattern }) => sum + pattern.lines, 0),
    last: naming.map(({ pattern }) => pattern.last).reduce((last, each) => (each.line > last.line ? each : last)),
    samples: naming.flatMap(({ pattern }) => pattern.samples.slice(0, 1)),
    variables: [{ index: 0, kind: 'any', distinct: top.length, exact: true, top }],
    histogram: null,
  };
};

/** Whether values of it stand anywhere in the log. */
export const isKnownNoun = (digest: Digest, noun: string | null): boolean =>
  noun !== null && digest.patterns.some((pattern) => variableOf(pattern, noun));

/** 'Changed by admin': who did it stands there, whatever it is called. */
export const namesDoer = ({ template, samples }: Pattern): boolean =>
  [template, ...samples.map(({ text }) => text)].some((text) => doer.test(text));
const doer = /\bby\s+["']?(?!the\b|an?\b|this\b|\d)[\w<]/i;

/** That the records in question name none of what was asked for, while others do; null where they do, or nothing does. */
export const absenceOf = ({ noun, who }: Asked, patterns: readonly Pattern[], digest: Digest): Claim | null => {
  const [first] = patterns;
  if (
    !noun ||
    !first ||
    // A name that never varies is no variable, and may be one all the same.
    patterns.some((pattern) => pattern.count <= FEW || mentions(pattern, noun)) ||
    (who && patterns.some(namesDoer)) ||
    patterns.some((pattern) => variableOf(pattern, noun)) ||
    !isKnownNoun(digest, noun)
  )
    return null;
  const { id, first: sighting } = first;
  return {
    text: `The records of “${readable(first)}” name no ${noun}; values in other records are no answer`,
    confidence: null,
    evidence: [{ pattern: id, lines: { from: sighting.line, to: sighting.line }, quote: null }],
  };
};

const FEW = 3;

const mentions = ({ template }: Pattern, noun: string): boolean =>
  new RegExp(`\\b${noun}\\w*\\b`, 'i').test(template) || (noun === 'user' && /\bfor \w|\bsudo: /.test(template));

/** By the word in front of it, or by its kind: an address is a user where users are told by theirs. */
const variableOf = (pattern: Pattern, noun: string): Variable | undefined => {
  const variables = shownVariables(pattern);
  return (
    variables.find((variable) => isNamed(nounBefore(pattern, variable), noun)) ??
    variables.find(({ kind }) => kindsOf[noun]?.includes(kind)) ??
    variables.find((variable) => isPathOf(variable, noun)) ??
    variables.find((variable) => isCalledSo(variable, noun)) ??
    (noun === 'user' ? variables.find((variable) => isUserOfRequest(pattern, variable)) : undefined)
  );
};

/** Logs shorten what people say in full. */
const shortOf: Record<string, readonly string[] | undefined> = {
  database: ['db', 'datname', 'dbname', 'schema'],
  user: ['usr', 'uid', 'username', 'login', 'account'],
  customer: ['cust', 'client'],
  address: ['addr', 'ip', 'rhost', 'src', 'client'],
  server: ['srv', 'host', 'node', 'backend', 'instance'],
  host: ['hostname', 'node', 'server', 'machine'],
  machine: ['host', 'node', 'server'],
  request: ['req', 'rid'],
  message: ['msg'],
  queue: ['q'],
  table: ['tbl', 'relation'],
  service: ['svc', 'app'],
  container: ['ctr'],
  namespace: ['ns'],
};

const isNamed = (named: string | null, noun: string): boolean =>
  named !== null && (named === noun || (shortOf[noun]?.includes(named) ?? false));

/** '/orders/1000' names an order. */
const isPathOf = ({ kind, top }: Variable, noun: string): boolean =>
  (kind === 'path' || kind === 'url') &&
  top.length > 0 &&
  top.every(({ value }) => value.includes(`/${plural(noun)}/`) || value.includes(`/${noun}/`));

/** 'user17', 'cust-9': the values say themselves what they are. */
const isCalledSo = ({ top, distinct }: Variable, noun: string): boolean =>
  top.length > 0 && distinct > 1 && top.every(({ value }) => new RegExp(`^${noun}[-_]?\\d`, 'i').test(value));

/** '10.0.0.7 - anna [22/Nov/2026 …] "GET …': the third field of an access log is who asked. */
const isUserOfRequest = ({ template }: Pattern, { index, top }: Variable): boolean => {
  const [, address = '', behind = ''] = /^(\S+) (?:-|<\w+>) <\w+> (\S*)/.exec(template) ?? [];
  return (
    /^<\w+>$/.test(address) &&
    (behind.startsWith('[') || behind.startsWith('"') || behind.startsWith('<')) &&
    index === (template.startsWith(`${address} -`) ? 1 : 2) &&
    top.every(({ value }) => value !== '-')
  );
};

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
  // Of more values than were counted nobody knows which came most often.
  const repeated = exact && (most?.count ?? 0) > 1;
  const listed = top
    .slice(0, MOST_VALUES)
    .filter(({ value }) => value.length <= 80)
    .map((_, rank) => `{${pattern.id}.top.${index}.${rank}}${repeated && !one ? ` ({${pattern.id}.topCount.${index}.${rank}})` : ''}`);
  const lead = one ? `One ${noun}` : `{${pattern.id}.distinct.${index}} different ${plural(noun)}`;
  const values = listed.length >= distinct ? listed.join(', ') : `${repeated ? 'most often' : 'among them'} ${listed.join(', ')}`;
  return { text: `${lead} in “${readable(pattern, 90)}”: ${values}`, confidence: null, evidence: [cite(pattern)] };
};
