import type { Notices } from '#db/notices.ts';
import type { Orm } from '#db/orm.ts';
import type { RequireSlackTeam } from '#src/auth/slack-team.ts';
import type { Clock } from '#src/core/ports.ts';
import type { Admission } from '#src/jobs/admission.ts';
import { type ChangelogReading, createChangelogReading } from './changelog-reading.ts';
import { type ChangelogRequests, createChangelogRequests } from './changelog-requests.ts';
import { type ChangeIntake, createChangeIntake } from './intake/change-intake.ts';
import { type ChangelogSettingsService, createChangelogSettingsService } from './settings-service.ts';

export type { GivenChange } from './intake/new-change.ts';
export { recordTicketChange } from './intake/ticket-change.ts';
export { type FeedOptions, toAtom, toRss } from './render/index.ts';

/** What can be asked of the changelog module. Everything is within the actor's workspace; the rest is not there (NOT_FOUND or null). */
export type ChangelogService = ChangeIntake & ChangelogRequests & ChangelogReading & ChangelogSettingsService;

export type ChangelogServiceDeps = {
  orm: Orm;
  notices: Notices;
  clock: Clock;
  requireSlackTeam: RequireSlackTeam;
  admission?: Admission;
};

export const createChangelogService = (deps: ChangelogServiceDeps): ChangelogService => ({
  ...createChangeIntake(deps),
  ...createChangelogRequests(deps),
  ...createChangelogReading(deps),
  ...createChangelogSettingsService(deps),
});
