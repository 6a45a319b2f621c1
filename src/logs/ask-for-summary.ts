import type { Log } from '#db/entities/log.ts';
import type { Receipt } from '#src/core/ports.ts';
import { type CallDeps, callEngine } from './call-engine.ts';
import type { Digest } from './digest/types.ts';
import { withOwnWords } from './offline/own-words.ts';
import type { LogSummary } from './summary.ts';
import { summaryTask } from './summary-task.ts';
import type { verifySummary } from './verify/verify-summary.ts';

export type AskDeps = CallDeps & { /** Law 6. */ verify: typeof verifySummary };

/** The engine writes, code checks. Throws the engine's AppError. */
export const askForSummary = async (
  deps: AskDeps,
  log: Pick<Log, 'id' | 'workspaceId' | 'title' | 'source'>,
  digest: Digest,
  signal: AbortSignal,
): Promise<{ summary: LogSummary; receipt: Receipt }> => {
  const input = { digest, title: log.title, source: log.source ?? null };
  const { output, receipt } = await callEngine(deps, log, summaryTask, input, signal);
  return { summary: withOwnWords(deps.verify(output, digest), output, digest), receipt };
};
