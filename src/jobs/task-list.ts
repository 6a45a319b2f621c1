import { setTimeout as sleep } from 'node:timers/promises';
import type { Task, TaskList } from 'graphile-worker';
import type { Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { gaveWay, isDatabaseAway } from '#src/core/database-away.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import { idTime, newId } from '#src/core/ids.ts';
import type { Log } from '#src/core/ports.ts';
import { inTrace } from '#src/core/trace.ts';
import type { AnyJob, JobContext, JobFailure, JobObserver, JobOutcome } from './define-job.ts';
import { retryDelay } from './retry-policy.ts';

export type TaskListDeps = {
  orm: Orm;
  log: Log;
  observer: JobObserver;
  signal: AbortSignal;
  /** Whether the jobs this worker runs are still its own. */
  holds(): boolean | Promise<boolean>;
  /** False for a job that came so late that it was given back meanwhile. */
  isOurs(job: { id: string; lockedAt: Date }): boolean;
  retryScale: number;
  /** A job is due then: look for it at once instead of at the next poll. */
  lookAt(time: Date): void;
};

type Envelope = { attempt?: number; requestId?: string; lane?: string; trace?: string };

/**
 * The jobs as Graphile Worker runs them. Retries are ours: after an error the job ends and the next try is enqueued for its time, so that a
 * wait of minutes holds no slot and follows the other side's Retry-After. The queue's own attempts cover processes that die.
 */
export const createTaskList = (jobs: readonly AnyJob[], deps: TaskListDeps): TaskList =>
  Object.fromEntries(jobs.map((job) => [job.name, inItsTrace(createTask(job, deps))]));

/** What a job hands on belongs to the trace that it came with. */
const inItsTrace =
  (task: Task): Task =>
  (raw, helpers) => {
    const { trace } = raw as Envelope;
    return trace ? inTrace(trace, () => task(raw, helpers)) : task(raw, helpers);
  };

const createTask =
  (job: AnyJob, { orm, log, observer, signal, holds, isOurs, retryScale, lookAt }: TaskListDeps): Task =>
  async (raw, { job: queued, getQueueName }) => {
    if (queued.locked_at && !isOurs({ id: queued.id, lockedAt: queued.locked_at })) throw new LostJob();
    const { attempt = 1, requestId = newId('req'), ...rest } = raw as Envelope & Record<string, unknown>;
    const begun = performance.now();
    // Under its own key and in its own queue: beside another of the same key it would do the work twice.
    const tryAgain = async (next: Envelope, runAt?: Date): Promise<void> =>
      addJob(orm.em.fork(), {
        name: job.name,
        payload: { ...rest, requestId, ...next },
        key: queued.key ?? undefined,
        queue: (await getQueueName()) ?? undefined,
        priority: queued.priority,
        runAt,
      });
    const context: JobContext = {
      attempt,
      requestId,
      lane: (raw as Envelope).lane === undefined ? undefined : { place: (raw as Envelope).lane as string, priority: queued.priority },
      signal,
      log: log.child({ task: job.name, requestId, attempt }),
      async later(at) {
        await dropIfLost();
        await tryAgain({ attempt }, at);
        lookAt(at);
      },
      beat: (beat, subjectId, by) =>
        observer.beat?.(subjectId.slice(0, subjectId.indexOf('_')), beat, Math.max(0, Date.now() - idTime(subjectId)) / 1000, by),
    };
    observer.started(job.name, Math.max(0, (Date.now() - queued.run_at.getTime()) / 1000));
    const finished = (outcome: JobOutcome): void => {
      const seconds = (performance.now() - begun) / 1000;
      observer.finished(job.name, outcome, seconds);
      context.log.info({ outcome, seconds }, 'job ended');
    };
    // The queue does not ask who says that a job is done: what another does again by now must not be ended for it.
    const dropIfLost = async (): Promise<void> => {
      if (await holds()) return;
      finished('retried');
      throw new LostJob();
    };
    // What came of it is written down however long the database is away; otherwise the queue, which has no more patience, would end itself.
    const patiently = async (write: () => Promise<void>): Promise<void> => {
      for (;;) {
        try {
          return await write();
        } catch (error) {
          if (signal.aborted || !databaseWasAway(error)) throw error;
          await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
          await dropIfLost();
        }
      }
    };
    try {
      await job.run(job.payload.parse(rest), context);
      await dropIfLost();
      finished('succeeded');
    } catch (thrown) {
      if (thrown instanceof LostJob) throw thrown;
      await dropIfLost();
      const error = databaseWasAway(thrown) ? new AppError('UNAVAILABLE', DATABASE_AWAY, { cause: thrown }) : thrown;
      // We are being stopped: not the job's fault, and another process can begin it at once.
      if (signal.aborted) {
        finished('retried');
        return tryAgain({ attempt });
      }
      const failure = toFailure(error);
      const delay = retryDelay(error, attempt, retryScale);
      if (delay === null) {
        // What the person can mend is told to them; only the rest is for whoever runs the server.
        const level = isTheirs(error) ? 'info' : 'error';
        context.log[level]({ failure: failure.id, code: failure.code, error: thrown }, 'job gave up');
        await patiently(async () => job.giveUp?.(rest, failure));
        return finished(isTheirs(error) ? 'refused' : 'failed');
      }
      const retryAt = new Date(Date.now() + delay);
      // What heals only when somebody acts is said once.
      const level = attempt === 1 && failure.code === 'CHAT_TOKEN_REFUSED' ? 'error' : 'warn';
      context.log[level]({ failure: failure.id, code: failure.code, retryAt, error: thrown }, 'job will be tried again');
      // Of a database that was away nobody needs to hear: it is back, or this could not be written down.
      if (failure.code !== 'UNAVAILABLE') await patiently(async () => job.retrying?.(rest, { ...failure, retryAt }));
      // Told first: the next try may be over before we come back from asking for it.
      finished('retried');
      await patiently(() => tryAgain({ attempt: attempt + 1 }, retryAt));
      lookAt(retryAt);
    }
  };

const AGAIN_MS = 1_000;

const DATABASE_AWAY =
  'The database was away or gave way to others in the middle of this, more often than it was tried again. Please ask once more.';

// What we expect says so itself; an engine may be out of reach in the same way.
const databaseWasAway = (error: unknown): boolean => !isAppError(error) && (isDatabaseAway(error) || gaveWay(error));

/** It was given back: others took this worker for dead while it had it, or it came too late. */
export class LostJob extends Error {
  constructor() {
    super('This job is done elsewhere by now');
    this.name = 'LostJob';
  }
}

const theirs: readonly string[] = [
  'BAD_INPUT',
  'TOO_LARGE',
  'NOT_FOUND',
  'FORBIDDEN',
  'CONFLICT',
  'CANCELLED',
  'CHAT_DENIED',
  'ENGINE_REFUSED',
  'HOOK_REFUSED',
  'HOOK_UNAVAILABLE',
];

const isTheirs = (error: unknown): boolean => isAppError(error) && theirs.includes(error.code);

const toFailure = (error: unknown): JobFailure => {
  const id = newId('err');
  if (isAppError(error)) return { id, code: error.code, message: error.message };
  return { id, code: 'INTERNAL', message: `Something went wrong on our side; it was noted as ${id}.` };
};
