import { endsWith, find, isDigit, isHex, isLetter, isSpace, isUpper, skipSpaces } from '#src/logs/digest/lines/bytes.ts';
import type { Head } from './head.ts';
import {
  debugLevel,
  infoLevel,
  type LevelCode,
  parseBareLevelWord,
  parseLevelLetter,
  parseLevelWord,
  unknownLevel,
  warnLevel,
} from './levels.ts';

// Levels where heads state them: in a group, as a word, as a letter.

/** '[error]', '[WARN ]', '[core:error]', '[ERROR/Worker-1]', '[Server thread/ERROR]': behind a slash or in front of one a level is in capitals. */
export const groupLevel = (b: Uint8Array, start: number, close: number): LevelCode => {
  let end = close;
  while (end > start && isSpace(b[end - 1])) end--;
  const whole = parseLevelWord(b, start, end);
  if (whole >= 0 || end - start > longestGroup) return whole;
  for (let i = end - 1; i > start; i--) {
    if (b[i] === 58 && end - start <= longestNamed) return parseLevelWord(b, i + 1, end);
    if (b[i] === 47 && isUpper(b[i + 1])) {
      const last = capitalLevel(b, i + 1, end);
      if (last >= 0) return last;
    }
  }
  return beforeSlash(b, start, end);
};

const longestNamed = 24;
const longestGroup = 60;

/** 'ERROR/ForkPoolWorker-1'. */
const beforeSlash = (b: Uint8Array, start: number, end: number): LevelCode => {
  let i = start;
  while (i < end && isUpper(b[i])) i++;
  return b[i] === 47 && i < end ? parseLevelWord(b, start, i) : -1;
};

const capitalLevel = (b: Uint8Array, start: number, end: number): LevelCode => {
  for (let i = start; i < end; i++) if (!isUpper(b[i])) return -1;
  return parseLevelWord(b, start, end);
};

/** A word of a group that has a time in it: 'ERROR', 'ERROR/ForkPoolWorker-1', 'main|ERROR'. */
export const levelInGroup = (b: Uint8Array, start: number, end: number): LevelCode => {
  let from = start;
  for (let i = start; i <= end; i++) {
    if (i < end && b[i] !== 47 && b[i] !== 124 && b[i] !== 58 && b[i] !== 44) continue;
    const code = from === start && i === end ? parseLevelWord(b, from, i) : capitalLevel(b, from, i);
    if (code >= 0) return code;
    from = i + 1;
  }
  return -1;
};

/** A word names the level when it stands where levels stand; 'error' in a sentence does not. */
export const wordLevel = (b: Uint8Array, from: number, to: number, limit: number, head: Head, sure: boolean, words: number): LevelCode => {
  if (head.level !== unknownLevel && head.hasTime === false) return -1;
  const next = to < limit ? b[to] : 32;
  if (to - from === 1) {
    // redis: '# Open data file …', '* Synced', '. 0 clients'
    const mark = b[from];
    // A second star, and stars part columns.
    if (
      (mark === 35 || mark === 42 || mark === 46) &&
      sure &&
      words === 0 &&
      next === 32 &&
      !(mark === 42 && find(b, to, limit, ' * ') > 0)
    )
      return mark === 35 ? warnLevel : mark === 42 ? infoLevel : debugLevel;
    return sure && isSpace(next) && (words === 0 || (words === 2 && isBehindHexThread(b, from))) ? parseLevelLetter(b[from]) : -1;
  }
  // logcat brief, also behind a time: 'E/Tag(123):'.
  if (b[from + 1] === 47 && (!sure || words === 0)) return isLetter(b[from + 2]) ? letterTag(b, from, limit) : -1;
  // 'Error,11/28/2026 2:10:01 AM,Service Control Manager,7031': a column in front of the time.
  if (next === 44 && !sure && words === 0 && isDigit(b[to + 1])) return parseLevelWord(b, from, to);
  let start = from;
  if (endsWith(b, from, to, ']')) return -1;
  // icinga: 'warning/ApiListener: message'
  if (sure && words === 0 && next === 58) {
    const slash = find(b, from, to, '/');
    if (slash > from && isUpper(b[slash + 1])) return parseLevelWord(b, from, slash);
  }
  for (let i = to - 1; i > from; i--)
    if (b[i] === 46 || b[i] === 41) {
      start = i + 1;
      break;
    } // laravel.ERROR, cpu3:2098152)WARNING
  const code = head.hasTime ? parseLevelWord(b, start, to) : parseBareLevelWord(b, start, to);
  if (code < 0) return -1;
  const upper = isUpper(b[start]) && isUpper(b[isDigit(b[to - 1]) ? to - 2 : to - 1]);
  if (start > from) return upper && next === 58 ? code : -1;
  // logrus: 'ERRO[0004] message'
  if (upper && next === 91 && isDigit(b[to + 1]) && words === 0) return code;
  if (upper) return sure || next === 58 || (next === 32 && words === 0) ? code : -1;
  if (next === 58 || next === 124) return words === 0 ? code : -1;
  // '0x1a2b     Error       0x0': a column of its own.
  if (sure && words === 1 && next === 32 && b[to + 1] === 32 && isSpace(b[from - 2])) return code;
  // '[ERROR] Error handling request': the second begins the sentence.
  return sure && words === 0 && head.level === unknownLevel ? code : -1;
};

/** '0000004a SystemOut     E': WebSphere's thread, component and letter. */
const isBehindHexThread = (b: Uint8Array, letter: number): boolean => {
  let i = letter - 1;
  while (i > 0 && isSpace(b[i])) i--;
  while (i > 0 && !isSpace(b[i])) i--;
  const end = i;
  while (i > 0 && isHex(b[i - 1])) i--;
  return end - i === 8 && isSpace(b[i - 1]);
};

const letterTag = (b: Uint8Array, from: number, limit: number): LevelCode => {
  for (let i = from + 2; i < Math.min(limit, from + 40); i++) {
    // 'I/O: …' is how a sentence begins.
    if (b[i] === 40 || b[i] === 58) return i > from + 3 ? parseLevelLetter(b[from]) : -1;
    if (isSpace(b[i])) return b[skipSpaces(b, i, limit)] === 40 ? parseLevelLetter(b[from]) : -1; // tags are padded
    if (!isLetter(b[i]) && !isDigit(b[i]) && b[i] !== 95 && b[i] !== 46 && b[i] !== 45) return -1;
  }
  return -1;
};
