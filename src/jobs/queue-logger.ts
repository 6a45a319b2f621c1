import { Logger } from 'graphile-worker';
import type { Log } from '#src/core/ports.ts';
import { LostJob } from './task-list.ts';

/** Of the queue's own words only the bad news matters to an operator; that what was taken away (`lost`) could not be done is none. */
export const createQueueLogger = (log: Log, lost: AbortSignal): Logger =>
  new Logger(() => (level, message, { error } = {}) => {
    if (lost.aborted) return;
    if (error instanceof LostJob) return log.info({ queue: message }, 'queue');
    // Of a database that is away the heartbeat tells, once; the queue would say it every second or two, and its clock every few seconds.
    if (tries.test(message) && away.test(message)) return log.info({ queue: message }, 'queue');
    if (level === 'error') log.error({ queue: message }, 'queue');
    if (level === 'warning') log.warn({ queue: message }, 'queue');
  });

const tries = /^(?:Error (?:with notify listener|occurred (?:fetching jobs|attempting to UNLISTEN))|Cron hit an error; restarting)/;
const away =
  /ECONN(?:REFUSED|RESET)|terminating connection|system is (?:shutting down|starting up|not)|Connection terminated|not queryable/;
