import type { Digest, Pattern, Variable } from './digest/types.ts';
import { peakOf } from './facts.ts';
import { isReadable, isSevere, type Problem, problemsOf } from './problems.ts';
import { cut, excerpt, lowerFirst, readable } from './readable.ts';
import { shownVariables } from './shown-values.ts';
import type { Confidence, Severity } from './summary.ts';
import type { RawClaim, RawSummary, SummaryInput } from './summary-task.ts';

/**
 * The summary of the built-in engine: what the digest shows, plus general knowledge of ways to fail. Says nothing it has no lines
 * for; where it recognises nothing it says where to look and claims no cause.
 */
export const summarizeOffline = ({ digest }: SummaryInput): RawSummary => {
  const problems = problemsOf(digest);
  const [top] = problems;
  if (!top) return quiet(digest);
  // Rank says what matters; far down the list, knowledge of words finds causes for everything.
  const leading = problems.slice(0, 8);
  const going = problems.slice(0, 4).map((problem) => describe(problem, digest));
  const causes = causesOf(leading, problems, digest);
  return {
    headline: headlineOf(top, problems),
    severity: severityOf(digest, problems),
    whatIsGoingOn: going,
    likelyCauses: causes.map((cause) => withoutRepeatedQuote(cause.claim, going)),
    impact: impactOf(problems),
    nextSteps: nextSteps(leading, causes),
  };
};

const withoutRepeatedQuote = (claim: RawClaim, before: RawClaim[]): RawClaim => {
  const quoted = new Set(before.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)));
  return { ...claim, evidence: claim.evidence.map((piece) => (quoted.has(piece.quote) ? { ...piece, quote: null } : piece)) };
};

const headlineOf = ({ pattern, kind }: Problem, problems: Problem[]): string => {
  const known = kind && kind.root > 0 ? kind.headline : null;
  const what = known && pattern.count === 1 ? `${known}: “${readable(pattern, 70)}”` : (known ?? `“${readable(pattern)}”`);
  // A rare fatal error leads, but must not hide what happens all the time.
  const louder = problems
    .slice(1, 5)
    .filter(
      (other) =>
        (isSevere(other.pattern) || other.kind !== null) &&
        other.pattern.count >= Math.max(10, pattern.count * (other.kind !== null && other.kind === kind ? 3 : 10)),
    )
    .sort((one, other) => other.pattern.count - one.pattern.count)[0];
  return `${what}${howOften(pattern)}${louder ? `; “${readable(louder.pattern, 70)}” {${louder.pattern.id}.count} times` : ''}`;
};

/** Goes on after what happened: ', at 12:04:11' or ': 412 times between …'. */
const howOften = (pattern: Pattern): string => {
  if (pattern.count === 1) return `, ${pattern.first.time ? 'at' : 'on'} {${pattern.id}.first}`;
  const same = pattern.first.time !== null && pattern.first.time.slice(0, 19) === pattern.last.time?.slice(0, 19);
  return `: {${pattern.id}.count} times ${same ? `at {${pattern.id}.first}` : `between {${pattern.id}.first} and {${pattern.id}.last}`}`;
};

const describe = ({ pattern, kind }: Problem, digest: Digest): RawClaim => {
  const peak = peakOf(pattern, digest) ? `, most around {${pattern.id}.peak}` : '';
  const called = kind && kind.root > 0 ? `${kind.headline}: ` : '';
  return { text: `${called}“${readable(pattern)}”${howOften(pattern)}${peak}`, confidence: null, evidence: [cite(pattern)] };
};

type Cause = Problem & { claim: RawClaim };

const causesOf = (leading: Problem[], problems: Problem[], digest: Digest): Cause[] => {
  const started = inOrderOfStart(leading);
  const [earliest] = inOrderOfStart(problems);
  const known = started.filter(({ kind }) => kind !== null && kind.root >= 1).sort((a, b) => (b.kind?.root ?? 0) - (a.kind?.root ?? 0));
  const causes = onePerKind(known)
    .slice(0, 3)
    .map((problem) => ({
      ...problem,
      claim: explain(problem, problem.pattern === earliest?.pattern && problems.length > 1, problem.pattern === problems[0]?.pattern),
    }));
  const [first] = started;
  if (causes.length > 0 || !first || leading.length < 2 || !digest.time) return causes;
  return [
    {
      ...first,
      claim: {
        text: `The first of these was “${readable(first.pattern)}” at {${first.pattern.id}.first}, before the others began`,
        confidence: 'low',
        evidence: [cite(first.pattern)],
      },
    },
  ];
};

const inOrderOfStart = (problems: Problem[]): Problem[] => problems.toSorted((a, b) => a.pattern.first.line - b.pattern.first.line);

const onePerKind = (problems: Problem[]): Problem[] =>
  problems.filter((problem, at) => problems.findIndex((other) => other.kind === problem.kind) === at);

const explain = ({ pattern, kind }: Problem, cameFirst: boolean, ranksFirst: boolean): RawClaim => {
  const root = rootOf(pattern);
  const because = root ? ` The trace ends in “${root}”.` : '';
  const order = cameFirst ? ' It began before everything else that went wrong here.' : '';
  return {
    text: `${kind?.headline}: ${lowerFirst(kind?.cause ?? '')}${because}${order}`,
    confidence: confidenceOf(kind?.root ?? 0, cameFirst || ranksFirst || root !== null),
    evidence: [root ? { ...cite(pattern), quote: root } : cite(pattern)],
  };
};

const confidenceOf = (root: number, supported: boolean): Confidence =>
  root >= 3 ? (supported ? 'high' : 'medium') : root === 2 ? (supported ? 'medium' : 'low') : 'low';

/** The last "Caused by" of a Java trace, or the last line of a Python one. */
const rootOf = ({ samples }: Pattern): string | null => {
  const text = samples[0]?.text ?? '';
  const caused = text
    .split('\n')
    .filter((line) => /^\s*Caused by: /.test(line))
    .at(-1);
  const raised = /Traceback \(most recent/.test(text)
    ? text
        .split('\n')
        .filter((line) => /^[\w.]+(?:Error|Exception|Exit|Interrupt)\b/.test(line))
        .at(-1)
    : undefined;
  const line = (caused ?? raised)?.trim();
  return line ? cut(line, 160) : null;
};

const impactOf = (problems: Problem[]): RawClaim[] => {
  const claims = problems.slice(0, 3).flatMap(({ pattern }) =>
    shownVariables(pattern)
      .map((variable) => impactOfVariable(pattern, variable))
      .filter((claim) => claim !== null),
  );
  // A failure with and without a stack trace is two patterns that say the same.
  const about = ({ text }: RawClaim): string => text.slice(text.indexOf('”: ')).replace(/\{[^}]*\}/g, '');
  return claims.filter((claim, at) => claims.findIndex((other) => about(other) === about(claim)) === at).slice(0, 4);
};

const affected: Partial<Record<Variable['kind'], [string, string]>> = {
  path: ['path', 'paths'],
  host: ['host', 'hosts'],
  ip: ['address', 'addresses'],
  email: ['e-mail address', 'e-mail addresses'],
};

const impactOfVariable = (pattern: Pattern, variable: Variable): RawClaim | null => {
  const [top] = variable.top;
  const words = affected[variable.kind] ?? (isStatusCode(variable) ? (['status code', 'status codes'] as const) : null);
  if (!words || !top || top.value.length > 80 || pattern.count < 3) return null;
  const [one, many] = words;
  const fact = (name: string) => `{${pattern.id}.${name}}`;
  const often =
    top.count > 1 ? `, most often ${top.value} (${fact(`topCount.${variable.index}.0`)} of ${fact('count')})` : `, among them ${top.value}`;
  const text =
    variable.distinct === 1 && variable.exact
      ? `all ${fact('count')} concern the ${one} ${top.value}`
      : `${fact(`distinct.${variable.index}`)} ${many} are involved${often}`;
  return { text: `“${readable(pattern, 60)}”: ${text}`, confidence: null, evidence: [{ ...cite(pattern), quote: null }] };
};

const isStatusCode = ({ kind, top }: Variable): boolean =>
  kind === 'num' && top.length > 0 && top.every(({ value }) => /^[1-5]\d\d$/.test(value)) && top.some(({ value }) => /^[45]/.test(value));

const nextSteps = (problems: Problem[], causes: Cause[]): RawClaim[] => {
  // Not where the first warning of any sort is, but where what leads the summary begins.
  const [top] = problems;
  const [start] = inOrderOfStart(problems.filter((problem) => problem === top || (problem.kind !== null && problem.kind === top?.kind)));
  const look = start
    ? [
        {
          text: `Read the log from line {${start.pattern.id}.firstLine}, where this begins`,
          confidence: null,
          evidence: [{ ...cite(start.pattern), quote: null }],
        },
      ]
    : [];
  const kinds = (causes.length > 0 ? causes : problems).slice(0, 2);
  const advice = kinds.flatMap(({ pattern, kind }) =>
    (kind?.steps ?? []).map((text) => ({ text, confidence: null, evidence: [{ ...cite(pattern), quote: null }] })),
  );
  return [...advice, ...look].slice(0, 5);
};

/** How grave a log is, by levels, shares and what is known of failures. */
export const severityOf = (digest: Digest, problems: Problem[] = problemsOf(digest)): Severity => {
  if (problems.length === 0) return 'info';
  const severe = problems.filter(({ pattern }) => isSevere(pattern));
  const errors = severe.reduce((sum, { pattern }) => sum + pattern.count, 0);
  const share = errors / Math.max(1, digest.records);
  const grave =
    severe.some(({ pattern, kind }) => pattern.level === 'fatal' && kind?.root === 3) ||
    severe.some(({ kind }) => kind !== null && gravest.has(kind.id));
  if (grave) return share >= 0.1 || severe.some(({ pattern }) => pattern.level === 'fatal') ? 'critical' : 'high';
  if (severe.some(({ pattern }) => pattern.level === 'fatal')) return 'high';
  if (share >= 0.1 || errors >= 100) return 'high';
  if (errors > 0) return 'medium';
  return problems.some(({ pattern }) => pattern.level === 'unknown') ? 'medium' : 'low';
};

const gravest = new Set(['out-of-memory', 'disk-full', 'kernel', 'corrupt']);

const quiet = (digest: Digest): RawSummary => {
  const nothing = { severity: 'info' as const, likelyCauses: [], impact: [] };
  if (digest.ledger.lines === digest.ledger.blank || digest.records === 0)
    return { ...nothing, headline: 'There is nothing in this log: it is empty or blank', whatIsGoingOn: [], nextSteps: [] };
  const common = digest.patterns
    .filter(isReadable)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 3)
    .map((pattern): RawClaim => ({ text: `“${readable(pattern)}”${howOften(pattern)}`, confidence: null, evidence: [cite(pattern)] }));
  if (isNoLog(digest))
    return {
      ...nothing,
      headline: `This does not look like a log: {log.lines} ${lines(digest)} without times or levels, and no sign of trouble`,
      whatIsGoingOn: common,
      nextSteps: [{ text: 'If it is one, send more of it, with the lines around the problem', confidence: null, evidence: [] }],
    };
  const expected = digest.time
    ? 'If you expected trouble, check that it falls between {log.first} and {log.last}; this log covers no more'
    : 'If you expected trouble, check that this is the log of the time it happened';
  return {
    ...nothing,
    headline: `Nothing looks wrong: {log.lines} ${lines(digest)} in {log.patterns} ${digest.patterns.length + digest.other.patterns === 1 ? 'pattern' : 'patterns'}, no errors or warnings`,
    whatIsGoingOn: common,
    nextSteps: [{ text: expected, confidence: null, evidence: [] }],
  };
};

const lines = ({ ledger }: Digest): string => (ledger.lines === 1 ? 'line' : 'lines');

const isNoLog = ({ time, levels, records }: Digest): boolean => time === null && levels.unknown === records;

const cite = (pattern: Pattern): RawClaim['evidence'][number] => ({
  pattern: pattern.id,
  fromLine: pattern.first.line,
  toLine: Math.max(pattern.last.line, pattern.first.line),
  quote: excerpt(pattern),
});
