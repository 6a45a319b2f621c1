import { createTimeMemory, type TimeMemory } from '#src/logs/digest/heads/times.ts';
import {
  clocksAt,
  countAt,
  leafAt,
  scanBytes,
  scanCode,
  scanEnd,
  scanKind,
  scansAt,
  scanValue,
  timesAt,
  windowAt,
  windowBytes,
} from '#src/logs/digest/native/layout.ts';
import { giveBack, type Machine, takeMachine } from '#src/logs/digest/native/machine.ts';
import { headReach, longestScan, reachOf, type Scan, scanLine } from './scan.ts';
import { readOtherWord } from './shape-forms.ts';
import { isSure } from './shape-joints.ts';
import { createNodes } from './shape-nodes.ts';

/**
 * Scans a line that reads like one before, at the price of comparing it. Lines of a log differ in their variables; what stands between them
 * is the same over and over. The tree holds what stood between them, byte for byte: text, then a variable of some kind, then more text, to
 * the end of the line, where the signature is known. A line is led down the tree, which `native/follow.as` does; its text is only compared, its variables
 * are read by the rules of `scanLine`, and nothing is said of it but what `scanLine` would say: text that is the same byte for byte is made of the same
 * words, as long as no word at its edges goes by what is beyond them. Lines of which that is not sure are not taken in (`isSure`).
 */
export type ShapeTree = {
  machine: Machine;
  /** Two, to be read into. */
  scans: [Scan, Scan];
  /** For readers of times, and of clocks in messages: where the machine reads them, too. */
  times: TimeMemory;
  clocks: TimeMemory;
  /**
   * As `scanLine`, of the line that begins here, wherever its \n is: there must be one. Where the line ends, without \n or \r\n; -1 when
   * the tree does not know it. A line that is known has no \r of its own, nor ESC, nor NUL. These bytes stay as they are.
   */
  follow(b: Buffer, from: number, scan: Scan): number;
  /** As `follow`, of a line whose end is known; other bytes may stand there next time. */
  followLine(b: Buffer, from: number, end: number, scan: Scan): number;
  /** Takes in a line that `scanLine` read, the second time that its signature came: most of a messy log come once. */
  add(b: Uint8Array, scan: Scan): void;
  /** Where the stretch of the log is that has this byte, and as much of it as a known line may have behind it: what is to be added to its places. */
  stretch(b: Buffer, from: number): number;
  /** No line that begins behind it is in that stretch for sure. */
  lastStart(): number;
  root(): number;
  /** The tree was begun anew: what is kept of leaves is void. */
  onRestart(listener: () => void): void;
  /** Nobody asks any more: another log may have the machine. */
  release(): void;
};

/** Where a line ends, and its signature is known. */
export type Leaf = {
  low: number;
  high: number;
  /** Whoever asks for lines of one signature may keep here what they know of them. */
  note: unknown;
};

export const createShapeTree = (): ShapeTree => {
  const machine = takeMachine();
  const { bytes, cells, buffer } = machine;
  const nodes = createNodes(machine);
  let leaves: Leaf[] = [];
  const scans: [Scan, Scan] = [createScanAt(buffer, scansAt), createScanAt(buffer, scansAt + scanBytes)];
  let restarted = () => {};
  // Signatures that came once, and as their complement those that came again: they are tried one time.
  const seen = new Int32Array(1 << 12);
  // The stretch of the log that the machine has: whose it is, where it begins there, and from where to where known lines may begin.
  let viewed: Buffer | null = null;
  let shift = 0;
  let firstStart = 0;
  let lastStart = -1;
  let isReleased = false;

  machine.readOther = (variable, from, start) =>
    readOtherWord(machine, nodes.take, variable, viewed as Buffer, from - shift, start - shift, shift);

  const view = (b: Buffer, from: number, to: number) => {
    // Somebody else may have the machine.
    if (isReleased) throw new Error('Nothing is read after the end of a log.');
    const stop = Math.min(to, from + windowBytes);
    b.copy(bytes, windowAt, from, stop);
    // Whatever is read ends here.
    bytes[windowAt + stop - from] = 10;
    viewed = b;
    shift = windowAt - from;
    firstStart = from;
    lastStart = stop === to ? to - 1 : stop - longestScan - 16;
  };

  const stretch = (b: Buffer, from: number): number => {
    if (b !== viewed || from < firstStart || from > lastStart) view(b, from, b.length);
    return shift;
  };

  const follow = (b: Buffer, from: number, scan: Scan): number => {
    const end = machine.follow(nodes.root(), from + shift, scan.address, shift);
    if (end < 0) return -1;
    const leaf = cells[leafAt >> 2] as number;
    const known = leaves[cells[leaf >> 2] as number] as Leaf;
    scan.base = from;
    scan.length = end - shift - from;
    scan.count = cells[countAt >> 2] as number;
    scan.leafAt = leaf;
    scan.leaf = known;
    scan.low = known.low;
    scan.high = known.high;
    scan.reach = 0;
    if (scan.length > headReach) {
      scan.reach = reachOf(b, scan);
      scan.high ^= scan.reach;
      scan.leaf = null;
    }
    return end - shift;
  };

  const restart = () => {
    nodes.restart();
    leaves = [];
    for (const scan of scans) scan.leafAt = 0;
    restarted();
  };

  return {
    machine,
    scans,
    times: createTimeMemory(buffer, timesAt),
    clocks: createTimeMemory(buffer, clocksAt),
    follow(b, from, scan) {
      stretch(b, from);
      return follow(b, from, scan);
    },
    followLine(b, from, end, scan) {
      view(b, from, Math.min(b.length, end + 2));
      const found = follow(b, from, scan);
      viewed = null;
      return found;
    },
    add(b, scan) {
      const slot = scan.low & (seen.length - 1);
      const isSecond = seen[slot] === scan.high;
      if (!isSecond && seen[slot] !== ~scan.high) seen[slot] = scan.high;
      if (!isSecond) return;
      seen[slot] = ~scan.high;
      if (!isSure(b, scan)) return;
      // The log has become another.
      if (nodes.isFull()) restart();
      const { base: from, count, start, end, code } = scan;
      let text = nodes.root();
      let at = from;
      for (let k = 0; k < count; k++) {
        const stop = start[k] as number;
        text = nodes.growVariable(nodes.grow(text, b, at, stop), b.subarray(at, stop), code[k] as number);
        at = end[k] as number;
      }
      nodes.endLine(nodes.grow(text, b, at, from + scan.length), leaves.length);
      leaves.push({ low: scan.low, high: scan.high ^ reachOf(b, scan), note: null });
    },
    stretch,
    lastStart: () => lastStart,
    root: nodes.root,
    onRestart(listener) {
      restarted = listener;
    },
    release() {
      if (isReleased) return;
      isReleased = true;
      restart();
      viewed = null;
      machine.readOther = () => 0;
      giveBack(machine);
    },
  };
};

/** A scan whose arrays are those that the machine writes. */
const createScanAt = (buffer: ArrayBuffer, address: number): Scan => {
  const array = (offset: number) => new Int32Array(buffer, address + offset, scanEnd / 4);
  return {
    address,
    base: 0,
    length: 0,
    count: 0,
    start: array(0),
    end: array(scanEnd),
    kind: new Uint8Array(buffer, address + scanKind, scanEnd / 4),
    code: array(scanCode),
    value: array(scanValue),
    low: 0,
    high: 0,
    leaf: null,
    leafAt: 0,
    reach: 0,
    shape: null,
    guard: 0,
  };
};

export type LineScanner = {
  /** Where the line that begins here ends, if it is one that the tree knows, and -1 else; `scan` is not asked again. A \n must follow. */
  lineEnd(b: Buffer, from: number, scan: Scan): number;
  /** As `scanLine`, and remembers what it read. */
  scan(b: Buffer, start: number, end: number, scan: Scan): boolean;
};

export const createLineScanner = (tree: ShapeTree): LineScanner => {
  // Where the tree was followed last, and where the line ends; -1 when it is none that the tree knows.
  let followed: Buffer | null = null;
  let followedFrom = 0;
  let followedTo = -1;

  return {
    lineEnd(b, from, scan) {
      followed = b;
      followedFrom = from;
      followedTo = tree.follow(b, from, scan);
      return followedTo;
    },
    scan(b, start, end, scan) {
      const to = followed === b && followedFrom === start ? followedTo : tree.followLine(b, start, end, scan);
      followed = null;
      if (to === end) return true;
      if (!scanLine(b, start, end, scan)) return false;
      tree.add(b, scan);
      return true;
    },
  };
};
