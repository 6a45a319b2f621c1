import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Log } from '#src/core/ports.ts';
import { toSafeFields, toSafeText } from './redact.ts';

export type LogOptions = {
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where lines go; standard error when not given. */
  to?: DestinationStream;
};

/**
 * JSON lines on standard error. Everything passes `redact.ts` on its way: no tokens, no message text. A request's lines carry its id
 * as `requestId`: `log.child({ requestId })`.
 */
export const createLog = ({ level, to }: LogOptions): Log =>
  toLog(
    pino(
      { level, base: { pid: process.pid }, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
      // Synchronous: the last line before a crash is the one that is needed.
      to ?? destination({ fd: 2, sync: true }),
    ),
  );

const toLog = (logger: Logger): Log => ({
  info: (fields, message) => write(logger, 'info', fields, message),
  warn: (fields, message) => write(logger, 'warn', fields, message),
  error: (fields, message) => write(logger, 'error', fields, message),
  child: (fields) => toLog(logger.child(toSafeFields(fields))),
});

const write = (logger: Logger, level: 'info' | 'warn' | 'error', fields: Record<string, unknown>, message: string): void => {
  if (logger.isLevelEnabled(level)) logger[level](toSafeFields(fields), toSafeText(message));
};
