import { flagsOf as allFlags, digit, slash } from '#src/logs/digest/lines/byte-flags.ts';
import { isDigit } from '#src/logs/digest/lines/bytes.ts';
import { duration, hex, id, kinds, num, size as sizeKind, url, uuid, word } from '#src/logs/digest/mining/kinds.ts';
import { addressRead, afterOf, pathRead, readAddress, readId, readPath } from '#src/logs/digest/mining/known-words.ts';
import { looksNamed } from '#src/logs/digest/mining/named-words.ts';
import { base } from '#src/logs/digest/mining/value-hash.ts';
import { wordRead } from '#src/logs/digest/mining/words.ts';
import { endsAddress } from './joints.ts';
import { headReach, kindSeen, longestScan, isQuote as quotes, reachOf, readKind, type Scan } from './scan.ts';
import { joinsAlike } from './shape-joints.ts';
import {
  asId,
  behindOther,
  byForm,
  type Form,
  longestForm,
  preferForm,
  type Text,
  type Tree,
  takeForm,
  type Variable,
} from './shape-nodes.ts';

// What is read with each byte is kept here under a name of this module's own: the compiler takes the value of a constant of a module for granted,
// and looks up one that is imported each time.
const flagsOf = allFlags;
const isQuote = quotes;
const number = digit * 16 + num;
const numberInQuotes = (digit ^ 2048) * 16 + num;
const seed = base;

const base2 = Math.imul(base, base);
const base3 = Math.imul(base2, base);
const base4 = Math.imul(base3, base);

const sevenBits = 0x7f7f7f7f;
const topBits = 0x80808080 | 0;
/** Of four bytes of a form: what, added to how other bytes differ from them, sets the top bit of one that differs too much: at all, or from a nought by more than nine. */
const reachOfDigits = (letters: number): number => {
  const other = letters ^ 0x30303030;
  const isOther = (((other & sevenBits) + sevenBits) | other) & topBits;
  return sevenBits - Math.imul((~isOther & topBits) >>> 7, 9);
};

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
  let i = from | 0;
  let count = 0;
  let hadSlash = false;
  // Where a word that reads like text may yet be a variable.
  let spare: Variable | null = null;
  let spareAt = 0;
  for (;;) {
    let variable: Variable | null = null;
    for (;;) {
      let k = node.from | 0;
      const stop = node.to | 0;
      // Four bytes at a time: between variables there may be many.
      if (stop - k >= 8 && i + stop - k <= to) {
        // As numbers of eight bytes: no NUL is in known text, or zero and minus zero would be the same; what is no number is compared by four.
        for (; k + 8 <= stop && quads.getFloat64(i, true) === known.getFloat64(k, true); k = (k + 8) | 0) i = (i + 8) | 0;
        for (; k + 4 <= stop && quads.getInt32(i, true) === known.getInt32(k, true); k = (k + 4) | 0) i = (i + 4) | 0;
      }
      while (k < stop && b[i] === text[k]) {
        k = (k + 1) | 0;
        i = (i + 1) | 0;
      }
      if (k < stop) {
        if (spare === null) return -1;
        variable = spare;
        i = spareAt | 0;
        break;
      }
      const c = b[i] as number;
      const next = node.first === c ? node.next : node.others !== null ? (node.others[c] as Text | null) : null;
      if (next !== null) {
        if (node.variable !== null) {
          spare = node.variable;
          spareAt = i;
        }
        node = next;
        continue;
      }
      if (c === 10 || (c === 13 && b[i + 1] === 10)) {
        const { end } = node;
        if (end === null || i - from > longestScan) return -1;
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
      if (variable === null && spare !== null) {
        variable = spare;
        i = spareAt | 0;
      }
      break;
    }
    if (variable === null) return -1;
    spare = null;

    const start = i;
    let code = 0;
    let hash = 0;
    let c = b[i] as number;
    // A dot may part words instead of beginning one.
    if (flagsOf[c] === 0 || c === 46) return -1;
    const { joint, way } = variable;
    if (joint !== 'none' && !joinsAlike(joint, b, i)) return -1;
    // Most likely it is read as one of the last was: by its form, or as an id. A number is what most variables are.
    if (way === byForm && joint !== 'number') {
      const { forms } = variable;
      for (let turn = 0; turn < forms.length; turn++) {
        const form = forms[turn] as Form;
        const formFrom = form.from | 0;
        const stop = (formFrom + form.length) | 0;
        let k = (formFrom + form.lead) | 0;
        // Of '12ms' the unit alone.
        for (let lead = form.lead | 0; lead > 0 && (c - 48) >>> 0 < 10; lead = (lead - 1) | 0) {
          hash = (Math.imul(hash, seed) + c) | 0;
          i = (i + 1) | 0;
          c = b[i] as number;
        }
        if (stop - k >= 4 && i + stop - k <= to) {
          // Four bytes at a time: each is the same, or a digit like the nought in the form.
          for (; k + 4 <= stop; k = (k + 4) | 0) {
            const bytes = quads.getInt32(i, true);
            const letters = known.getInt32(k, true);
            const differing = bytes ^ letters;
            if (((((differing & sevenBits) + reachOfDigits(letters)) | differing) & topBits) !== 0) break;
            hash = (Math.imul(hash, base4) + Math.imul(bytes & 255, base3) + Math.imul((bytes >>> 8) & 255, base2)) | 0;
            hash = (hash + Math.imul((bytes >>> 16) & 255, seed) + (bytes >>> 24)) | 0;
            i = (i + 4) | 0;
          }
          c = b[i] as number;
        }
        for (; k < stop && noughts[c] === text[k]; k = (k + 1) | 0) {
          hash = (Math.imul(hash, seed) + c) | 0;
          i = (i + 1) | 0;
          c = b[i] as number;
        }
        if (
          k === stop &&
          noughts[b[start] as number] === text[formFrom] &&
          afterOf(b, i) === form.after &&
          (form.first === 0 || form.first === b[start]) &&
          (form.stop === 0 || form.stop === c || (isBlankOrEnd(form.stop) && isBlankOrEnd(c)))
        ) {
          code = form.code | 0;
          hadSlash = form.hasSlash;
          if (turn > 0) preferForm(forms, turn);
          break;
        }
        i = start;
        hash = 0;
        c = b[i] as number;
      }
    } else if (way === asId && joint !== 'number' && readId(b, start)) {
      code = wordRead.flags * 16 + wordRead.kind;
      i = wordRead.end | 0;
      hash = wordRead.hash | 0;
      hadSlash = false;
    }
    if (code === 0) {
      while ((c - 48) >>> 0 < 10) {
        hash = (Math.imul(hash, seed) + c) | 0;
        i = (i + 1) | 0;
        c = b[i] as number;
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
      code = other.code | 0;
      i = other.end | 0;
      hash = other.hash | 0;
      hadSlash = other.hasSlash;
    }
    starts[count] = start;
    ends[count] = i;
    codes[count] = code;
    kindsOf[count] = code & 15;
    values[count] = hash;
    count = (count + 1) | 0;
    if (variable.code === code) node = variable.behind;
    else {
      const then = behindOther(variable, code);
      if (then === null) return -1;
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
  if (isAddress ? !isEndOfPath(next) : hasSlash && (b[start] === 72 || !isPlainKind[code & 15])) return;
  for (let k = start; hasSlash && k < end; k++) if (b[k] === 92) return;
  const form = takeForm(tree, variable);
  const { letters } = tree;
  for (let k = 0; k < length; k++) letters[form.from + k] = noughts[b[start + k] as number] as number;
  variable.way = byForm;
  form.length = length;
  form.lead = isUnit[code & 15] === 1 ? leadOf(b, start, end) : 0;
  form.first = isHex ? 48 : 0;
  form.after = after;
  form.code = code;
  form.hasSlash = hasSlash;
  form.stop = isAddress ? next : 0;
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

/** Whatever stands behind it: an address ends here. */
const isEndOfPath = (c: number): boolean => endsAddress[c] === 1 && c !== 44 && isQuote[c] === 0;

const isBlankOrEnd = (c: number): boolean => c === 32 || c === 10 || c === 13;

const noughts = Uint8Array.from({ length: 256 }, (_, c) => (c >= 48 && c <= 57 ? 48 : c));

/** A unit does not go by how many digits stand before it. */
const isUnit = Uint8Array.from(kinds, (_, kind) => (kind === duration || kind === sizeKind ? 1 : 0));

const leadOf = (b: Uint8Array, start: number, end: number): number => {
  let i = start;
  while (i < end && isDigit(b[i])) i++;
  return i - start;
};

const mayBeId = Uint8Array.from(kinds, (_, kind) => (kind === id || kind === hex || kind === uuid ? 1 : 0));

/** Kinds in which a slash is no part of a list of numbers, nor lets the word go on. */
const isPlainKind = Uint8Array.from(kinds, (_, kind) => (kind === num || kind === url ? 0 : 1));
