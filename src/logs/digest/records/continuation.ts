import { inferLevel, isExceptionName, isSevere } from '#src/logs/digest/heads/levels.ts';
import { endsWith, find, isDigit, isLetter, isSpace, isUpper, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';

/** What a record tells about the lines that may follow it. */
export type Trace = {
  /** Inside a trace of this language's shape, whose unindented lines follow rules of their own. */
  mode: 'none' | 'python' | 'go' | 'generic';
  /** The last line announces more: it ends with ':' or is a caret. */
  expects: boolean;
  /** The record says it failed, or warns: an exception line after it is its own. */
  severe: () => boolean;
  /** The record began with a timestamp or a level. */
  headed: boolean;
  /** A head and no message yet. */
  empty: boolean;
  /** 'During handling of the above exception …' was the last to be said: the next traceback belongs to it. */
  chained: boolean;
  /** Its line has tabs between its parts, as zap's console has. */
  tabbed: boolean;
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
  'note: Some details are omitted',
  'created by ',
  '=== ',
  'Node.js v',
  'thrown in',
  '{main}',
  'Suppressed: ',
  'exit status ',
  'Require stack:',
  'Last message',
  'State: ',
  'Function: ',
  '- /',
  // Flyway lists what failed within the trace.
  '----------',
  'SQL State  : ',
  'Error Code : ',
  'Message    : ',
  'Location   : ',
  'Line       : ',
  'Statement  : ',
];

const openerBytes = new Uint8Array(256);
for (const text of openers) openerBytes[text.charCodeAt(0)] = 1;

/**
 * Does a line without a head of its own belong to the open record? 'cause' when it also names the failure, as the
 * 'Caused by:' and the last line of a Python trace do. Covers Java, Kotlin, Scala, Python, Node, Go, .NET, Ruby, PHP,
 * Rust, Elixir and Dart traces by how they look, not by who wrote them. Updates `trace` for the lines to come.
 */
export const judgeContinuation = (b: Uint8Array, start: number, end: number, trace: Trace): Continuation => {
  const verdict = judge(b, start, end, trace);
  if (verdict !== 'no') trace.expects = isAnnouncing(b, start, end);
  return verdict;
};

const judge = (b: Uint8Array, start: number, end: number, trace: Trace): Continuation => {
  const first = skipSpaces(b, start, end);
  const indented = first > start;
  if (namesCause(b, first, end)) return setMode(trace, 'generic', 'cause');
  if (isOpener(b, first, end)) return open(b, first, end, trace);
  if (indented) {
    if (trace.mode === 'none' && startsWith(b, first, end, 'at ')) trace.mode = 'generic';
    if (trace.mode === 'none' && startsWith(b, first, end, 'File "')) trace.mode = 'python';
    return 'yes';
  }
  if (trace.mode === 'python' && trace.blanks === 0) return setMode(trace, 'generic', 'cause');
  if (trace.mode === 'go' && isGoCall(b, first, end)) return 'yes';
  if (isFrame(b, first, end, trace)) return setMode(trace, trace.mode === 'go' ? 'go' : 'generic', 'yes');
  if (trace.mode !== 'none' && closers.some((text) => startsWith(b, first, end, text))) {
    trace.chained = startsWith(b, first, end, 'During handling') || startsWith(b, first, end, 'The above exception');
    return 'yes';
  }
  if (
    (isExceptionLine(b, first, end) || (trace.headed && isStarred(b, first, end))) &&
    trace.blanks <= 1 &&
    // Spring leaves a line free between a message and its trace.
    (trace.expects || (trace.headed && trace.severe() && trace.mode === 'none' && (trace.blanks === 0 || trace.lines === 1)))
  )
    return setMode(trace, 'generic', 'cause');
  // Where lines have no heads, a colon at the end of one announces nothing for sure.
  const announced = trace.expects && (trace.headed || trace.mode !== 'none') && trace.lines < 3;
  if (announced && trace.severe() && trace.blanks <= (trace.empty ? 1 : 0)) return 'cause';
  if (trace.tabbed && trace.headed && trace.mode === 'none' && trace.blanks === 0 && isGoName(b, first, end) && trace.severe())
    return setMode(trace, 'go', 'yes');
  if (trace.blanks === 0 && isClosing(b, first, end)) return 'yes';
  return 'no';
};

const setMode = (trace: Trace, mode: Trace['mode'], verdict: Continuation): Continuation => {
  trace.mode = mode;
  return verdict;
};

const isOpener = (b: Uint8Array, i: number, end: number): boolean =>
  openerBytes[b[i] as number] === 1 && openers.some((text) => startsWith(b, i, end, text));

/** Java's 'Caused by:', what Jenkins makes of it, Node's, .NET's and Erlang's. */
const namesCause = (b: Uint8Array, i: number, end: number): boolean => {
  switch (b[i]) {
    case 67:
      return startsWith(b, i, end, 'Caused by:') || startsWith(b, i, end, 'Caused: ');
    case 91:
      return startsWith(b, i, end, '[cause]: ');
    case 45:
      return startsWith(b, i, end, '---> ');
    case 101:
      // Of a crash report of Erlang.
      return (
        startsWith(b, i, end, 'exception error: ') ||
        startsWith(b, i, end, 'exception exit: ') ||
        startsWith(b, i, end, 'exception throw: ')
      );
    default:
      return false;
  }
};

/** A trace joins the record that announced it; after a record that did not fail it stands alone, and so does the next one of its kind. */
const open = (b: Uint8Array, first: number, end: number, trace: Trace): Continuation => {
  const python = startsWith(b, first, end, 'Traceback');
  if (python && trace.mode !== 'none' && !trace.chained && !trace.expects) return 'no';
  const joins = trace.expects || trace.severe() || trace.mode !== 'none';
  if (!joins || (python && trace.mode === 'none' && trace.blanks > 1)) return 'no';
  trace.chained = false;
  trace.mode = python ? 'python' : startsWith(b, first, end, 'goroutine ') ? 'go' : trace.mode === 'go' ? 'go' : 'generic';
  return 'yes';
};

const goOpeners = ['panic: ', 'goroutine ', 'fatal error: ', 'http: panic serving '];

const isRustPanic = (b: Uint8Array, i: number, end: number): boolean =>
  startsWith(b, i, end, "thread '") && find(b, i, Math.min(end, i + 120), ' panicked at ') > 0;

/** How a record's first line sets the scene. */
export const beginTrace = (b: Uint8Array, start: number, end: number, message: number, headed: boolean, severe: boolean): Trace => {
  const first = skipSpaces(b, start, end);
  const python = endsWith(b, first, end, 'Traceback (most recent call last):');
  const drawn = b[first] === 0xe2 && find(b, first, end, 'Traceback (most recent call last)') > 0;
  const go = goOpeners.some((text) => startsWith(b, message, end, text) || startsWith(b, first, end, text));
  const mode = python ? 'python' : go ? 'go' : isExceptionLine(b, first, end) || isRustPanic(b, message, end) ? 'generic' : 'none';
  return {
    mode,
    expects: drawn || isAnnouncing(b, start, end),
    severe: once(() => severe || mode !== 'none' || isSevere(inferLevel(b, start, Math.min(end, start + 200)))),
    headed,
    empty: headed && message >= end,
    chained: false,
    tabbed: find(b, first, Math.min(end, first + 60), '\t') >= 0,
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
  return last === 58 || last === 94;
};

/** '#0 main (file.dart:12:3)', 'at foo (bar.js:1)', '0. DB::Exception::Exception(…) @ 0x…', '0: rust_begin_unwind', 'from /app/x.rb:3'. */
const isFrame = (b: Uint8Array, i: number, end: number, trace: Trace): boolean => {
  if (b[i] === 35 && isDigit(b[i + 1]) && (isSpace(b[i + 2]) || isSpace(b[i + 3]))) return trace.mode !== 'none' || trace.severe();
  if (isDigit(b[i]) && find(b, i, Math.min(end, i + 4), '. ') > 0 && find(b, i, end, ' @ 0x') > 0)
    return trace.mode !== 'none' || trace.severe();
  if (startsWith(b, i, end, 'at ')) return (trace.mode !== 'none' || trace.severe()) && find(b, i, Math.min(end, i + 300), '(') > 0;
  return isRubyFrame(b, i, end) && (trace.mode !== 'none' || trace.severe());
};

/** "/app/lib/a.rb:12:in `bar'" */
export const isRubyFrame = (b: Uint8Array, i: number, end: number): boolean => {
  if (!isLetter(b[i]) && b[i] !== 47 && b[i] !== 46) return false;
  const at = find(b, i, Math.min(end, i + 300), ':in ');
  return at > i + 3 && isDigit(b[at - 1]) && (b[at + 4] === 96 || b[at + 4] === 39);
};

/** 'main.query', 'github.com/acme/shop.(*Db).Open': a function's name alone on its line. */
const isGoName = (b: Uint8Array, i: number, end: number): boolean => {
  let dot = -1;
  for (let k = i; k < end; k++) {
    if (isSpace(b[k]) || b[k] === 58 || b[k] === 61) return false;
    if (b[k] === 46) dot = k;
  }
  return isLetter(b[i]) && dot > i && (isLetter(b[dot + 1]) || b[dot + 1] === 40);
};

export const isGoCall = (b: Uint8Array, i: number, end: number): boolean => {
  if (
    startsWith(b, i, end, 'created by ') ||
    startsWith(b, i, end, 'goroutine ') ||
    startsWith(b, i, end, 'exit status ') ||
    startsWith(b, i, end, '[signal ')
  )
    return true;
  if (isGoName(b, i, end)) return true;
  return isLetter(b[i]) && b[end - 1] === 41 && find(b, i, end, '(') > 0 && (find(b, i, end, '.') > 0 || startsWith(b, i, end, 'panic('));
};

/** 'java.io.IOException: …', 'TypeError: …', 'Error: …': a failure's own line. */
export const isExceptionLine = (b: Uint8Array, from: number, end: number): boolean => {
  let i = from;
  if (startsWith(b, i, end, 'Exception in thread ') || startsWith(b, i, end, 'Unhandled exception')) return true;
  if (startsWith(b, i, end, 'Uncaught ')) i += 9;
  const name = i;
  // Ruby parts the names of its modules with two colons.
  while (i < end && (isLetter(b[i]) || isDigit(b[i]) || b[i] === 46 || b[i] === 36 || b[i] === 95 || isTwoColons(b, i))) i++;
  if (i < end && b[i] !== 58 && b[i] !== 32) return false;
  if (startsWith(b, name, i, 'Error') && i - name === 5) return b[i] === 58 || i === end;
  return isExceptionName(b, name, i) && (b[i] !== 32 || isUpper(b[name]) || find(b, name, i, '.') > 0);
};

/** '** (ArithmeticError) bad argument': as Elixir raises. */
const isStarred = (b: Uint8Array, i: number, end: number): boolean => startsWith(b, i, end, '** (') && isUpper(b[i + 4]);

const isTwoColons = (b: Uint8Array, i: number): boolean => b[i] === 58 && (b[i + 1] === 58 ? isUpper(b[i + 2]) : b[i - 1] === 58);

/** A closing bracket alone: the end of a dumped structure. */
const isClosing = (b: Uint8Array, i: number, end: number): boolean => (b[i] === 125 || b[i] === 93 || b[i] === 41) && end - i <= 3;
