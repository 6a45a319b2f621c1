import { flagsOf } from '#src/logs/digest/lines/byte-flags.ts';
import { isQuote, opensValue } from './scan.ts';
import { type Joint, jointOf, mayEndInRequest } from './shape-joints.ts';

/** All that is known of the lines of a log. */
export type Tree = {
  root: Text;
  /** What it takes of memory, about. */
  size: number;
  /** All bytes of texts and forms. */
  letters: Uint8Array;
  lettersView: DataView;
  lettered: number;
  /** The chunk looked at last, to be read four bytes at a time. */
  viewed: Uint8Array | null;
  view: DataView;
};

/** Text up to where lines differ, a variable begins, or the line ends: which of them is told by the next byte. */
export type Text = {
  /** Its bytes, among all letters of the tree. */
  from: number;
  to: number;
  /** How texts go on from here, by their first byte; most go on in one way. */
  first: number;
  next: Text | null;
  others: (Text | null)[] | null;
  variable: Variable | null;
  end: Leaf | null;
};

export type Variable = {
  /** What is between it and the variable before is no word: what that was may make it a status. */
  isGap: boolean;
  /** A number of three digits may be a status here. */
  mayBeStatus: boolean;
  joint: Joint;
  /** Behind a quote or '=' more goes by what a word is. */
  isQuoted: boolean;
  /** The text behind it, by `Scan.code`; most variables are of one, few of more than two or three. */
  code: number;
  behind: Text;
  otherCodes: number[];
  others: Text[];
  /** How it was read last. */
  way: Way;
  /** Of the words that stood here last, the one that came again most lately first: a word that looks the same is the same. */
  forms: Form[];
};

/** A word with noughts for digits, what followed it, and what it was. */
export type Form = {
  /** Its bytes, among all letters of the tree. */
  from: number;
  length: number;
  /** Digits in front that may be any number of digits. */
  lead: number;
  /** The first byte, where it must be the same. */
  first: number;
  after: number;
  code: number;
  hasSlash: boolean;
  /** Of a path, which goes on whatever comes up to there: the byte behind it. 0 of others. */
  stop: number;
};

export type Way = 0 | 1 | 2;
/** Also all that is neither of the other two. */
export const asNumber = 0;
export const byForm = 1;
export const asId = 2;

/** Where a line ends, and its signature is known. */
export type Leaf = {
  low: number;
  high: number;
  /** Whoever asks for lines of one signature may keep here what they know of them. */
  note: unknown;
};

export const branches = 256;

export const createTree = (): Tree => {
  const letters = new Uint8Array(1 << 10);
  const lettersView = new DataView(letters.buffer);
  return { root: createText(0, 0), size: 0, letters, lettersView, lettered: 0, viewed: null, view: lettersView };
};

/** Room for so many more letters: where it begins. */
export const write = (tree: Tree, length: number): number => {
  const from = tree.lettered;
  tree.lettered += length;
  while (tree.lettered > tree.letters.length) {
    const larger = new Uint8Array(tree.letters.length * 2);
    larger.set(tree.letters);
    tree.letters = larger;
    tree.lettersView = new DataView(larger.buffer);
  }
  tree.size += length;
  return from;
};

export const createText = (from: number, to: number): Text => ({
  from,
  to,
  first: -1,
  next: null,
  others: null,
  variable: null,
  end: null,
});

/** Nothing is known of what stands here. */
export const isFresh = ({ from, to, next, variable, end }: Text): boolean => from === to && !next && !variable && !end;

export const setNext = (node: Text, c: number, next: Text): void => {
  if (node.next === null) [node.first, node.next] = [c, next];
  else {
    node.others ??= new Array<Text | null>(branches).fill(null);
    node.others[c] = next;
  }
};

/** Of a variable whose code is not the first it had; null when it never was of that one. */
export const behindOther = ({ otherCodes, others }: Variable, code: number): Text | null => {
  for (let k = 0; k < otherCodes.length; k++) if (otherCodes[k] === code) return others[k] as Text;
  return null;
};

/** The text ends at `at`, where `c` is, and goes on in the only way so far. */
export const split = (node: Text, at: number, c: number): void => {
  const rest: Text = { ...node, from: at };
  node.to = at;
  node.first = c;
  node.next = rest;
  node.others = node.variable = node.end = null;
};

export const createVariable = (text: Uint8Array, code: number): Variable => ({
  isGap: text.length > 0 && text.every((c) => flagsOf[c] === 0),
  mayBeStatus: mayEndInRequest(text),
  joint: jointOf(text, 0, text.length),
  isQuoted: text.length > 0 && (opensValue[text.at(-1) as number] === 1 || isQuote[text.at(-1) as number] === 1),
  code,
  behind: createText(0, 0),
  otherCodes: [],
  others: [],
  way: asNumber,
  forms: [],
});

export const longestForm = 64;
const mostForms = 4;

/** For the word that stands there now, in front of the others; the one that was not seen for the longest time makes room. */
export const takeForm = (tree: Tree, { forms }: Variable): Form => {
  if (forms.length < mostForms)
    forms.push({ from: write(tree, longestForm), length: 0, lead: 0, first: 0, after: 0, code: 0, hasSlash: false, stop: 0 });
  preferForm(forms, forms.length - 1);
  return forms[0] as Form;
};

/** Puts one of the forms in front of those before it. */
export const preferForm = (forms: Form[], at: number): void => {
  const preferred = forms[at] as Form;
  for (let k = at; k > 0; k--) forms[k] = forms[k - 1] as Form;
  forms[0] = preferred;
};
