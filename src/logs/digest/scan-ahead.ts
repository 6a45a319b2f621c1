import { createScan, type Scan, scanLine } from './scan.ts';
import { createLineScanner, createShapeTree } from './shape-tree.ts';

/**
 * What `scanLine` says of each whole line of a chunk, found before its turn came, and perhaps on another thread: it goes by the bytes of a
 * line and nothing else, so it does not matter who scans it, or whether anyone does before the digester asks.
 */
export type Ahead = {
  /** Of each line: where it starts and ends, its signature in two halves, its first place, and how many; -1 of a line too long to scan. */
  lines: Int32Array<ArrayBuffer>;
  /** Of each variable: where it starts and ends, its value. */
  places: Int32Array<ArrayBuffer>;
  kinds: Uint8Array<ArrayBuffer>;
};

const perLine = 6;
const perPlace = 3;

/** Scans the whole lines of a chunk. The first one may be the rest of a line; nobody will ask for it. */
export const createAheadScanner = () => {
  const scanLine = createLineScanner();
  const scan = createScan();
  return (chunk: Buffer): Ahead => scanAhead(chunk, scanLine, scan);
};

const scanAhead = (chunk: Buffer, scanLine: ReturnType<typeof createLineScanner>, scan: Scan): Ahead => {
  let lines = new Int32Array((chunk.length >> 6) * perLine + perLine);
  let places = new Int32Array((chunk.length >> 4) * perPlace + perPlace);
  let kinds = new Uint8Array(places.length / perPlace);
  let line = 0;
  let place = 0;
  let start = 0;
  for (let newline = chunk.indexOf(10); newline >= 0; newline = chunk.indexOf(10, start)) {
    const end = newline > start && chunk[newline - 1] === 13 ? newline - 1 : newline;
    const count = scanLine(chunk, start, end, scan) ? scan.count : -1;
    if (line + perLine > lines.length) lines = larger(lines);
    lines[line] = start;
    lines[line + 1] = end;
    lines[line + 2] = scan.low;
    lines[line + 3] = scan.high;
    lines[line + 4] = place;
    lines[line + 5] = count;
    line += perLine;
    while ((place + count) * perPlace > places.length) [places, kinds] = [larger(places), larger(kinds)];
    for (let k = 0; k < count; k++, place++) {
      places[place * perPlace] = scan.start[k] as number;
      places[place * perPlace + 1] = scan.end[k] as number;
      places[place * perPlace + 2] = scan.value[k] as number;
      kinds[place] = scan.kind[k] as number;
    }
    start = newline + 1;
  }
  return { lines: lines.subarray(0, line), places, kinds };
};

const larger = <T extends Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(array: T): T => {
  const grown = (array instanceof Int32Array ? new Int32Array(array.length * 2) : new Uint8Array(array.length * 2)) as T;
  grown.set(array);
  return grown;
};

/** Hands out lines in their order: those scanned ahead, those that the tree knows, and all others. */
export const createAheadReader = () => {
  const tree = createShapeTree();
  let bytes: Buffer | null = null;
  let ahead: Ahead | null = null;
  let at = 0;
  // Where the tree was followed last, and where the line ends; -1 when it is none that the tree knows.
  let followed: Buffer | null = null;
  let followedFrom = 0;
  let followedTo = -1;

  const follow = (b: Buffer, from: number, scan: Scan): number => {
    followed = b;
    followedFrom = from;
    followedTo = tree.follow(b, from, scan);
    return followedTo;
  };

  const scanOne = (b: Buffer, start: number, end: number, scan: Scan): boolean => {
    const to = followed === b && followedFrom === start ? followedTo : follow(b, start, scan);
    followed = null;
    if (to === end) return true;
    if (!scanLine(b, start, end, scan)) return false;
    tree.add(b, scan);
    return true;
  };

  return {
    begin(chunk: Buffer, scanned: Ahead | null) {
      [bytes, ahead, at] = [chunk, scanned, 0];
    },
    /** Where the line that begins here ends, if it is one that the tree knows: `scan` is not asked again. A \n must follow. */
    lineEnd: (b: Buffer, from: number, scan: Scan): number => (ahead === null ? follow(b, from, scan) : -1),
    /** As `scanLine`. */
    scan(b: Buffer, start: number, end: number, scan: Scan): boolean {
      if (ahead === null || b !== bytes) return scanOne(b, start, end, scan);
      const { lines, places, kinds } = ahead;
      while (at < lines.length && (lines[at] as number) < start) at += perLine;
      if (lines[at] !== start || lines[at + 1] !== end) return scanOne(b, start, end, scan);
      const count = lines[at + 5] as number;
      if (count < 0) return false;
      scan.base = start;
      scan.length = end - start;
      scan.count = count;
      scan.low = lines[at + 2] as number;
      scan.high = lines[at + 3] as number;
      scan.leaf = null;
      const first = lines[at + 4] as number;
      for (let k = 0, place = first * perPlace; k < count; k++, place += perPlace) {
        scan.start[k] = places[place] as number;
        scan.end[k] = places[place + 1] as number;
        scan.value[k] = places[place + 2] as number;
        scan.kind[k] = kinds[first + k] as number;
      }
      return true;
    },
  };
};
