import type { Receipt } from '#src/core/ports.ts';
import type { Digest } from '#src/logs/digest/types.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import type { Claim, LogSummary } from '#src/logs/summary.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

/**
 * A summary as it reads once a person has said what is noise; `digest` has that applied. The built-in engine's is written anew. Of another
 * engine's the claims go that stand on noise alone, and the headline with them; asking it again would cost money.
 */
export const withoutNoise = (summary: LogSummary, digest: Digest, noise: readonly string[], receipt: Receipt | null): LogSummary => {
  const own = verifySummary(summarizeOffline({ digest }), digest);
  if (receipt?.sentHash === null) return own;
  const keep = (claims: Claim[]): Claim[] =>
    claims.filter(({ evidence }) => evidence.length === 0 || !evidence.every(({ pattern }) => pattern !== null && noise.includes(pattern)));
  const whatIsGoingOn = keep(summary.whatIsGoingOn);
  const leads = summary.whatIsGoingOn[0] === whatIsGoingOn[0];
  return {
    ...summary,
    ...(leads ? {} : { headline: own.headline, severity: own.severity }),
    whatIsGoingOn,
    likelyCauses: keep(summary.likelyCauses),
    impact: keep(summary.impact),
    nextSteps: keep(summary.nextSteps),
  };
};
