import { endsWith, find, isDigit, isLetter, isSpace, isUpper, skipSpaces, startsWith } from './bytes.ts';
import { inferLevel, isExceptionName, isSevere } from './levels.ts';

/** What a record tells about the lines that may follow it. */
export type Trace = {
  /** Inside a trace of this language's shape, whose unindented lines follow rules of their own. */
  mode: 'none' | 'python' | 'go' | 'generic';
  /** The last line announces more: it ends with ':' or is a caret. */
  expects: boolean;
  /** The record says it failed: an exception line after it is its own. */
  severe: () => boolean;
  /** The record began with a timestamp or a level. */
  headed: boolean;
  blanks: number;
  lines: number;
};

export type Continuation = 'no' | 'yes' | 'cause';

const openers = [
  'Traceback (most recent call last)',
  'Stack trace:',
  '[stacktrace]',
  'stack backtrace:',
  'Backtrace:',
  'goroutine ',
  'Stack Trace:',
  '[signal ',
  'Call Trace:',
  'Exception Details:',
];
const closers = [
  '... ',
  '--- End of ',
  '---> ',
  '<asynchronous suspension>',
  'The above exception was',
  'During handling of the above',
  'note: run with `RUST_BACKTRACE',
  'created by ',
  '=== ',
  'Node.js v',
  'thrown in',
  '{main}',
  'Suppressed: ',
  'exit status ',
];

const openerBytes = new Uint8Array(256);
for (const text of openers) openerBytes[text.charCodeAt(0)] = 1;

/**
 * Does a line without a head of its own belong to the open record? 'cause' when it also names the failure, as the
 * 'Caused by:' and the last line of a Python trace do. Covers Java, Kotlin, Scala, Python, Node, Go, .NET, Ruby, PHP,
 * Rust and Dart traces by how they look, not by who wrote them. Updates `trace` for the lines to come.
 */
export const judgeContinuation = (b: Uint8Array, start: number, end: number, trace: Trace): Continuation => {
  const verdict = judge(b, start, end, trace);
  if (verdict !== 'no') trace.expects = isAnnouncing(b, start, end);
  return verdict;
};

const judge = (b: Uint8Array, start: number, end: number, trace: Trace): Continuation => {
  const first = skipSpaces(b, start, end);
  const indented = first > start;
  // Jenkins says 'Caused: '.
  if (startsWith(b, first, end, 'Caused by:') || startsWith(b, first, end, 'Caused: ')) return setMode(trace, 'generic', 'cause');
  if (isOpener(b, first, end)) return open(b, first, end, trace);
  if (indented) {
    if (trace.mode === 'none' && startsWith(b, first, end, 'at ')) trace.mode = 'generic';
    if (trace.mode === 'none' && startsWith(b, first, end, 'File "')) trace.mode = 'python';
    return 'yes';
  }
  if (trace.mode === 'python' && trace.blanks === 0) return setMode(trace, 'generic', 'cause');
  if (trace.mode === 'go' && isGoCall(b, first, end)) return 'yes';
  if (isFrame(b, first, end, trace)) return setMode(trace, trace.mode === 'go' ? 'go' : 'generic', 'yes');
  if (trace.mode !== 'none' && closers.some((text) => startsWith(b, first, end, text))) return 'yes';
  if (
    isExceptionLine(b, first, end) &&
    trace.blanks <= 1 &&
    (trace.expects || (trace.headed && trace.mode === 'none' && trace.blanks === 0))
  )
    return setMode(trace, 'generic', 'cause');
  if (trace.expects && trace.severe() && trace.blanks === 0 && trace.lines < 3) return 'cause';
  if (trace.blanks === 0 && isClosing(b, first, end)) return 'yes';
  return 'no';
};

const setMode = (trace: Trace, mode: Trace['mode'], verdict: Continuation): Continuation => {
  trace.mode = mode;
  return verdict;
};

const isOpener = (b: Uint8Array, i: number, end: number): boolean =>
  openerBytes[b[i] as number] === 1 && openers.some((text) => startsWith(b, i, end, text));

/** A trace joins the record that announced it; after a record that did not fail it stands alone. */
const open = (b: Uint8Array, first: number, end: number, trace: Trace): Continuation => {
  const python = startsWith(b, first, end, 'Traceback');
  const joins = trace.headed || trace.severe() || trace.mode !== 'none';
  if (!joins || (python && trace.mode === 'none' && trace.blanks > 1)) return 'no';
  trace.mode = python ? 'python' : startsWith(b, first, end, 'goroutine ') ? 'go' : trace.mode === 'go' ? 'go' : 'generic';
  return 'yes';
};

const goOpeners = ['panic: ', 'goroutine ', 'fatal error: '];

/** How a record's first line sets the scene. */
export const beginTrace = (b: Uint8Array, start: number, end: number, message: number, headed: boolean, severe: boolean): Trace => {
  const first = skipSpaces(b, start, end);
  const python = endsWith(b, first, end, 'Traceback (most recent call last):');
  const go = goOpeners.some((text) => startsWith(b, first, end, text)) || startsWith(b, message, end, 'http: panic serving ');
  const mode = python ? 'python' : go ? 'go' : isExceptionLine(b, first, end) ? 'generic' : 'none';
  return {
    mode,
    expects: isAnnouncing(b, start, end),
    severe: once(() => severe || mode !== 'none' || isSevere(inferLevel(b, start, Math.min(end, start + 200)))),
    headed,
    blanks: 0,
    lines: 1,
  };
};

/** Most lines never ask. The record's bytes stay where they are until it closes. */
const once = (ask: () => boolean): (() => boolean) => {
  let answer: boolean | undefined;
  return () => (answer ??= ask());
};

const isAnnouncing = (b: Uint8Array, start: number, end: number): boolean => {
  let i = end;
  while (i > start && isSpace(b[i - 1])) i--;
  const last = b[i - 1];
  return last === 58 || (last === 94 && skipSpaces(b, start, i) >= i - 12 ? true : last === 94);
};

/** '#0 main (file.dart:12:3)', 'at foo (bar.js:1)', '0: rust_begin_unwind', 'from /app/x.rb:3'. */
const isFrame = (b: Uint8Array, i: number, end: number, trace: Trace): boolean => {
  if (b[i] === 35 && isDigit(b[i + 1]) && (isSpace(b[i + 2]) || isSpace(b[i + 3]))) return trace.mode !== 'none' || trace.severe();
  if (startsWith(b, i, end, 'at ')) return (trace.mode !== 'none' || trace.severe()) && find(b, i, Math.min(end, i + 300), '(') > 0;
  return false;
};

const isGoCall = (b: Uint8Array, i: number, end: number): boolean => {
  if (
    startsWith(b, i, end, 'created by ') ||
    startsWith(b, i, end, 'goroutine ') ||
    startsWith(b, i, end, 'exit status ') ||
    startsWith(b, i, end, '[signal ')
  )
    return true;
  return isLetter(b[i]) && b[end - 1] === 41 && find(b, i, end, '(') > 0 && (find(b, i, end, '.') > 0 || startsWith(b, i, end, 'panic('));
};

/** 'java.io.IOException: …', 'TypeError: …', 'Error: …': a failure's own line. */
export const isExceptionLine = (b: Uint8Array, from: number, end: number): boolean => {
  let i = from;
  if (startsWith(b, i, end, 'Exception in thread ')) return true;
  if (startsWith(b, i, end, 'Uncaught ')) i += 9;
  const name = i;
  while (i < end && (isLetter(b[i]) || isDigit(b[i]) || b[i] === 46 || b[i] === 36 || b[i] === 95)) i++;
  if (i < end && b[i] !== 58 && b[i] !== 32) return false;
  if (startsWith(b, name, i, 'Error') && i - name === 5) return b[i] === 58 || i === end;
  return isExceptionName(b, name, i) && (b[i] !== 32 || isUpper(b[name]) || find(b, name, i, '.') > 0);
};

/** A closing bracket alone: the end of a dumped structure. */
const isClosing = (b: Uint8Array, i: number, end: number): boolean => (b[i] === 125 || b[i] === 93 || b[i] === 41) && end - i <= 3;
