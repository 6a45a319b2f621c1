import type { Pattern } from './digest/types.ts';
import { type FailureKind, failureKindOf } from './failure-kinds.ts';

/** The kind of failure a pattern tells of, worked out once: the summary, its check and its report each ask. */
export const problemKindOf = (pattern: Pattern): FailureKind | null => {
  const known = kinds.get(pattern);
  if (known !== undefined) return known;
  const kind = failureKindOf(pattern);
  kinds.set(pattern, kind);
  return kind;
};

const kinds = new WeakMap<Pattern, FailureKind | null>();
