import { Log } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { forWorkspace } from '#db/orm.ts';
import type { Engine, InsteadBecause } from '#src/core/ports.ts';
import { type AskDeps, askForSummary } from './ask-for-summary.ts';
import { findWork } from './log-work.ts';
import { applyNormal } from './memory/apply-normal.ts';
import { storeSummary } from './store-summary.ts';

/**
 * Where somebody waits who cannot be answered later: `engine`, a local one, writes instead of `model`, and the receipt says why. A try that is
 * planned then finds the log finished; a log whose engine gave up is taken up again.
 */
export const summarizeInstead = async (
  deps: AskDeps & { engine: Engine & { local: true } },
  { id: logId, workspaceId }: { id: string; workspaceId: string },
  { model, because }: { model: string; because: InsteadBecause | undefined },
): Promise<void> => {
  const work = await findWork(deps.orm, { logId, workspaceId });
  const db = forWorkspace(deps.orm, workspaceId);
  const result = await db.findOne(LogResult, { logId });
  if (!work || !result) return;
  const read = applyNormal(result.digest, result.normal ?? null);
  const { summary, receipt } = await askForSummary(deps, work.log, read, new AbortController().signal);
  await db.nativeUpdate(Log, { id: logId, status: 'FAILED' }, { status: 'DIGESTED' });
  await storeSummary(deps, work, { summary, receipt: { ...receipt, insteadOf: model, insteadBecause: because } });
};
