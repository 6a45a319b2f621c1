import { LogResult } from '#db/entities/log-result.ts';
import { forWorkspace } from '#db/orm.ts';
import type { Engine } from '#src/core/ports.ts';
import { type AskDeps, askForSummary } from './ask-for-summary.ts';
import { findWork } from './log-work.ts';
import { applyNormal } from './memory/apply-normal.ts';
import { storeSummary } from './store-summary.ts';

/**
 * Where somebody waits who cannot be answered later: `engine`, a local one, writes instead of `model`, which is out of reach, and the receipt
 * says so. The try that is planned then finds the log finished.
 */
export const summarizeInstead = async (
  deps: AskDeps & { engine: Engine & { local: true } },
  { id: logId, workspaceId }: { id: string; workspaceId: string },
  model: string,
): Promise<void> => {
  const work = await findWork(deps.orm, { logId, workspaceId });
  const result = await forWorkspace(deps.orm, workspaceId).findOne(LogResult, { logId });
  if (!work || !result) return;
  const read = applyNormal(result.digest, result.normal ?? null);
  const { summary, receipt } = await askForSummary(deps, work.log, read, new AbortController().signal);
  await storeSummary(deps, work, { summary, receipt: { ...receipt, insteadOf: model, insteadBecause: 'UNAVAILABLE' } });
};
