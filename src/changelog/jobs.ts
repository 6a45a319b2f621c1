import type { AnyJob } from '#src/jobs/define-job.ts';
import { createComposeChangelog } from './compose-job.ts';
import type { ComposeDeps } from './composing/compose-changelog.ts';

/** The module's jobs. */
export const createChangelogJobs = (deps: ComposeDeps): AnyJob[] => [createComposeChangelog(deps)];
