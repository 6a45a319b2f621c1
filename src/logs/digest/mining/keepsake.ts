import type { LogRecord } from '#src/logs/digest/records/record.ts';

/** A record kept word for word. */
export type Keepsake = {
  from: number;
  to: number;
  bytes: Buffer;
  length: number;
  /** Where it still stands, while what was pushed last may be read; most are replaced before they are copied. */
  lent: Buffer | null;
  lentFrom: number;
};

/** Bytes kept of a record. */
export const longestSample = 8192;

export const createKeepsake = (): Keepsake => ({ from: 0, to: 0, bytes: nothing, length: 0, lent: null, lentFrom: 0 });
const nothing = Buffer.alloc(0);

/** Keeps the record, which is copied at once when its bytes do not stay. */
export const keep = (keepsake: Keepsake, record: LogRecord): void => {
  const { text, borrowers } = record;
  const length = text ? record.textLength : record.end - record.start;
  lend(keepsake, record.from, record.to, text ?? record.bytes, text ? 0 : record.start, length, borrowers);
  if (!borrowers) settleKeepsake(keepsake);
};

/** Notes where the record stands; those who have to be asked to copy it before its bytes go away are put to the borrowers. */
export const lend = (
  keepsake: Keepsake,
  from: number,
  to: number,
  bytes: Buffer,
  start: number,
  length: number,
  borrowers: Keepsake[] | null,
): void => {
  keepsake.from = from;
  keepsake.to = to;
  keepsake.length = Math.min(longestSample, length);
  keepsake.lentFrom = start;
  // Most often it stands in the same bytes as before, which costs less to see than to note.
  if (keepsake.lent === bytes) return;
  if (keepsake.lent === null && borrowers !== null) borrowers.push(keepsake);
  keepsake.lent = bytes;
};

/** Copies what is only lent so far. */
export const settleKeepsake = (keepsake: Keepsake): void => {
  const { lent, lentFrom, length } = keepsake;
  if (!lent) return;
  if (keepsake.bytes.length < length) keepsake.bytes = Buffer.allocUnsafeSlow(Math.min(longestSample, length + 32));
  lent.copy(keepsake.bytes, 0, lentFrom, lentFrom + length);
  keepsake.lent = null;
};
