import type { LogRecord } from '#src/logs/digest/records/record.ts';
import { find } from './bytes.ts';

const arrow = Buffer.from(' ↳ ');

/**
 * The message of a record of several lines: its first line, the lines below that are part of it, then the failures a trace names, for a
 * message with another exception is another pattern. Of those between the first failure and the root the names say enough. Returns the length written.
 */
export const joinLines = (record: LogRecord, b: Buffer, start: number, end: number, target: Buffer): number => {
  const { details, causes } = record;
  let length = record.isMessage ? 0 : b.copy(target, 0, start, end);
  for (const detail of details) {
    if (length > 0) target[length++] = 32;
    length += detail.copy(target, length);
  }
  for (const [k, cause] of causes.entries()) {
    length += arrow.copy(target, length);
    const isBetween = k > 0 && k < causes.length - 1;
    length += cause.copy(target, length, 0, isBetween ? nameEnd(cause) : cause.length);
  }
  target[length] = 10;
  return length;
};

/** 'Caused by: java.sql.SQLException: …' up to its second colon. */
const nameEnd = (cause: Buffer): number => {
  const from = cause.indexOf('Caused by: ') === 0 ? 11 : 0;
  const colon = find(cause, from, cause.length, ': ');
  return colon < 0 ? cause.length : colon;
};
