/** A polynomial: one multiplication a byte, and `mix` spreads what it leaves to the low bits. */
export const base = 0x2c1b3c6d;

/** The hash by which values are told apart; a fixed function of the bytes, so that digests can be compared. */
export const hashValue = (b: Uint8Array, start: number, end: number): number => {
  let h = 0;
  for (let i = start; i < end; i++) h = (Math.imul(h, base) + (b[i] as number)) | 0;
  return h;
};
