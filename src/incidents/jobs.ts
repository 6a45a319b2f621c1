import type { Orm } from '#db/orm.ts';
import type { Clock } from '#src/core/ports.ts';
import type { AnyJob } from '#src/jobs/define-job.ts';
import { createFollowIncident } from './follow-incident.ts';

/** The module's jobs. */
export const createIncidentJobs = (deps: { orm: Orm; clock: Clock }): AnyJob[] => [createFollowIncident(deps)];
