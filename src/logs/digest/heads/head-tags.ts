import { isDigit, isLetter, isSpace, isUpper, skipSpaces } from '#src/logs/digest/lines/bytes.ts';
import { isExceptionLine } from '#src/logs/digest/records/continuation.ts';
import { isWeekday, monthAt } from './calendar.ts';
import { tagEnd } from './envelope.ts';
import type { Head } from './head.ts';
import { mark, readMark } from './head-marks.ts';
import { debugLevel, parseBareLevelWord, parseLevelWord } from './levels.ts';
import type { TimeReader } from './times.ts';

// What stands between a time and a message: hosts, programs, and levels behind them.

/** 'Jun 14 15:16:01 combo sshd(pam_unix)[19939]: …': the host goes when a program with a colon follows. */
export const skipHost = (b: Uint8Array, at: number, limit: number, times: TimeReader, head: Head): number => {
  if (b[at] !== 32) return at;
  const syslog = times.inferred || times.stated;
  const host = at + 1;
  let i = host;
  while (i < limit && !isSpace(b[i]) && b[i] !== 58 && b[i] !== 91 && b[i] !== 61) i++;
  if (i === host || b[i] !== 32 || (!isLetter(b[host]) && !isDigit(b[host]))) return at;
  if (parseLevelWord(b, host, i) >= 0 || i - host < 2 || isNumeric(b, host, i)) return at;
  let program = i + 1;
  if (!isLetter(b[program]) && b[program] !== 47) return at;
  while (program < limit && !isSpace(b[program]) && b[program] !== 58) program++;
  if (b[program] !== 58 || b[program + 1] !== 32) return at;
  // Where a time has its year and no zone, the process says that it is syslog's.
  if (!syslog && (b[program - 1] !== 93 || !isDigit(b[program - 2]))) return at;
  if (parseLevelWord(b, i + 1, program) >= 0) return at;
  head.message = i + 1;
  return i + 1;
};

/**
 * 'app[12]: ERROR …', 'app[12]: [warn] …', 'app[12]: 2024-03-01 10:00:00 INFO …', 'sshd[7]: error: …': what a program sends to syslog begins
 * with a level of its own. A column is no part of the message; 'error:' is how the sentence begins.
 */
export const readLevelBehindTag = (b: Uint8Array, program: number, limit: number, times: TimeReader, head: Head): boolean => {
  const tag = tagEnd(b, program, limit);
  if (tag === program) return false;
  let i = skipSpaces(b, tag, limit);
  if (isDigit(b[i]) && times.read(b, i, limit)) i = skipJoints(b, times.end, limit, true);
  const groups = i;
  i = skipGroups(b, i, limit);
  const bracket = b[i] === 91 || b[i] === 60 ? 1 : 0;
  let to = i + bracket;
  while (to < limit && isLetter(b[to])) to++;
  if (isDigit(b[to])) to++;
  else if (b[to] === 32 && isDigit(b[to + 1])) {
    const verbosity = verbosityEnd(b, i, to, limit);
    if (verbosity > to) {
      head.level = debugLevel;
      return true;
    }
  }
  if (bracket && b[to] !== 93 && b[to] !== 62) return false;
  const isUpperCase = isUpper(b[i + bracket]) && isUpper(b[to - 1]);
  const code = (isUpperCase && b[to] === 58) || bracket ? parseLevelWord(b, i + bracket, to) : parseBareLevelWord(b, i, to);
  if (code < 0) return false;
  const isColumn = bracket === 1 || (isUpperCase && (b[to] === 58 || b[to] === 32 || b[to] === 124 || b[to] === 91));
  if (!isColumn && (b[to] !== 58 || isExceptionLine(b, i, limit))) return false;
  head.level = code;
  if (isColumn && i === groups) {
    const after = skipJoints(b, to + bracket, limit, true);
    // 'INFO' alone is all there is.
    if (after < limit) [head.timeStart, head.timeEnd] = [tag, after];
  }
  return true;
};

/** '(?@10.0.0.2) [WARNING] …', '[req-17] [WARN] …': up to the group that states the level, if there is one; whose record it is stays in the message. */
const skipGroups = (b: Uint8Array, from: number, limit: number): number => {
  let i = from;
  for (let groups = 0; groups < mostGroups && (b[i] === 40 || b[i] === 91); groups++) {
    const closer = b[i] === 40 ? 41 : 93;
    let close = i + 1;
    while (close < limit && close < i + longestAngle && b[close] !== closer) close++;
    if (b[close] !== closer || b[close + 1] !== 32) return from;
    if (b[i] === 91 && parseLevelWord(b, i + 1, close) >= 0) return i;
    i = close + 2;
  }
  let to = i;
  while (to < limit && isUpper(b[to])) to++;
  return i > from && (b[to] === 32 || b[to] === 58) && parseLevelWord(b, i, to) >= 0 ? i : from;
};
const mostGroups = 3;

/** 'debug 3:', as BIND says how closely it looks. */
const verbosityEnd = (b: Uint8Array, word: number, blank: number, limit: number): number => {
  if (parseLevelWord(b, word, blank) !== debugLevel) return blank;
  let i = blank + 1;
  while (i < limit && isDigit(b[i])) i++;
  return b[i] === 58 ? i : blank;
};

/**
 * 'general: error: zone …', 'LogNet: Warning: …', 'bgp[1058]: %ROUTING-BGP-5-ADJCHANGE : …': as `readLevelBehindTag`, of names that no host stands
 * in front of.
 */
export const readLevelBehindName = (b: Uint8Array, name: number, limit: number, times: TimeReader, head: Head): boolean => {
  const tag = tagEnd(b, name, limit);
  if (tag === name || parseLevelWord(b, name, tag - 1) >= 0) return false;
  const i = skipSpaces(b, tag, limit);
  if (b[i] === 37 && readMark(b, i, limit)) {
    head.level = mark.level;
    return true;
  }
  if (readLevelBehindTag(b, name, limit, times, head)) return true;
  // 'Error: Assertion failed' behind a category, and not behind a process: that is the failure's own line.
  let to = i;
  while (to < limit && isLetter(b[to])) to++;
  const code = b[to] === 58 && b[tag - 2] !== 93 && isUpper(b[i]) ? parseBareLevelWord(b, i, to) : -1;
  if (code < 0) return false;
  head.level = code;
  return true;
};

/** 'Anas-iPhone kernel[0] <Error>: Sandbox …': host and program, and the level in angles. */
export const readLevelBehindProgram = (b: Uint8Array, host: number, limit: number, head: Head): boolean => {
  const program = skipSpaces(b, spacedEnd(b, host, limit), limit);
  const stop = spacedEnd(b, program, limit);
  if (program === stop || b[stop] !== 32 || b[stop + 1] !== 60) return false;
  const close = angleEnd(b, stop + 1, limit);
  const level = close < 0 ? -1 : parseLevelWord(b, stop + 2, close);
  if (level < 0) return false;
  const after = skipJoints(b, close + 1, limit, true);
  [head.level, head.message] = [level, program];
  if (after < limit) [head.timeStart, head.timeEnd] = [stop, after];
  return true;
};

/** '<Error>', '<Nov 28, 2026 2:10:00 AM UTC>', and behind the time whatever stands in angles up to the level. */
export const isAngledHead = (b: Uint8Array, start: number, close: number, sure: boolean): boolean =>
  sure ? parseLevelWord(b, start, close) >= 0 : isDigit(b[start]) || monthAt(b, start) > 0;

/** ' <Error>' behind a group in braces. */
export const isAngledLevel = (b: Uint8Array, from: number, limit: number): boolean => {
  const open = skipSpaces(b, from, limit);
  const close = b[open] === 60 ? angleEnd(b, open, limit) : -1;
  return close > 0 && parseLevelWord(b, open + 1, close) >= 0;
};

const angleEnd = (b: Uint8Array, open: number, limit: number): number => {
  for (let i = open + 1; i < limit && i < open + longestAngle; i++) if (b[i] === 62) return i;
  return -1;
};
const longestAngle = 40;

const spacedEnd = (b: Uint8Array, from: number, limit: number): number => {
  let i = from;
  while (i < limit && !isSpace(b[i])) i++;
  return i;
};

/**
 * 'RP/0/RSP0/CPU0:Nov 28 02:10:00', '####<Nov 28, 2026 2:10:00 AM UTC>', '000123: *Nov 28 02:10:00', '1234:20261128:021000.505': what is glued
 * to the front of a time.
 */
export const skipOrigin = (b: Uint8Array, from: number, limit: number): number => {
  let i = from;
  if (isDigit(b[i]) || b[i] === 42 || b[i] === 46) {
    while (i < from + longestNumber && isDigit(b[i])) i++;
    if (i > from && (b[i] !== 58 || areDigits(b, i + 1, 8))) return b[i + 9] === 58 && areDigits(b, i + 10, 6) ? i + 1 : from;
    if (i > from) i = skipSpaces(b, i + 1, limit);
    // A network device marks what its clock says while it is not set.
    if (b[i] === 42 || b[i] === 46) i++;
    return i > from && monthAt(b, i) > 0 && b[i + 3] === 32 ? i : from;
  }
  if (b[i] === 35) {
    while (b[i] === 35) i++;
    return b[i] === 60 ? i : from;
  }
  if (b[i + 2] !== 47 && b[i + 1] !== 47) return from;
  while (i < limit && (isUpper(b[i]) || isDigit(b[i]) || b[i] === 47)) i++;
  return b[i] === 58 && monthAt(b, i + 1) > 0 && b[i + 4] === 32 ? i + 1 : from;
};

const longestNumber = 12;

const areDigits = (b: Uint8Array, from: number, count: number): boolean => {
  for (let k = 0; k < count; k++) if (!isDigit(b[from + k])) return false;
  return true;
};

/** '[W 2024-01-02 03:04:05', '[PDT Jan  2 03:04:05': where a time may stand behind the first word of a group; `inside` itself when there is none. */
export const skipStampWord = (b: Uint8Array, inside: number, close: number): number => {
  let i = inside;
  while (i < close && i < inside + longestStampWord && isLetter(b[i])) i++;
  if (i === inside || b[i] !== 32 || monthAt(b, inside) > 0 || isWeekday(b, inside)) return inside;
  i = skipSpaces(b, i, close);
  return isDigit(b[i]) || (monthAt(b, i) > 0 && b[i + 3] === 32) ? i : inside;
};
const longestStampWord = 8;

/** '[Login denied for user "ana"], …': words of a sentence, where a head has names; those of a thread have the message behind them. */
export const isSentence = (b: Uint8Array, open: number, close: number): boolean => {
  const next = b[close + 1];
  if (next !== 44 && next !== 46 && next !== 10 && next !== 13) return false;
  let lower = 0;
  let i = open + 1;
  while (i < close) {
    const from = i;
    while (i < close && b[i] !== 32) i++;
    let k = from;
    while (k < i && isLetter(b[k]) && !isUpper(b[k])) k++;
    if (k === i && i > from) lower++;
    i++;
  }
  return lower >= fewestWords;
};
const fewestWords = 3;

export const skipJoints = (b: Uint8Array, from: number, limit: number, sure: boolean): number => {
  let i = from;
  for (; i < limit; i++) {
    const c = b[i] as number;
    if (isSpace(c)) continue;
    if (c === 45 && (isSpace(b[i + 1]) || i + 1 === limit)) continue;
    if (c === 44 || (sure && (c === 124 || c === 58 || c === 93))) continue;
    break;
  }
  return i;
};

export const isNumeric = (b: Uint8Array, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) {
    const c = b[i] as number;
    if (!isDigit(c) && c !== 46 && c !== 45 && c !== 47 && c !== 35) return false;
  }
  return to > from;
};
