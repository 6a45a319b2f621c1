import type { JobSpec } from '#db/queue.ts';
import type { OwnTime } from './own-time.ts';

/** Where else a log is shown, besides where somebody asked for it: the jobs that bring those places up to date. */
type Shown = OwnTime & { workspaceId: string; source: string | null };
export type AlsoShown = { alsoShown?: (log: Shown) => Promise<JobSpec[]> };

export const alsoShown = async ({ alsoShown: find }: AlsoShown, log: Shown): Promise<JobSpec[]> =>
  // Most logs name no source, and are shown nowhere else.
  log.source === null || !find ? [] : find(log);
