import { tagEnd, unwrapDocker } from '#src/logs/digest/heads/envelope.ts';
import { createHead, type Head } from '#src/logs/digest/heads/head.ts';
import { readHead } from '#src/logs/digest/heads/read-head.ts';
import type { TimeReader } from '#src/logs/digest/heads/times.ts';
import { isSpace, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { stampedFailureAt } from './blocks.ts';
import { isExceptionLine } from './continuation.ts';

/** A line as its program wrote it, without what a collector put around it. */
export type Inner = { bytes: Buffer; start: number; end: number; head: Head };

/** Room for a line that Docker wrapped, and what stands in front of it. */
export const createWrapped = (maxLineBytes: number) => {
  const line = { bytes: nothing, length: 0, isCut: false, head: createHead() };
  return {
    read(b: Buffer, start: number, end: number, times: TimeReader) {
      // Few logs ever need it.
      if (line.bytes.length === 0) line.bytes = Buffer.allocUnsafeSlow(maxLineBytes + 1);
      const { length, isCut } = unwrapDocker(b, start, end, line.bytes);
      [line.length, line.isCut] = [length, isCut];
      readHead(line.bytes, 0, length, times, line.head);
      return line;
    },
  };
};

/** Where the message begins, without the process that syslog names. */
export const behindTag = (b: Uint8Array, { message, hasTime, leading }: Head, end: number): number =>
  hasTime && leading ? skipSpaces(b, tagEnd(b, message, end), end) : message;

/** Where a block may open: a stamp may stand in front of a box, of npm's mark, or of who speaks. */
export const blockStart = (b: Uint8Array, start: number, message: number): number => {
  const at = b[message] === 45 && b[message + 1] === 32 ? message + 2 : message;
  return b[at] === 0xe2 || b[at] === 110 || b[at] === 80 ? at : start;
};

/** Behind its stamp, if it has one. */
export const causeStart = ({ bytes, start, end, head }: Inner): number => {
  if (!head.leading || !head.hasTime) return start;
  const failure = stampedFailureAt(head, bytes, end);
  return failure < 0 ? head.message : failure;
};

const nothing = Buffer.alloc(0);

export const isCause = (b: Buffer, start: number, end: number): boolean =>
  startsWith(b, start, end, 'Caused by: ') || isExceptionLine(b, start, end);

/** Back over the blanks that the head took with it: they tell a frame from a message. */
export const stampEnd = (b: Buffer, message: number): number => {
  let i = message;
  while (i > 0 && isSpace(b[i - 1])) i--;
  return i;
};
