import { colon, dash, digit, dot, flagsOf, hexLetter, letter, otherLetter, slash } from './byte-flags.ts';
import { isDigit, isUpper } from './bytes.ts';
import { isTrailing } from './joints.ts';
import { hex, id, ip, kinds, num, path, url, word } from './kinds.ts';
import { isNamedWord, looksNamed } from './named-words.ts';
import { isQuote, kindSeen, longestScan, opensValue, reachOf, readKind, type Scan, scanLine } from './scan.ts';
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
  /** As `scanLine`; false too when the tree does not know the line. */
  scan(b: Uint8Array, from: number, to: number, scan: Scan): boolean;
  /** Takes in a line that `scanLine` read, the second time that its signature came: most of a messy log come once. */
  add(b: Uint8Array, scan: Scan): void;
};

/** As `scanLine`, and remembers what it read. */
export const createLineScanner = (): typeof scanLine => {
  const tree = createShapeTree();
  return (b, from, to, scan) => {
    if (tree.scan(b, from, to, scan)) return true;
    if (!scanLine(b, from, to, scan)) return false;
    tree.add(b, scan);
    return true;
  };
};

/** Text up to where lines differ, a variable begins, or the line ends: which of them is told by the next byte. */
type Text = {
  bytes: Uint8Array;
  /** The same, four at a time. */
  quads: Int32Array;
  /** How texts go on from here, by their first byte; most go on in one way. */
  first: number;
  next: Text | null;
  others: (Text | undefined)[] | null;
  variable: Variable | null;
  end: End | null;
};

type Variable = {
  /** What is between it and the variable before is no word: what that was may make it a status. */
  isGap: boolean;
  /** A number of three digits may be a status here. */
  mayBeStatus: boolean;
  joint: Joint;
  /** Behind a quote or '=' more goes by what a word is. */
  isQuoted: boolean;
  /** The text behind it, by `Scan.code`; most variables are of one. */
  code: number;
  behind: Text;
  others: Map<number, Text> | null;
  /** The word that stood here last with noughts for digits, what followed it, and what it was: one that looks the same is the same. */
  form: Uint8Array;
  /** The first byte, where it must be the same. */
  formFirst: number;
  formAfter: number;
  formCode: number;
  formHasSlash: boolean;
  /** It goes on up to a blank, whatever comes before. */
  formIsPath: boolean;
};

/**
 * Whether the word in front ends where it does goes by what follows: 'port:' before anything but '//', 'ab:' and '1,' before a digit alike,
 * 'core.' and 'depth.....' before a number.
 */
type Joint = 'none' | 'digit' | 'scheme' | 'number' | 'unsure';

type End = { low: number; high: number };

/** Beyond it the tree is begun anew: the log has become another. */
const maxBytes = 4 << 20;
/** Of a piece of text without its bytes, about. */
const overhead = 300;
const longestForm = 64;
const branches = 256;

export const createShapeTree = (): ShapeTree => {
  let root = createText(nothing);
  let size = 0;
  // Signatures that came once, and as their complement those that came again: they are tried one time.
  const seen = new Int32Array(1 << 12);
  let bytes: Uint8Array | null = null;
  let view: DataView = new DataView(new ArrayBuffer(0));

  const grow = (at: Text, text: Uint8Array): Text => {
    let node = at;
    let k = 0;
    while (k < text.length) {
      const next = nextOf(node, text[k] as number);
      if (!next) {
        const added = createText(copyOf(text, k, text.length));
        size += overhead + text.length - k + (node.next && !node.others ? branches * 8 : 0);
        setNext(node, added);
        return added;
      }
      let same = 1;
      while (same < next.bytes.length && k + same < text.length && next.bytes[same] === text[k + same]) same++;
      if (same < next.bytes.length) {
        size += overhead;
        split(next, same);
      }
      node = next;
      k += same;
    }
    return node;
  };

  const growVariable = (node: Text, text: Uint8Array, code: number): Text => {
    if (!node.variable) {
      size += overhead + longestForm;
      node.variable = createVariable(text, code);
    }
    const { variable } = node;
    if (variable.code === code) return variable.behind;
    variable.others ??= new Map();
    let then = variable.others.get(code);
    if (!then) {
      then = createText(nothing);
      size += overhead;
      variable.others.set(code, then);
    }
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
      if (size > maxBytes) [root, size] = [createText(nothing), 0];
      const { base: from, count, start, end, code } = scan;
      let node = root;
      let at = from;
      for (let k = 0; k < count; k++) {
        const text = b.subarray(at, start[k] as number);
        node = growVariable(grow(node, text), text, code[k] as number);
        at = end[k] as number;
      }
      node = grow(node, b.subarray(at, from + scan.length));
      node.end = { low: scan.low, high: scan.high ^ reachOf(b, scan) };
    },

    scan(b, from, to, scan) {
      if (to - from > longestScan) return false;
      if (b !== bytes) {
        bytes = b;
        view = new DataView(b.buffer, b.byteOffset, b.byteLength);
      }
      const quadsOf = view;
      const { start: starts, end: ends, kind: kindsOf, code: codes, value: values } = scan;
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
          const { quads, bytes: text } = node;
          const { length } = text;
          let k = 0;
          if (i + length > to) k = -1;
          else {
            const n = quads.length;
            let q = 0;
            while (q < n && quadsOf.getInt32(i + (q << 2), true) === quads[q]) q++;
            if (q < n) k = -1;
            else {
              k = q << 2;
              while (k < length && b[i + k] === text[k]) k++;
              if (k < length) k = -1;
            }
          }
          if (k < 0) {
            if (!spare) return false;
            variable = spare;
            i = spareAt;
            break;
          }
          i += k;
          if (i === to) {
            const { end } = node;
            if (!end) return false;
            scan.base = from;
            scan.length = to - from;
            scan.count = count;
            scan.low = end.low;
            scan.high = end.high ^ reachOf(b, scan);
            return true;
          }
          const c = b[i] as number;
          const next = node.first === c ? node.next : node.others ? node.others[c] : null;
          if (!next) {
            variable = node.variable;
            if (!variable && spare) {
              variable = spare;
              i = spareAt;
            }
            break;
          }
          if (node.variable) {
            spare = node.variable;
            spareAt = i;
          }
          node = next;
        }
        if (!variable) return false;
        spare = null;

        const start = i;
        let code = 0;
        let hash = 0;
        let c = b[i] as number;
        // A dot may part words instead of beginning one.
        if (flagsOf[c] === 0 || c === 46) return false;
        if (variable.joint !== 'none' && !joinsAlike(variable.joint, b, i)) return false;
        // A number is what most variables are.
        while ((c - 48) >>> 0 < 10) {
          hash = (Math.imul(hash, base) + c) | 0;
          c = b[++i] as number;
        }
        if (i > start && (flagsOf[c] === 0 || i === to)) {
          if (i - start === 3 && (b[start] as number) < 54 && (variable.mayBeStatus || (variable.isGap && hadSlash))) return false;
          if ((c !== 58 && c !== 44) || afterOf(b, i, to) === 1) {
            code = (isQuote[c] === 1 ? digit ^ 2048 : digit) * 16 + num;
            hadSlash = false;
          }
        }
        if (code === 0) {
          if (variable.joint === 'number') return false;
          const { form } = variable;
          const { length } = form;
          i = start;
          hash = 0;
          let k = 0;
          for (; k < length; k++) {
            c = b[i] as number;
            if (noughts[c] !== form[k]) break;
            hash = (Math.imul(hash, base) + c) | 0;
            i++;
          }
          if (
            k === length &&
            k > 0 &&
            i <= to &&
            afterOf(b, i, to) === variable.formAfter &&
            (variable.formFirst === 0 || variable.formFirst === b[start]) &&
            (!variable.formIsPath || i === to || b[i] === 32)
          ) {
            code = variable.formCode;
            hadSlash = variable.formHasSlash;
          } else if (readAddress(b, start, to)) {
            code = addressRead.code;
            i = addressRead.end;
            hash = addressRead.hash;
            hadSlash = b[start] === 47;
          } else if (!variable.isQuoted && ((variable.code & 15) === id || (variable.code & 15) === hex) && readId(b, start, to)) {
            code = wordRead.flags * 16 + wordRead.kind;
            i = wordRead.end;
            hash = wordRead.hash;
            hadSlash = false;
          } else {
            const kind = readKind(b, from, start, to);
            if (kind === word) return false;
            code = kindSeen.detail * 16 + kind;
            i = wordRead.end;
            hash = wordRead.hash;
            hadSlash = (wordRead.flags & slash) !== 0;
            if (hadSlash && flagsOf[b[i - 1] as number] === 0) return false;
            keepForm(variable, b, start, i, to, code, hadSlash);
          }
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
          if (!then) return false;
          node = then;
        }
      }
    },
  };
};

const nothing = new Uint8Array(0);

const createText = (bytes: Uint8Array): Text => ({
  bytes,
  quads: quadsIn(bytes),
  first: -1,
  next: null,
  others: null,
  variable: null,
  end: null,
});

const quadsIn = (bytes: Uint8Array): Int32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.length >> 2 }, (_, k) => view.getInt32(k * 4, true));
};

/** Not of a chunk, which is to go. */
const copyOf = (bytes: Uint8Array, from: number, to: number): Uint8Array => Uint8Array.prototype.slice.call(bytes, from, to);

const nextOf = ({ first, next, others }: Text, c: number): Text | null => (first === c ? next : (others?.[c] ?? null));

const setNext = (node: Text, next: Text): void => {
  const c = next.bytes[0] as number;
  if (node.next === null) [node.first, node.next] = [c, next];
  else {
    node.others ??= new Array<Text | undefined>(branches).fill(undefined);
    node.others[c] = next;
  }
};

const split = (node: Text, at: number): void => {
  const bytes = copyOf(node.bytes, at, node.bytes.length);
  const rest: Text = { ...node, bytes, quads: quadsIn(bytes) };
  node.bytes = copyOf(node.bytes, 0, at);
  node.quads = quadsIn(node.bytes);
  node.first = bytes[0] as number;
  node.next = rest;
  node.others = node.variable = node.end = null;
};

const createVariable = (text: Uint8Array, code: number): Variable => ({
  isGap: text.length > 0 && text.every((c) => flagsOf[c] === 0),
  mayBeStatus: mayEndInRequest(text),
  joint: jointOf(text, 0, text.length),
  isQuoted: text.length > 0 && (opensValue[text.at(-1) as number] === 1 || isQuote[text.at(-1) as number] === 1),
  code,
  behind: createText(nothing),
  others: null,
  form: nothing,
  formFirst: 0,
  formAfter: 0,
  formCode: 0,
  formHasSlash: false,
  formIsPath: false,
});

/** Of text behind a variable that ends in a word of its own. */
const jointOf = (b: Uint8Array, from: number, end: number): Joint => {
  const last = b[end - 1] as number;
  if (end === from) return 'none';
  if (flagsOf[last] !== 0) return last === 46 ? jointOfDots(b, from, end) : 'unsure';
  if (last !== 58 && last !== 44) return 'none';
  if (end - from > 1 && last === 58 && b[end - 2] === 58) return 'unsure';
  const flags = flagsBefore(b, from, end - 1);
  if (flags === 0) return 'none';
  if (last === 44) return flags & letter ? 'none' : 'digit';
  return flags & otherLetter && !(flags & digit) ? 'scheme' : 'digit';
};

const jointOfDots = (b: Uint8Array, from: number, end: number): Joint => {
  let dots = end;
  while (dots > from && b[dots - 1] === 46) dots--;
  return dots > from && flagsOf[b[dots - 1] as number] !== 0 && (flagsBefore(b, from, dots) & ~letter) === 0 ? 'number' : 'unsure';
};

const flagsBefore = (b: Uint8Array, from: number, end: number): number => {
  let flags = 0;
  for (let i = end - 1; i >= from && flagsOf[b[i] as number] !== 0; i--) flags |= flagsOf[b[i] as number] as number;
  return flags;
};

const joinsAlike = (joint: Joint, b: Uint8Array, start: number): boolean =>
  joint === 'scheme' ? b[start] !== 47 || b[start + 1] !== 47 : joint !== 'unsure' && isDigit(b[start]);

/** 'HTTP/1.1"', or a bar: a status may follow. */
const mayEndInRequest = (text: Uint8Array): boolean => {
  if (text.includes(92) || text.at(-2) === 124) return true;
  let end = text.length;
  while (end > 0 && flagsOf[text[end - 1] as number] === 0) end--;
  let start = end;
  while (start > 0 && flagsOf[text[start - 1] as number] !== 0) start--;
  const word = text.subarray(start, end);
  return word.includes(47) && word.includes(72);
};

const noughts = Uint8Array.from({ length: 256 }, (_, c) => (c >= 48 && c <= 57 ? 48 : c));

/** What of the bytes behind a word its kind may go by: 1 when nothing, -1 when too much. */
const afterOf = (b: Uint8Array, end: number, to: number): number => {
  if (end >= to) return 1;
  const after = b[end] as number;
  if (flagsOf[after] !== 0) return -1;
  const next = end + 1 < to ? (b[end + 1] as number) : 10;
  if (after === 40) return next === 41 ? -1 : 1;
  if (after === 44) return isDigit(next) ? -1 : 1;
  if (after === 58) return next === 58 || (flagsOf[next] as number) & ~otherLetter ? -1 : 1;
  if (isQuote[after] === 0) return 1;
  return next === 58 || end + 1 >= to ? -1 : after;
};

const addressRead = { end: 0, hash: 0, code: 0 };

/** '10.0.0.1', '/10.0.0.1:80' before a blank: addresses come in more forms than other words, and are told by less. */
const readAddress = (b: Uint8Array, start: number, to: number): boolean => {
  let i = start;
  let hash = 0;
  let sorts = digit | dot;
  let c = b[i] as number;
  if (c === 47) {
    hash = c;
    sorts |= slash;
    c = b[++i] as number;
  }
  for (let part = 0; ; part++) {
    if (!isDigit(c)) return false;
    do {
      hash = (Math.imul(hash, base) + c) | 0;
      c = b[++i] as number;
    } while (isDigit(c));
    if (part === 4 || (part === 3 && c !== 58)) break;
    if (c !== (part === 3 ? 58 : 46)) return false;
    if (part === 3) sorts |= colon;
    hash = (Math.imul(hash, base) + c) | 0;
    c = b[++i] as number;
  }
  if (i < to && c !== 32) return false;
  addressRead.end = i;
  addressRead.hash = hash;
  addressRead.code = sorts * 16 + ip;
  return true;
};

/** 'blk_-160899', 'req-9bc36dd9', '9bc36dd9ae': an id, or a number to the base of 16, whatever its form, when nothing else is in it. */
const readId = (b: Uint8Array, start: number, to: number): boolean => {
  let i = start;
  let hash = 0;
  let flags = 0;
  let c = b[i] as number;
  let isNoUnit = !isDigit(c);
  for (let f = flagsOf[c] as number; f !== 0 && i < to; f = flagsOf[c] as number) {
    flags |= f;
    hash = (Math.imul(hash, base) + c) | 0;
    // No unit has any of these letters and none beyond f: '5d' and '12B' are no ids.
    if (c === 97 || c === 99 || c === 101 || c === 102) isNoUnit = true;
    c = b[++i] as number;
  }
  if (!isNoUnit || !(flags & digit) || !(flags & letter) || afterOf(b, i, to) !== 1) return false;
  if ((flags & ~(hexLetter | digit)) === 0) {
    if (i - start < shortestHex || isNamedWord(b, start, i)) return false;
    wordRead.kind = hex;
  } else {
    if (!(flags & otherLetter) || isDigit(b[start]) || flags & ~(letter | digit | dash)) return false;
    if (i - start === uuidLength || isNamedWord(b, start, i)) return false;
    wordRead.kind = id;
  }
  wordRead.flags = flags | letter;
  wordRead.end = i;
  wordRead.hash = hash;
  return true;
};

/** Shorter ones may be words. */
const shortestHex = 7;
const uuidLength = 36;

const keepForm = (variable: Variable, b: Uint8Array, start: number, end: number, to: number, code: number, hasSlash: boolean): void => {
  const after = afterOf(b, end, to);
  const isHex = ((b[start + 1] as number) | 32) === 120;
  // 'sha256' and '0x10' go by which digit it is.
  if (after < 0 || end - start > longestForm || (isHex && b[start] !== 48) || looksNamed(b, start, end)) return;
  const isAddress = hasSlash && b[start] === 47;
  if (isAddress ? end < to && b[end] !== 32 : hasSlash && (b[start] === 72 || !isPlainKind[code & 15])) return;
  for (let k = start; hasSlash && k < end; k++) if (b[k] === 92) return;
  if (variable.form.length !== end - start) variable.form = new Uint8Array(end - start);
  for (let k = start; k < end; k++) variable.form[k - start] = noughts[b[k] as number] as number;
  variable.formFirst = isHex ? 48 : 0;
  variable.formAfter = after;
  variable.formCode = code;
  variable.formHasSlash = hasSlash;
  variable.formIsPath = isAddress;
};

/** Kinds in which a slash does not make a status follow, nor the word go on. */
const isPlainKind = Uint8Array.from(kinds, (_, kind) => (kind === num || kind === path || kind === url ? 0 : 1));

/** Does each word of the text, and each variable, end where it does whatever the variables next to it are? */
const isSure = (b: Uint8Array, { base: from, length, count, start, end, kind, code }: Scan): boolean => {
  const to = from + length;
  let before = from;
  for (let k = 0; k < count; k++) {
    const [s, e] = [start[k] as number, end[k] as number];
    if (s > from && s === before) return false;
    const joint = jointOf(b, before, s);
    if (joint !== 'none' && !joinsAlike(joint, b, s)) return false;
    if (joint === 'number' && (kind[k] !== num || (code[k] as number) >> 4 !== digit)) return false;
    if (flagsOf[b[e - 1] as number] === 0) return false;
    if (e < to && flagsOf[b[e] as number] !== 0 && !(isTrailing(b[e] as number) && (e + 1 === to || flagsOf[b[e + 1] as number] === 0)))
      return false;
    const next = k + 1 < count ? (start[k + 1] as number) : to;
    if (isStatusNext(b, e, next) && !(isPath(kind[k] as number) && isAsked(b, before, s))) return false;
    before = e;
  }
  return true;
};

const isPath = (kind: number): boolean => kind === path || kind === url;

/** Behind it a gap, then three digits and no more, in the text. */
const isStatusNext = (b: Uint8Array, end: number, next: number): boolean => {
  let i = end;
  while (i < next && flagsOf[b[i] as number] === 0) i++;
  return i + 3 <= next && isDigit(b[i]) && isDigit(b[i + 1]) && isDigit(b[i + 2]) && flagsOf[b[i + 3] as number] === 0;
};

/** 'GET ' in front, within the text. */
const isAsked = (b: Uint8Array, from: number, start: number): boolean => {
  let i = start - 1;
  while (i > from && flagsOf[b[i] as number] === 0) i--;
  return i > from && isUpper(b[i]) && isUpper(b[i - 1]);
};
