import type { Orm } from '#db/orm.ts';
import { addJob, type JobSpec } from '#db/queue.ts';
import type { OwnTime } from './own-time.ts';

/** Where else a log is shown, besides where somebody asked for it: the jobs that bring those places up to date. */
type Shown = OwnTime & { workspaceId: string; source: string | null };
export type AlsoShown = { alsoShown?: (log: Shown) => Promise<JobSpec[]> };

export const alsoShown = async ({ alsoShown: find }: AlsoShown, log: Shown): Promise<JobSpec[]> =>
  // Most logs name no source, and are shown nowhere else.
  log.source === null || !find ? [] : find(log);

/** Once it is stored: a place that came into being meanwhile saw the log as it was, and was not among those that were `told`. */
export const tellNewPlaces = async (deps: AlsoShown & { orm: Orm }, log: Shown, told: readonly JobSpec[]): Promise<void> => {
  for (const job of await alsoShown(deps, log)) if (!told.some(({ key }) => key === job.key)) await addJob(deps.orm.em.fork(), job);
};
