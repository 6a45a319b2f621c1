import type { Digest } from '#src/logs/digest/types.ts';
import { type LogSummary, summarySections } from '#src/logs/summary.ts';
import type { RawSummary } from '#src/logs/summary-task.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';
import { summarizeOffline } from './summarize-offline.ts';

/**
 * Whoever asks an engine must not get less than without one: where nothing it said in a section stood the checks, and where it said nothing of
 * what is going on, the built-in engine's words stand, and `ownWords` names the section.
 */
export const withOwnWords = (summary: LogSummary, raw: RawSummary, digest: Digest): LogSummary => {
  const empty = summarySections.filter(
    (section) => summary[section].length === 0 && (raw[section].length > 0 || section === 'whatIsGoingOn'),
  );
  if (empty.length === 0) return summary;
  const own = verifySummary(summarizeOffline({ digest }), digest);
  const ownWords = empty.filter((section) => own[section].length > 0);
  return {
    ...summary,
    ...Object.fromEntries(ownWords.map((section) => [section, own[section]])),
    ...(ownWords.length > 0 ? { ownWords } : {}),
  };
};
