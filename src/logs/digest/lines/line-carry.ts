import type { TakeLine } from './line-reader.ts';

/** Collects a line, or as much of it as is looked at, from pieces, and hands it over with a line end behind it. */
export type LineCarry = {
  length(): number;
  /** What was collected; readable until the next `keep`. */
  bytes(): Buffer;
  keep(bytes: Buffer, start: number, end: number): void;
  hand(isPart?: boolean): void;
  drop(): void;
  /** Bytes that found no room so far. */
  lost(): number;
};

export const createLineCarry = ({ maxLineBytes, take }: { maxLineBytes: number; take: TakeLine }): LineCarry => {
  let carry = Buffer.allocUnsafeSlow(1024);
  // A line handed over stays readable until the end of the push, although the next one is already being collected.
  let spare = Buffer.allocUnsafeSlow(1024);
  let carried = 0;
  let lost = 0;

  return {
    length: () => carried,
    bytes: () => carry.subarray(0, carried),
    keep(bytes, start, end) {
      const stop = Math.min(end, start + maxLineBytes - carried);
      lost += end - Math.max(start, stop);
      if (stop <= start) return;
      if (carried + stop - start >= carry.length) {
        const larger = Buffer.allocUnsafeSlow(Math.min(maxLineBytes, Math.max(carry.length * 2, carried + stop - start)) + 1);
        carry.copy(larger, 0, 0, carried);
        carry = larger;
      }
      carried += bytes.copy(carry, carried, start, stop);
    },
    hand(isPart = false) {
      carry[carried] = 10;
      const line = carry.subarray(0, carried);
      const end = carried > 0 && line[carried - 1] === 13 ? carried - 1 : carried;
      const cr = line.indexOf(13);
      take(carry, 0, end, line.includes(27) || line.includes(0) || (cr >= 0 && cr < end), isPart);
      // The record of the line handed over before this one has been closed or copied by now.
      [carry, spare] = [spare, carry];
      carried = 0;
    },
    drop() {
      carried = 0;
    },
    lost: () => lost,
  };
};
