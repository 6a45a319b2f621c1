import { isDigit, isLetter, isSpace, isUpper, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { nameEnd } from './envelope.ts';
import { type Head, keepTime } from './head.ts';
import {
  readConsoleHead,
  readDottedHead,
  readJoinedHead,
  readKlog,
  readQuotedHead,
  readReport,
  readRubyHead,
  readStructuredHead,
  readUptime,
  skipPriority,
} from './head-forms.ts';
import { groupLevel, levelInGroup, wordLevel } from './head-levels.ts';
import { auditTimeAt, mark, readMark } from './head-marks.ts';
import {
  isAngledHead,
  isAngledLevel,
  isNumeric,
  isSentence,
  readLevelBehindName,
  readLevelBehindProgram,
  readLevelBehindTag,
  skipHost,
  skipJoints,
  skipOrigin,
  skipStampWord,
} from './head-tags.ts';
import { debugLevel, type LevelCode, parseLevelLetter, parseLevelWord, unknownLevel } from './levels.ts';
import { isStatusColumn } from './status-place.ts';
import type { TimeReader } from './times.ts';

/** A head is looked for this far into a line: enough for a Spring or BGL head, too little to cost. */
const reach = 240;
/** '[2932]', '[worker-3]', '[http-nio-8080-exec-1]': longer groups are sentences. */
const longestGroup = 40;

/**
 * Takes timestamp, level, process and thread off the front of a line. One generic grammar for all formats: a head is a
 * run of timestamps, numbers, [groups], separators and at most one plain word, up to the level when there is one.
 */
export const readHead = (b: Uint8Array, start: number, end: number, times: TimeReader, head: Head): void => {
  head.hasTime = false;
  head.level = unknownLevel;
  head.leading = false;
  head.structured = false;
  head.timeStart = head.timeEnd = -1;
  const limit = Math.min(end, start + reach);
  let i = skipSpaces(b, start, end);
  head.message = i;
  if (i < limit && (readKlog(b, i, limit, times, head) || readRubyHead(b, i, limit, times, head))) return;
  if (b[i] === 60) {
    i = skipPriority(b, i, limit, head);
    if (head.leading && readStructuredHead(b, i, end, times, head)) return;
    // '<W>2024-01-02 03:04:05'
    const level = b[i + 2] === 62 && isDigit(b[i + 3]) ? parseLevelLetter(b[i + 1]) : -1;
    if (level >= 0) {
      head.level = level;
      head.leading = true;
      i = head.message = i + 3;
    }
  }
  const name = nameEnd(b, i, limit);
  if (name > i) {
    i = head.message = skipSpaces(b, name, end);
    if (i < limit && (readKlog(b, i, limit, times, head) || readRubyHead(b, i, limit, times, head))) return;
  }

  if (
    b[i] === 123 ||
    readConsoleHead(b, i, end, head) ||
    readUptime(b, i, limit, head) ||
    readReport(b, i, end, times, head) ||
    readDottedHead(b, i, limit, times, head) ||
    readJoinedHead(b, i, limit, times, head) ||
    readQuotedHead(b, i, limit, times, head)
  )
    return;
  i = skipOrigin(b, i, limit);
  const audit = b[i] === 116 ? auditTimeAt(b, i, limit) : -1;
  if (audit > 0 && times.read(b, audit, limit)) {
    keepTime(times, head);
    [head.timeStart, head.timeEnd] = [audit, times.end];
    return;
  }
  // Words seen since the last sure part of the head: a later level or time takes them in, or they begin the message.
  let words = 0;
  let plain = 0;
  let sure = false;
  let numbers = 0;
  // Redis: '[2932] 31 May 04:32:08 - 0 clients', '4961:M 30 May 12:50:13 - …': behind a process a lone '-' is a level.
  let process = false;
  for (let parts = 0; i < limit && parts < 14; parts++) {
    if (process && sure && head.level === unknownLevel && words === 0 && b[i] === 32 && b[i + 1] === 45 && b[i + 2] === 32) {
      head.level = debugLevel;
      head.message = i + 2;
      break;
    }
    i = skipJoints(b, i, limit, sure);
    if (i >= limit) break;
    const c = b[i] as number;
    if ((c === 35 || c === 37) && head.level === unknownLevel && readMark(b, i, limit)) {
      head.level = mark.level;
      head.message = mark.end;
      head.leading = true;
      break;
    }
    // '[[' of GlassFish opens the message.
    if (c === 91 && b[i + 1] === 91 && sure) break;
    if (c === 91 || c === 40 || ((c === 60 || c === 123) && isHeadGroup(b, i, limit, sure))) {
      const close = closeOf(b, i, limit);
      if (close < 0) break;
      const inside = skipSpaces(b, i + 1, close);
      const code = groupLevel(b, inside, close);
      const stamp = parts === 0 && c === 91 ? skipStampWord(b, inside, close) : inside;
      if (readTime(b, stamp, end, times, head, words)) {
        if (stamp > inside && head.level === unknownLevel) head.level = levelOfStamp(b, inside, stamp);
        const named = c === 40 && words === 1 && plain === 0 && times.end === close;
        if (words > 0 && !head.leading && !named) return;
        head.timeStart = head.timeEnd = -1;
        i = times.end + (times.end === close ? 1 : 0);
        if (times.end < close) i = skipInside(b, times.end, close, head);
        sure = true;
      } else if (code >= 0 && head.level === unknownLevel && plain <= 1) {
        head.level = code;
        sure = true;
        i = close + 1;
      } else if (sure && plain === 0 && !(c === 40 && words > 0 && head.level !== unknownLevel) && !isSentence(b, i, close)) i = close + 1;
      else if (parts === 0 && close - i <= longestGroup) {
        // A process or thread in front of everything: whether it opens a head, the next part says.
        process = isNumeric(b, i + 1, close);
        i = close + 1;
        continue;
      } else break;
      if (plain > 1) break;
      head.message = i;
      head.leading = true;
      words = plain = 0;
      continue;
    }
    if (readTime(b, i, end, times, head, words)) {
      // A file or service name in front is a head's; an address in front is the message's, as in access logs.
      if (!head.leading && (plain > 0 || numbers > 0 || words > 2)) return;
      if (plain > 0) break;
      head.timeStart = head.timeEnd = -1;
      i = times.end;
      head.message = i;
      head.leading = sure = true;
      words = plain = 0;
      if (isStatusColumn(b, i, limit)) return;
      const host = i;
      i = skipHost(b, i, limit, times, head);
      if (i > host && readLevelBehindTag(b, i, limit, times, head)) return;
      if (i === host && b[i] === 32 && readLevelBehindProgram(b, i + 1, limit, head)) return;
      continue;
    }
    const to = sure ? wordEnd(b, i, limit) : namedEnd(b, i, limit);
    const code = wordLevel(b, i, to, limit, head, sure, words);
    if (code >= 0) {
      head.level = code;
      head.leading = true;
      // Logcat's letter belongs to the tag, and the tag to the message.
      if (b[i + 1] === 47) {
        head.message = i + 2;
        return;
      }
      // After the level: a time, logger, thread and separators may follow, the message at the latest after one group.
      head.message = skipTail(b, head.hasTime ? to : timeEndAfter(b, to, limit, times, head), limit);
      // 'error: …' without a time in front is how the sentence begins; behind a time the level is a column of its own.
      if (!head.hasTime && parts === 0 && head.message === skipSpaces(b, b[to] === 58 ? to + 1 : to, limit) && head.message > to + 1)
        head.message = i;
      // 'FAIL LOGIN: …' and 'OK LOGIN: …' are told apart by it.
      if (head.hasTime && b[to] === 32 && startsWith(b, i, to, 'FAIL')) head.message = i;
      return;
    }
    if (isNumeric(b, i, to)) {
      i = to;
      if (sure && words === 0) head.message = i;
      else {
        words++;
        numbers++;
      }
      continue;
    }
    if (sure && words === 0 && isStream(b, i, to)) {
      i = head.message = to + (b[to] === 32 && (b[to + 1] === 70 || b[to + 1] === 80) && b[to + 2] === 32 ? 2 : 0);
      continue;
    }
    words++;
    // 'localhost, 10.0.0.1 - - [': one of a list of addresses says no more about where the head ends than an address.
    if (!looksNamed(b, i, to) && !(b[to] === 44 && !sure)) plain++;
    if (plain > 1 || words > 5) break;
    process ||= parts === 0 && isProcessRole(b, i, to);
    i = Math.max(to, i + 1);
    if (b[to] === 58 && to === i && !sure) i++;
  }
  head.message = skipSpaces(b, head.message, end);
  if (!head.leading) return;
  head.message = skipJoints(b, head.message, end, true);
  if (head.hasTime && head.level === unknownLevel) readLevelBehindName(b, head.message, limit, times, head);
};

/** '4961:M', '1234:signal-handler': redis' process and role. */
const isProcessRole = (b: Uint8Array, from: number, to: number): boolean => {
  let i = from;
  while (i < to && isDigit(b[i])) i++;
  return i > from && b[i] === 58 && i + 2 === to && isUpper(b[i + 1]);
};

const readTime = (b: Uint8Array, i: number, end: number, times: TimeReader, head: Head, words: number): boolean => {
  if (!times.read(b, i, end)) return false;
  // A clock without a date is a head only where a line begins: 'shift ends 10:20:30' states no time of its own.
  if (words > 0 && !head.hasTime && (b[i + 1] === 58 || b[i + 2] === 58) && isDigit(b[i])) return false;
  if (head.hasTime) {
    times.doubtEpoch();
    return true;
  }
  keepTime(times, head);
  if (words > 0) {
    head.timeStart = i;
    head.timeEnd = times.end;
  }
  return true;
};

const wordEnd = (b: Uint8Array, from: number, limit: number): number => {
  let i = from;
  while (i < limit && !isSpace(b[i]) && b[i] !== 58 && b[i] !== 124 && b[i] !== 91 && b[i] !== 44) i++;
  return i;
};

/**
 * In front of everything a word may have colons in it: '::1', redis' '1234:M', 'nova-api.log.1.2017-05-16_13:53:08'.
 * A level ends at its colon: 'WARNING:root:message'.
 */
const namedEnd = (b: Uint8Array, from: number, limit: number): number => {
  let to = wordEnd(b, from, limit);
  if (to > from && parseLevelWord(b, from, to) >= 0) return to;
  while (b[to] === 58 && to + 1 < limit && !isSpace(b[to + 1])) to = wordEnd(b, to + 1, limit);
  return to;
};

/** In angles stand levels and times, in braces what stands in front of a level in angles. */
const isHeadGroup = (b: Uint8Array, open: number, limit: number, sure: boolean): boolean => {
  const close = closeOf(b, open, limit);
  return close > 0 && (b[open] === 60 ? isAngledHead(b, open + 1, close, sure) : sure && isAngledLevel(b, close + 1, limit));
};

const closers: Record<number, number> = { 91: 93, 40: 41, 60: 62, 123: 125 };

const closeOf = (b: Uint8Array, open: number, limit: number): number => {
  const opener = b[open] as number;
  const closer = closers[opener];
  let depth = 0;
  for (let i = open; i < limit; i++) {
    if (b[i] === opener) depth++;
    else if (b[i] === closer && --depth === 0) return i;
  }
  return -1;
};

/** '[W 2024-01-02', '[ERROR 2024-01-02': a zone or a thread may stand there as well. */
const levelOfStamp = (b: Uint8Array, start: number, stamp: number): LevelCode => {
  let end = start;
  while (end < stamp && !isSpace(b[end])) end++;
  const code = end - start === 1 ? parseLevelLetter(b[start]) : parseLevelWord(b, start, end);
  return code < 0 ? unknownLevel : code;
};

/** '[2024-01-02 03:04:05 ERROR main]', '[2024-01-02 03:04:05: ERROR/Worker-1]': a level after the time inside one group. */
const skipInside = (b: Uint8Array, from: number, close: number, head: Head): number => {
  let i = from;
  while (i < close) {
    i = skipSpaces(b, i, close);
    let to = i;
    while (to < close && !isSpace(b[to])) to++;
    const code = head.level === unknownLevel ? levelInGroup(b, i, to) : -1;
    if (code >= 0) head.level = code;
    i = Math.max(to, i + 1);
  }
  return close + 1;
};

/**
 * 'ERROR 2024-01-02 03:04:05,678', 'WARN [01-02|03:04:05.678]', 'ERROR [main] 2024-01-02 03:04:05,678': where a time that stands behind the
 * level ends, or the level itself.
 */
const timeEndAfter = (b: Uint8Array, level: number, limit: number, times: TimeReader, head: Head): number => {
  let i = b[level] === 58 || b[level] === 44 ? level + 1 : level;
  for (let groups = 0; groups <= 2 && i < limit; groups++) {
    i = skipSpaces(b, i, limit);
    const grouped = b[i] === 91 || b[i] === 40;
    if (i >= limit || (i === level && !grouped)) return level;
    if (times.read(b, grouped ? i + 1 : i, limit)) {
      keepTime(times, head);
      return grouped && (b[times.end] === 93 || b[times.end] === 41) ? times.end + 1 : times.end;
    }
    const close = b[i] === 91 ? closeOf(b, i, limit) : -1;
    if (close < 0) return level;
    i = close + 1;
  }
  return level;
};

/** Thread and request groups after the level, '---' of Spring, pid. */
const skipTail = (b: Uint8Array, from: number, limit: number): number => {
  let i = from;
  for (let parts = 0; parts < 4; parts++) {
    while (
      i < limit &&
      (isSpace(b[i]) ||
        b[i] === 58 ||
        b[i] === 124 ||
        b[i] === 44 ||
        b[i] === 93 ||
        (b[i] === 45 && (isSpace(b[i + 1]) || b[i + 1] === 45)))
    )
      i++;
    if (b[i] === 91) {
      const close = closeOf(b, i, limit);
      if (close < 0 || isSentence(b, i, close)) return i;
      i = close + 1;
    } else if (parts === 0 && isLogger(b, i, limit)) i = wordEnd(b, i, limit);
    else {
      const to = wordEnd(b, i, limit);
      if (to > i && isSpace(b[to]) && isPid(b, i, to) && parts === 0) i = to;
      else return i;
    }
  }
  return i;
};

/** 'nova.compute.manager [req-…': a dotted name followed by a group. */
const isLogger = (b: Uint8Array, from: number, limit: number): boolean => {
  const to = wordEnd(b, from, limit);
  if (to === from || b[to] !== 32 || b[to + 1] !== 91 || !isLetter(b[from])) return false;
  for (let i = from; i < to; i++) if (b[i] === 46) return true;
  return false;
};

const isPid = (b: Uint8Array, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) if (!isDigit(b[i])) return false;
  // '12 --- [main]' of Spring, '4727 [main]': a number opening a message stays in it.
  return startsWith(b, to, to + 5, ' --- ') || b[to + 1] === 91;
};

const isStream = (b: Uint8Array, from: number, to: number): boolean =>
  to - from === 6 && (startsWith(b, from, to, 'stdout') || startsWith(b, from, to, 'stderr'));

/** Host, logger, node, process: has a digit, a dot, a bracket, or is all capitals. A plain word is none of these. */
const looksNamed = (b: Uint8Array, from: number, to: number): boolean => {
  let capitals = true;
  for (let i = from; i < to; i++) {
    const c = b[i] as number;
    if (isDigit(c) || (c === 46 && i + 1 < to) || c === 95 || c === 36) return true;
    if (!isUpper(c)) capitals = false;
  }
  return capitals && to - from > 1;
};
