import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest } from '#src/logs/digest/types.ts';
import { ownFrameOf } from '#src/logs/failures/own-frame.ts';
import { problemsOf } from '#src/logs/failures/problems.ts';
import type { Claim } from '#src/logs/summary.ts';
import { readable, withoutQuotes } from '#src/logs/wording/readable.ts';
import type { Asked } from './parse-question.ts';

const MOST_CLAIMS = 3;

/** Where in the code it fails: the first frame of our own below each failure that has one. Null where that is not asked, or no trace tells. */
export const codeClaims = ({ code }: Asked, digest: Digest): Claim[] | null => {
  if (!code) return null;
  const claims = problemsOf(digest).flatMap(({ pattern }): Claim[] => {
    const frame = ownFrameOf(pattern);
    const [sample] = pattern.samples;
    if (!frame || !sample) return [];
    const text = `“${withoutQuotes(frame)}” is the first frame of our own code below “${readable(pattern, 90)}”`;
    return [{ text: redactSecrets(text), confidence: null, evidence: [{ pattern: pattern.id, lines: sample.lines, quote: null }] }];
  });
  return claims.length > 0 ? claims.slice(0, MOST_CLAIMS) : null;
};
