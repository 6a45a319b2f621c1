import { find, isDigit, isLetter, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';

// Where keys, strings and values of fields end, and which values are none.

const longestTag = 60;

export const isNothing = (b: Uint8Array, start: number, end: number): boolean =>
  startsWith(b, start, end, 'null') || startsWith(b, start, end, 'false');

export const isNull = (b: Uint8Array, start: number, end: number): boolean =>
  startsWith(b, start, end, 'null') && skipSpaces(b, start + 4, end) === end;

/** 'heroku[router]: at=info', 'app: {"level":': where the name in front of fields ends, or -1. */
export const endOfTag = (b: Uint8Array, from: number, end: number): number => {
  let i = from;
  const limit = Math.min(end - 2, from + longestTag);
  while (i < limit && (isLetter(b[i]) || isDigit(b[i]) || b[i] === 45 || b[i] === 46 || b[i] === 47)) i++;
  const name = i;
  if (b[i] === 91) while (i < limit && b[i - 1] !== 93) i++;
  if (name === from || b[i] !== 58 || b[i + 1] !== 32) return -1;
  const next = i + 2;
  if (b[next] === 123) return b[next + 1] === 34 ? i : -1;
  let key = next;
  while (key < end && key < next + 24 && isKeyByte(b[key] as number)) key++;
  return key > next && b[key] === 61 ? i : -1;
};

export const isKeyByte = (c: number): boolean => isLetter(c) || isDigit(c) || c === 95 || c === 46 || c === 45 || c === 64;

/** Where a JSON or logfmt string ends: its closing quote, or the end of what is there. */
export const stringEnd = (b: Uint8Array, from: number, end: number): number => {
  for (let i = from; i < end; i++) {
    if (b[i] === 92) i++;
    else if (b[i] === 34) return i;
  }
  return end;
};

/** Past a number, a literal, or a whole array or object; by counting, so that depth costs nothing. */
export const valueEnd = (b: Uint8Array, from: number, end: number): number => {
  let depth = 0;
  for (let i = from; i < end; i++) {
    const c = b[i];
    if (c === 34) i = stringEnd(b, i + 1, end);
    else if (c === 123 || c === 91) depth++;
    else if (c === 125 || c === 93) {
      if (depth === 0) return i;
      if (--depth === 0) return i + 1;
    } else if (c === 44 && depth === 0) return i;
  }
  return end;
};

export const lastCause = (b: Uint8Array, start: number, end: number): number => {
  let last = -1;
  for (let i = find(b, start, end, 'Caused by: '); i >= 0; i = find(b, i + 11, end, 'Caused by: ')) last = i;
  return last;
};
