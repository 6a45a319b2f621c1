import { find, isDigit, isLetter, skipSpaces, startsWith } from './bytes.ts';

// What collectors put around the lines of a program: a name in front, a stamp, a JSON object.

/** Past 'web-1  | ' of docker compose or '[pod/web-7d9f/app] ' of kubectl --prefix; `from` itself when there is no such name. */
export const nameEnd = (b: Uint8Array, from: number, limit: number): number => {
  if (b[from] === 91) {
    if (!startsWith(b, from, limit, '[pod/')) return from;
    const close = find(b, from, Math.min(limit, from + 160), ']');
    return close < 0 ? from : Math.min(limit, b[close + 1] === 32 ? close + 2 : close + 1);
  }
  let i = from;
  while (i < limit && i < from + 40 && (isLetter(b[i]) || isDigit(b[i]) || b[i] === 45 || b[i] === 95 || b[i] === 46)) i++;
  if (i === from || b[i] !== 32) return from;
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

/** Of Docker's json-file driver. */
export const isDockerLine = (b: Uint8Array, start: number, end: number): boolean => startsWith(b, start, end, '{"log":"');

/** The program's line in Docker's object, without its line end: its length in `target`. `isCut` of the result says that it had none. */
export const unwrapDocker = (b: Uint8Array, start: number, end: number, target: Uint8Array): { length: number; isCut: boolean } => {
  let length = 0;
  let i = start + 8;
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
  const isCut = target[length - 1] !== 10;
  while (length > 0 && (target[length - 1] === 10 || target[length - 1] === 13)) length--;
  target[length] = 10;
  return { length, isCut };
};
