import type { Pattern } from '#src/logs/digest/types.ts';
import { failureKindOf, kindOfText } from './failure-kind-of.ts';
import { type FailureKind, failureKinds } from './failure-kinds.ts';
import { gravestStatus } from './request-status.ts';
import { rootOf } from './trace-root.ts';

/** The kind of failure a pattern tells of, worked out once: the summary, its check and its report each ask. */
export const problemKindOf = (pattern: Pattern): FailureKind | null => {
  const known = kinds.get(pattern);
  if (known !== undefined) return known;
  const kind = rooted(pattern, failureKindOf(pattern) ?? ofServer(pattern));
  kinds.set(pattern, kind);
  return kind;
};

/** Requests that the server failed, where the status is a value among others. */
const ofServer = (pattern: Pattern): FailureKind | null =>
  gravestStatus(pattern) >= 500 ? (failureKinds.find(({ id }) => id === 'upstream') ?? null) : null;

/** 'IllegalStateException … Caused by: Connection refused' is no fault in the code. */
const rooted = (pattern: Pattern, kind: FailureKind | null): FailureKind | null => {
  if (kind && !kind.vague) return kind;
  const root = rootOf(pattern);
  const deeper = root ? kindOfText(root.message) : null;
  return deeper && !deeper.vague ? deeper : kind;
};

const kinds = new WeakMap<Pattern, FailureKind | null>();
