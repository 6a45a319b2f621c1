import type { Head } from '#src/logs/digest/heads/head.ts';
import { createHead } from '#src/logs/digest/heads/head.ts';
import type { Keepsake } from '#src/logs/digest/mining/keepsake.ts';
import type { Reading } from '#src/logs/digest/shapes/reading.ts';

/** What its program wrote in one go. Reused: valid until the next line. */
export type LogRecord = {
  from: number;
  to: number;
  /** Lines that are not blank; none where several records stand on one line, but with the first of them. */
  lines: number;
  /** Its first line, cleaned. */
  bytes: Buffer;
  start: number;
  end: number;
  head: Head;
  /** On the log's clock, as it is counted; NaN when it has none. Set by the digester. */
  time: number;
  /** All its lines when it has more than one, joined by \n; of a long record the head and the last line that names a failure. */
  text: Buffer | null;
  textLength: number;
  /** Lines below the first that are part of its message; `isMessage` says that they are all of it. */
  details: Buffer[];
  isMessage: boolean;
  /** The lines that name the failure: the first one, what it was caused by, the root. */
  causes: Buffer[];
  /** Of a single line the fast lane knew. */
  reading: Reading | null;
  /** Where to put those who need the bytes for longer than the present push; null when the bytes do not even stay that long. */
  borrowers: Keepsake[] | null;
};

/** With `bytes` as its own, for as long as nobody lends it others. */
export const createRecord = (bytes: Buffer): LogRecord => ({
  from: 0,
  to: 0,
  lines: 0,
  bytes,
  start: 0,
  end: 0,
  head: createHead(),
  time: Number.NaN,
  text: null,
  textLength: 0,
  details: [],
  isMessage: false,
  causes: [],
  reading: null,
  borrowers: null,
});
