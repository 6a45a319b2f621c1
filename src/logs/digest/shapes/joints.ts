import { colon, comma, dash, digit, dot, flagsOf, hexLetter, letter } from '#src/logs/digest/lines/byte-flags.ts';
import { isDigit, isHex, isSpace } from '#src/logs/digest/lines/bytes.ts';

/** A colon belongs to the word in 10.0.0.1:80, 12:30:01, ::1 and 0a:1b:2c, not in 'exit:1' or '80:Got'. */
export const joinsColon = (b: Uint8Array, i: number, to: number, flags: number): boolean => {
  if (i + 1 >= to) return false;
  const next = b[i + 1] as number;
  if (isDigit(next)) return (flags & digit) !== 0 || (flags & ~(hexLetter | colon)) === 0;
  if (flags & ~(hexLetter | digit | colon)) return false;
  if (next === 58) return (flags & (digit | colon)) !== 0;
  if (!((flagsOf[next] as number) & hexLetter)) return false;
  // 'fe:ab:…' of a hardware address may have no digit so far.
  if (isPair(b, i + 1) && (b[i + 3] === 58 || flags & colon) && isPair(b, i - 2)) return true;
  let k = i + 1;
  while (k < to && k < i + 6 && (flagsOf[b[k] as number] as number) & (hexLetter | digit)) k++;
  if (k - i > 5 || (b[k] !== 58 && (flagsOf[b[k] as number] as number) & letter)) return false;
  // 'fdab:cdef::1' has no digit so far either.
  return (flags & (digit | colon)) !== 0 || (b[k] === 58 && isFour(b, i - 4));
};

const isFour = (b: Uint8Array, i: number): boolean =>
  i >= 0 && isHex(b[i]) && isHex(b[i + 1]) && isHex(b[i + 2]) && isHex(b[i + 3]) && (i === 0 || flagsOf[b[i - 1] as number] === 0);

const isPair = (b: Uint8Array, i: number): boolean =>
  i >= 0 && isHex(b[i]) && isHex(b[i + 1]) && flagsOf[b[i + 2] as number] === 0 && (i === 0 || flagsOf[b[i - 1] as number] === 0);

/** 1,234,567 and 12:00:01,978 and lists without blanks: 10.0.0.1,10.0.0.2 is one value, however many there are. */
export const joinsComma = (b: Uint8Array, i: number, to: number, flags: number): boolean =>
  (flags & ~(digit | dot | comma | colon | dash)) === 0 && isDigit(b[i - 1]) && i + 1 < to && isDigit(b[i + 1]);

export const addressEnd = (b: Uint8Array, from: number, to: number): number => {
  let i = from;
  while (i < to && endsAddress[b[i] as number] === 0 && !(b[i] === 58 && isSpace(b[i + 1]))) i++;
  return i;
};

/** Blanks, quotes, closing brackets and what stands between the parts of a list. */
export const endsAddress = new Uint8Array(256).fill(1, 0, 33);
for (const c of Buffer.from('"\'`)]}><|;,')) endsAddress[c] = 1;

export const isTrailing = (c: number): boolean => c === 46 || c === 33 || c === 63 || c === 58 || c === 44 || c === 38;
