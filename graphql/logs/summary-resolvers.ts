import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { changeClaims, type LogSummaryView, linesUrl } from '#src/logs/log-view.ts';
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
    whatIsGoingOn: (view, _, { publicUrl }) => claims(view, 'whatIsGoingOn', publicUrl),
    likelyCauses: (view, _, { publicUrl }) => claims(view, 'likelyCauses', publicUrl),
    impact: (view, _, { publicUrl }) => claims(view, 'impact', publicUrl),
    nextSteps: (view, _, { publicUrl }) => claims(view, 'nextSteps', publicUrl),
    unsupportedDropped: ({ result }) => result?.summary?.unsupportedDropped ?? 0,
    receipt: ({ result }) => result?.receipt ?? null,
    ratings: async ({ log }, _, { logs, actor }) => logs.ratings(await actor(), log.id),
    normal: ({ log, result }) => (result?.normal ? { logId: log.id, normal: result.normal, digest: result.digest } : null),
  },
  Receipt: {
    tokensIn: ({ tokensIn }) => toInt(tokensIn),
    tokensOut: ({ tokensOut }) => toInt(tokensOut),
    durationMs: ({ durationMs }) => toInt(durationMs),
    maskedCounts: ({ maskedCounts }) => Object.entries(maskedCounts).map(([kind, count]) => ({ kind, count })),
  },
} satisfies Resolvers;

type Section = 'whatIsGoingOn' | 'likelyCauses' | 'impact' | 'nextSteps';

/** A change that may be the cause is told among the causes, whichever engine wrote the rest. */
const claims = ({ log, result }: LogSummaryView, section: Section, publicUrl: string | null) =>
  [
    ...(result?.summary?.[section] ?? []),
    ...(section === 'likelyCauses' && result?.summary ? changeClaims(result.normal ?? null, result.digest) : []),
  ].map((claim) => toClaim(claim, { logId: log.id, digest: result?.digest, publicUrl }));

/** Where a claim's evidence is found. */
export type EvidencePlace = { logId: string; digest: Digest | undefined; publicUrl: string | null };

/** A claim with the pattern it cites. */
export const toClaim = ({ text, confidence, evidence }: Claim, place: EvidencePlace) => ({
  text,
  confidence: confidence && confidences[confidence],
  evidence: evidence.map((one) => toEvidence(one, place)),
});

const toEvidence = ({ pattern, lines, quote }: Evidence, { logId, digest, publicUrl }: EvidencePlace) => ({
  pattern: patternOf(digest, pattern),
  lines,
  quote,
  url: lines && publicUrl !== null ? linesUrl(publicUrl, logId, lines) : null,
});

const patternOf = (digest: Digest | undefined, id: string | null): Pattern | null =>
  digest?.patterns.find((pattern) => pattern.id === id) ?? null;

const severities = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW', info: 'INFO' } as const satisfies Record<
  Severity,
  string
>;
const confidences = { high: 'HIGH', medium: 'MEDIUM', low: 'LOW' } as const satisfies Record<Confidence, string>;
