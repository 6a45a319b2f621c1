import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import type { LogSummaryView } from '#src/logs/log-view.ts';
import type { Claim, Confidence, Evidence, Severity } from '#src/logs/summary.ts';
import { toInt } from './to-int.ts';

/** Second beat: the engine's checked words, with each pattern a claim cites looked up in the digest. */
export const summaryResolvers = {
  LogSummary: {
    logId: ({ log }) => log.id,
    status: ({ log }) => log.status,
    progress: ({ log }) => log.progress,
    failure: ({ log }) => log.failure ?? null,
    digest: ({ result }) => result?.digest ?? null,
    headline: ({ result }) => result?.summary?.headline ?? null,
    severity: ({ result }) => (result?.summary ? severities[result.summary.severity] : null),
    whatIsGoingOn: (view) => claims(view, 'whatIsGoingOn'),
    likelyCauses: (view) => claims(view, 'likelyCauses'),
    impact: (view) => claims(view, 'impact'),
    nextSteps: (view) => claims(view, 'nextSteps'),
    unsupportedDropped: ({ result }) => result?.summary?.unsupportedDropped ?? 0,
    receipt: ({ result }) => result?.receipt ?? null,
    ratings: async ({ log }, _, { logs, actor }) => logs.ratings(await actor(), log.id),
    normal: ({ result }) => (result?.normal ? { normal: result.normal, digest: result.digest } : null),
  },
  Receipt: {
    tokensIn: ({ tokensIn }) => toInt(tokensIn),
    tokensOut: ({ tokensOut }) => toInt(tokensOut),
    durationMs: ({ durationMs }) => toInt(durationMs),
    maskedCounts: ({ maskedCounts }) => Object.entries(maskedCounts).map(([kind, count]) => ({ kind, count })),
  },
} satisfies Resolvers;

type Section = 'whatIsGoingOn' | 'likelyCauses' | 'impact' | 'nextSteps';

const claims = ({ result }: LogSummaryView, section: Section) =>
  (result?.summary?.[section] ?? []).map((claim) => toClaim(claim, result?.digest));

/** A claim with the pattern it cites. */
export const toClaim = ({ text, confidence, evidence }: Claim, digest: Digest | undefined) => ({
  text,
  confidence: confidence && confidences[confidence],
  evidence: evidence.map((one) => toEvidence(one, digest)),
});

const toEvidence = ({ pattern, lines, quote }: Evidence, digest: Digest | undefined) => ({
  pattern: patternOf(digest, pattern),
  lines,
  quote,
});

const patternOf = (digest: Digest | undefined, id: string | null): Pattern | null =>
  digest?.patterns.find((pattern) => pattern.id === id) ?? null;

const severities = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW', info: 'INFO' } as const satisfies Record<
  Severity,
  string
>;
const confidences = { high: 'HIGH', medium: 'MEDIUM', low: 'LOW' } as const satisfies Record<Confidence, string>;
