// Small readers over the bytes of the window; as `lines/bytes.ts` and `lines/byte-flags.ts`.
import { flagsAt } from './layout';

export const hexLetter = 1;
export const otherLetter = 2;
export const letter = 3;
export const digit = 4;
export const dot = 8;
export const slash = 16;
export const dash = 32;
export const colon = 256;

export const num = 1;
export const hex = 2;
export const id = 3;
export const uuid = 4;
export const ip = 5;
export const path = 7;

/** Of the hash by which values are told apart. */
export const base: i32 = 0x2c1b3c6d;

@inline export function byte(i: i32): i32 { return <i32>load<u8>(i); }
@inline export function flagsOf(c: i32): i32 { return <i32>load<u16>((c << 1), flagsAt); }
@inline export function isDigit(c: i32): bool { return <u32>(c - 48) < 10; }
@inline export function isLetter(c: i32): bool { return <u32>((c | 32) - 97) < 26 || c >= 128; }
@inline export function isUpper(c: i32): bool { return <u32>(c - 65) < 26; }
@inline export function isHex(c: i32): bool { return isDigit(c) || <u32>((c | 32) - 97) < 6; }
@inline export function isSpace(c: i32): bool { return c == 32 || c == 9 || c == 13 || c == 11 || c == 12; }
@inline export function isLineEnd(c: i32): bool { return c == 10 || c == 13; }
@inline export function isTwo(i: i32): bool { return isDigit(byte(i)) && isDigit(byte(i + 1)); }
@inline export function two(i: i32): i32 { return (byte(i) - 48) * 10 + byte(i + 1) - 48; }

/** Murmur's finaliser. */
export function mix(hash: i32): i32 {
  let h = hash ^ (hash >>> 16);
  h = h * <i32>0x85ebca6b;
  h ^= h >>> 13;
  h = h * <i32>0xc2b2ae35;
  return h ^ (h >>> 16);
}
