import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import type { Claim } from '#src/logs/summary.ts';
import { formatDuration } from '#src/logs/wording/formats.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { shortTitle } from '#src/logs/wording/short-title.ts';
import type { Normal } from './normal.ts';

/**
 * Candidate causes that are no engine's: what was recorded as changed shortly before a problem. Times and titles come from the records, and the
 * evidence is the problem's first line.
 */
export const changeClaims = (normal: Normal | null, digest: Digest): Claim[] =>
  (normal?.changes ?? []).flatMap((change) => {
    const pattern = digest.patterns.find(({ id }) => id === change.pattern);
    return pattern?.first.time ? [toClaim(change, pattern, pattern.first.time)] : [];
  });

const toClaim = (
  { title, system, at, firstSeen = true, sameSystem, assumed }: Normal['changes'][number],
  pattern: Pattern,
  first: string,
): Claim => {
  const gap = formatDuration(Math.max(0, assumed?.gapMs ?? Date.parse(first) - Date.parse(at)));
  return {
    text: redactSecrets(
      `“${shortTitle(title)}” in ${shortTitle(system)}, ${gap} before “${readable(pattern, 70)}” ${firstSeen ? 'was first seen' : 'began'}${assumed ? inAssumedZone(assumed) : ''}`,
    ),
    confidence: sameSystem && !assumed ? 'medium' : 'low',
    evidence: [{ pattern: pattern.id, lines: { from: pattern.first.line, to: pattern.first.line }, quote: null }],
  };
};

const inAssumedZone = ({ zone, beforeHandedInMs }: NonNullable<Normal['changes'][number]['assumed']>): string =>
  `; the log states no time zone, and ${zone} is taken, where it ends ${formatDuration(Math.max(0, beforeHandedInMs))} before it was handed in`;
