import { LogResult } from '#db/entities/log-result.ts';
import { writeTogether } from '#db/write-together.ts';
import type { Receipt } from '#src/core/ports.ts';
import { type AlsoShown, alsoShown, tellNewPlaces } from './also-shown.ts';
import type { AskDeps } from './ask-for-summary.ts';
import { onlyUnfinished } from './log-state.ts';
import type { LogWork } from './log-work.ts';
import type { LogSummary } from './summary.ts';

/** The second beat: the summary, and whoever is shown it hears of it. False when the log was finished meanwhile, and that stands. */
export const storeSummary = async (
  deps: Pick<AskDeps, 'orm' | 'clock' | 'engine'> & AlsoShown,
  { log, delivery }: Pick<LogWork, 'log' | 'delivery'>,
  { summary, receipt }: { summary: LogSummary; receipt: Receipt },
): Promise<boolean> => {
  const now = deps.clock.now();
  const places = await alsoShown(deps, log);
  const stored = await writeTogether(deps.orm.em, {
    onlyIf: onlyUnfinished(log, { status: 'SUCCEEDED', progress: 1, failure: null, finishedAt: now }),
    alsoSet: { entity: LogResult, by: 'logId', set: { summary, receipt, summarizedAt: now } },
    jobs: [...delivery, ...places],
    notice: log.id,
    recomputable: deps.engine.local,
  });
  if (stored) await tellNewPlaces(deps, log, places);
  return stored;
};
