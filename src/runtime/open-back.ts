import { pendingMigrations } from '#db/migrate.ts';
import { createNotices } from '#db/notices.ts';
import type { Orm } from '#db/orm.ts';
import { ensureProcessToken } from '#src/auth/process-token.ts';
import { createSetupToken } from '#src/auth/setup.ts';
import { createRequireSlackTeam } from '#src/auth/slack-team.ts';
import { ensureDefaultWorkspace } from '#src/auth/workspaces.ts';
import { createBlobs } from '#src/blobs/create-blobs.ts';
import { type ChangelogService, createChangelogService } from '#src/changelog/service.ts';
import { type ChangelogPostService, createChangelogPostService } from '#src/changelog/weekly/post-service.ts';
import type { Config } from '#src/config.ts';
import type { BlobStore, Clock, Log } from '#src/core/ports.ts';
import { type Database, openDatabase, RESTART_MS } from '#src/database.ts';
import { createReckoner } from '#src/engine/create-engine.ts';
import { NotReady, type Readiness } from '#src/http/readiness.ts';
import { createIncidentService, type IncidentService } from '#src/incidents/service.ts';
import { createAdmission } from '#src/jobs/admission.ts';
import { createCountWaiting } from '#src/jobs/count-waiting.ts';
import { newProcessName } from '#src/jobs/process-name.ts';
import { createHandOver, type HandOver, noHandOver } from '#src/logs/hand-over.ts';
import { createLogService, type LogService } from '#src/logs/service.ts';
import { createUploadSlots } from '#src/logs/upload-slots.ts';
import type { Role } from '#src/roles.ts';
import type { Overrides } from '#src/runtime.ts';
import { loadJwtSecret } from '#src/secrets.ts';
import { createModels, type Models } from '#src/tickets/prediction/models.ts';
import { createTicketService, type TicketService } from '#src/tickets/service.ts';
import { createColleagues, type SlackObserver } from './slack-drivers.ts';

/** What stands behind the API and the workers alike. */
export type Back = {
  database: Database;
  /** What the names of this process's connections end with. */
  process: string;
  workspaceId: string;
  jwtSecret: string;
  clock: Clock;
  blobs: BlobStore;
  /** What the API took in and this process's worker need not fetch. */
  handOver: HandOver;
  logs: LogService;
  tickets: TicketService;
  changelogs: ChangelogService;
  changelogPosts: ChangelogPostService;
  incidents: IncidentService;
  models: Models;
  /** For a bot in this process. */
  processToken(): Promise<string>;
  /** One-time token for the first admin; null when there is somebody. */
  newSetupToken(): Promise<string | null>;
};

/** Opens the database and what the API and the workers both need of it. */
export const openBack = async (
  config: Config,
  wanted: readonly Role[],
  overrides: Overrides,
  { log, observe, url: ownUrl, readiness }: { log: Log; observe: SlackObserver; url: string; readiness: Readiness },
  opening: AsyncDisposableStack,
  signal: AbortSignal | undefined,
): Promise<Back> => {
  const clock = overrides.clock ?? { now: () => new Date() };
  const process = newProcessName();
  // In production somebody starts us again and again, and waits longer each time; at a desk the address is more likely wrong.
  const patienceMs = config.NODE_ENV === 'production' ? RESTART_MS : 0;
  const database = await openDatabase(config, opening, {
    ...(signal ? { signal } : {}),
    process,
    log,
    embedded: overrides.embedded,
    patienceMs,
  });
  const { orm, url } = database;
  needsDatabase(readiness, orm);
  const notices = createNotices(url);
  opening.defer(() => notices.close());
  const workspaceId = (await database.whenBack(() => ensureDefaultWorkspace(orm))).id;
  const blobs = await createBlobs(config);
  opening.defer(() => blobs.close());
  const uploads = createUploadSlots(Math.max(1, Math.floor(config.DB_POOL / 2)));
  const admission = createAdmission(createCountWaiting(orm), { queue: config.QUEUE_LIMIT, channel: config.CHANNEL_QUEUE_LIMIT });
  const handOver = wanted.includes('api') && wanted.includes('worker') ? createHandOver() : noHandOver;
  const limits = { maxUnpackRatio: config.MAX_UNPACK_RATIO };
  const logs = createLogService({ orm, notices, clock, blobs, limits, uploads, handOver, admission });
  const models = createModels({ orm });
  const requireSlackTeam = createRequireSlackTeam(orm);
  const reckoner = createReckoner(config);
  const colleagues = createColleagues(config, log, observe);
  const tickets = createTicketService({ orm, notices, clock, log, models, reckoner, requireSlackTeam, colleagues, admission });
  const changelogs = createChangelogService({ orm, notices, clock, requireSlackTeam, admission });
  const changelogPosts = createChangelogPostService({ orm, clock, requireSlackTeam, editEntry: changelogs.editEntry });
  const incidents = createIncidentService({ orm, clock, url: ownUrl });
  const jwtSecret = await loadJwtSecret(config);
  return {
    database,
    process,
    workspaceId,
    jwtSecret,
    clock,
    blobs,
    handOver,
    logs,
    tickets,
    changelogs,
    changelogPosts,
    incidents,
    models,
    processToken: () => database.whenBack(() => ensureProcessToken(orm, workspaceId, jwtSecret)),
    newSetupToken: () => database.whenBack(() => createSetupToken(orm)),
  };
};

const needsDatabase = (readiness: Readiness, orm: Orm): void => {
  const ask = async (query: string): Promise<void> => void (await orm.em.getConnection().execute(query));
  readiness.needs('database', () => ask('select 1'));
  readiness.needs('migrations', async () => {
    const pending = await pendingMigrations(orm);
    if (pending.length > 0) throw new NotReady(`${pending.length} to run; npm run migrate`);
  });
  readiness.needs('queue', () => ask('select 1 from graphile_worker.jobs limit 1'));
};
