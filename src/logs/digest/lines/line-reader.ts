import type { Lane } from '#src/logs/digest/shapes/lane.ts';
import { createEventSplitter, eventsReach, eventsStart } from './event-splitter.ts';
import { createLineCarry } from './line-carry.ts';

/**
 * One line of the log: its first `maxLineBytes` bytes without the line end. Valid until the current `push` returns. The byte
 * at `end` is a line end: readers may look one byte ahead without asking where the line stops. `isPart` says that it is a further
 * event of the line before, which held several.
 */
export type TakeLine = (bytes: Buffer, start: number, end: number, dirty: boolean, isPart: boolean) => void;

export type LineReader = {
  push(chunk: Uint8Array): void;
  /** Hands over a last line that has no newline. */
  end(): void;
  /** Bytes of long lines that were not handed over. */
  unread(): number;
};

/**
 * Lines of a byte stream cut anywhere. Lines end at \n alone, so that numbers agree with everybody else's; a \r before
 * it is dropped. `dirty` says that ESC, NUL or a lone \r is inside and that the line must be cleaned before it is read.
 * Memory is one line of `maxLineBytes`, whatever comes.
 */
export const createLineReader = ({
  maxLineBytes,
  take,
  lineEnd,
  takeMany,
}: {
  maxLineBytes: number;
  take: TakeLine;
  /** Where a line known before ends, or -1 to look for its \n: it must be clean, and a \n must follow somewhere. */
  lineEnd?: Lane['lineEnd'];
  /** Asked before each line: takes lines of those that begin here, up to the last \n, by itself; where the next one begins. */
  takeMany?: (bytes: Buffer, start: number, last: number) => number;
}): LineReader => {
  const carry = createLineCarry({ maxLineBytes, take });
  const splitter = createEventSplitter(carry);
  // A line may be longer than what is carried of it: an empty carry does not mean that no line is open.
  let state: 'none' | 'line' | 'events' = 'none';

  /** Goes on with the open line; true when it ends here. */
  const continueLine = (bytes: Buffer, stop: number, isEnd: boolean) => {
    let from = 0;
    if (state === 'line' && carry.length() < eventsReach && mayHoldEvents(carry.length() > 0 ? carry.bytes() : bytes, 0)) {
      // Whether it is a list of events is asked when enough of it is there, wherever it was cut.
      from = Math.min(stop, eventsReach - carry.length());
      carry.keep(bytes, 0, from);
      if (carry.length() >= eventsReach || isEnd) enterEvents();
    }
    if (state === 'events') splitter.feed(bytes, from, stop);
    else carry.keep(bytes, from, stop);
    if (isEnd) endLine();
  };

  const enterEvents = () => {
    const seen = carry.bytes();
    const events = eventsStart(seen, 0, seen.length);
    if (events < 0) return;
    const copy = Buffer.from(seen);
    carry.drop();
    state = 'events';
    splitter.begin();
    splitter.feed(copy, events, copy.length);
  };

  const endLine = () => {
    if (state === 'line' || !splitter.end()) carry.hand();
    state = 'none';
  };

  return {
    push(chunk) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const nextDirt = createDirtFinder(bytes);
      let start = 0;
      if (state !== 'none') {
        const newline = bytes.indexOf(10);
        continueLine(bytes, newline < 0 ? bytes.length : newline, newline >= 0);
        if (newline < 0) return;
        start = newline + 1;
      }
      const last = bytes.lastIndexOf(10);
      while (start <= last) {
        if (takeMany) start = takeMany(bytes, start, last);
        // Most lines read like one before, and need not be searched for their ends first.
        const known = lineEnd ? lineEnd(bytes, start) : -1;
        if (known >= 0 && known - start <= maxLineBytes && !(mayHoldEvents(bytes, start) && eventsStart(bytes, start, known) >= 0)) {
          take(bytes, start, known, false, false);
          start = known + (bytes[known] === 13 ? 2 : 1);
          continue;
        }
        const newline = bytes.indexOf(10, start);
        if (newline - start > maxLineBytes || (mayHoldEvents(bytes, start) && eventsStart(bytes, start, newline) >= 0)) {
          state = 'line';
          continueLine(bytes.subarray(start, newline), newline - start, true);
        } else {
          const end = newline > start && bytes[newline - 1] === 13 ? newline - 1 : newline;
          take(bytes, start, end, nextDirt(start) < end, false);
        }
        start = newline + 1;
      }
      if (start >= bytes.length) return;
      state = 'line';
      continueLine(bytes.subarray(start), bytes.length - start, false);
    },
    end() {
      if (state !== 'none') endLine();
    },
    unread: carry.lost,
  };
};

const mayHoldEvents = (b: Uint8Array, start: number): boolean => b[start] === 123 || b[start] === 91;

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
