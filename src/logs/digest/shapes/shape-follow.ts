import { flagsOf as allFlags, digit, slash } from '#src/logs/digest/lines/byte-flags.ts';
import { isDigit } from '#src/logs/digest/lines/bytes.ts';
import { duration, hex, id, kinds, num, path, size as sizeKind, url, word } from '#src/logs/digest/mining/kinds.ts';
import { addressRead, afterOf, pathRead, readAddress, readId, readPath } from '#src/logs/digest/mining/known-words.ts';
import { looksNamed } from '#src/logs/digest/mining/named-words.ts';
import { base } from '#src/logs/digest/mining/value-hash.ts';
import { wordRead } from '#src/logs/digest/mining/words.ts';
import { headReach, kindSeen, longestScan, isQuote as quotes, reachOf, readKind, type Scan } from './scan.ts';
import { joinsAlike } from './shape-joints.ts';
import { asId, byForm, type Text, type Tree, type Variable, write } from './shape-nodes.ts';

// What is read with each byte is kept here under a name of this module's own: the compiler takes the value of a constant of a module for granted,
// and looks up one that is imported each time.
const flagsOf = allFlags;
const isQuote = quotes;
const number = digit * 16 + num;
const numberInQuotes = (digit ^ 2048) * 16 + num;
const seed = base;

const longestForm = 64;

/** As `ShapeTree.follow`. */
export const follow = (tree: Tree, b: Uint8Array, from: number, scan: Scan): number => {
  const { start: starts, end: ends, kind: kindsOf, code: codes, value: values } = scan;
  const { letters: text, lettersView: known } = tree;
  if (b !== tree.viewed) {
    tree.viewed = b;
    tree.view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  }
  const quads = tree.view;
  const to = b.length;
  let node = tree.root;
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
      if (stop - k >= 8 && i + stop - k <= to) for (; k + 4 <= stop && quads.getInt32(i, true) === known.getInt32(k, true); k += 4) i += 4;
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
        hash = (Math.imul(hash, seed) + c) | 0;
        c = b[++i] as number;
      }
      for (; k < stop && noughts[c] === text[k]; k++) {
        hash = (Math.imul(hash, seed) + c) | 0;
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
        hash = (Math.imul(hash, seed) + c) | 0;
        c = b[++i] as number;
      }
      if (i > start && flagsOf[c] === 0) {
        if (i - start === 3 && (b[start] as number) < 54 && (variable.mayBeStatus || (variable.isGap && hadSlash))) return -1;
        if ((c !== 58 && c !== 44) || afterOf(b, i) === 1) {
          code = isQuote[c] === 1 ? numberInQuotes : number;
          hadSlash = false;
        }
      }
    }
    if (code === 0) {
      if (joint === 'number' || !readOther(tree, variable, b, from, start, to)) return -1;
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
};

const keepForm = (tree: Tree, variable: Variable, b: Uint8Array, start: number, end: number, code: number, hasSlash: boolean): void => {
  const after = afterOf(b, end);
  const length = end - start;
  const isHex = ((b[start + 1] as number) | 32) === 120;
  // 'sha256' and '0x10' go by which digit it is.
  if (after < 0 || length > longestForm || (isHex && b[start] !== 48) || looksNamed(b, start, end)) return;
  const isAddress = hasSlash && b[start] === 47;
  const next = b[end] as number;
  if (isAddress ? !isBlankOrEnd(next) : hasSlash && (b[start] === 72 || !isPlainKind[code & 15])) return;
  for (let k = start; hasSlash && k < end; k++) if (b[k] === 92) return;
  if (variable.form < 0) variable.form = write(tree, longestForm);
  const { letters } = tree;
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
const readOther = (tree: Tree, variable: Variable, b: Uint8Array, from: number, start: number, to: number): boolean => {
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
  keepForm(tree, variable, b, start, end, other.code, hasSlash);
  return true;
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
