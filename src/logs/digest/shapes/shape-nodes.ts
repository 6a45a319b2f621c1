import { flagsOf } from '#src/logs/digest/lines/byte-flags.ts';
import {
  codeOf,
  firstByte,
  isGap,
  isQuoted,
  jointOf as jointAt,
  leafBytes,
  marksOf,
  mayBeStatus,
  nextOther,
  nextText,
  numberJoint,
  otherBytes,
  otherCodes,
  otherText,
  otherTexts,
  schemeJoint,
  textBehind,
  textBytes,
  textFrom,
  textLeaf,
  textTo,
  textVariable,
  treeAt,
  treeEnd,
  unsureJoint,
  variableBytes,
} from '#src/logs/digest/native/layout.ts';
import type { Machine } from '#src/logs/digest/native/machine.ts';
import { isQuote, opensValue } from './scan.ts';
import { type Joint, jointOf, mayEndInRequest } from './shape-joints.ts';

/**
 * All that is known of the lines of a log, in the memory of the machine: texts, up to where lines differ, a variable begins or the line ends, which is told by
 * the next byte; variables, with the text behind them by their code; and leaves, where a line ends. Told by their addresses; 0 is none.
 */
export type Nodes = {
  root(): number;
  /** Leads on from a text by bytes that have to be there: the text at their end. */
  grow(text: number, b: Uint8Array, from: number, to: number): number;
  /** Leads on by a variable of that code, in front of which `before` stands: the text behind it. */
  growVariable(text: number, before: Uint8Array, code: number): number;
  /** A line ends here; its leaf has that number. */
  endLine(text: number, number: number): void;
  /** Room for so many bytes, or 0. */
  take(size: number): number;
  /** There may not be room for one line more. */
  isFull(): boolean;
  restart(): void;
};

const branches = 256;
/** More than a line takes, were all of it new. */
const roomOfLine = 1 << 19;

export const createNodes = ({ bytes, cells }: Machine): Nodes => {
  let top = treeAt;
  let root = 0;

  const get = (at: number): number => cells[at >> 2] as number;
  const set = (at: number, value: number): void => {
    cells[at >> 2] = value;
  };

  const take = (size: number): number => {
    const at = top;
    const next = (at + size + 7) & ~7;
    if (next > treeEnd) return 0;
    top = next;
    return at;
  };

  const createText = (from: number, to: number): number => {
    const text = take(textBytes);
    set(text + textFrom, from);
    set(text + textTo, to);
    set(text + firstByte, -1);
    return text;
  };

  const copy = (b: Uint8Array, from: number, to: number): number => {
    const at = take(to - from);
    for (let k = from; k < to; k++) bytes[at + k - from] = b[k] as number;
    return at;
  };

  const nextBy = (text: number, c: number): number => {
    if (get(text + firstByte) === c) return get(text + nextText);
    const others = get(text + otherTexts);
    return others === 0 ? 0 : get(others + c * 4);
  };

  const setNext = (text: number, c: number, next: number) => {
    if (get(text + nextText) === 0) {
      set(text + firstByte, c);
      set(text + nextText, next);
      return;
    }
    if (get(text + otherTexts) === 0) set(text + otherTexts, take(branches * 4));
    set(get(text + otherTexts) + c * 4, next);
  };

  /** The text ends at `at`, and goes on in the only way so far. */
  const split = (text: number, at: number) => {
    const rest = take(textBytes);
    for (let k = 0; k < textBytes; k += 4) set(rest + k, get(text + k));
    set(rest + textFrom, at);
    set(text + textTo, at);
    set(text + firstByte, bytes[at] as number);
    set(text + nextText, rest);
    for (const field of [otherTexts, textVariable, textLeaf]) set(text + field, 0);
  };

  /** Nothing is known of what stands here. */
  const isFresh = (text: number): boolean =>
    get(text + textFrom) === get(text + textTo) &&
    get(text + nextText) === 0 &&
    get(text + textVariable) === 0 &&
    get(text + textLeaf) === 0;

  const createVariable = (before: Uint8Array, code: number): number => {
    const variable = take(variableBytes);
    const last = before.at(-1) as number;
    set(variable + codeOf, code);
    set(variable + textBehind, createText(0, 0));
    set(variable + jointAt, joints[jointOf(before, 0, before.length)]);
    set(
      variable + marksOf,
      (before.length > 0 && before.every((c) => flagsOf[c] === 0) ? isGap : 0) |
        (mayEndInRequest(before) ? mayBeStatus : 0) |
        (before.length > 0 && (opensValue[last] === 1 || isQuote[last] === 1) ? isQuoted : 0),
    );
    return variable;
  };

  const restart = () => {
    bytes.fill(0, treeAt, top);
    top = treeAt;
    root = createText(0, 0);
  };
  restart();

  return {
    root: () => root,
    grow(start, b, from, to) {
      let text = start;
      let i = from;
      for (;;) {
        let k = get(text + textFrom);
        const stop = get(text + textTo);
        while (k < stop && i < to && bytes[k] === b[i]) {
          k++;
          i++;
        }
        if (k < stop) split(text, k);
        if (i === to) return text;
        const c = b[i] as number;
        const next = nextBy(text, c);
        if (next !== 0) {
          text = next;
          continue;
        }
        const at = copy(b, i, to);
        if (isFresh(text)) {
          set(text + textFrom, at);
          set(text + textTo, at + to - i);
          return text;
        }
        const added = createText(at, at + to - i);
        setNext(text, c, added);
        return added;
      }
    },
    growVariable(text, before, code) {
      if (get(text + textVariable) === 0) set(text + textVariable, createVariable(before, code));
      const variable = get(text + textVariable);
      if (get(variable + codeOf) === code) return get(variable + textBehind);
      let other = get(variable + otherCodes);
      while (other !== 0 && get(other) !== code) other = get(other + nextOther);
      if (other !== 0) return get(other + otherText);
      other = take(otherBytes);
      set(other, code);
      set(other + otherText, createText(0, 0));
      set(other + nextOther, get(variable + otherCodes));
      set(variable + otherCodes, other);
      return get(other + otherText);
    },
    endLine(text, number) {
      const leaf = take(leafBytes);
      set(leaf, number);
      set(text + textLeaf, leaf);
    },
    take,
    isFull: () => top > treeEnd - roomOfLine,
    restart,
  };
};

const joints: Record<Joint, number> = { none: 0, digit: 1, scheme: schemeJoint, number: numberJoint, unsure: unsureJoint };
