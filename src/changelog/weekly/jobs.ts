import type { ComposeDeps } from '#src/changelog/composing/compose-changelog.ts';
import type { AnyJob } from '#src/jobs/define-job.ts';
import { createDueChangelogs, createRemindOfDraft } from './due-changelogs.ts';
import { createPostChangelog, createPostOnce } from './post-changelog.ts';

/** The jobs of posts by the clock. */
export const createWeeklyJobs = (deps: ComposeDeps): AnyJob[] => [
  createDueChangelogs(deps),
  createPostChangelog(deps),
  createPostOnce(deps),
  createRemindOfDraft(deps),
];

/** When bells ring, as crontab lines (UTC). */
export const weeklyCrontab = ['* * * * * due-changelogs'];
