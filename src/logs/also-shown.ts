import type { JobSpec } from '#db/queue.ts';

/** Where else a log is shown, besides where somebody asked for it: the jobs that bring those places up to date. */
export type AlsoShown = { alsoShown?: (log: { workspaceId: string; source: string | null }) => Promise<JobSpec[]> };

export const alsoShown = async ({ alsoShown: find }: AlsoShown, log: { workspaceId: string; source: string | null }): Promise<JobSpec[]> =>
  // Most logs name no source, and are shown nowhere else.
  log.source === null || !find ? [] : find(log);
