import type { Digest, Pattern, Variable } from './digest/types.ts';
import { extentOf, peakOf } from './facts.ts';
import { isReadable, isSevere, type Problem, problemsOf, type Trouble, troublesOf } from './problems.ts';
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
  const troubles = troublesOf(problems);
  const [top] = troubles;
  if (!top) return quiet(digest);
  // Rank says what matters; far down the list, knowledge of words finds causes for everything.
  const leading = troubles.slice(0, 8);
  const going = troubles.slice(0, 4).map((trouble) => describe(trouble, digest));
  const causes = causesOf(leading, troubles, digest);
  return {
    headline: headlineOf(top, troubles),
    severity: severityOf(digest, problems),
    whatIsGoingOn: going,
    likelyCauses: causes.map((cause) => withoutRepeatedQuote(cause.claim, going)),
    impact: impactOf(troubles),
    nextSteps: nextSteps(leading, causes),
  };
};

const withoutRepeatedQuote = (claim: RawClaim, before: RawClaim[]): RawClaim => {
  const quoted = new Set(before.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)));
  return { ...claim, evidence: claim.evidence.map((piece) => (quoted.has(piece.quote) ? { ...piece, quote: null } : piece)) };
};

const headlineOf = (top: Trouble, troubles: Trouble[]): string => {
  // A rare fatal error leads, but must not hide what happens all the time.
  const louder = troubles
    .slice(1, 5)
    .filter((other) => (other.patterns.some(isSevere) || other.kind !== null) && countOf(other) >= Math.max(10, countOf(top) * 10))
    .sort((one, other) => countOf(other) - countOf(one))[0];
  return `${nameOf(top, louder ? 80 : 110)}${howOften(top)}${louder ? `; ${nameOf(louder, 70)} ${louder.same ? '' : 'in '}{${ownerOf(louder)}.count} ${louder.same ? 'times' : 'records'}` : ''}`;
};

/** 'A disk is full', 'A fault in the code: “…”', '“…”, caused by “…”': what a person would call it. */
const nameOf = ({ kind, patterns }: Trouble, limit: number): string => {
  const [pattern] = patterns;
  const known = kind && kind.root > 0 ? kind.headline : null;
  if (known && !kind?.vague && patterns.length === 1 && pattern.count > 1) return known;
  if (known && patterns.length > 1 && !kind?.vague) return known;
  const message = `“${readable(pattern, limit)}”`;
  const root = known && !kind?.vague ? null : rootOf(pattern);
  const because = root && !says(message, root.message) ? `, caused by “${cutQuoted(root.message, limit)}”` : '';
  return `${known ? `${known}: ` : ''}${message}${because}`;
};

const says = (message: string, root: string): boolean => message.includes(cutQuoted(root, 40).replace(/…$/, ''));

/** For between quotation marks. */
const cutQuoted = (text: string, limit: number): string => {
  const plain = text
    .replace(/["“”`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length <= limit ? plain : `${cut(plain, limit).replace(/[\s.,:;=/-]+$/, '')}…`;
};

const countOf = ({ patterns }: Trouble): number => patterns.reduce((sum, { count }) => sum + count, 0);

/** By which its facts are asked for: 'P3', 'P3+P7'. */
const ownerOf = ({ patterns }: Trouble): string => patterns.map(({ id }) => id).join('+');

/** Goes on after what happened: ', at 12:04:11', ': 412 times between …' or ': 674 records in 4 patterns between …'. */
const howOften = (trouble: Trouble): string => {
  const owner = ownerOf(trouble);
  const { earliest, latest } = extentOf(trouble.patterns);
  if (countOf(trouble) === 1) return `, ${earliest.time ? 'at' : 'on'} {${owner}.first}`;
  // One failed login may write three records, so those of several patterns are not "times".
  const often = trouble.same ? `{${owner}.count} times` : `{${owner}.count} records in {${owner}.patterns} patterns`;
  const moment = earliest.time !== null && earliest.time.slice(0, 19) === latest.time?.slice(0, 19);
  return `: ${often} ${moment ? `at {${owner}.first}` : `between {${owner}.first} and {${owner}.last}`}`;
};

const describe = (trouble: Trouble, digest: Digest): RawClaim => {
  const { kind, patterns } = trouble;
  const [first] = patterns;
  const called = kind && kind.root > 0 ? `${kind.headline}: ` : '';
  const evidence = citeAll(trouble);
  if (trouble.same) {
    const root = rootOf(first);
    const message = `“${readable(first)}”`;
    const because = root && !says(message, root.message) ? `, caused by “${cutQuoted(root.message, 160)}”` : '';
    return { text: `${called}${message}${because}${howOften(trouble)}${peakIn([first], digest)}`, confidence: null, evidence };
  }
  const most = mostOf(trouble);
  return {
    text: `${called.slice(0, -2) || `“${readable(first)}”`}${howOften(trouble)}, most often “${readable(most)}” ({${most.id}.count})${peakIn([most], digest)}`,
    confidence: null,
    evidence,
  };
};

const peakIn = ([pattern]: [Pattern], digest: Digest): string => (peakOf(pattern, digest) ? `, most around {${pattern.id}.peak}` : '');

const mostOf = ({ patterns }: Trouble): Pattern => patterns.reduce((most, pattern) => (pattern.count > most.count ? pattern : most));

/** The passage is from the pattern that says it most often; each of the others is named. */
const citeAll = (trouble: Trouble): RawClaim['evidence'] => {
  const quoted = trouble.same ? trouble.patterns[0] : mostOf(trouble);
  return [cite(quoted), ...trouble.patterns.filter((pattern) => pattern !== quoted).map((pattern) => ({ ...cite(pattern), quote: null }))];
};

type Cause = { trouble: Trouble; claim: RawClaim };

const causesOf = (leading: Trouble[], troubles: Trouble[], digest: Digest): Cause[] => {
  const started = inOrderOfStart(leading);
  const [earliest] = inOrderOfStart(troubles);
  const causes = started
    .filter((trouble) => rootedness(trouble) >= 1)
    .sort((a, b) => rootedness(b) - rootedness(a))
    .filter((trouble, at, all) => trouble.kind === null || all.findIndex(({ kind }) => kind === trouble.kind) === at)
    .slice(0, 3)
    .map((trouble) => ({ trouble, claim: explain(trouble, trouble === earliest && troubles.length > 1, trouble === troubles[0]) }));
  const [first] = started;
  if (causes.length > 0 || !first || leading.length < 2 || !digest.time) return causes;
  const [pattern] = first.patterns;
  return [
    {
      trouble: first,
      claim: {
        text: `The first of these was “${readable(pattern)}” at {${pattern.id}.first}, before the others began`,
        confidence: 'low',
        evidence: [cite(pattern)],
      },
    },
  ];
};

/** How likely it is a cause: what is known of its kind, or that its own trace names one. */
const rootedness = ({ kind, patterns }: Trouble): number => Math.max(kind?.root ?? 0, rootOf(patterns[0]) ? 2 : 0);

const inOrderOfStart = (troubles: Trouble[]): Trouble[] => troubles.toSorted((a, b) => startOf(a).first.line - startOf(b).first.line);

const startOf = ({ patterns }: Trouble): Pattern =>
  patterns.reduce((start, pattern) => (pattern.first.line < start.first.line ? pattern : start));

const explain = (trouble: Trouble, cameFirst: boolean, ranksFirst: boolean): RawClaim => {
  const { kind, patterns } = trouble;
  const [first] = patterns;
  const root = rootOf(first);
  const known = kind && kind.root > 0 ? `${kind.headline}: ${lowerFirst(kind.cause)}` : null;
  const ends = root ? `${known ? 'The trace' : `The trace of “${readable(first, 70)}”`} ends in “${cutQuoted(root.message, 160)}”.` : '';
  const order = cameFirst ? 'It began before everything else that went wrong here.' : '';
  const cited = root ? first : mostOf(trouble);
  return {
    text: [known ?? '', ends, order].filter((part) => part !== '').join(' '),
    confidence: known
      ? confidenceOf(kind?.root ?? 0, cameFirst || ranksFirst || root !== null)
      : confidenceOf(ranksFirst ? 3 : 2, cameFirst || ranksFirst),
    evidence: [root ? { ...cite(cited), quote: root.line } : cite(cited)],
  };
};

const confidenceOf = (root: number, supported: boolean): Confidence =>
  root >= 3 ? (supported ? 'high' : 'medium') : root === 2 ? (supported ? 'medium' : 'low') : 'low';

type Root = { /** As it stands in the sample, cut. */ line: string; message: string };

const roots = new WeakMap<Pattern, { root: Root | null }>();

/** What a trace ends in: the last 'Caused by' of a Java one, the innermost exception of a .NET one, the last line of a Python one. */
const rootOf = (pattern: Pattern): Root | null => {
  const known = roots.get(pattern);
  if (known) return known.root;
  const root = findRoot(pattern.samples[0]?.text ?? '');
  roots.set(pattern, { root });
  return root;
};

const findRoot = (text: string): Root | null => {
  if (!text.includes('\n') && !text.includes('---> ')) return null;
  const lines = text.split('\n');
  const caused = lines.findLast((line) => /^\s*(?:Caused(?: by)?: |\[cause\]: )\S/.test(line));
  if (caused) return toRoot(caused, caused.replace(/^\s*(?:Caused(?: by)?|\[cause\]): /, ''));
  if (text.includes('Traceback (most recent')) {
    const raised = lines.findLast((line) => /^(?:[\w]+\.)*\w*(?:Error|Exception|Exit|Interrupt|Warning|Timeout)\b/.test(line));
    if (raised) return toRoot(raised, raised);
  }
  const inner = lines.findLast((line) => line.includes('---> '));
  return inner ? toRoot(inner, inner.slice(inner.lastIndexOf('---> ') + 5)) : null;
};

const toRoot = (line: string, message: string): Root | null => {
  const said = message.trim().replace(/\s*\{$/, '');
  return said.length >= 3
    ? { line: cut(line.trim().endsWith(message.trim()) && line.length > 200 ? message.trim() : line.trim(), 160), message: said }
    : null;
};

const impactOf = (troubles: Trouble[]): RawClaim[] => {
  // Of patterns that tell the same, the one with most records says whom it hits.
  const claims = troubles.slice(0, 3).flatMap(({ patterns }) => {
    for (const pattern of patterns.toSorted((a, b) => b.count - a.count)) {
      const found = shownVariables(pattern)
        .map((variable) => impactOfVariable(pattern, variable))
        .filter((claim) => claim !== null);
      if (found.length > 0) return found;
    }
    return [];
  });
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
  const constant = variable.distinct === 1 && variable.exact;
  // The message said it.
  if (constant && readable(pattern, 80).includes(top.value)) return null;
  const [one, many] = words;
  const fact = (name: string) => `{${pattern.id}.${name}}`;
  const often =
    top.count > 1 ? `, most often ${top.value} (${fact(`topCount.${variable.index}.0`)} of ${fact('count')})` : `, among them ${top.value}`;
  const text = constant
    ? `all ${fact('count')} concern the ${one} ${top.value}`
    : `${fact(`distinct.${variable.index}`)} ${many} are involved${often}`;
  return { text: `“${readable(pattern, 80)}”: ${text}`, confidence: null, evidence: [{ ...cite(pattern), quote: null }] };
};

const isStatusCode = ({ kind, top }: Variable): boolean =>
  kind === 'num' && top.length > 0 && top.every(({ value }) => /^[1-5]\d\d$/.test(value)) && top.some(({ value }) => /^[45]/.test(value));

const nextSteps = (leading: Trouble[], causes: Cause[]): RawClaim[] => {
  // Not where the first warning of any sort is, but where what leads the summary begins.
  const [top] = leading;
  const start = top ? startOf(top) : null;
  const look = start
    ? [
        {
          text: `Read the log from line {${start.id}.firstLine}, where this begins`,
          confidence: null,
          evidence: [{ ...cite(start), quote: null }],
        },
      ]
    : [];
  const known = (causes.length > 0 ? causes.map(({ trouble }) => trouble) : leading).slice(0, 2);
  const advice = known.flatMap(({ kind, patterns: [first] }) =>
    (kind?.steps ?? []).map((text) => ({ text, confidence: null, evidence: [{ ...cite(first), quote: null }] })),
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
    .map(
      (pattern): RawClaim => ({
        text: `“${readable(pattern)}”${howOften({ kind: null, patterns: [pattern], same: true })}`,
        confidence: null,
        evidence: [cite(pattern)],
      }),
    );
  if (isNoLog(digest))
    return {
      ...nothing,
      headline: `This does not look like a log: {log.lines} ${lines(digest)} without times or levels, and no sign of trouble`,
      whatIsGoingOn: common,
      nextSteps: [{ text: 'If it is one, send more of it, with the lines around the problem', confidence: null, evidence: [] }],
    };
  const moment = digest.time?.first.slice(0, 19) === digest.time?.last.slice(0, 19);
  const expected = digest.time
    ? moment
      ? 'If you expected trouble, check that it happened at {log.first}; this log covers no more'
      : 'If you expected trouble, check that it falls between {log.first} and {log.last}; this log covers no more'
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
