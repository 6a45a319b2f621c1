import { hashBytes, isDigit, isLetter, isSpace, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import type { Trace } from './continuation.ts';

const telling = new Set(
  'code errno status statuscode exit_code exitcode sqlstate error type name reason syscall signal'
    .split(' ')
    .map((word) => hashBytes(Buffer.from(word), 0, word.length, 32)),
);

const longestDetail = 200;

/**
 * Is this line below a message part of what it says, so that records which differ in it are not told as one? '  code: E1001' and
 * "  order: 900," below an error are; among the frames of a trace only keys by which failures are told apart.
 */
export const isDetail = (b: Uint8Array, start: number, end: number, mode: Trace['mode']): boolean => {
  let i = skipSpaces(b, start, end);
  if (i === start || end - i > longestDetail) return false;
  const quote = b[i] === 34 || b[i] === 39 ? b[i++] : 0;
  const key = i;
  while (i < end && (isLetter(b[i]) || isDigit(b[i]) || b[i] === 95 || b[i] === 45 || b[i] === 46)) i++;
  const keyEnd = i;
  if (quote !== 0 && b[i] === quote) i++;
  if (keyEnd === key || keyEnd - key > 40 || (b[i] !== 58 && b[i] !== 61)) return false;
  i = skipSpaces(b, i + 1, end);
  if (i >= end || b[i] === 91 || b[i] === 123) return false;
  return mode === 'none' || telling.has(hashBytes(b, key, keyEnd, 32));
};

/** An indented line of three words or more: not a frame, a place in a source or a dump. */
export const isSentence = (b: Uint8Array, start: number, end: number): boolean => {
  const first = skipSpaces(b, start, end);
  if (first === start || end - first > longestDetail || !isLetter(b[first]) || startsWith(b, first, end, 'at ')) return false;
  let words = 0;
  for (let i = first; i < end; ) {
    const from = i;
    while (i < end && isLetter(b[i])) i++;
    if (i - from > 1 && (i === end || isSpace(b[i]) || b[i] === 44 || b[i] === 46 || b[i] === 58)) words++;
    while (i < end && !isSpace(b[i])) i++;
    i = skipSpaces(b, i, end);
  }
  return words >= 3;
};

/**
 * Does the message only announce what the next line says? 'fail: Shop.Checkout[0]' of .NET's console does, and one that is empty or ends
 * with ':', '{' or '-'.
 */
export const isOnlyHeading = (b: Uint8Array, message: number, end: number): boolean => {
  let i = end;
  while (i > message && isSpace(b[i - 1])) i--;
  if (i <= message || b[i - 1] === 58 || b[i - 1] === 123 || (b[i - 1] === 45 && b[i - 2] === 32)) return true;
  if (b[i - 1] !== 93) return false;
  let open = i - 2;
  while (open > message && isDigit(b[open])) open--;
  if (b[open] !== 91 || open === i - 2) return false;
  for (let k = message; k < open; k++) if (isSpace(b[k])) return false;
  return true;
};

const verbs = ['select', 'insert', 'update', 'delete', 'create', 'alter', 'with'];

/** 'select', 'INSERT INTO …': on a line of its own, whose next lines go on with it. */
export const isStatement = (b: Uint8Array, start: number, end: number): boolean =>
  verbs.some((verb) => {
    for (let k = 0; k < verb.length; k++) if (((b[start + k] as number) | 32) !== verb.charCodeAt(k)) return false;
    return start + verb.length >= end || isSpace(b[start + verb.length]);
  });

/** 'use shop;' and 'SET timestamp=…;' stand in front of a statement in MySQL's slow log and are not it. */
export const isSetting = (b: Uint8Array, start: number, end: number): boolean =>
  startsWith(b, start, end, 'use ') || startsWith(b, start, end, 'SET timestamp=') || startsWith(b, start, end, 'SET last_insert_id=');
