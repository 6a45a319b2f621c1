import { endsWith, hashBytes, isDigit, isLetter, isSpace, isUpper, startsWith, toText } from '#src/logs/digest/lines/bytes.ts';
import { type Level, levels } from '#src/logs/digest/types.ts';
import { isShownComment } from './echoed-script.ts';
import { denialWords, denyingWords, failureWords, levelWords, plainFailureWords, weakWords } from './level-words.ts';

/** Places in `levels`: 0 is fatal, 6 unknown. The hot path carries numbers. */
export type LevelCode = number;
export const unknownLevel: LevelCode = levels.indexOf('unknown');
export const [fatalLevel, errorLevel, warnLevel, infoLevel, debugLevel, traceLevel] = [0, 1, 2, 3, 4, 5] as const;

export const toLevel = (code: LevelCode): Level => levels[code] ?? 'unknown';
export const isSevere = (code: LevelCode): boolean => code <= errorLevel;

type Named = { code: LevelCode; word: string; length: number };
const byHash = new Map<number, Named>();
const addName = (word: string, code: LevelCode) => {
  // Beside ASCII the bytes of capitals are others.
  for (const text of new Set([word, word.toUpperCase(), word.slice(0, 1).toUpperCase() + word.slice(1)])) {
    const bytes = Buffer.from(text);
    byHash.set(hashBytes(bytes, 0, bytes.length, 32), { code, word, length: bytes.length });
  }
};
for (const language of levelWords)
  for (const [level, words] of Object.entries(language))
    for (const word of words.split(' ')) if (word !== '') addName(word, levels.indexOf(level as Level));
// PostgreSQL's DEBUG5, OpenSSH's debug1, Apache's trace8.
for (let k = 1; k <= 9; k++) {
  addName(`debug${k}`, debugLevel);
  addName(`trace${k}`, traceLevel);
}
const longestName = Math.max(...[...byHash.values()].map(({ length }) => length));

const namedBy = (b: Uint8Array, start: number, end: number): Named | undefined => {
  if (end - start < 3 || end - start > longestName) return undefined;
  const hit = byHash.get(hashBytes(b, start, end, 32));
  return hit?.length === end - start ? hit : undefined;
};

/** The level a whole word names in any case ('WARN', 'Warning', 'err', 'ОШИБКА', '警告'), or -1. */
export const parseLevelWord = (b: Uint8Array, start: number, end: number): LevelCode => namedBy(b, start, end)?.code ?? -1;

/** As `parseLevelWord`, but of words that mean a level even where no timestamp stands before them: 'note:' does not. */
export const parseBareLevelWord = (b: Uint8Array, start: number, end: number): LevelCode => {
  const named = namedBy(b, start, end);
  return named && !weakWords.has(named.word) ? named.code : -1;
};

/** klog, glog and logcat letters, or -1. */
export const parseLevelLetter = (c: number | undefined): LevelCode => {
  switch (c) {
    case 70:
      return fatalLevel; // F
    case 69:
      return errorLevel; // E
    case 87:
      return warnLevel; // W
    case 73:
      return infoLevel; // I
    case 68:
      return debugLevel; // D
    case 86:
      return traceLevel; // V
    case 84:
      return traceLevel; // T
    default:
      return -1;
  }
};

/** A level in a field: a word, pino and bunyan's 10…60, syslog's 0…7 (RFC 5424); -1 when it is none. */
export const parseLevelField = (b: Uint8Array, start: number, end: number): LevelCode => {
  if (start >= end) return -1;
  if (!isDigit(b[start])) return end - start === 1 ? parseLevelLetter((b[start] as number) & ~32) : parseLevelWord(b, start, end);
  let value = 0;
  for (let i = start; i < end && end - start <= 4; i++) {
    if (!isDigit(b[i])) return -1;
    value = value * 10 + (b[i] as number) - 48;
  }
  // Monolog counts in hundreds.
  if (value >= 100) return value > 600 ? -1 : ([debugLevel, infoLevel, warnLevel, errorLevel][Math.floor(value / 100) - 1] ?? fatalLevel);
  if (value >= 10)
    return value >= 60
      ? fatalLevel
      : value >= 50
        ? errorLevel
        : value >= 40
          ? warnLevel
          : value >= 30
            ? infoLevel
            : value >= 20
              ? debugLevel
              : traceLevel;
  return value <= 2 ? fatalLevel : value === 3 ? errorLevel : value === 4 ? warnLevel : value <= 6 ? infoLevel : debugLevel;
};

/** OpenTelemetry's 1 to 24, four to a level from trace up to fatal; -1 for anything else. */
export const severityLevel = (b: Uint8Array, start: number, end: number): LevelCode => {
  let value = 0;
  for (let i = start; i < end; i++) {
    if (!isDigit(b[i]) || end - start > 2) return -1;
    value = value * 10 + (b[i] as number) - 48;
  }
  return value < 1 || value > 24 ? -1 : traceLevel - ((value - 1) >> 2);
};

const severeWords = new Map<number, LevelCode>();
const addWords = (code: LevelCode, words: string) => {
  for (const word of words.split(' ')) severeWords.set(hashBytes(Buffer.from(word), 0, word.length, 32), code);
};
addWords(fatalLevel, 'fatal panic panicked emergency segfault sigsegv oomkilled');
addWords(
  errorLevel,
  'error errors err failed fail fails failure failures failing exception exceptions traceback abort aborted aborting killed crash crashed crashing corrupt corrupted corruption unreachable undefined cannot uncaught unhandled refused denied fault invalid unroutable unrouteable',
);
addWords(
  warnLevel,
  'warn warning warnings timeout timeouts timed deprecated retry retrying retries expired exhausted unavailable rejected dropped dropping disconnected broken broke slow lost unable exceeded missing',
);
for (const [level, words] of Object.entries(plainFailureWords)) addWords(levels.indexOf(level as Level), words.join(' '));
const denials = new Set(
  denyingWords.split(' ').map((word) => {
    const bytes = Buffer.from(word);
    return hashBytes(bytes, 0, bytes.length, 32);
  }),
);

/** Good words that are bad news where they are denied: 'node 7 is not responding'. */
const missedWords = new Set(
  ['respond', 'responding', 'responded', 'reachable'].map((word) => hashBytes(Buffer.from(word), 0, word.length, 32)),
);

/**
 * What a record without a stated level most likely is, from its words: '3 errors' is an error, '0 errors' and
 * 'without error' are not. `unknownLevel` when nothing tells.
 */
export const inferLevel = (b: Uint8Array, start: number, end: number): LevelCode => untied(inferLevelAndTies(b, start, end));

/** Set in the result of `inferLevelAndTies` when a number decided, or another number would have. */
export const tiedToNumber = 8;

/** The same of a word that is a field's value: how it ended ('status=ok'). */
export const tiedToWord = 16;

/** The level alone. */
export const untied = (level: number): LevelCode => level & 7;

export const inferLevelAndTies = (b: Uint8Array, start: number, end: number): number => {
  let best = unknownLevel;
  let denied = false;
  let numberBefore = false;
  let zeroBefore = false;
  let ties = 0;
  let isAsked = false;
  let i = start;
  if (isShownComment(b, start, end)) return unknownLevel;
  while (i < end) {
    while (i < end && !isLetter(b[i]) && !isDigit(b[i])) i++;
    const from = i;
    while (i < end && (isLetter(b[i]) || isDigit(b[i]))) i++;
    if (from === i) break;
    const code = isDigit(b[from]) ? -1 : wordLevel(b, from, i);
    if (code < 0 && !isAsked && hasOtherLetters(b, from, i)) {
      isAsked = true;
      best = Math.min(best, foreignLevel(toText(b, from, Math.min(end, from + longestForeign))));
    } else if (code >= 0) {
      // '0 errors' are none; 'divided by 0 (ZeroDivisionError)' is one.
      const isName = isExceptionName(b, from, i);
      const after = isPartOfName(b, start, from, i, end) ? countedNameEnd(b, i, end) : i;
      if (after >= 0) {
        if (!isName && (numberBefore || isNumberAfter(b, after, end))) ties |= tiedToNumber;
        else if (isFieldValue(b, start, from)) ties |= tiedToWord;
        if (code < best && !denied && (isName || !(zeroBefore || isZeroAfter(b, after, end)))) best = code;
      }
    }
    if (denied && best > warnLevel && missedWords.has(hashBytes(b, from, i, 32))) best = warnLevel;
    if (ties === 0 && saysHowItEnded(b, from, i, end)) ties = tiedToWord;
    numberBefore = isDigit(b[from]);
    zeroBefore = i - from === 1 && b[from] === 48;
    denied = denials.has(hashBytes(b, from, i, 32));
    if (best === fatalLevel) break;
  }
  return best | ties;
};

/** Right behind the sign that stands in front of a field's value: 'status=failed', '"state":"failed"'. */
const isFieldValue = (b: Uint8Array, start: number, from: number): boolean => {
  let i = from - 1;
  if (i > start && (b[i] === 34 || b[i] === 39)) i--;
  if (i > start && b[i] === 32 && b[i - 1] === 58 && b[i - 2] === 34) i--;
  return i > start && (b[i] === 61 || b[i] === 1 || b[i] === 3 || (b[i] === 58 && (b[i - 1] === 34 || b[i + 1] === 34)));
};

/** 'status=', '"state":' with a word behind it. */
const saysHowItEnded = (b: Uint8Array, from: number, to: number, end: number): boolean => {
  const length = to - from;
  if (length < 5 || length > 10 || !endKeys.has(hashBytes(b, from, to, 32))) return false;
  const sign = b[to] === 34 ? to + 1 : to;
  if (b[sign] !== 61 && b[sign] !== 58 && b[sign] !== 1 && b[sign] !== 3) return false;
  return isLetter(b[skipToValue(b, to, end)]);
};

const endKeys = new Set(
  ['status', 'state', 'result', 'outcome', 'conclusion', 'health'].map((word) => hashBytes(Buffer.from(word), 0, word.length, 32)),
);

const wordLevel = (b: Uint8Array, from: number, to: number): LevelCode => {
  if (isExceptionName(b, from, to) && b[from + 1] !== 73) return errorLevel; // a signal may be an orderly one
  // In capitals it is how a step of a mainframe's job ends; in German an evening.
  if (to - from === 5 && startsWith(b, from, to, 'ABEND')) return errorLevel;
  return severeWords.get(hashBytes(b, from, to, 32)) ?? -1;
};

const hasOtherLetters = (b: Uint8Array, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) if ((b[i] as number) >= 128) return true;
  return false;
};

const foreignLevel = (said: string): LevelCode => {
  const text = said.replace(denialWords, ' ');
  return failureWords.error.test(text) ? errorLevel : failureWords.warn.test(text) ? warnLevel : unknownLevel;
};
const longestForeign = 400;

/**
 * '/data/error_reports/f0.dat', 'retry_failed_payments', 'error-tracker': joined to another word it is part of a name, and says nothing of how
 * things went. 'java.io.IOException' and 'ERR_CONNECTION_REFUSED' name a failure all the same; 'src/IOException.java' is a file.
 */
const isPartOfName = (b: Uint8Array, start: number, from: number, to: number, end: number): boolean => {
  const before = from > start ? (b[from - 1] as number) : 32;
  const after = to < end ? (b[to] as number) : 32;
  const inPath = before === 47 || before === 92 || (after === 47 && !isDigit(b[to + 1]));
  const joinedBefore = isJoint(before) && from - 2 >= start && isLetter(b[from - 2]);
  const joinedAfter = isJoint(after) && to + 1 < end && isLetter(b[to + 1]);
  if (!inPath && !joinedBefore && !joinedAfter) return false;
  if (isExceptionName(b, from, to)) return inPath && joinedAfter && after === 46;
  // A constant by which a failure is told, or 'timed-out'.
  if (!inPath && isUpper(b[from]) && isUpper(b[to - 1]) && isUpper(b[joinedAfter ? to + 1 : from - 2])) return false;
  return !(after === 45 && startsWith(b, to, end, '-out'));
};

const isJoint = (c: number): boolean => c === 95 || c === 45 || c === 46;

/** 'failed_files=3' counts what failed: where the name ends, or -1 where it counts nothing. */
const countedNameEnd = (b: Uint8Array, at: number, end: number): number => {
  let i = at;
  while (i < end && (isLetter(b[i]) || isDigit(b[i]) || b[i] === 95 || b[i] === 45)) i++;
  return (b[i] === 61 || b[i] === 58) && isNumberAfter(b, i, end) ? i : -1;
};

const skipToValue = (b: Uint8Array, at: number, end: number): number => {
  let i = at;
  // 1 and 3 are the marks in front of the value of a field.
  while (i < end && (isSpace(b[i]) || b[i] === 58 || b[i] === 61 || b[i] === 34 || b[i] === 1 || b[i] === 3)) i++;
  return i;
};

const isNumberAfter = (b: Uint8Array, at: number, end: number): boolean => {
  const i = skipToValue(b, at, end);
  return i > at && isDigit(b[i]);
};

/** 'errors=0', 'failed: 0'. */
const isZeroAfter = (b: Uint8Array, at: number, end: number): boolean => {
  const i = skipToValue(b, at, end);
  return i > at && b[i] === 48 && !isDigit(b[i + 1]) && b[i + 1] !== 46 && b[i + 1] !== 120;
};

/** 'java.io.IOException', 'TypeError', 'SIGSEGV': words by which failures are told apart. */
export const isExceptionName = (b: Uint8Array, start: number, end: number): boolean => {
  if (end - start < 6) return false;
  const last = b[end - 1];
  if (last === 110) return endsWith(b, start, end, 'Exception');
  if (last === 114) return endsWith(b, start, end, 'Error') && end - start > 5;
  if (last === 101) return endsWith(b, start, end, 'Throwable') || endsWith(b, start, end, 'Failure');
  return startsWith(b, start, end, 'SIG') && end - start < 9 && (b[start + 3] as number) < 91;
};

/** The level of an HTTP status, as access logs are commonly read: 5xx is an error, 4xx a warning. */
export const statusLevel = (status: number): LevelCode => (status >= 500 ? errorLevel : status >= 400 ? warnLevel : infoLevel);
