import type { LineRange } from './digest/types.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const satisfies readonly Severity[];

export type Confidence = 'high' | 'medium' | 'low';

/** Where a claim is from. `quote` stands in a sample of the pattern, secrets masked; checked by code before anybody sees it. */
export type Evidence = { pattern: string | null; lines: LineRange | null; quote: string | null };

export type Claim = { text: string; confidence: Confidence | null; evidence: Evidence[] };

/** What people read. Every claim but a piece of general advice carries evidence that was checked (law 6). */
export type LogSummary = {
  headline: string;
  severity: Severity;
  whatIsGoingOn: Claim[];
  likelyCauses: Claim[];
  impact: Claim[];
  nextSteps: Claim[];
  /** Claims that could not be confirmed and were left out; a headline that had to be replaced counts as one. */
  unsupportedDropped: number;
  /** Of these nothing an engine said could be confirmed; they are the built-in engine's. */
  ownWords?: SummarySection[];
};

export const summarySections = ['whatIsGoingOn', 'likelyCauses', 'impact', 'nextSteps'] as const;
export type SummarySection = (typeof summarySections)[number];
