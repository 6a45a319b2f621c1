import { createHead } from '#src/logs/digest/heads/head.ts';
import { readHead } from '#src/logs/digest/heads/read-head.ts';
import { createTimeReader } from '#src/logs/digest/heads/times.ts';
import { createLineReader } from '#src/logs/digest/lines/line-reader.ts';
import { createColumns } from '#src/logs/digest/records/columns.ts';
import { createRecordBuilder } from '#src/logs/digest/records/records.ts';

/** Bytes of a log, in its order; where `above` is there a segment begins with them. */
export type Piece = { bytes: Uint8Array; above: readonly Uint8Array[] | null };

export type Segmenter = {
  push(chunk: Uint8Array): Piece[];
  end(): Piece[];
};

export type SegmenterOptions = {
  /** So long a segment is at least, and hardly longer, unless no record begins; the first one, from which the others learn, a quarter of it. */
  segmentBytes: number;
  now?: number;
  maxLineBytes?: number;
};

/** Where a segment might end so many bytes are looked at; the second half of them may hold the cut. */
const windowBytes = 16 * 1024;
/** Of the log's beginning as much is shown to who reads a later segment. */
const firstBytes = 32 * 1024;
/** After so many windows in which no record begins it is cut between any two lines. */
const patience = 64;

/**
 * Cuts a log into segments by its bytes alone: the same log, the same segments, whoever reads them. A segment begins where a record does;
 * best one with a time of its own.
 */
export const createSegmenter = ({ segmentBytes, now, maxLineBytes = 16 * 1024 }: SegmenterOptions): Segmenter => {
  const cutIn = createCutFinder({ now, maxLineBytes });
  const beginning = Buffer.alloc(Math.min(firstBytes, segmentBytes >> 2));
  let begun = 0;
  let first: Buffer | null = null;
  const window = Buffer.alloc(windowBytes);
  let filled = 0;
  let size = segmentBytes - Math.floor(segmentBytes / 4);
  let misses = 0;

  const begin = (bytes: Uint8Array) => {
    begun += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).copy(beginning, begun);
  };

  const firstLines = (): Buffer => {
    if (!first) {
      first = beginning.subarray(0, beginning.lastIndexOf(10, begun - 1) + 1);
      cutIn(first);
    }
    return first;
  };

  /** What the window holds, cut where a segment ends in it. */
  const empty = (isEnd: boolean): Piece[] => {
    const bytes = Buffer.from(window.subarray(0, filled));
    const above = isEnd ? null : firstLines();
    const start = bytes.indexOf(10) + 1;
    const cut = above === null || start === 0 ? -1 : findCut(bytes, start);
    filled = 0;
    if (above === null || cut < 0) {
      size += bytes.length;
      return [{ bytes, above: null }];
    }
    misses = 0;
    size = bytes.length - cut;
    return [
      { bytes: bytes.subarray(0, cut), above: null },
      { bytes: bytes.subarray(cut), above: [above, bytes.subarray(start, cut)] },
    ];
  };

  const findCut = (bytes: Buffer, start: number): number => {
    const end = bytes.lastIndexOf(10) + 1;
    const at = cutIn(bytes.subarray(start, end), bytes.length / 2 - start);
    if (at >= 0) return start + at;
    if (++misses < patience) return -1;
    const line = bytes.indexOf(10, bytes.length / 2) + 1;
    return line > 0 && line < bytes.length ? line : -1;
  };

  return {
    push(chunk) {
      const pieces: Piece[] = [];
      if (begun < beginning.length) begin(chunk);
      let at = 0;
      while (at < chunk.length) {
        if (size < segmentBytes) {
          const to = Math.min(chunk.length, at + segmentBytes - size);
          pieces.push({ bytes: chunk.subarray(at, to), above: null });
          size += to - at;
          at = to;
          continue;
        }
        const to = Math.min(chunk.length, at + window.length - filled);
        window.set(chunk.subarray(at, to), filled);
        filled += to - at;
        at = to;
        if (filled === window.length) pieces.push(...empty(false));
      }
      return pieces;
    },
    end: () => (filled > 0 ? empty(true) : []),
  };
};

/** Where in these whole lines, from `from` on, a record begins; -1 if none does for sure. */
type CutFinder = (lines: Buffer, from?: number) => number;

const createCutFinder = ({ now, maxLineBytes }: { now: number | undefined; maxLineBytes: number }): CutFinder => {
  const times = createTimeReader(now);
  const head = createHead();
  let closed = 0;
  const builder = createRecordBuilder({ times, maxLineBytes, columns: createColumns(), take: () => void closed++ });
  return (lines, from = lines.length) => {
    let any = -1;
    let stamped = -1;
    const { push, end } = createLineReader({
      maxLineBytes,
      take(b, start, stop, dirty, isPart) {
        const before = closed;
        builder.line(b, start, stop, dirty, isPart);
        if (stamped >= 0 || closed === before || isPart || b !== lines || start < from) return;
        if (any < 0) any = start;
        readHead(b, start, stop, times, head);
        if (head.leading && head.hasTime) stamped = start;
      },
    });
    push(lines);
    end();
    builder.restart();
    return stamped >= 0 ? stamped : any;
  };
};
