import { tagEnd } from '#src/logs/digest/heads/envelope.ts';
import type { Head } from '#src/logs/digest/heads/head.ts';
import { debugLevel, errorLevel, infoLevel, type LevelCode, unknownLevel, warnLevel } from '#src/logs/digest/heads/levels.ts';
import { find, isDigit, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';

/**
 * What a line with a time says of the lines below it: a time alone has its message there ('stamp'), a code has its text there ('text'), so has a
 * place in a source with a number for its level ('place'), a crash is told by its process line by line ('crash').
 */
export type Follow = 'none' | 'stamp' | 'text' | 'place' | 'crash';

export const followOf = (b: Uint8Array, head: Head, end: number): Follow => {
  if (!head.leading || !head.hasTime) return 'none';
  const { message, level } = head;
  if (message >= end) return level === unknownLevel ? 'stamp' : 'none';
  const said = skipSpaces(b, tagEnd(b, message, end), end);
  if (b[said] === 70 ? startsWith(b, said, end, 'FATAL EXCEPTION') : b[said] === 42 && startsWith(b, said, end, '*** '))
    return opensCrash(b, said, end) ? 'crash' : 'none';
  if (b[end - 1] === 41 && debugNumberAt(b, message, end) >= 0) return 'place';
  return codeAt(b, message, end) < 0 ? 'none' : 'text';
};

/** Samba: '[2026/11/20 12:00:00.123456,  0] ../../source3/smbd/server.c:1734(main)': where the number is that states its level, or -1. */
const debugNumberAt = (b: Uint8Array, message: number, end: number): number => {
  if (b[message - 1] !== 32 || b[message - 2] !== 93 || find(b, message, Math.min(end, message + 120), '.c:') < 0) return -1;
  let open = message - 3;
  while (open > 0 && open > message - longestStamp && b[open] !== 91) open--;
  const comma = b[open] === 91 ? find(b, open, message, ',') : -1;
  const number = comma < 0 ? -1 : skipSpaces(b, comma + 1, message);
  return isDigit(b[number]) && !isDigit(b[number + 2]) ? number : -1;
};

const longestStamp = 160;

/** What Samba writes below that: at 0 and 1 errors and warnings, at 0 also that it starts; from 4 on for those who look for faults. */
export const debugLevelOf = (b: Uint8Array, message: number, end: number, below: string): LevelCode => {
  const at = debugNumberAt(b, message, end);
  const number = isDigit(b[at + 1]) ? 10 : (b[at] as number) - 48;
  if (number > 1) return number > 3 ? debugLevel : infoLevel;
  return startsAnew.test(below) ? infoLevel : number === 0 ? errorLevel : warnLevel;
};

const startsAnew = /\bversion \S+ started|finished starting up|ready to serve|^\s*Copyright/;

/** Android: 'FATAL EXCEPTION: main', '*** FATAL EXCEPTION IN SYSTEM PROCESS: …', and the row of stars above a native crash. */
const opensCrash = (b: Uint8Array, said: number, end: number): boolean =>
  b[said] === 70 || startsWith(b, said, end, '*** *** ***') || startsWith(b, said, end, '*** FATAL EXCEPTION');

/** What a native crash died of. */
export const namesCrash = (b: Uint8Array, said: number, end: number): boolean =>
  startsWith(b, said, end, 'Abort message: ') || (startsWith(b, said, end, 'signal ') && isDigit(b[said + 7]));

/** 'spid73      Error: 9002, Severity: 17, State: 2.': where the code of SQL Server begins, which says nothing without the next line; -1 for none. */
export const codeAt = (b: Uint8Array, message: number, end: number): number => {
  if (b[end - 1] !== 46 && !isDigit(b[end - 1])) return -1;
  const at = find(b, message, Math.min(end, message + 40), 'Error: ');
  return at >= 0 && isDigit(b[at + 7]) && find(b, at + 8, Math.min(end, at + 40), ', Severity: ') > 0 ? at : -1;
};

/** 'TNS-12516: TNS:listener could not find available handler': what Oracle's programs write below the line that failed. */
export const isNumberedError = (b: Uint8Array, start: number, end: number): boolean => {
  const prefix = numbered.find((text) => startsWith(b, start, end, text));
  if (!prefix) return false;
  let i = start + prefix.length;
  while (i < end && isDigit(b[i])) i++;
  return i - start - prefix.length >= 4 && b[i] === 58;
};

const numbered = ['ORA-', 'TNS-', 'PLS-', 'RMAN-', 'SP2-'];

/** Lines that a time alone may have below it, so that the output of a command does not become one record. */
export const longestStamped = 20;

/**
 * Rails tags each line of a request, '[5d847559-aaaa] ActiveRecord::…', and only the first has a time: where the tags end that the line shares
 * with the beginning of the record's message, or 0.
 */
export const sharedTagsEnd = (
  record: Uint8Array,
  message: number,
  recordEnd: number,
  b: Uint8Array,
  start: number,
  end: number,
): number => {
  if (b[start] !== 91 || record[message] !== 91) return 0;
  let length = 0;
  let tags = 0;
  let hasDigit = false;
  while (start + length < end && message + length < recordEnd && b[start + length] === record[message + length]) {
    const c = b[start + length] as number;
    length++;
    if (isDigit(c)) hasDigit = true;
    // Behind a tag stands the next one, or a blank.
    if (c === 93) {
      tags = length;
      if (b[start + length] === 32 && b[start + length + 1] === 91) continue;
      if (b[start + length] !== 91) break;
    }
  }
  // Of a word in brackets that is no id nobody knows whether it is the same thing.
  return tags > 0 && hasDigit && (start + tags === end || b[start + tags] === 32) ? start + tags : 0;
};

/** Nothing stands behind the tags. */
export const isOnlyTags = (b: Uint8Array, message: number, end: number): boolean => {
  let i = message;
  while (i < end && b[i] === 91) {
    const close = find(b, i, end, ']');
    if (close < 0) return false;
    i = skipSpaces(b, close + 1, end);
  }
  return i >= end;
};
