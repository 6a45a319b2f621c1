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
export const createLog = ({ level, to }: LogOptions): Log => {
  const root = pino(
    { level, base: { pid: process.pid }, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    // Synchronous: the last line before a crash is the one that is needed.
    to ?? destination({ fd: 2, sync: true }),
  );
  return toLog(root, () => root);
};

/** Every job has a logger of its own, and most say nothing at this level: it is made for the first line. */
const toLog = (root: Logger, open: () => Logger): Log => {
  let logger: Logger | undefined;
  const opened = (): Logger => (logger ??= open());
  const writeAt =
    (level: 'info' | 'warn' | 'error') =>
    (fields: Record<string, unknown>, message: string): void => {
      if (root.isLevelEnabled(level)) opened()[level](toSafeFields(fields), toSafeText(message));
    };
  return {
    info: writeAt('info'),
    warn: writeAt('warn'),
    error: writeAt('error'),
    child: (fields) => toLog(root, () => opened().child(toSafeFields(fields))),
  };
};
