import { millisecondsOf } from '#src/core/log-time.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { isSevere } from '#src/logs/failures/problems.ts';
import { type Root, rootOf } from '#src/logs/failures/trace-root.ts';
import type { Trouble } from '#src/logs/failures/troubles.ts';
import type { Confidence } from '#src/logs/summary.ts';
import type { RawClaim } from '#src/logs/summary-task.ts';
import { extentOf } from '#src/logs/wording/facts.ts';
import { lowerFirst, readable } from '#src/logs/wording/readable.ts';
import { cite, citeOf, citeTold, cutQuoted, mostOf } from './name-trouble.ts';

/** `trouble` is null for a change that came before all of them. */
export type Cause = { trouble: Trouble | null; claim: RawClaim };

const MOST_CAUSES = 3;

/** What likely caused it: what is known of a way to fail, what a trace names, and what was changed just before. Order alone is no cause. */
export const causesOf = (leading: readonly Trouble[], troubles: readonly Trouble[], digest: Digest): Cause[] => {
  const known = leading
    .filter((trouble) => rootedness(trouble) >= 1)
    .toSorted((a, b) => rootedness(b) - rootedness(a) || inOrder(a, b))
    .filter((trouble, at, all) => trouble.kind === null || all.findIndex(({ kind }) => kind === trouble.kind) === at)
    .map((trouble): Cause => ({ trouble, claim: explain(trouble, isFirst(trouble, troubles), trouble === troubles[0], digest) }));
  const change = changeBefore(troubles, digest);
  const causes = [...known.slice(0, change ? MOST_CAUSES - 1 : MOST_CAUSES), ...(change ? [change] : [])];
  return causes.toSorted((a, b) => sureness(b) - sureness(a));
};

const sureness = ({ claim }: Cause): number => ['low', 'medium', 'high'].indexOf(claim.confidence ?? 'low');

/** How likely it is a cause: what is known of its kind, or that its own trace names one. */
const rootedness = ({ kind, patterns: [pattern] }: Trouble): number =>
  Math.max(kind?.vague && kind.root < 2 ? 0 : (kind?.root ?? 0), pattern && rootOf(pattern) ? NAMED_BY_TRACE : 0);

/** What a trace ends in says how that one failed; what is known of its kind says more. */
const NAMED_BY_TRACE = 1.9;

/** By the clock where both have one, by line otherwise. */
const inOrder = (a: Trouble, b: Trouble): number => {
  const [one, other] = [startOf(a), startOf(b)];
  return one.time !== null && other.time !== null ? one.time - other.time : one.line - other.line;
};

const startOf = ({ patterns, told }: Trouble): { line: number; time: number | null } => {
  if (patterns.length === 0) return { line: told?.line ?? 0, time: null };
  const { earliest } = extentOf(patterns);
  return { line: earliest.line, time: earliest.time ? millisecondsOf(earliest.time) : null };
};

/** Strictly before all others, by a clock all of them have. */
const isFirst = (trouble: Trouble, troubles: readonly Trouble[]): boolean => {
  const isTimed = ({ patterns }: Trouble): boolean => patterns.length > 0 && patterns.every(({ first }) => first.time !== null);
  const others = troubles.filter((one) => one !== trouble);
  if (others.length === 0 || !isTimed(trouble) || !others.every((other) => isTimed(other) && inOrder(trouble, other) < 0)) return false;
  // What was over long before the next thing went wrong is another story.
  const last = millisecondsOf(extentOf(trouble.patterns).latest.time ?? '');
  return others.some((other) => (startOf(other).time ?? Number.NaN) - last <= LONGEST_GAP_MS);
};

const explain = (trouble: Trouble, cameFirst: boolean, ranksFirst: boolean, digest: Digest): RawClaim => {
  const { kind, patterns, told } = trouble;
  const [first] = patterns;
  const root = first ? rootOf(first) : null;
  const known = kind && kind.root > 0 && !(kind.vague && kind.root < 2) ? `${kind.headline}: ${lowerFirst(kind.cause)}` : null;
  const ends = root && first ? `${whereNamed(first, root, known !== null)} “${cutQuoted(root.message, 160)}”.` : '';
  const order = cameFirst ? 'It began before all else that went wrong here.' : '';
  const confidence = known
    ? confidenceOf(kind?.root ?? 0, cameFirst || ranksFirst || root !== null)
    : confidenceOf(ranksFirst ? 3 : 2, cameFirst || ranksFirst);
  const text = [known ?? '', ends, order].filter((part) => part !== '').join(' ');
  if (!first) return { text, confidence, evidence: citeTold(told, digest) };
  return { text, confidence, evidence: [root ? { ...cite(first), quote: root.line } : citeOf(trouble, mostOf(patterns))] };
};

const whereNamed = (pattern: Pattern, { field }: Root, isKnown: boolean): string => {
  const of = isKnown ? '' : ` ${field ? 'in' : 'of'} “${readable(pattern, 70)}”`;
  return field ? `The error${of} is` : `The trace${of} ends in`;
};

const confidenceOf = (root: number, supported: boolean): Confidence =>
  root >= 3 ? (supported ? 'high' : 'medium') : root === 2 ? (supported ? 'medium' : 'low') : 'low';

const LONGEST_GAP_MS = 30 * 60_000;
const SHORTLY_MS = 5 * 60_000;
const LEADING = 3;

/** A release, a restart, a setting: what the log itself says was changed shortly before one of the leading troubles began, the soonest. */
const changeBefore = (troubles: readonly Trouble[], digest: Digest): Cause | null => {
  const timed = troubles
    .slice(0, LEADING)
    .filter(({ patterns }) => patterns.length > 0 && patterns.every(({ first }) => first.time !== null));
  if (timed[0] !== troubles[0]) return null;
  const changes = digest.patterns.filter((pattern) => tellsOfChange(pattern));
  const [latest] = timed
    .flatMap((top) =>
      changes
        .filter((pattern) => !top.patterns.includes(pattern))
        .map((pattern) => ({
          top,
          pattern,
          gap: (startOf(top).time ?? Number.NaN) - millisecondsOf(pattern.last.time ?? pattern.first.time ?? ''),
        })),
    )
    .filter(
      ({ gap, top }) => gap >= 0 && gap <= LONGEST_GAP_MS && (top === troubles[0] || (gap <= SHORTLY_MS && top.patterns.some(isSevere))),
    )
    .sort((a, b) => a.gap - b.gap);
  if (!latest) return null;
  const { pattern, top } = latest;
  const start = top.patterns.reduce((first, one) =>
    millisecondsOf(one.first.time as string) < millisecondsOf(first.first.time as string) ? one : first,
  );
  return {
    trouble: null,
    claim: {
      text: `“${readable(pattern)}” {${pattern.id}+${start.id}.gap} before “${readable(start, 70)}” began`,
      confidence: 'medium',
      evidence: [cite(pattern), { ...cite(start), quote: null }],
    },
  };
};

/** Seldom, not itself a failure (a warning may be), and worded as something done to the system. */
const tellsOfChange = (pattern: Pattern): boolean =>
  pattern.count <= 3 &&
  pattern.first.time !== null &&
  !isSevere(pattern) &&
  (pattern.level !== 'warn' || !saysFailed.test(pattern.template)) &&
  changeWords.test(pattern.template) &&
  !notDone.test(pattern.template);

const changeWords =
  /\b(?:deploy(?:ed|ing|ment)|releas(?:e|ed|ing)\b.{0,40}\b(?:live|start|done|complet\w*|roll\w*|deploy\w*|\d)|roll(?:ed|ing)[ -](?:out|back)|roll(?:out|back) (?:of|to|started|done|complete\w*|finished)|upgrad(?:ed|ing)|(?:config\w*|settings?|feature[ -]?flags?|flag)\b.{0,40}\b(?:changed?|reload(?:ed|ing)?|updated?|enabled|disabled|applied|switched)|config set\b|alter system\b|set global\b|(?:parameter|option|setting|policy|limit)\b.{0,60}\b(?:changed|set|raised|lowered|switched) (?:to|from|by)\b|migration\w*\b.{0,40}\b(?:applied|done|complet\w*|ran|finished)|(?:now |is )live\b|scal(?:ed|ing) (?:up|down|to)|switched (?:to|over)\b(?! (?:a |the )?(?:new )?branch)|fail(?:ed)? ?over to)\b/i;
const saysFailed = /\b(?:fail\w*|error|could not|cannot|unable|timed? ?out|denied|refused|invalid)\b/i;
const notDone = /\b(?:no|not|without|skip\w*|unchanged|up[- ]to[- ]date|will be|planned)\b/i;
