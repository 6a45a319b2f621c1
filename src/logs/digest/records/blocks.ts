import type { Head } from '#src/logs/digest/heads/head.ts';
import { unknownLevel } from '#src/logs/digest/heads/levels.ts';
import { endsWith, find, isDigit, isLetter, isSpace, isUpper, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { isExceptionLine, isGoCall, isRubyFrame, type Trace } from './continuation.ts';
import { isEventStart, isJournalStart } from './entries.ts';
import { isInSections, opensSections } from './sections.ts';
import { continueTextBlock, openTextBlock, type TextBlock } from './text-blocks.ts';

/**
 * Records that are more than a message with lines below it: a JSON object over several lines, a run of '#Fields: …' directives, an entry
 * of MySQL's slow log (comments, then settings and the statement), an entry of journald's export, an event of Windows, a sheet in sections. What the first line
 * opened decides about the lines that follow.
 */
export type Block = 'none' | 'json' | 'directives' | 'slow-comments' | 'slow-statement' | 'journal' | 'event' | 'sections' | TextBlock;

export const openBlock = (b: Uint8Array, start: number, end: number): Block => {
  const first = b[start];
  if (first === 123) return isLoneOrKey(b, start, end) && !endsClosed(b, start, end) ? 'json' : 'none';
  if (first === 95) return isJournalStart(b, start, end) ? 'journal' : 'none';
  if (first === 80) return opensSections(b, start, end) ? 'sections' : 'none';
  if ((first === 76 || first === 84) && isEventStart(b, start, end)) return 'event';
  if (first !== 35) return openTextBlock(b, start, end);
  if (isSlowStart(b, start, end)) return 'slow-comments';
  return isLetter(b[start + 1]) ? 'directives' : 'none';
};

/** False of lines that open none, as their first byte and their last say: most do. */
export const mayOpenBlock = (first: number, last: number): boolean => (opening[first] as number) + (closing[last] as number) > 0;
const opening = new Uint8Array(256);
for (const c of Buffer.from('{_LT#+0123456789abcdefABCDEFn')) opening[c] = 1;
opening[0xe2] = opening[0xc3] = 1;
const closing = new Uint8Array(256);
for (const c of Buffer.from('->')) closing[c] = 1;

/** Blank lines stand within it. */
export const spansBlanks = (block: Block): boolean => block === 'armour' || block === 'event' || block === 'output' || block === 'sections';

/** What the block is after this line, or null when the line does not belong to it. */
export const continueBlock = (
  block: Block,
  /** That opened it. */
  first: Uint8Array,
  b: Uint8Array,
  start: number,
  end: number,
  head: Head,
): Block | null => {
  const opens = b[start];
  switch (block) {
    case 'json':
      if (opens !== 34 && opens !== 125 && opens !== 93) return null;
      return startsWith(b, start, end, '}') && end - start <= 2 ? 'none' : 'json';
    case 'journal':
      return startsWith(b, start, end, '__CURSOR=') ? null : 'journal';
    case 'event':
      // Its message may be of many lines, with blank ones between them.
      return isEventStart(b, start, end) || (head.leading && head.hasTime) ? null : 'event';
    case 'sections':
      return isInSections(b, start, end, head) ? 'sections' : null;
    case 'directives':
      return opens === 35 && isLetter(b[start + 1]) ? 'directives' : null;
    case 'slow-comments':
      if (opens === 35) return startsWith(b, start, end, '# Time: ') ? null : 'slow-comments';
      return isForeign(b, start, head) ? null : afterStatement(b, start, end);
    case 'slow-statement':
      return opens === 35 || isForeign(b, start, head) ? null : afterStatement(b, start, end);
    case 'none':
      return null;
    case 'rule':
    case 'sheet':
      // 'Message    : ERROR: …' states no level of its own.
      return head.leading && head.hasTime ? null : continueTextBlock(block, first, b, start, end);
    case 'box':
    case 'output':
    case 'excerpt':
    case 'npm':
      // 'Error: …' within it states no level of its own; a runner puts its stamp in front of each line.
      return continueTextBlock(block, first, b, contentAt(b, start, head), end);
    default:
      return head.leading ? null : continueTextBlock(block, first, b, start, end);
  }
};

/** Behind the stamp, where a line has one. */
export const contentAt = (b: Uint8Array, start: number, head: Head): number => {
  if (!head.leading || !head.hasTime) return start;
  let i = head.message;
  while (i > start && b[i - 1] === 32) i--;
  return Math.min(i + 1, head.message);
};

/** A statement has neither time nor level in front, and is no object: the log goes on with something else. */
const isForeign = (b: Uint8Array, start: number, head: Head): boolean => head.leading || head.hasTime || b[start] === 123;

/** Behind the semicolon of the statement itself there is nothing more. */
const afterStatement = (b: Uint8Array, start: number, end: number): Block =>
  endsWith(b, start, end, ';') && !startsWith(b, start, end, 'use ') && !startsWith(b, start, end, 'SET ') ? 'none' : 'slow-statement';

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

/** '[' alone, '"events": [': its elements follow on lines of their own. */
export const endsOpenArray = (b: Uint8Array, start: number, end: number): boolean => {
  let i = end;
  while (i > start && isSpace(b[i - 1])) i--;
  if (i === start || b[i - 1] !== 91) return false;
  i--;
  while (i > start && isSpace(b[i - 1])) i--;
  return i === start || b[i - 1] === 58 || b[i - 1] === 10;
};

/** java.util.logging writes two lines: time, class and method, then 'SEVERE: message'. */
export const isSecondLineOfTwo = (
  { bytes, head, end: before }: { bytes: Uint8Array; head: Head; end: number },
  b: Uint8Array,
  start: number,
  end: number,
): boolean => isJulLevel(b, start, end) && isClassAndMethod(bytes, head.message, before);

export const isJulLevel = (b: Uint8Array, start: number, end: number): boolean =>
  julLevels.some((level) => startsWith(b, start, end, level));

const julLevels = ['SEVERE: ', 'WARNING: ', 'INFO: ', 'CONFIG: ', 'FINE: ', 'FINER: ', 'FINEST: '];

/** 'org.apache.catalina.core.StandardService start': at most two words, of letters, digits, dots and a few more. */
const isClassAndMethod = (b: Uint8Array, start: number, end: number): boolean => {
  let words = 1;
  for (let i = start; i < end; i++) {
    const c = b[i] as number;
    if (c === 32) words++;
    else if (!isLetter(c) && !isDigit(c) && c !== 46 && c !== 36 && c !== 95 && c !== 60 && c !== 62) return false;
  }
  return words <= 2;
};

/**
 * A collector (Docker, Kubernetes, GitHub Actions, syslog) stamps each line of a trace: '2024-03-01T10:00:00Z \tat com.acme.Pool.take'. Of
 * what shape the trace is after this line, when what stands behind the stamp, at `from`, is one of its lines; null when it is not.
 */
export const judgeStamped = (b: Uint8Array, at: number, end: number, mode: Trace['mode']): Trace['mode'] | null => {
  const [from, i] = indentAt(b, at, end);
  // A line between the parts of a trace.
  if (i >= end) return mode;
  // Of a Python trace the code between the frames is indented, and the failure itself is not.
  if (mode === 'python' && (i >= from + 3 || isExceptionLine(b, i, end))) return i >= from + 3 ? 'python' : 'generic';
  if (mode === 'go' && ((b[i] === 47 && i > from + 1) || isGoCall(b, i, end))) return 'go';
  const after = mode === 'none' ? 'generic' : mode;
  switch (b[i]) {
    case 97:
      return i > from + 1 && startsWith(b, i, end, 'at ') ? after : null;
    case 70:
      return i > from + 1 && startsWith(b, i, end, 'File "') ? 'python' : null;
    case 46:
      return i > from && startsWith(b, i, end, '... ') ? after : null;
    case 67:
      return startsWith(b, i, end, 'Caused by: ') ? after : null;
    case 84:
      return startsWith(b, i, end, 'Traceback (most recent call last)') ? 'python' : null;
    case 103:
      return startsWith(b, i, end, 'goroutine ') && find(b, i, Math.min(end, i + 60), '[') > 0 ? 'go' : null;
    default:
      return isRubyFrame(b, i, end) ? after : null;
  }
};

/** Where the indent begins as far as it counts, and where it ends. syslog writes a tab as '#011'. */
const indentAt = (b: Uint8Array, from: number, end: number): [number, number] => {
  let i = skipSpaces(b, from, end);
  if (!startsWith(b, i, end, '#011')) return [from, i];
  while (startsWith(b, i, end, '#011')) i += 4;
  i = skipSpaces(b, i, end);
  return [i - 3, i];
};

/**
 * PostgreSQL tells of one error in several lines, each with the whole head: 'ERROR:  …', 'DETAIL:  …', 'STATEMENT:  …'. Where the word stands
 * that says so, or -1.
 */
export const partWordAt = (b: Uint8Array, start: number, end: number): number => {
  const colon = find(b, start, Math.min(end, start + 200), ':  ');
  if (colon < 0) return -1;
  let i = colon;
  while (i > start && isUpper(b[i - 1])) i--;
  return partWords.some((word) => colon - i === word.length && startsWith(b, i, end, word)) ? i : -1;
};

const partWords = ['DETAIL', 'HINT', 'STATEMENT', 'CONTEXT', 'QUERY', 'LOCATION'];

/** With the same head but for digits: one process wrote both. */
export const isPartOf = (record: { bytes: Uint8Array; start: number; end: number }, b: Uint8Array, start: number, end: number): boolean => {
  const at = partWordAt(b, start, end);
  if (at < 0) return false;
  const length = at - start;
  const { bytes, start: first } = record;
  for (let k = 0; k < length; k++) {
    const [one, other] = [bytes[first + k], b[start + k]];
    // Of a stamp the digits may have moved on.
    if (one !== other && !(k < longestStamp && isDigit(one) && isDigit(other))) return false;
  }
  let i = first + length;
  while (isUpper(bytes[i])) i++;
  return i > first + length && startsWith(bytes, i, record.end, ':  ');
};

const longestStamp = 24;

/** The same stamp twice (a second on, where each line names the same process), and an exception's own line at the second: '…01.1Z ERROR boom', '…01.1Z Error: boom'. */
export const isStampedTwin = (before: Head, head: Head, b: Uint8Array, end: number, isOfProcess: boolean): boolean =>
  before.hasTime &&
  (isOfProcess
    ? Math.abs(head.ms - before.ms) <= 1000 && head.level === unknownLevel && isNamedFailure(b, head.message, end)
    : before.ms === head.ms && stampedFailureAt(head, b, end) >= 0);

/** 'java.io.IOException: closed', and not a sentence that begins with such a word. */
export const isNamedFailure = (b: Uint8Array, from: number, end: number): boolean => {
  let i = from;
  while (i < end && b[i] !== 58 && !isSpace(b[i])) i++;
  return (i >= end || b[i] === 58) && isExceptionLine(b, from, end);
};

/** Where the name of the failure begins behind the stamp, or -1. */
export const stampedFailureAt = ({ level, message }: Head, b: Uint8Array, end: number): number => {
  let i = message;
  if (level !== unknownLevel) {
    // 'Error' was read as the level.
    while (i > 0 && (isSpace(b[i - 1]) || b[i - 1] === 58)) i--;
    while (i > 0 && isLetter(b[i - 1])) i--;
  }
  return isUpper(b[i]) && isExceptionLine(b, i, end) ? i : -1;
};
