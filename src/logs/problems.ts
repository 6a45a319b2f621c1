import type { Digest, Pattern } from './digest/types.ts';
import { type FailureKind, failureKindOf } from './failure-kinds.ts';

export type Problem = { pattern: Pattern; kind: FailureKind | null };

/** Patterns that say something is wrong, by rank. */
export const problemsOf = (digest: Digest): Problem[] => {
  const all = digest.patterns
    .filter(isReadable)
    .map((pattern) => ({ pattern, kind: failureKindOf(pattern) }))
    .filter(isProblem);
  // Warnings stand in line behind errors, whatever their rank, and what tools print after every failure behind both.
  const place = ({ pattern }: Problem): number => (afterEveryFailure.test(pattern.template) ? 2 : isSevere(pattern) ? 0 : 1);
  return all.toSorted((a, b) => place(a) - place(b));
};

// Rulers, dumps and carets say nothing that could be said again in a sentence.
export const isReadable = ({ template }: Pattern): boolean => /\p{L}{3}/u.test(template.replace(/<[a-z]+>/g, ' '));

const afterEveryFailure =
  /npm ERR! (?:A complete log|This is probably not|Exit status|Failed at the|code |errno )|exited with|make(?:\[\d+\])?: \*\*\*|completed with exit code|BUILD FAILED|rake aborted|See above for|re-run Maven|-rf :|\[Help |To see the full stack trace|For more information about the errors|help\.html/i;

export const isSevere = (pattern: Pattern): boolean => pattern.level === 'fatal' || pattern.level === 'error';

const isProblem = ({ pattern, kind }: Problem): boolean => {
  if (isSevere(pattern) || pattern.level === 'warn') return true;
  if (!kind || saysNothingFailed.test(pattern.template) || !saysTrouble.test(pattern.template)) return false;
  // Without levels, knowledge decides; a program that says "info" is believed unless it is about a root of trouble.
  return pattern.level === 'unknown' ? kind.root >= 1 : kind.root === 3 && kind.id !== 'missing-config' && kind.id !== 'tls';
};

const saysNothingFailed =
  /\b(?:0|no|without) (?:errors?|failures?|failed|warnings?)\b|(?:errors?|failures?|failed)\s*[:=]\s*0\b|success|corrected|supported|enabled|recovered/i;
const saysTrouble =
  /err\b|error|fail|exception|denied|refused|time[d]?[ -]?out|unable|can(?:no|')t|could not|panic|fatal|invalid|lost|reset|abort|kill|full|corrupt|missing|expired|no such|not found|reject|too many|no space|out of|unreachable|broken|crash|segfault|limit|exit|unauthorized|forbidden/i;
