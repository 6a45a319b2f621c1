import { z } from 'zod';
import { LogResult } from '#db/entities/log-result.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { addJob, type JobSpec } from '#db/queue.ts';
import { type Together, writeTogether } from '#db/write-together.ts';
import { isAppError } from '#src/core/errors.ts';
import type { BlobStore } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { type AlsoShown, alsoShown, tellNewPlaces } from './also-shown.ts';
import { type AskDeps, askForSummary } from './ask-for-summary.ts';
import { readText } from './chunks.ts';
import type { Digest } from './digest/types.ts';
import { type DigestRunner, INLINE_BYTES } from './digest-runner.ts';
import { mayBeFailedRun } from './failures/telling-lines.ts';
import { type HandOver, noHandOver } from './hand-over.ts';
import { logJob } from './log-job.ts';
import { createFailureHooks, isFinished, moveProgress, onlyUnfinished } from './log-state.ts';
import { findWork, type LogWork } from './log-work.ts';
import { applyNormal } from './memory/apply-normal.ts';
import { type Looked, lookUpNormal } from './memory/remember.ts';
import { ownTime } from './own-time.ts';
import { storeSummary } from './store-summary.ts';

export type DigestLogDeps = AskDeps & AlsoShown & { digest: DigestRunner; blobs: BlobStore; handOver?: HandOver };

/** The first half of the progress bar is reading, the second the engine. */
const READ_SHARE = 0.5;
const TELL_EVERY_MS = 400;
const LINES_FOR_ENGINE = 80;
const LINES_FOR_PEOPLE = 20;
const HIGHLIGHT_BYTES = 64 * 1024 * 1024;

/**
 * First beat: computes the digest and stores it. The engine is another job, because it costs money, may be down, and people should not wait for
 * it; a local one writes the second beat of a short log right here.
 */
export const createDigestLog = ({ handOver = noHandOver, ...deps }: DigestLogDeps) =>
  defineJob({
    name: 'digest-log',
    payload: z.object({ logId: z.string(), workspaceId: z.string() }),
    ...createFailureHooks(deps),
    async run({ logId, workspaceId }, { requestId, lane, signal, beat }) {
      const work = handOver.take(logId) ?? (await findWork(deps.orm, { logId, workspaceId }));
      if (!work || isFinished(work.log.status)) return;
      const summarizing = logJob('summarize-log', work.log, requestId, lane);
      // An earlier try came as far as the first beat. Nobody knows whether it came any further.
      if (work.log.status === 'DIGESTED') return await goOn(deps, work, summarizing);
      const digest = await digestUnlessCancelled(deps, work, signal);
      if (!digest) return;
      const now = deps.clock.now();
      const own = ownTime(digest);
      const looked = await lookUp(deps, work, digest, now);
      const normal = looked?.normal ?? null;
      const read = { ...work, log: { ...work.log, ...own } };
      const answersHere = deps.engine.local && work.log.bytes <= INLINE_BYTES;
      const places = answersHere ? [] : await alsoShown(deps, read.log);
      const stored = await store(deps.orm, workspaceId, looked, {
        onlyIf: onlyUnfinished(work.log, { status: 'DIGESTED', progress: READ_SHARE, failure: null, ...own }),
        rows: [[LogResult, { logId, workspaceId, digest, normal, summary: null, receipt: null, digestedAt: now, summarizedAt: null }]],
        // Where the second beat is milliseconds away, whoever waits is shown both at once.
        jobs: answersHere ? [] : [summarizing, ...work.delivery, ...places],
        notice: logId,
        recomputable: true,
      });
      if (!stored) return;
      beat('first', logId);
      if (!answersHere) return await tellNewPlaces(deps, read.log, places);
      const answer = await askForSummary(deps, read.log, applyNormal(digest, normal), signal).catch(() => null);
      if (!answer) await goOn(deps, read, summarizing);
      else if (await storeSummary(deps, read, answer)) beat('result', logId, deps.engine.name);
    },
  });

/** The first beat stands alone for now: the second is asked for, and everybody is shown what there is. */
const goOn = async (deps: DigestLogDeps, { log, delivery }: LogWork, summarizing: JobSpec): Promise<void> => {
  for (const job of [summarizing, ...delivery, ...(await alsoShown(deps, log))]) await addJob(deps.orm.em.fork(), job);
};

/** What a log from nowhere is held against is nothing, and costs nothing. */
const lookUp = async (
  { orm }: Pick<DigestLogDeps, 'orm'>,
  { log: { id: logId, workspaceId, title, createdAt: handedIn }, memory }: LogWork,
  digest: Digest,
  now: Date,
) =>
  memory === null
    ? null
    : lookUpNormal(forWorkspace(orm, workspaceId), { logId, workspaceId, source: memory, title, handedIn, now }, digest);

/** One statement; a log that is remembered needs a few more, and a transaction around them. */
const store = (orm: Orm, workspaceId: string, looked: Looked | null, together: Together): Promise<boolean> => {
  if (!looked) return writeTogether(orm.em, together);
  return forWorkspace(orm, workspaceId).transactional(async (tx) => {
    const stored = await writeTogether(tx, together);
    if (stored) await looked.keep(tx);
    return stored;
  });
};

const digestUnlessCancelled = async (
  { orm, digest, engine, blobs }: Omit<DigestLogDeps, 'handOver'>,
  { log: { id, workspaceId, bytes, createdAt }, firstChunk }: LogWork,
  stopping: AbortSignal,
): Promise<Digest | null> => {
  const cancelled = new AbortController();
  let told = Date.now();
  const onProgress = ({ bytes: read }: { bytes: number }): void => {
    if (Date.now() - told < TELL_EVERY_MS) return;
    told = Date.now();
    void moveProgress(forWorkspace(orm, workspaceId), id, READ_SHARE * Math.min(1, read / bytes)).then(
      (wanted) => wanted || cancelled.abort(),
      // The database will be missed by the next read; this was only a progress bar.
      () => {},
    );
  };
  try {
    const read = (lineBudget: number): Promise<Digest> =>
      digest(readText({ db: orm.em, blobs }, { id, bytes }, firstChunk), {
        bytes,
        now: createdAt.getTime(),
        lineBudget,
        // What is over in milliseconds is not stopped in the middle.
        signal: bytes > INLINE_BYTES ? AbortSignal.any([cancelled.signal, stopping]) : stopping,
        onProgress,
      });
    // Of a long log the patterns say more than any lines.
    if (bytes > HIGHLIGHT_BYTES) return await read(0);
    if (!engine.local) return await read(LINES_FOR_ENGINE);
    // Finding the lines to read first costs as much again as the digest, and most logs tell all by their patterns: only one that looks like a
    // run that failed is read once more.
    const first = await read(0);
    return mayBeFailedRun(first) ? await read(LINES_FOR_PEOPLE) : first;
  } catch (error) {
    if (cancelled.signal.aborted && isAppError(error) && error.code === 'CANCELLED') return null;
    throw error;
  }
};
