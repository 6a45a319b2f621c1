import type { z } from 'zod';
import type { Lane } from '#db/queue.ts';
import type { AppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';

/** What a handler knows about the try it is in. */
export type JobContext = {
  /** 1 for the first. */
  attempt: number;
  requestId: string;
  /** Where it stood in the queue; what follows from it stands there as well. */
  lane: Lane | undefined;
  /** Aborts when this process is asked to stop. */
  signal: AbortSignal;
  log: Log;
  /** Does the same once more at that time, not counted as another try: for what finds that its time has not come. */
  later(at: Date): Promise<void>;
  /** Says that somebody's wait has come to a beat; `by` is who answered, or 'nobody'. The wait is counted from when the subject's id was made. */
  beat(beat: Beat, subjectId: string, by?: string): void;
};

/** What people wait for: the first thing computed, the answer itself, the first sight of it in Slack. */
type Beat = 'first' | 'result' | 'shown';

/**
 * A kind of work. `run` may happen twice (a process can die after the work and before saying so): it looks before it acts.
 * `retrying` and `giveUp` let the module tell people; `failure.id` is what they quote when they ask for help.
 */
export type Job<Payload> = {
  name: string;
  payload: z.ZodType<Payload>;
  run(payload: Payload, context: JobContext): Promise<void>;
  retrying?(payload: Payload, failure: JobFailure & { retryAt: Date }): Promise<void>;
  giveUp?(payload: Payload, failure: JobFailure): Promise<void>;
};

/** `message` is safe to show; what we did not expect is replaced by a sentence and the id. */
export type JobFailure = { id: string; code: AppError['code'] | 'INTERNAL'; message: string };

/** How a try ended: 'refused' is a failure the person can mend, and was told of. */
export type JobOutcome = 'succeeded' | 'retried' | 'refused' | 'failed';

/** What the kit reports; metrics listen here. */
export type JobObserver = {
  started(task: string, waitSeconds: number): void;
  finished(task: string, outcome: JobOutcome, seconds: number): void;
  /** `kind` is the prefix of the subject's id. */
  beat?(kind: string, beat: Beat, seconds: number, by: string | undefined): void;
};

/** Declares a job; the type of its payload comes from its schema. */
export const defineJob = <Payload>(job: Job<Payload>): Job<Payload> => job;

// biome-ignore lint/suspicious/noExplicitAny: a list holds jobs of different payloads; each parses its own
export type AnyJob = Job<any>;
