import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { Delivery } from '#db/entities/delivery.ts';
import { Log, type LogEntry, type WorkStatus } from '#db/entities/log.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { type Notices, notify } from '#db/notices.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Connection, Page } from '#db/page.ts';
import { addJob, type JobSpec, type Lane } from '#db/queue.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow, recordAudit } from '#src/auth/audit.ts';
import { createRequireSlackTeam } from '#src/auth/slack-team.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { BlobStore, Clock, ReplyTo, SlackOrigin } from '#src/core/ports.ts';
import { showDirections } from '#src/core/show-directions.ts';
import { deliverJob } from '#src/delivery/deliver-job-spec.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';
import { type Admission, openDoor } from '#src/jobs/admission.ts';
import { createQuestionService, type QuestionService } from './ask/question-service.ts';
import { chunkRow, keepChunk, linesUpTo, readLines, storeChunks } from './chunks.ts';
import { findLogs } from './find-logs.ts';
import { deleteLog } from './forget/delete-log.ts';
import { textForgotten } from './forget/text-forgotten.ts';
import { type HandOver, noHandOver } from './hand-over.ts';
import { type PackedChunk, takeIn } from './intake/index.ts';
import { logJob } from './log-job.ts';
import { isFinished } from './log-state.ts';
import type { LogSummaryView, LogView } from './log-view.ts';
import { newWork } from './log-work.ts';
import { createMemoryService, type MemoryService } from './memory/memory-service.ts';
import { type LogName, nameLog } from './name-log.ts';
import { createRatingService, type RatingService } from './rating-service.ts';
import { retryLog } from './retry-log.ts';
import { createUploadSlots, type UploadSlots } from './upload-slots.ts';

export type LogContent =
  | { kind: 'bytes'; bytes: AsyncIterable<Uint8Array>; maxBytes: number /** Said to whoever sends more. */; biggerWay?: string }
  | { kind: 'slack'; origin: SlackOrigin };

export type SubmitLog = LogName & {
  content: LogContent;
  entry: LogEntry;
  idempotencyKey?: string | undefined;
  replyTo?: ReplyTo | undefined;
};

export type LogFilter = {
  status?: readonly WorkStatus[] | undefined;
  entry?: readonly LogEntry[] | undefined;
  source?: string | undefined;
  titleContains?: string | undefined;
  createdAfter?: Date | undefined;
  createdBefore?: Date | undefined;
};

export type LogPage = Page;
export type LogConnection = Connection<LogView>;

export type LogLine = { number: number; text: string; truncated: boolean };

/** What can be asked of the logs module. Everything is within the actor's workspace; the rest is not there (NOT_FOUND or null). */
export type LogService = QuestionService &
  RatingService &
  MemoryService & {
    /** Throws BUSY, BAD_INPUT, TOO_LARGE (nothing is kept), FORBIDDEN. */
    submitLog(actor: Actor, input: SubmitLog): Promise<{ log: LogView; replayed: boolean }>;
    /** Throws NOT_FOUND, CONFLICT (already finished), FORBIDDEN. */
    cancelLog(actor: Actor, id: string): Promise<LogView>;
    /** Once more, from the step that failed or was cancelled. Throws NOT_FOUND, CONFLICT (it did not fail), FORBIDDEN. */
    retryLog(actor: Actor, id: string): Promise<LogView>;
    /** A finished log with all that was found in it; its id. Throws NOT_FOUND, CONFLICT (it is worked on), FORBIDDEN. */
    deleteLog(actor: Actor, id: string): Promise<string>;
    log(actor: Actor, id: string): Promise<LogView | null>;
    /** Throws BAD_INPUT unless exactly one of first and last is 1 to 100. */
    logs(actor: Actor, filter: LogFilter, page: LogPage): Promise<LogConnection>;
    logSummary(actor: Actor, logId: string): Promise<LogSummaryView | null>;
    /** Lines 1-based, inclusive, at most 1,000. Throws BAD_INPUT, NOT_FOUND. */
    logLines(actor: Actor, logId: string, from: number, to: number): Promise<LogLine[]>;
    /** The log now and at every change, until it is finished. Throws NOT_FOUND. */
    watchLog(actor: Actor, logId: string, signal?: AbortSignal): AsyncIterable<LogView>;
  };

export type LogServiceDeps = {
  orm: Orm;
  notices: Notices;
  clock: Clock;
  blobs: BlobStore;
  limits: { maxUnpackRatio: number };
  /** For logs of more than one chunk. */
  uploads?: UploadSlots;
  /** When a worker runs in the same process. */
  handOver?: HandOver;
  admission?: Admission;
};

const REPLAY_HOURS = 24;
const MAX_LINES_AT_ONCE = 1000;
const UPLOADS_AT_ONCE = 4;

export const createLogService = (
  { uploads = createUploadSlots(UPLOADS_AT_ONCE), handOver = noHandOver, admission = openDoor, ...deps }: LogServiceDeps,
  requireSlackTeam = createRequireSlackTeam(deps.orm),
): LogService => ({
  ...createQuestionService({ ...deps, admission, requireSlackTeam }),
  ...createRatingService(deps),
  ...createMemoryService(deps),

  async submitLog(actor, input) {
    requireScope(actor, 'LOGS_WRITE');
    const name = nameLog(input);
    for (const teamId of teamsOf(input)) await requireSlackTeam(actor.workspaceId, teamId);
    const replay = await findReplay(deps, actor, input.idempotencyKey);
    if (replay) return { log: replay, replayed: true };
    // Before anything of it is read.
    const lane = await admission.admit(actor, channelOf(input));
    try {
      return { log: await storeLog({ ...deps, uploads, handOver }, actor, { ...input, ...name }, lane), replayed: false };
    } catch (error) {
      // Somebody else was storing the same key just now; the unique index made us wait for them.
      const other = error instanceof UniqueConstraintViolationException ? await findReplay(deps, actor, input.idempotencyKey) : null;
      if (!other) throw error;
      return { log: other, replayed: true };
    }
  },

  async cancelLog(actor, id) {
    requireScope(actor, 'LOGS_WRITE');
    return forWorkspace(deps.orm, actor.workspaceId).transactional(async (db) => {
      const log = await db.findOne(Log, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!log) throw notFound();
      if (isFinished(log.status)) throw new AppError('CONFLICT', 'This log is finished already; there is nothing left to cancel.');
      log.status = 'CANCELLED';
      log.finishedAt = deps.clock.now();
      await db.flush();
      await recordAudit(db, actor, 'log.cancelled', log.id);
      await enqueueDelivery(db, log.id, actor.requestId);
      await notify(db, log.id);
      handOver.take(log.id);
      return log;
    });
  },

  async retryLog(actor, id) {
    requireScope(actor, 'LOGS_WRITE');
    const log = await forWorkspace(deps.orm, actor.workspaceId).transactional((db) => retryLog(db, actor, id));
    if (!log) throw notFound();
    return log;
  },

  async deleteLog(actor, id) {
    requireScope(actor, 'LOGS_WRITE');
    requireScope(actor, 'ADMIN');
    if (!(await deleteLog(deps, actor, id))) throw notFound();
    return id;
  },

  async log(actor, id) {
    requireScope(actor, 'LOGS_READ');
    return forWorkspace(deps.orm, actor.workspaceId).findOne(Log, { id });
  },

  async logs(actor, filter, page) {
    requireScope(actor, 'LOGS_READ');
    return findLogs(forWorkspace(deps.orm, actor.workspaceId), filter, page);
  },

  async logSummary(actor, logId) {
    requireScope(actor, 'LOGS_READ');
    const db = forWorkspace(deps.orm, actor.workspaceId);
    const log = await db.findOne(Log, { id: logId });
    return log && { log, result: await db.findOne(LogResult, { logId }) };
  },

  async logLines(actor, logId, from, to) {
    requireScope(actor, 'LOGS_READ');
    if (from < 1 || to < from)
      throw new AppError('BAD_INPUT', 'Lines are counted from 1, and "to" may not be before "from".', { field: 'from' });
    if (to - from >= MAX_LINES_AT_ONCE)
      throw new AppError('BAD_INPUT', `At most ${MAX_LINES_AT_ONCE} lines can be read at a time; ask for a shorter range.`, {
        field: 'to',
      });
    const db = forWorkspace(deps.orm, actor.workspaceId);
    const log = await db.findOne(Log, { id: logId }, { fields: ['id', 'textDeletedAt'] });
    if (!log) throw notFound();
    if (log.textDeletedAt) throw textForgotten(log.textDeletedAt);
    const lines = await readLines({ db, blobs: deps.blobs }, logId, from, to);
    return lines.map((line) => ({ ...line, text: showDirections(line.text) }));
  },

  async *watchLog(actor, logId, signal = new AbortController().signal) {
    requireScope(actor, 'LOGS_READ');
    const look = () => forWorkspace(deps.orm, actor.workspaceId).findOne(Log, { id: logId });
    for await (const log of deps.notices.watch(logId, signal, look)) {
      if (!log) throw notFound();
      yield log;
      if (isFinished(log.status)) return;
    }
  },
});

const teamsOf = ({ content, replyTo }: SubmitLog): string[] => [
  ...(content.kind === 'slack' ? [content.origin.teamId] : []),
  ...(replyTo ? [replyTo.teamId] : []),
];

const channelOf = ({ content, replyTo }: SubmitLog): string | undefined =>
  replyTo?.channel ?? (content.kind === 'slack' ? content.origin.channel : undefined);

const findReplay = async ({ orm, clock }: LogServiceDeps, actor: Actor, key: string | undefined): Promise<Log | null> => {
  if (!key) return null;
  const db = forWorkspace(orm, actor.workspaceId);
  const log = await db.findOne(Log, { idempotencyKey: key });
  if (!log) return null;
  if (clock.now().getTime() - log.createdAt.getTime() < REPLAY_HOURS * 3_600_000) return log;
  log.idempotencyKey = null;
  await db.flush();
  return null;
};

/** Row, text, reply and job are one commit (law 1); what throws on the way leaves nothing. */
const storeLog = async (
  deps: LogServiceDeps & { uploads: UploadSlots; handOver: HandOver },
  actor: Actor,
  input: SubmitLog,
  lane: Lane,
): Promise<Log> => {
  const log = newLog(deps, actor, input);
  const delivery = input.replyTo && newDelivery(log.workspaceId, log.id, input.replyTo, deps.clock.now());
  const rows = [[Log, log] as const, auditRow(actor, 'log.submitted', log.id), ...(delivery ? [[Delivery, delivery] as const] : [])];
  const jobs = (step: 'collect-log' | 'digest-log') => [
    logJob(step, log, actor.requestId, lane),
    ...(delivery ? [waitingJob(delivery, actor.requestId, deps.clock.now())] : []),
  ];
  if (input.content.kind === 'slack') {
    await writeTogether(deps.orm.em, { rows, jobs: jobs('collect-log') });
    return log;
  }
  const { first, rest } = await firstOf(takeIn(input.content.bytes, { ...input.content, maxRatio: deps.limits.maxUnpackRatio }));
  if (!rest) {
    Object.assign(log, { bytes: first.bytes, lineCount: linesUpTo(first) });
    const kept = await keepChunk(deps.blobs, log, first);
    // Before it is written: the worker may have the job before we hear that it was.
    deps.handOver.put(newWork(log, delivery, { ...kept, bytes: first.bytes }));
    await writeTogether(deps.orm.em, { rows: [...rows, chunkRow(log, first, kept)], jobs: jobs('digest-log') }).catch((error: unknown) => {
      deps.handOver.take(log.id);
      throw error;
    });
    return log;
  }
  return deps.uploads.hold(() =>
    forWorkspace(deps.orm, actor.workspaceId).transactional(async (tx) => {
      // Before the rest: a key that is taken is found out without reading a gigabyte.
      await writeTogether(tx, { rows });
      const text = await storeChunks({ db: tx, blobs: deps.blobs }, log, rest);
      await tx.nativeUpdate(Log, { id: log.id }, text);
      for (const job of jobs('digest-log')) await addJob(tx, job);
      return Object.assign(log, text);
    }),
  );
};

/** Whoever waits longer than this sees that their log is in line, or how far it is; most are done by then, and nothing is shown twice. */
const SHOW_WAITING_MS = 2_000;

const waitingJob = (delivery: Delivery, requestId: string, now: Date): JobSpec => {
  const job = deliverJob(delivery, requestId);
  return { ...job, key: `${job.key}:waiting`, runAt: new Date(now.getTime() + SHOW_WAITING_MS) };
};

/** The first chunk, and all of them once more when there is more than one. */
const firstOf = async (chunks: AsyncIterable<PackedChunk>): Promise<{ first: PackedChunk; rest: AsyncIterable<PackedChunk> | null }> => {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = (await iterator.next()).value as PackedChunk;
  const second = await iterator.next();
  if (second.done) return { first, rest: null };
  async function* all(): AsyncIterable<PackedChunk> {
    try {
      yield first;
      yield second.value;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { first, rest: all() };
};

// What it is called until it was fetched, and for good when it cannot be.
const titleOf = (content: LogContent): string => (content.kind === 'slack' ? titleOfOrigin[content.origin.kind] : 'Pasted text');
const titleOfOrigin = { message: 'A message', thread: 'A thread', history: 'The channel’s messages', files: 'A file' } as const;

const newLog = ({ clock }: LogServiceDeps, actor: Actor, input: SubmitLog): Log => {
  const log = new Log();
  return Object.assign(log, {
    id: newId('log'),
    workspaceId: actor.workspaceId,
    title: input.title ?? titleOf(input.content),
    source: input.source ?? null,
    entry: input.entry,
    origin: input.content.kind === 'slack' ? input.content.origin : null,
    status: 'QUEUED' as const,
    progress: 0,
    bytes: null,
    lineCount: null,
    failure: null,
    createdBy: actor.id,
    actingFor: actor.actingFor,
    idempotencyKey: input.idempotencyKey ?? null,
    requestId: actor.requestId,
    createdAt: clock.now(),
    finishedAt: null,
    textDeletedAt: null,
  });
};

const notFound = (): AppError =>
  new AppError('NOT_FOUND', 'That log was not found. Check the id; logs of other workspaces cannot be seen.');
