import { LogResult } from '#db/entities/log-result.ts';
import { forWorkspace } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import type { Receipt } from '#src/core/ports.ts';
import { type AlsoShown, alsoShown, tellNewPlaces } from './also-shown.ts';
import type { AskDeps } from './ask-for-summary.ts';
import { moveLog } from './log-state.ts';
import type { LogWork } from './log-work.ts';
import type { LogSummary } from './summary.ts';

/** The second beat: the summary, and whoever is shown it hears of it. False when the log was finished meanwhile, and that stands. */
export const storeSummary = async (
  deps: Pick<AskDeps, 'orm' | 'clock'> & AlsoShown,
  { log, delivery }: Pick<LogWork, 'log' | 'delivery'>,
  { summary, receipt }: { summary: LogSummary; receipt: Receipt },
): Promise<boolean> => {
  const places = await alsoShown(deps, log);
  const stored = await forWorkspace(deps.orm, log.workspaceId).transactional(async (db) => {
    if (!(await moveLog(db, log.id, { status: 'SUCCEEDED', progress: 1, failure: null, finishedAt: deps.clock.now() }))) return false;
    await db.nativeUpdate(LogResult, { logId: log.id }, { summary, receipt, summarizedAt: deps.clock.now() });
    for (const job of [...delivery, ...places]) await addJob(db, job);
    return true;
  });
  if (stored) await tellNewPlaces(deps, log, places);
  return stored;
};
