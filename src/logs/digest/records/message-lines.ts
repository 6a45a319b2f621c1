import { isSpace, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { isExceptionLine } from './continuation.ts';

// The lines of a message that stands in one string of JSON or logfmt, with its line breaks escaped.

/** Where the next '\n' or '\r\n' begins, or `end`. An escaped backslash in front of an n is none. */
const breakAt = (b: Uint8Array, from: number, end: number): number => {
  for (let i = from; i + 1 < end; i++) {
    if (b[i] !== 92) continue;
    if (b[i + 1] === 110 || (b[i + 1] === 114 && b[i + 2] === 92 && b[i + 3] === 110)) return i;
    i++;
  }
  return end;
};

const behind = (b: Uint8Array, at: number): number => at + (b[at + 1] === 114 ? 4 : 2);

/** Past blanks, also escaped tabs. */
const indentEnd = (b: Uint8Array, from: number, end: number): number => {
  let i = from;
  while (i < end && (isSpace(b[i]) || (b[i] === 92 && b[i + 1] === 116))) i += b[i] === 92 ? 2 : 1;
  return i;
};

const longestTold = 500;
const mostLines = 6;

/**
 * A message is told by its first line; where that only announces what is below ('1 error occurred:'), or says nothing, by the lines up to the
 * first that says it, and by a list that it announces to its last point.
 */
export const toldEnd = (b: Uint8Array, start: number, end: number): number => {
  let from = start;
  let isList = false;
  for (let line = 0; ; line++) {
    const at = breakAt(b, from, end);
    const first = indentEnd(b, from, at);
    const isPoint = first + 1 < at && (b[first] === 42 || b[first] === 45) && isSpace(b[first + 1]);
    // Behind the last point, or at a frame of a trace: what was told before is all.
    if (line > 0 && ((isList && !isPoint) || isFrame(b, first, at))) return lineEnd(b, start, from);
    if (at >= end || line >= mostLines || at - start > longestTold) return Math.min(at, end);
    isList = isPoint;
    if (!isPoint && first < at && !announces(b, first, at)) return at;
    from = behind(b, at);
  }
};

/** The end of the line in front of the one that begins at `from`. */
const lineEnd = (b: Uint8Array, start: number, from: number): number => {
  let i = from;
  while (i > start + 2 && b[i - 2] === 92 && (b[i - 1] === 110 || b[i - 1] === 114 || b[i - 1] === 116)) i -= 2;
  return i;
};

const announces = (b: Uint8Array, start: number, end: number): boolean => {
  let i = end;
  while (i > start && isSpace(b[i - 1])) i--;
  return b[i - 1] === 58;
};

const isFrame = (b: Uint8Array, start: number, end: number): boolean =>
  startsWith(b, start, end, 'at ') || startsWith(b, start, end, 'File \\"') || startsWith(b, start, end, 'goroutine ');

/** Of the lines below what is told the last one that names a failure: the root of a trace. -1 for none. */
export const failureBelow = (b: Uint8Array, start: number, end: number): number => {
  let last = -1;
  for (let at = breakAt(b, start, end); at < end; at = breakAt(b, at + 2, end)) {
    const from = indentEnd(b, behind(b, at), end);
    if (startsWith(b, from, end, 'Caused by: ') || isExceptionLine(b, from, breakAt(b, from, end))) last = from;
  }
  return last >= toldEnd(b, start, end) ? last : -1;
};
