import { reachOf, type Scan, scanLine } from './scan.ts';
import { follow } from './shape-follow.ts';
import { isSure } from './shape-joints.ts';
import { behindOther, branches, createText, createTree, createVariable, isFresh, setNext, split, type Text, write } from './shape-nodes.ts';

/**
 * Scans a line that reads like one before, at the price of comparing it. Lines of a log differ in their variables; what stands between them
 * is the same over and over. The tree holds what stood between them, byte for byte: text, then a variable of some kind, then more text, to
 * the end of the line, where the signature is known. A line is led down the tree; its text is only compared, its variables are read by the
 * rules of `scanLine`, and nothing is said of it but what `scanLine` would say: text that is the same byte for byte is made of the same words,
 * as long as no word at its edges goes by what is beyond them. Lines of which that is not sure are not taken in (`isSure`).
 */
export type ShapeTree = {
  /**
   * As `scanLine`, of the line that begins here, wherever its \n is: there must be one. Where the line ends, without \n or \r\n; -1 when
   * the tree does not know it. A line that is known has no \r of its own, nor ESC, nor NUL.
   */
  follow(b: Uint8Array, from: number, scan: Scan): number;
  /** Takes in a line that `scanLine` read, the second time that its signature came: most of a messy log come once. */
  add(b: Uint8Array, scan: Scan): void;
};

export type LineScanner = {
  /** Where the line that begins here ends, if it is one that the tree knows, and -1 else; `scan` is not asked again. A \n must follow. */
  lineEnd(b: Buffer, from: number, scan: Scan): number;
  /** As `scanLine`, and remembers what it read. */
  scan(b: Buffer, start: number, end: number, scan: Scan): boolean;
};

export const createLineScanner = (): LineScanner => {
  const tree = createShapeTree();
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

  return {
    lineEnd: follow,
    scan(b, start, end, scan) {
      const to = followed === b && followedFrom === start ? followedTo : follow(b, start, scan);
      followed = null;
      if (to === end) return true;
      if (!scanLine(b, start, end, scan)) return false;
      tree.add(b, scan);
      return true;
    },
  };
};

/** Beyond it the tree is begun anew: the log has become another. */
const maxBytes = 4 << 20;
/** Of a piece of text without its bytes, about. */
const overhead = 200;

export const createShapeTree = (): ShapeTree => {
  const tree = createTree();
  // Signatures that came once, and as their complement those that came again: they are tried one time.
  const seen = new Int32Array(1 << 12);

  const copy = (b: Uint8Array, from: number, to: number): number => {
    const at = write(tree, to - from);
    for (let k = from; k < to; k++) tree.letters[at + k - from] = b[k] as number;
    return at;
  };

  /** The end of the text when it is led on from here, by what is there and what has to be. */
  const grow = (start: Text, b: Uint8Array, from: number, to: number): Text => {
    let node = start;
    let i = from;
    for (;;) {
      let k = node.from;
      while (k < node.to && i < to && tree.letters[k] === b[i]) {
        k++;
        i++;
      }
      if (k < node.to) {
        tree.size += overhead;
        split(node, k, tree.letters[k] as number);
      }
      if (i === to) return node;
      const c = b[i] as number;
      const next = node.first === c ? node.next : (node.others?.[c] ?? null);
      if (next) {
        node = next;
        continue;
      }
      const at = copy(b, i, to);
      if (isFresh(node)) {
        node.from = at;
        node.to = at + to - i;
        return node;
      }
      tree.size += overhead;
      if (node.next && !node.others) tree.size += branches * 8;
      const added = createText(at, at + to - i);
      setNext(node, c, added);
      return added;
    }
  };

  const growVariable = (node: Text, text: Uint8Array, code: number): Text => {
    if (!node.variable) {
      tree.size += overhead;
      node.variable = createVariable(text, code);
    }
    const { variable } = node;
    if (variable.code === code) return variable.behind;
    const known = behindOther(variable, code);
    if (known !== null) return known;
    const then = createText(0, 0);
    tree.size += overhead;
    variable.otherCodes.push(code);
    variable.others.push(then);
    return then;
  };

  return {
    add(b, scan) {
      const slot = scan.low & (seen.length - 1);
      const isSecond = seen[slot] === scan.high;
      if (!isSecond && seen[slot] !== ~scan.high) seen[slot] = scan.high;
      if (!isSecond) return;
      seen[slot] = ~scan.high;
      if (!isSure(b, scan)) return;
      if (tree.size > maxBytes) [tree.root, tree.size, tree.lettered] = [createText(0, 0), 0, 0];
      const { base: from, count, start, end, code } = scan;
      let node = tree.root;
      let at = from;
      for (let k = 0; k < count; k++) {
        const stop = start[k] as number;
        node = growVariable(grow(node, b, at, stop), b.subarray(at, stop), code[k] as number);
        at = end[k] as number;
      }
      node = grow(node, b, at, from + scan.length);
      node.end = { low: scan.low, high: scan.high ^ reachOf(b, scan), note: null };
    },

    follow: (b, from, scan) => follow(tree, b, from, scan),
  };
};
