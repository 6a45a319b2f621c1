import { digit, flagsOf, slash } from './byte-flags.ts';
import { isDigit } from './bytes.ts';
import { duration, hex, id, kinds, num, path, size as sizeKind, url, word } from './kinds.ts';
import { addressRead, afterOf, pathRead, readAddress, readId, readPath } from './known-words.ts';
import { looksNamed } from './named-words.ts';
import { headReach, isQuote, kindSeen, longestScan, reachOf, readKind, type Scan, scanLine } from './scan.ts';
import { isSure, joinsAlike } from './shape-joints.ts';
import { asId, branches, byForm, createText, createVariable, isFresh, setNext, split, type Text, type Variable } from './shape-nodes.ts';
import { base } from './value-hash.ts';
import { wordRead } from './words.ts';

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

/** As `scanLine`, and remembers what it read. */
export const createLineScanner = (tree: ShapeTree = createShapeTree()): typeof scanLine => {
  return (b, from, to, scan) => {
    if (tree.follow(b, from, scan) === to) return true;
    if (!scanLine(b, from, to, scan)) return false;
    tree.add(b, scan);
    return true;
  };
};

/** Beyond it the tree is begun anew: the log has become another. */
const maxBytes = 4 << 20;
/** Of a piece of text without its bytes, about. */
const overhead = 200;
const longestForm = 64;

export const createShapeTree = (): ShapeTree => {
  let root = createText(0, 0);
  let size = 0;
  /** All bytes of texts and forms. */
  let letters = new Uint8Array(1 << 10);
  let lettersView = new DataView(letters.buffer);
  let lettered = 0;
  // The chunk looked at last, to be read four bytes at a time.
  let viewed: Uint8Array | null = null;
  let view: DataView = lettersView;
  // Signatures that came once, and as their complement those that came again: they are tried one time.
  const seen = new Int32Array(1 << 12);

  const write = (length: number): number => {
    const from = lettered;
    lettered += length;
    while (lettered > letters.length) {
      const larger = new Uint8Array(letters.length * 2);
      larger.set(letters);
      letters = larger;
      lettersView = new DataView(letters.buffer);
    }
    size += length;
    return from;
  };

  const copy = (b: Uint8Array, from: number, to: number): number => {
    const at = write(to - from);
    for (let k = from; k < to; k++) letters[at + k - from] = b[k] as number;
    return at;
  };

  /** The end of the text when it is led on from here, by what is there and what has to be. */
  const grow = (start: Text, b: Uint8Array, from: number, to: number): Text => {
    let node = start;
    let i = from;
    for (;;) {
      let k = node.from;
      while (k < node.to && i < to && letters[k] === b[i]) {
        k++;
        i++;
      }
      if (k < node.to) {
        size += overhead;
        split(node, k, letters[k] as number);
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
      size += overhead;
      if (node.next && !node.others) size += branches * 8;
      const added = createText(at, at + to - i);
      setNext(node, c, added);
      return added;
    }
  };

  const growVariable = (node: Text, text: Uint8Array, code: number): Text => {
    if (!node.variable) {
      size += overhead;
      node.variable = createVariable(text, code);
    }
    const { variable } = node;
    if (variable.code === code) return variable.behind;
    variable.others ??= new Map();
    let then = variable.others.get(code);
    if (!then) {
      then = createText(0, 0);
      size += overhead;
      variable.others.set(code, then);
    }
    return then;
  };

  const keepForm = (variable: Variable, b: Uint8Array, start: number, end: number, code: number, hasSlash: boolean): void => {
    const after = afterOf(b, end);
    const length = end - start;
    const isHex = ((b[start + 1] as number) | 32) === 120;
    // 'sha256' and '0x10' go by which digit it is.
    if (after < 0 || length > longestForm || (isHex && b[start] !== 48) || looksNamed(b, start, end)) return;
    const isAddress = hasSlash && b[start] === 47;
    const next = b[end] as number;
    if (isAddress ? !isBlankOrEnd(next) : hasSlash && (b[start] === 72 || !isPlainKind[code & 15])) return;
    for (let k = start; hasSlash && k < end; k++) if (b[k] === 92) return;
    if (variable.form < 0) variable.form = write(longestForm);
    for (let k = 0; k < length; k++) letters[variable.form + k] = noughts[b[start + k] as number] as number;
    variable.way = byForm;
    variable.formLength = length;
    variable.formLead = isUnit[code & 15] === 1 ? leadOf(b, start, end) : 0;
    variable.formFirst = isHex ? 48 : 0;
    variable.formAfter = after;
    variable.formCode = code;
    variable.formHasSlash = hasSlash;
    variable.formIsPath = isAddress;
  };

  /** Reads what is neither a number nor of the form of the word before, and leaves it in `other`; false when it is no variable for sure. */
  const readOther = (variable: Variable, b: Uint8Array, from: number, start: number, to: number): boolean => {
    if (readAddress(b, start)) return setOther(addressRead.code, addressRead.end, addressRead.hash, b[start] === 47);
    if (readPath(b, start)) return setOther(pathRead.code, pathRead.end, pathRead.hash, true);
    if (!variable.isQuoted && mayBeId[variable.code & 15] === 1 && readId(b, start)) {
      variable.way = asId;
      return setOther(wordRead.flags * 16 + wordRead.kind, wordRead.end, wordRead.hash, false);
    }
    const kind = readKind(b, from, start, to);
    const { end, hash, flags } = wordRead;
    const hasSlash = (flags & slash) !== 0;
    if (kind === word || (hasSlash && flagsOf[b[end - 1] as number] === 0)) return false;
    setOther(kindSeen.detail * 16 + kind, end, hash, hasSlash);
    keepForm(variable, b, start, end, other.code, hasSlash);
    return true;
  };

  return {
    add(b, scan) {
      const slot = scan.low & (seen.length - 1);
      const isSecond = seen[slot] === scan.high;
      if (!isSecond && seen[slot] !== ~scan.high) seen[slot] = scan.high;
      if (!isSecond) return;
      seen[slot] = ~scan.high;
      if (!isSure(b, scan)) return;
      if (size > maxBytes) [root, size, lettered] = [createText(0, 0), 0, 0];
      const { base: from, count, start, end, code } = scan;
      let node = root;
      let at = from;
      for (let k = 0; k < count; k++) {
        const stop = start[k] as number;
        node = growVariable(grow(node, b, at, stop), b.subarray(at, stop), code[k] as number);
        at = end[k] as number;
      }
      node = grow(node, b, at, from + scan.length);
      node.end = { low: scan.low, high: scan.high ^ reachOf(b, scan), note: null };
    },

    follow(b, from, scan) {
      const { start: starts, end: ends, kind: kindsOf, code: codes, value: values } = scan;
      const text = letters;
      if (b !== viewed) {
        viewed = b;
        view = new DataView(b.buffer, b.byteOffset, b.byteLength);
      }
      const quads = view;
      const known = lettersView;
      const to = b.length;
      let node = root;
      let i = from;
      let count = 0;
      let hadSlash = false;
      // Where a word that reads like text may yet be a variable.
      let spare: Variable | null = null;
      let spareAt = 0;
      for (;;) {
        let variable: Variable | null = null;
        for (;;) {
          let k = node.from;
          const stop = node.to;
          // Four bytes at a time: between variables there may be many.
          if (stop - k >= 8 && i + stop - k <= to)
            for (; k + 4 <= stop && quads.getInt32(i, true) === known.getInt32(k, true); k += 4) i += 4;
          while (k < stop && b[i] === text[k]) {
            k++;
            i++;
          }
          if (k < stop) {
            if (!spare) return -1;
            variable = spare;
            i = spareAt;
            break;
          }
          const c = b[i] as number;
          const next = node.first === c ? node.next : node.others ? node.others[c] : null;
          if (next) {
            if (node.variable) {
              spare = node.variable;
              spareAt = i;
            }
            node = next;
            continue;
          }
          if (c === 10 || (c === 13 && b[i + 1] === 10)) {
            const { end } = node;
            if (!end || i - from > longestScan) return -1;
            scan.base = from;
            scan.length = i - from;
            scan.count = count;
            scan.low = end.low;
            scan.high = end.high;
            scan.leaf = end;
            if (i - from > headReach) {
              scan.high ^= reachOf(b, scan);
              scan.leaf = null;
            }
            return i;
          }
          variable = node.variable;
          if (!variable && spare) {
            variable = spare;
            i = spareAt;
          }
          break;
        }
        if (!variable) return -1;
        spare = null;

        const start = i;
        let code = 0;
        let hash = 0;
        let c = b[i] as number;
        // A dot may part words instead of beginning one.
        if (flagsOf[c] === 0 || c === 46) return -1;
        const { joint, way } = variable;
        if (joint !== 'none' && !joinsAlike(joint, b, i)) return -1;
        // Most likely it is read as the last one was: by its form, or as an id. A number is what most variables are.
        if (way === byForm && joint !== 'number') {
          const { form } = variable;
          const stop = form + variable.formLength;
          let k = form;
          // Of '12ms' the unit alone.
          for (k += variable.formLead; k > form && (c - 48) >>> 0 < 10; ) {
            hash = (Math.imul(hash, base) + c) | 0;
            c = b[++i] as number;
          }
          for (; k < stop && noughts[c] === text[k]; k++) {
            hash = (Math.imul(hash, base) + c) | 0;
            c = b[++i] as number;
          }
          if (
            k === stop &&
            noughts[b[start] as number] === text[form] &&
            afterOf(b, i) === variable.formAfter &&
            (variable.formFirst === 0 || variable.formFirst === b[start]) &&
            (!variable.formIsPath || isBlankOrEnd(c))
          ) {
            code = variable.formCode;
            hadSlash = variable.formHasSlash;
          } else {
            i = start;
            hash = 0;
            c = b[i] as number;
          }
        } else if (way === asId && joint !== 'number' && readId(b, start)) {
          code = wordRead.flags * 16 + wordRead.kind;
          i = wordRead.end;
          hash = wordRead.hash;
          hadSlash = false;
        }
        if (code === 0) {
          while ((c - 48) >>> 0 < 10) {
            hash = (Math.imul(hash, base) + c) | 0;
            c = b[++i] as number;
          }
          if (i > start && flagsOf[c] === 0) {
            if (i - start === 3 && (b[start] as number) < 54 && (variable.mayBeStatus || (variable.isGap && hadSlash))) return -1;
            if ((c !== 58 && c !== 44) || afterOf(b, i) === 1) {
              code = (isQuote[c] === 1 ? digit ^ 2048 : digit) * 16 + num;
              hadSlash = false;
            }
          }
        }
        if (code === 0) {
          if (joint === 'number' || !readOther(variable, b, from, start, to)) return -1;
          code = other.code;
          i = other.end;
          hash = other.hash;
          hadSlash = other.hasSlash;
        }
        starts[count] = start;
        ends[count] = i;
        codes[count] = code;
        kindsOf[count] = code & 15;
        values[count] = hash;
        count++;
        if (variable.code === code) node = variable.behind;
        else {
          const then: Text | undefined = variable.others?.get(code);
          if (!then) return -1;
          node = then;
        }
      }
    },
  };
};

const other = { code: 0, end: 0, hash: 0, hasSlash: false };

const setOther = (code: number, end: number, hash: number, hasSlash: boolean): true => {
  other.code = code;
  other.end = end;
  other.hash = hash;
  other.hasSlash = hasSlash;
  return true;
};

const isBlankOrEnd = (c: number): boolean => c === 32 || c === 10 || c === 13;

const noughts = Uint8Array.from({ length: 256 }, (_, c) => (c >= 48 && c <= 57 ? 48 : c));

/** A unit does not go by how many digits stand before it. */
const isUnit = Uint8Array.from(kinds, (_, kind) => (kind === duration || kind === sizeKind ? 1 : 0));

const leadOf = (b: Uint8Array, start: number, end: number): number => {
  let i = start;
  while (i < end && isDigit(b[i])) i++;
  return i - start;
};

const mayBeId = Uint8Array.from(kinds, (_, kind) => (kind === id || kind === hex ? 1 : 0));

/** Kinds in which a slash does not make a status follow, nor the word go on. */
const isPlainKind = Uint8Array.from(kinds, (_, kind) => (kind === num || kind === path || kind === url ? 0 : 1));
