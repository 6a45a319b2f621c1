import { isSpace } from '#src/logs/digest/lines/bytes.ts';

export const wordEnd = (b: Uint8Array, from: number, end: number): number => {
  let i = from;
  while (i < end && !isSpace(b[i])) i++;
  return i;
};

type TakeParameter = (nameStart: number, nameEnd: number, start: number, end: number) => void;

/** Past RFC 5424's structured data, '-' or '[id name="value" …]…', telling of each parameter; -1 when there is none. */
export const structuredDataEnd = (b: Uint8Array, from: number, end: number, take: TakeParameter): number => {
  if (b[from] === 45 && (from + 1 >= end || b[from + 1] === 32)) return from + 1;
  let i = from;
  while (i < end && b[i] === 91) {
    i = elementEnd(b, i, end, take);
    if (i < 0) return -1;
  }
  return i > from ? i : -1;
};

const elementEnd = (b: Uint8Array, open: number, end: number, take: TakeParameter): number => {
  let i = open + 1;
  while (i < end && b[i] !== 32 && b[i] !== 93) i++;
  while (i < end && b[i] === 32) {
    const name = ++i;
    while (i < end && b[i] !== 61) i++;
    if (b[i + 1] !== 34) return -1;
    const start = i + 2;
    let close = start;
    while (close < end && b[close] !== 34) close += b[close] === 92 ? 2 : 1;
    take(name, i, start, Math.min(close, end));
    i = close + 1;
  }
  return b[i] === 93 ? i + 1 : -1;
};
