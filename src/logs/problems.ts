import type { Digest, Pattern } from './digest/types.ts';
import { type FailureKind, failureKindOf } from './failure-kinds.ts';
import { readable } from './readable.ts';

export type Problem = { pattern: Pattern; kind: FailureKind | null };

/** Patterns that say something is wrong, by rank. */
export const problemsOf = (digest: Digest): Problem[] => {
  const known = found.get(digest);
  if (known) return known;
  const problems = findProblems(digest);
  found.set(digest, problems);
  return problems;
};

// The summary, its check and its report each ask, and knowledge of failures is a lot of expressions.
const found = new WeakMap<Digest, Problem[]>();

const findProblems = (digest: Digest): Problem[] => {
  const all = digest.patterns
    .filter((pattern) => isReadable(pattern) && maySayTrouble(pattern))
    .map((pattern) => ({ pattern, kind: failureKindOf(pattern) }))
    .filter(isProblem);
  // Warnings stand in line behind errors, whatever their rank, and what tools print after every failure behind both.
  const place = ({ pattern }: Problem): number => (afterEveryFailure.test(pattern.template) ? 2 : isSevere(pattern) ? 0 : 1);
  return all.toSorted((a, b) => place(a) - place(b));
};

/** One thing that went wrong: the patterns that tell of it, by rank, in the order of the first. */
export type Trouble = {
  kind: FailureKind | null;
  patterns: [Pattern, ...Pattern[]];
  /** All of them say the same, so that their records add up to times it happened. */
  same: boolean;
};

/** Folds patterns of one kind, and those that differ only in the trace below them: nobody wants to add them up in the head. */
export const troublesOf = (problems: Problem[]): Trouble[] => {
  const troubles: Trouble[] = [];
  for (const problem of problems) {
    const found = troubles.find((trouble) => tellsOf(problem, trouble));
    if (!found) troubles.push({ kind: problem.kind, patterns: [problem.pattern], same: true });
    else {
      found.same &&= found.patterns.every((pattern) => openingOf(pattern) === openingOf(problem.pattern));
      found.kind ??= problem.kind;
      found.patterns.push(problem.pattern);
    }
  }
  return troubles;
};

const tellsOf = ({ pattern, kind }: Problem, trouble: Trouble): boolean => {
  if (kind && trouble.kind && kind !== trouble.kind) return false;
  if (kind && kind === trouble.kind && kind.root > 0 && !kind.vague) return true;
  const opening = openingOf(pattern);
  // Two traces below one message are two failures, unless they are of one kind.
  return trouble.patterns.some(
    (other) => openingOf(other) === opening && ((kind === trouble.kind && kind !== null) || !isTraced(other) || !isTraced(pattern)),
  );
};

const arrow = ' ↳ ';
// As a person reads it: fields and the trace below it do not make it another message.
const openingOf = (pattern: Pattern): string => readable(pattern, 200);
const isTraced = ({ template }: Pattern): boolean => template.includes(arrow);

// Rulers, dumps and carets say nothing that could be said again in a sentence.
export const isReadable = ({ template }: Pattern): boolean => /\p{L}{3}/u.test(template.replace(onlyMarks, ' '));

const onlyMarks = /<[a-z]+>|\b(?:ERROR|FATAL|WARN|WARNING|INFO)\b/g;

const afterEveryFailure =
  /^npm ERR!$|npm ERR! (?:A complete log|This is probably not|Exit status|Failed at the|code |errno )|exited with|make(?:\[\d+\])?: \*\*\*|completed with exit code|BUILD FAILED|rake aborted|See above for|re-run Maven|-rf :|\[Help |To see the full stack trace|For more information about the errors|help\.html/i;

export const isSevere = (pattern: Pattern): boolean => pattern.level === 'fatal' || pattern.level === 'error';

const isGrave = (pattern: Pattern): boolean => isSevere(pattern) || pattern.level === 'warn';

const maySayTrouble = (pattern: Pattern): boolean =>
  isGrave(pattern)
    ? !(pattern.levelInferred && speaksOfErrors.test(pattern.template))
    : !saysNothingFailed.test(pattern.template) && saysTrouble.test(pattern.template);

const isProblem = ({ pattern, kind }: Problem): boolean => {
  if (isGrave(pattern)) return true;
  if (!kind) return false;
  // Without levels, knowledge decides; a program that says "info" is believed unless it is about a root of trouble.
  return pattern.level === 'unknown' ? kind.root >= 1 : kind.root === 3 && !believed.has(kind.id);
};

const believed = new Set(['missing-config', 'tls-certificate']);

// Words from which a level was guessed, though they tell of no error: a comment in a script, the name of a test that was not run.
const speaksOfErrors =
  /(?:useful|helpful|better|proper|friendly|custom) error|error (?:messages?|handl\w+|report\w+|pages?)$|\bSKIPPED$|-as-errors?\b|(?:press|hit) .{0,30}to abort/i;

const saysNothingFailed =
  /\b(?:0|no|without) (?:errors?|failures?|failed|warnings?)\b|(?:errors?|failures?|failed)\s*[:=]\s*0\b|success|corrected|supported|enabled|recovered/i;
const saysTrouble =
  /err\b|error|fail|exception|denied|refused|time[d]?[ -]?out|unable|can(?:no|')t|could not|panic|fatal|invalid|lost|reset|abort|kill|full|corrupt|missing|expired|no such|not found|reject|too many|no space|out of|unreachable|broken|crash|segfault|limit|exit|unauthorized|forbidden/i;
