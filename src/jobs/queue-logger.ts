import { Logger } from 'graphile-worker';
import { isDatabaseAway } from '#src/core/database-away.ts';
import type { Log } from '#src/core/ports.ts';
import { LostJob } from './task-list.ts';

/** Of the queue's own words only the bad news matters to an operator; that what was taken away (`lost`) could not be done is none. */
export const createQueueLogger = (log: Log, lost: AbortSignal): Logger =>
  new Logger(() => (level, message, { error, fatalError } = {}) => {
    if (lost.aborted) return;
    if (error instanceof LostJob) return log.info({ queue: message }, 'queue');
    // Of a database that is away the heartbeat tells, once; the queue would say it every second or two, and its clock every few seconds.
    if (isDatabaseAway(error) || isDatabaseAway(fatalError) || away.test(message)) return log.info({ queue: message }, 'queue');
    // That it ended by itself, and is begun anew, is said by whoever does that.
    if (ending.test(message)) return log.info({ queue: message }, 'queue');
    if (level === 'error') log.error({ queue: message }, 'queue');
    if (level === 'warning') log.warn({ queue: message }, 'queue');
  });

const tried =
  '(?:Error with notify listener|Error occurred (?:fetching jobs|attempting to UNLISTEN)|Cron hit an error; restarting|Failed to (?:complete|fail|return) jobs|Releasing local queue failed)';
const said =
  '(?:ECONN(?:REFUSED|RESET)|terminating connection|system is (?:shutting down|starting up|not)|Connection terminated|not queryable|in a read-only transaction|No space left on device)';
const away = new RegExp(`^${tried}[\\s\\S]*${said}`);
const ending =
  /^(?:Releasing local queue failed: .*already released|Deactivation failed|Error occurred (?:during (?:graceful|forceful) shutdown|whilst attempting to release runner options))/;
