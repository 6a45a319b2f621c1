import { find, isDigit, isLetter, isUpper, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { type Head, keepTime } from './head.ts';
import { errorLevel, infoLevel, parseLevelField, parseLevelLetter, parseLevelWord } from './levels.ts';
import type { TimeReader } from './times.ts';

/** I0507 11:59:44.523502    4727 file.go:187] message; the date may also be 240507 or 20240507. */
export const readKlog = (b: Uint8Array, i: number, limit: number, times: TimeReader, head: Head): boolean => {
  const level = parseLevelLetter(b[i]);
  if (level < 0) return false;
  let date = i + 1;
  while (date < i + 9 && isDigit(b[date])) date++;
  const digits = date - i - 1;
  if ((digits !== 4 && digits !== 6 && digits !== 8) || b[date] !== 32 || b[date + 3] !== 58) return false;
  let end: number;
  if (digits === 4) {
    // The time reader knows 'MM-DD hh:mm:ss'; klog only leaves the dash out.
    const text = Buffer.from(`${toAscii(b, i + 1, i + 3)}-${toAscii(b, i + 3, Math.min(limit, i + 30))}`);
    if (!times.read(text, 0, text.length)) return false;
    end = i + times.end;
  } else {
    if (!times.read(b, i + 1, limit)) return false;
    end = times.end;
  }
  keepTime(times, head);
  head.level = level;
  head.leading = true;
  let at = skipSpaces(b, end, limit);
  while (at < limit && isDigit(b[at])) at++;
  head.message = skipSpaces(b, at, limit);
  return true;
};

/** [0507/115944.523502:ERROR:file.cc(187)] message of Chromium and what is built on it, also with process and thread in front of the date. */
export const readJoinedHead = (b: Uint8Array, i: number, limit: number, times: TimeReader, head: Head): boolean => {
  if (b[i] !== 91) return false;
  let date = i + 1;
  for (let at = date, parts = 0; parts < 2; parts++) {
    while (at < limit && isDigit(b[at])) at++;
    if (b[at] !== 58 || at === date) break;
    date = ++at;
  }
  for (let k = 0; k < 11; k++) if (k === 4 ? b[date + k] !== 47 : !isDigit(b[date + k])) return false;
  const clock = `${toAscii(b, date + 5, date + 7)}:${toAscii(b, date + 7, date + 9)}:${toAscii(b, date + 9, Math.min(limit, date + 20))}`;
  const dashed = `${toAscii(b, date, date + 2)}-${toAscii(b, date + 2, date + 4)} `;
  const level = date + 11 + (/^\.\d+/.exec(toAscii(b, date + 11, Math.min(limit, date + 20)))?.[0].length ?? 0);
  const end = find(b, level + 1, Math.min(limit, level + 12), ':');
  const code = b[level] === 58 && end > 0 ? parseLevelWord(b, level + 1, end) : -1;
  if (code < 0 || !readText(times, `${dashed}${clock} `)) return false;
  keepTime(times, head);
  head.level = code;
  head.leading = true;
  head.message = end + 1;
  return true;
};

/** "2024-01-02 03:04:05","ERROR","message": cells in quotation marks that no line names. */
export const readQuotedHead = (b: Uint8Array, i: number, limit: number, times: TimeReader, head: Head): boolean => {
  if (b[i] !== 34 || !isDigit(b[i + 1]) || !times.read(b, i + 1, limit) || b[times.end] !== 34 || times.dateless) return false;
  keepTime(times, head);
  head.leading = true;
  head.message = times.end + 1;
  if (b[head.message] === 44) head.message++;
  const close = b[head.message] === 34 ? find(b, head.message + 1, Math.min(limit, head.message + 20), '"') : -1;
  const code = close < 0 ? -1 : parseLevelWord(b, head.message + 1, close);
  if (code < 0) return true;
  head.level = code;
  head.message = b[close + 1] === 44 ? close + 2 : close + 1;
  return true;
};

const toAscii = (b: Uint8Array, from: number, to: number): string => {
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(b[i] as number);
  return text;
};

/** E, [2024-01-02T03:04:05.678901 #1234] ERROR -- program: message, as Ruby's logger writes it. */
export const readRubyHead = (b: Uint8Array, i: number, limit: number, times: TimeReader, head: Head): boolean => {
  const level = parseLevelLetter(b[i]);
  if (!(level >= 0 || b[i] === 65) || !startsWith(b, i + 1, limit, ', [') || !times.read(b, i + 4, limit)) return false;
  let at = skipSpaces(b, times.end, limit);
  if (b[at] !== 35) return false;
  while (at < limit && b[at] !== 93) at++;
  at = skipSpaces(b, at + 1, limit);
  const word = at;
  while (at < limit && isLetter(b[at])) at++;
  if (!startsWith(b, at, limit, ' -- ')) return false;
  keepTime(times, head);
  const named = parseLevelWord(b, word, at);
  // 'ANY' is what it calls a level it was not told.
  if (named >= 0) head.level = named;
  else if (level >= 0) head.level = level;
  head.leading = true;
  head.message = skipSpaces(b, startsWith(b, at + 4, limit, ': ') ? at + 6 : at + 4, limit);
  return true;
};

/** 'fail: Shop.Checkout[0]' of .NET's console: level and category; the message is on the next line. */
export const readConsoleHead = (b: Uint8Array, i: number, end: number, head: Head): boolean => {
  if (b[i + 4] !== 58 || b[i + 5] !== 32 || b[end - 1] !== 93 || !isLetter(b[i + 6])) return false;
  const level = consoleLevels.findIndex((name) => startsWith(b, i, end, name));
  if (level < 0) return false;
  for (let k = i + 6; k < end; k++) if (b[k] === 32) return false;
  head.level = level;
  head.leading = true;
  head.message = i + 6;
  return true;
};

/** '=ERROR REPORT==== 28-Nov-2026::02:10:00.123 ===' of Erlang: what it reports stands below. */
export const readReport = (b: Uint8Array, i: number, end: number, times: TimeReader, head: Head): boolean => {
  if (b[i] !== 61 || !isUpper(b[i + 1])) return false;
  const report = find(b, i + 4, Math.min(end, i + 30), ' REPORT==== ');
  if (report < 0 || !times.read(b, report + 12, end)) return false;
  keepTime(times, head);
  const named = parseLevelWord(b, i + 1, report);
  // Of a crash and of what a supervisor does about it they are the reports; a progress report is good news.
  head.level = named >= 0 ? named : startsWith(b, i + 1, end, 'PROGRESS') ? infoLevel : errorLevel;
  head.leading = true;
  let after = skipSpaces(b, times.end, end);
  while (after < end && b[after] === 61) after++;
  head.message = skipSpaces(b, after, end);
  return true;
};

/**
 * '02.10.09 JOB04711  IEF450I PAYROLL …' of z/OS: a clock with dots in front of a name in capitals. Where a job begins, and at midnight, the log
 * says the day: '02.10.01 JOB04711 ---- SATURDAY,  28 NOV 2026 ----'.
 */
export const readDottedHead = (b: Uint8Array, i: number, limit: number, times: TimeReader, head: Head): boolean => {
  if (b[i + 2] !== 46 || b[i + 5] !== 46 || b[i + 8] !== 32) return false;
  for (const k of [0, 1, 3, 4, 6, 7]) if (!isDigit(b[i + k])) return false;
  const message = skipSpaces(b, i + 8, limit);
  if (!isUpper(b[message]) || !(isUpper(b[message + 1]) || isDigit(b[message + 1]))) return false;
  const clock = `${toAscii(b, i, i + 2)}:${toAscii(b, i + 3, i + 5)}:${toAscii(b, i + 6, i + 8)} `;
  const day = dayAt(b, message, limit);
  if (day && readText(times, `${day} ${clock}`)) times.sayDay();
  else if (!readText(times, clock)) return false;
  keepTime(times, head);
  head.leading = true;
  head.message = message;
  return true;
};

const readText = (times: TimeReader, text: string): boolean => times.read(Buffer.from(text), 0, text.length - 1);

/** '28 NOV 2026' between rows of dashes, or ''. */
const dayAt = (b: Uint8Array, from: number, limit: number): string => {
  let i = find(b, from, Math.min(limit, from + 30), ' ---- ');
  if (i < 0) return '';
  while (i < limit && !isDigit(b[i])) i++;
  return /^\d{1,2} [A-Z]{3} \d{4}(?= )/.exec(toAscii(b, i, Math.min(limit, i + 12)))?.[0] ?? '';
};

/** '[ 1235.151723] ' of the kernel's ring buffer: seconds since the start, which say nothing of the time of day. */
export const readUptime = (b: Uint8Array, i: number, limit: number, head: Head): boolean => {
  if (b[i] !== 91) return false;
  let at = skipSpaces(b, i + 1, limit);
  const seconds = at;
  while (at < limit && isDigit(b[at])) at++;
  if (at === seconds || b[at] !== 46) return false;
  for (let k = 1; k <= 6; k++) if (!isDigit(b[at + k])) return false;
  if (b[at + 7] !== 93 || b[at + 8] !== 32) return false;
  head.leading = true;
  head.message = at + 9;
  return true;
};

/** In the order of our levels. */
const consoleLevels = ['crit', 'fail', 'warn', 'info', 'dbug', 'trce'];

/** <34>1 … of RFC 3164 and 5424: the priority says the level. */
export const skipPriority = (b: Uint8Array, at: number, limit: number, head: Head): number => {
  let value = 0;
  let i = at + 1;
  while (i < limit && i < at + 4 && isDigit(b[i])) value = value * 10 + (b[i++] as number) - 48;
  if (b[i] !== 62 || i === at + 1) return at;
  const severity = Buffer.from(String(value % 8));
  head.level = parseLevelField(severity, 0, 1);
  i++;
  if (isDigit(b[i]) && b[i + 1] === 32) i += 2;
  head.message = i;
  head.leading = true;
  return i;
};

/** '1 2003-10-11T22:14:15.003Z host app 8710 ID47 [meta sequenceId="29"] …': the message begins with the program's name. */
export const readStructuredHead = (b: Uint8Array, from: number, end: number, times: TimeReader, head: Head): boolean => {
  let i = from;
  if (b[i] === 45 && b[i + 1] === 32) i += 2;
  else if (times.read(b, i, end) && b[times.end] === 32) {
    keepTime(times, head);
    i = times.end + 1;
  } else return false;
  const app = spacedWordEnd(b, i, end) + 1;
  const data = spacedWordEnd(b, spacedWordEnd(b, spacedWordEnd(b, app, end) + 1, end) + 1, end) + 1;
  if (data >= end || (b[data] !== 91 && !(b[data] === 45 && (data + 1 === end || b[data + 1] === 32)))) return false;
  head.message = app;
  return (head.structured = true);
};

const spacedWordEnd = (b: Uint8Array, from: number, end: number): number => {
  let i = from;
  while (i < end && b[i] !== 32) i++;
  return i;
};
