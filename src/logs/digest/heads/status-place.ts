import { flagsOf } from '#src/logs/digest/lines/byte-flags.ts';
import { isDigit, isUpper, skipSpaces } from '#src/logs/digest/lines/bytes.ts';

/** Three digits from 100 to 599, and no fourth. */
const isStatus = (b: Uint8Array, i: number, end: number): boolean =>
  i + 3 <= end && (b[i] as number) > 48 && (b[i] as number) < 54 && isDigit(b[i + 1]) && isDigit(b[i + 2]) && !isDigit(b[i + 3]);

/** '| 200 | 1.27ms | …', as Gin writes behind the time: at the bar. */
export const isStatusColumn = (b: Uint8Array, from: number, end: number): boolean => {
  const bar = skipSpaces(b, from, end);
  if (b[bar] !== 124) return false;
  const at = skipSpaces(b, bar + 1, end);
  return isStatus(b, at, end) && b[skipSpaces(b, at + 3, end)] === 124;
};

/** 'GET ' in front of what begins there, within the text. */
export const isAsked = (b: Uint8Array, from: number, start: number): boolean => {
  let i = start - 1;
  while (i > from && flagsOf[b[i] as number] === 0) i--;
  return i > from && isUpper(b[i]) && isUpper(b[i - 1]);
};

/** 'GET', 'DELETE': a path behind it is asked for, and a status may follow. */
export const isMethod = (b: Uint8Array, start: number, end: number): boolean => {
  const length = end - start;
  if (length < 3 || length > 7) return false;
  let packed = 0;
  for (let i = start; i < end; i++) packed = packed * 256 + (b[i] as number);
  return methods.has(packed);
};

const methods = new Set(
  ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].map((name) => {
    let packed = 0;
    for (const c of Buffer.from(name)) packed = packed * 256 + c;
    return packed;
  }),
);

/** '0/0/30/69/109', '0/-1/-1/-1/0': haproxy's five times of a request; its status stands behind them. */
export const isTimings = (b: Uint8Array, start: number, end: number): boolean => {
  let slashes = 0;
  for (let i = start; i < end; i++) {
    if (b[i] === 47) slashes++;
    else if (!isDigit(b[i]) && b[i] !== 45 && b[i] !== 43) return false;
  }
  return slashes === 4;
};
