import { endsWith, isLetter, isSpace, skipSpaces, startsWith } from './bytes.ts';
import { isExceptionLine, type Trace } from './continuation.ts';

/**
 * Records that are more than a message with lines below it: a JSON object over several lines, a run of '#Fields: …' directives, an entry
 * of MySQL's slow log (comments, then the statement). What the first line opened decides about the lines that follow.
 */
export type Block = 'none' | 'json' | 'directives' | 'slow-comments' | 'slow-statement';

export const openBlock = (b: Uint8Array, start: number, end: number): Block => {
  if (b[start] === 123) return isLoneOrKey(b, start, end) && !endsClosed(b, start, end) ? 'json' : 'none';
  if (b[start] !== 35) return 'none';
  if (isSlowStart(b, start, end)) return 'slow-comments';
  return isLetter(b[start + 1]) ? 'directives' : 'none';
};

/** What the block is after this line, or null when the line does not belong to it. */
export const continueBlock = (block: Block, b: Uint8Array, start: number, end: number): Block | null => {
  const first = b[start];
  if (block === 'json')
    return first === 34 || first === 125 || first === 93 ? (startsWith(b, start, end, '}') && end - start <= 2 ? 'none' : 'json') : null;
  if (block === 'directives') return first === 35 && isLetter(b[start + 1]) ? 'directives' : null;
  if (block === 'slow-comments') {
    if (first !== 35) return 'slow-statement';
    return startsWith(b, start, end, '# Time: ') ? null : 'slow-comments';
  }
  return block === 'slow-statement' && first !== 35 ? 'slow-statement' : null;
};

const isSlowStart = (b: Uint8Array, start: number, end: number): boolean =>
  startsWith(b, start, end, '# Time: ') || startsWith(b, start, end, '# User@Host: ');

/** '{' alone or followed by a key; '{foo} done' is a sentence. */
const isLoneOrKey = (b: Uint8Array, start: number, end: number): boolean => {
  const next = skipSpaces(b, start + 1, end);
  return next >= end || b[next] === 34;
};

const endsClosed = (b: Uint8Array, start: number, end: number): boolean => {
  let i = end;
  while (i > start && isSpace(b[i - 1])) i--;
  return endsWith(b, start, i, '}') || endsWith(b, start, i, '},');
};

/** java.util.logging writes two lines: time, class and method, then 'SEVERE: message'. */
export const isSecondLineOfTwo = (b: Uint8Array, start: number, end: number): boolean =>
  julLevels.some((level) => startsWith(b, start, end, level));

const julLevels = ['SEVERE: ', 'WARNING: ', 'INFO: ', 'CONFIG: ', 'FINE: ', 'FINER: ', 'FINEST: '];

/**
 * A collector (Docker, Kubernetes, GitHub Actions, syslog) stamps each line of a trace: '2024-03-01T10:00:00Z \tat com.acme.Pool.take'. Is
 * what stands behind the stamp, at `from`, a line of the trace above?
 */
export const isStampedFrame = (b: Uint8Array, from: number, end: number, mode: Trace['mode']): boolean => {
  const i = skipSpaces(b, from, end);
  // Of a Python trace the code between the frames is indented, and the failure itself is not.
  if (mode === 'python' && (i >= from + 3 || isExceptionLine(b, i, end))) return true;
  switch (b[i]) {
    case 97:
      return i > from + 1 && startsWith(b, i, end, 'at ');
    case 70:
      return i > from + 1 && startsWith(b, i, end, 'File "');
    case 46:
      return i > from && startsWith(b, i, end, '... ');
    case 67:
      return startsWith(b, i, end, 'Caused by: ');
    default:
      return false;
  }
};
