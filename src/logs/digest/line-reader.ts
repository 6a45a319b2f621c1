/**
 * One line of the log: its first `maxLineBytes` bytes without the line end. Valid until the current `push` returns. The byte
 * at `end` is a line end: readers may look one byte ahead without asking where the line stops.
 */
export type TakeLine = (bytes: Buffer, start: number, end: number, dirty: boolean) => void;

export type LineReader = {
  push(chunk: Uint8Array): void;
  /** Hands over a last line that has no newline. */
  end(): void;
};

/**
 * Lines of a byte stream cut anywhere. Lines end at \n alone, so that numbers agree with everybody else's; a \r before
 * it is dropped. `dirty` says that ESC, NUL or a lone \r is inside and that the line must be cleaned before it is read.
 * Memory is one line of `maxLineBytes`, whatever comes.
 */
export const createLineReader = ({ maxLineBytes, take }: { maxLineBytes: number; take: TakeLine }): LineReader => {
  let carry = Buffer.allocUnsafeSlow(1024);
  // A carried line stays readable until the end of the push, although the next one is already being carried.
  let spare = Buffer.allocUnsafeSlow(1024);
  let carried = 0;
  // A line may be longer than what is carried of it: an empty carry does not mean that no line is open.
  let open = false;

  const keep = (bytes: Buffer, start: number, end: number) => {
    open = true;
    const stop = Math.min(end, start + maxLineBytes - carried);
    if (stop <= start) return;
    if (carried + stop - start >= carry.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(maxLineBytes, Math.max(carry.length * 2, carried + stop - start)) + 1);
      carry.copy(larger, 0, 0, carried);
      carry = larger;
    }
    carried += bytes.copy(carry, carried, start, stop);
  };

  const takeCarried = () => {
    carry[carried] = 10;
    const line = carry.subarray(0, carried);
    const end = carried > 0 && line[carried - 1] === 13 ? carried - 1 : carried;
    const cr = line.indexOf(13);
    take(carry, 0, end, line.includes(27) || line.includes(0) || (cr >= 0 && cr < end));
    // The record of the line handed out before this one has been closed or copied by now.
    [carry, spare] = [spare, carry];
    carried = 0;
    open = false;
  };

  return {
    push(chunk) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const nextDirt = createDirtFinder(bytes);
      let start = 0;
      if (open) {
        const newline = bytes.indexOf(10);
        keep(bytes, 0, newline < 0 ? bytes.length : newline);
        if (newline < 0) return;
        takeCarried();
        start = newline + 1;
      }
      for (;;) {
        const newline = bytes.indexOf(10, start);
        if (newline < 0) break;
        if (newline - start > maxLineBytes) {
          keep(bytes, start, newline);
          takeCarried();
        } else {
          const end = newline > start && bytes[newline - 1] === 13 ? newline - 1 : newline;
          take(bytes, start, end, nextDirt(start) < end);
        }
        start = newline + 1;
      }
      if (start < bytes.length) keep(bytes, start, bytes.length);
    },
    end() {
      if (open) takeCarried();
    },
  };
};

/** Native searches tell where the next ESC, NUL or CR is; most lines then need no look of their own. */
const createDirtFinder = (bytes: Buffer): ((from: number) => number) => {
  const next = [-1, -1, -1];
  const marks = [27, 0, 13];
  const seek = (k: number, from: number): number => {
    if ((next[k] as number) >= from) return next[k] as number;
    const at = bytes.indexOf(marks[k] as number, from);
    return (next[k] = at < 0 ? Number.MAX_SAFE_INTEGER : at);
  };
  return (from) => Math.min(seek(0, from), seek(1, from), seek(2, from));
};
