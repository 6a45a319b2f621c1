import { find, isDigit, isLetter, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';

// What collectors put around the lines of a program: a name in front, a stamp, a JSON object.

/** Past 'web-1  | ' of docker compose or '[pod/web-7d9f/app] ' of kubectl --prefix; `from` itself when there is no such name. */
export const nameEnd = (b: Uint8Array, from: number, limit: number): number => {
  if (b[from] === 91) {
    if (!startsWith(b, from, limit, '[pod/')) return from;
    const close = find(b, from, Math.min(limit, from + 160), ']');
    return close < 0 ? from : Math.min(limit, b[close + 1] === 32 ? close + 2 : close + 1);
  }
  let i = from;
  while (i < limit && isDigit(b[i])) i++;
  // '42 |     let x = 1;' of an excerpt has a line's number there.
  const letters = i;
  while (i < limit && i < from + 40 && (isLetter(b[i]) || isDigit(b[i]) || b[i] === 45 || b[i] === 95 || b[i] === 46)) i++;
  if (i === letters || b[i] !== 32) return from;
  i = skipSpaces(b, i, limit);
  return b[i] === 124 && (i + 1 >= limit || b[i + 1] === 32) ? Math.min(limit, i + 2) : from;
};

export type Part = 'none' | 'stdout' | 'stderr';

/** '2024-03-01T10:00:00.000000000Z stdout P …': the container runtime cut a long line, and its next part comes on the next. */
export const partOf = (b: Uint8Array, start: number, end: number): Part => {
  const stream = b[start + 10] === 84 ? streamAt(b, start, end) : -1;
  if (stream < 0 || b[stream + 7] !== 80 || b[stream + 8] !== 32) return 'none';
  return b[stream + 3] === 111 ? 'stdout' : 'stderr';
};

/** Is this line of that stream, whole or in parts? */
export const isOfStream = (b: Uint8Array, start: number, end: number, stream: Part): boolean => {
  const at = streamAt(b, start, end);
  return at >= 0 && startsWith(b, at, end, stream);
};

const streamAt = (b: Uint8Array, start: number, end: number): number => {
  const at = find(b, start + 19, Math.min(end, start + 45), ' std');
  return at < 0 ? -1 : at + 1;
};

/** Of Docker's json-file driver, also as other tools print it again: with spaces, or with the line behind stream and time. */
export const isDockerLine = (b: Uint8Array, start: number, end: number): boolean => b[start] === 123 && dockerTextAt(b, start, end) > 0;

/** Where the program's line begins in the object, or -1. */
const dockerTextAt = (b: Uint8Array, start: number, end: number): number => {
  const key = skipSpaces(b, start + 1, end);
  if (startsWith(b, key, end, '"log"')) return valueAt(b, key + 5, end);
  if (!startsWith(b, key, end, '"stream"') && !startsWith(b, key, end, '"time"')) return -1;
  const log = find(b, key, Math.min(end, key + furthestKey), '"log"');
  return log > 0 && dockerStreamAt(b, start, end) > 0 ? valueAt(b, log + 5, end) : -1;
};

const furthestKey = 160;

/** Behind the colon and the quotation mark that opens a string. */
const valueAt = (b: Uint8Array, from: number, end: number): number => {
  const colon = skipSpaces(b, from, end);
  if (b[colon] !== 58) return -1;
  const quote = skipSpaces(b, colon + 1, end);
  return b[quote] === 34 ? quote + 1 : -1;
};

const dockerStreamAt = (b: Uint8Array, start: number, end: number): number => {
  const key = find(b, start, end, '"stream"');
  const at = key > 0 ? valueAt(b, key + 8, end) : -1;
  return at > 0 && startsWith(b, at, end, 'std') ? at : -1;
};

/** What one program writes to two streams are two texts. */
export const dockerStream = (b: Uint8Array, start: number, end: number): Part => {
  const at = dockerStreamAt(b, start, end);
  return at < 0 ? 'none' : b[at + 3] === 111 ? 'stdout' : 'stderr';
};

/** Past 'app[12]:', the program and process that syslog names in front of a message; `from` itself when nothing like it stands there. */
export const tagEnd = (b: Uint8Array, from: number, end: number): number => {
  const limit = Math.min(end, from + longestTag);
  let i = from;
  while (i < limit && (isLetter(b[i]) || isDigit(b[i]) || b[i] === 45 || b[i] === 46 || b[i] === 47 || b[i] === 95)) i++;
  if (i === from || (!isLetter(b[from]) && b[from] !== 47)) return from;
  // Logcat pads its tags.
  if (b[i] === 32 && i - from < paddedTag && b[from + paddedTag] === 58) i = skipSpaces(b, i, limit);
  if (b[i] === 40 || b[i] === 91) while (i < limit && b[i] !== 58 && b[i] !== 32) i++;
  return b[i] === 58 && (i + 1 >= end || b[i + 1] === 32 || b[i + 1] === 9) ? i + 1 : from;
};

const longestTag = 80;
const paddedTag = 8;

/** The program's line in Docker's object, without its line end: its length in `target`. `isCut` of the result says that it had none. */
export const unwrapDocker = (b: Uint8Array, start: number, end: number, target: Uint8Array): { length: number; isCut: boolean } => {
  let length = 0;
  const from = dockerTextAt(b, start, end);
  let i = from;
  for (; i < end && b[i] !== 34; i++) {
    let c = b[i] as number;
    if (c === 92) {
      c = b[++i] as number;
      if (c === 117) {
        // Control characters and, in HTML-safe form, '<', '>' and '&'.
        c = Number.parseInt(String.fromCharCode(...b.subarray(i + 3, i + 5)), 16) || 32;
        i += 4;
      } else c = c === 110 ? 10 : c === 116 ? 9 : c === 114 ? 13 : c;
    }
    target[length++] = c;
  }
  // Who prints it again may leave the line's end out.
  const isCut = target[length - 1] !== 10 && from === start + 8;
  while (length > 0 && (target[length - 1] === 10 || target[length - 1] === 13)) length--;
  target[length] = 10;
  return { length, isCut };
};
