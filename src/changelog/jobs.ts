import type { AnyJob } from '#src/jobs/define-job.ts';
import type { ComposeDeps } from './compose-changelog.ts';
import { createComposeChangelog } from './compose-job.ts';

/** The module's jobs. */
export const createChangelogJobs = (deps: ComposeDeps): AnyJob[] => [createComposeChangelog(deps)];
