import type { Pattern } from '#src/logs/digest/types.ts';
import { type BadField, ownFailureOf } from '#src/logs/failures/own-failure.ts';
import type { Trouble } from '#src/logs/failures/troubles.ts';
import { readable } from '#src/logs/wording/readable.ts';

/** '{P2.topCount.4.1} of {P2.count} records have status “bounced”: “…”': where some records of a pattern say that they failed. Null for all else. */
export const nameFields = ({ kind, patterns: [pattern, more] }: Trouble, limit?: number): string | null => {
  const part = pattern && !more ? partlyFailed(pattern) : null;
  if (!part || !pattern) return null;
  const known = kind && kind.root > 0 && !kind.vague ? `${kind.headline}: ` : '';
  return `${known}${part.fact} of {${pattern.id}.count} records have ${part.key} “${part.value}”: “${readable(pattern, limit)}”`;
};

/** The field by which some of its records failed and others did not; its level, where it was guessed, is of both. */
export const partlyFailed = (pattern: Pattern): BadField | null => {
  if (!pattern.levelInferred && (pattern.level === 'error' || pattern.level === 'fatal')) return null;
  const own = ownFailureOf(pattern);
  return own?.by === 'field' && own.count < pattern.count ? own : null;
};

/** How many of its records say that they failed, where not all do. */
export const failedCount = (pattern: Pattern): number => partlyFailed(pattern)?.count ?? pattern.count;
