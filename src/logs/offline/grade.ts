import type { Digest, Level } from '#src/logs/digest/types.ts';
import { ownFailureOf } from '#src/logs/failures/own-failure.ts';
import { isSevere, isUsual, type Problem, problemsOf } from '#src/logs/failures/problems.ts';
import { statusesOf } from '#src/logs/failures/request-status.ts';
import type { Severity } from '#src/logs/summary.ts';
import { turnsOf } from '#src/logs/wording/find-turns.ts';
import { failedCount } from './name-fields.ts';
import { failedOf } from './name-requests.ts';

/** Errors and warnings that are in none of the listed patterns: sorts too rare to be listed. */
const unlistedProblems = ({ levels, patterns }: Digest): { errors: number; warnings: number } => {
  const listed = (names: Level[]): number =>
    patterns.reduce((sum, pattern) => sum + names.reduce((all, name) => all + (pattern.levels[name] ?? 0), 0), 0);
  return { errors: levels.fatal + levels.error - listed(['fatal', 'error']), warnings: levels.warn - listed(['warn']) };
};

/** Where no pattern says what is wrong, the levels may still say that something is. */
export const quietSeverity = (digest: Digest): Severity => {
  const { errors, warnings } = unlistedProblems(digest);
  if (errors > 0) return 'medium';
  // What died without a word is no all-clear.
  return warnings > 0 || turnsOf(digest).some(({ is }) => is !== 'burst') || (digest.missing ?? []).length > 0 ? 'low' : 'info';
};

/** How grave a log is, by levels, statuses, shares and what is known of failures. What is there on any day says nothing about this one. */
export const severityOf = (digest: Digest, all: Problem[] = problemsOf(digest)): Severity => {
  if (all.length === 0) return quietSeverity(digest);
  const problems = all.filter((problem) => !isUsual(problem.pattern) && !isTypo(problem));
  if (problems.length === 0) return 'low';
  const severe = problems.filter(({ pattern }) => isSevere(pattern));
  const failed = problems.reduce(
    (sum, { pattern }) => sum + (isSevere(pattern) && !tellsByStatus(pattern) ? failedCount(pattern) : serverFailures(pattern)),
    0,
  );
  const share = failed / Math.max(1, digest.records);
  const grave =
    severe.some(({ pattern, kind }) => pattern.level === 'fatal' && kind?.root === 3) ||
    problems.some(({ pattern, kind }) => kind !== null && gravest.has(kind.id) && (isSevere(pattern) || kind.hard));
  if (grave) return share >= 0.1 || severe.some(({ pattern }) => pattern.level === 'fatal') ? 'critical' : 'high';
  if (severe.some(({ pattern }) => pattern.level === 'fatal')) return 'high';
  if (share >= 0.1 || failed >= 100 || problems.some(({ pattern }) => ownFailureOf(pattern)?.by === 'event')) return 'high';
  if (failed > 0) return 'medium';
  // What went down is no less down where the program calls it a notice.
  const isDown = ({ kind }: Problem): boolean => kind?.loud === true;
  return problems.some((problem) => problem.pattern.level === 'unknown' || isDown(problem)) ? 'medium' : 'low';
};

const gravest = new Set(['out-of-memory', 'disk-full', 'log-space-full', 'storage-paths', 'disk-failing', 'kernel', 'corrupt', 'sealed']);

/** A level that was guessed from a word is of all its requests, and a status of each. */
const tellsByStatus = (pattern: Problem['pattern']): boolean =>
  pattern.levelInferred && statusesOf(pattern).some(({ status }) => status < 400);

/** Whoever mistypes a password tries again; the level was guessed from the word for it. */
const isTypo = ({ pattern, kind }: Problem): boolean =>
  kind?.id === 'authentication' && (pattern.levelInferred || pattern.level === 'unknown') && pattern.count < MANY_LOGINS;

const MANY_LOGINS = 5;

const serverFailures = (pattern: Problem['pattern']): number =>
  failedOf(pattern).reduce((sum, { status, count }) => sum + (status >= 500 ? count : 0), 0);
