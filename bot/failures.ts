import { type AppError, isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Log } from '#src/core/ports.ts';

/** Thrown out of an event's handler so that it stays unacknowledged and Slack delivers it again. */
export class NotKept extends Error {
  constructor(cause: AppError) {
    super('Not stored: left for Slack to deliver again', { cause });
    this.name = 'NotKept';
  }
}

/** Whether it was a NotKept, under whatever Bolt wrapped around it. */
export const isNotKept = (error: unknown): boolean => {
  for (let each = error; each instanceof Error; each = 'original' in each ? each.original : each.cause)
    if (each instanceof NotKept) return true;
  return false;
};

/** The person's answer to a failure. What we did not expect is logged here, once, under the id the person is given. */
export const toSentence = (error: unknown, log: Log): string => {
  if (isAppError(error)) {
    if (error.code === 'API_UNAVAILABLE' || error.code === 'UNAUTHENTICATED')
      log.warn({ code: error.code, cause: String(error.cause) }, 'A request from Slack was not stored');
    return error.message;
  }
  const errorId = newId('err');
  log.error({ errorId, err: error }, 'A Slack handler failed');
  return `Something went wrong on our side and nothing was done. Quote ${errorId} when you ask for help.`;
};
