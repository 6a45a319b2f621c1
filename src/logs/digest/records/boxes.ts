import { find, isDigit, isSpace, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';

/**
 * What tools for people draw around a failure: a box (Terraform, rich, pip), what a command put out below one, an excerpt of the source with marks in
 * the margin (Rust), and npm's own mark in front of each line.
 */
export type BoxBlock = 'box' | 'output' | 'excerpt' | 'npm';

export const isBox = (block: string): block is BoxBlock => boxes.has(block);
const boxes: ReadonlySet<string> = new Set<BoxBlock>(['box', 'output', 'excerpt', 'npm']);

/** What this line opens, if anything. */
export const openBox = (b: Uint8Array, start: number, end: number): BoxBlock | 'none' => {
  switch (b[start]) {
    case 0xe2:
      return opensFrame(b, start) ? 'box' : 'none';
    case 0xc3:
      return isCrossed(b, start, end) ? 'box' : 'none';
    case 110:
      return npmTextAt(b, start, end) < 0 ? 'none' : 'npm';
    case 32: {
      const content = skipSpaces(b, start, end);
      if (isCrossed(b, content, end)) return 'box';
      return startsWith(b, content, end, '--> ') && isPlace(b, content + 4, end) ? 'excerpt' : 'none';
    }
    default:
      return 'none';
  }
};

/** The upper edge of a box: it stands for itself, whatever was said before. */
export const opensFrame = (b: Uint8Array, start: number): boolean => isCorner(b, start, upper);

/** Pip marks what failed with the sign of multiplication: '× python setup.py egg_info did not run successfully.' */
export const isCrossed = (b: Uint8Array, start: number, end: number): boolean => {
  const content = skipSpaces(b, start, end);
  return b[content] === 0xc3 && b[content + 1] === 0x97 && b[content + 2] === 32;
};

/** What the block is after this line, or null when the line does not belong to it. */
export const continueBox = (block: BoxBlock, b: Uint8Array, start: number, end: number): BoxBlock | 'none' | null => {
  const content = skipSpaces(b, start, end);
  switch (block) {
    case 'box':
      if (!isDrawn(b, content)) return null;
      if (!isCorner(b, content, lower)) return 'box';
      return find(b, content, end, '> [') > 0 ? 'output' : 'none';
    case 'output':
      if (content === start) return null;
      return startsWith(b, content, end, '[end of output]') ? 'none' : 'output';
    case 'excerpt':
      return isMargin(b, start, content, end) ? 'excerpt' : null;
    default:
      return npmTextAt(b, start, end) < 0 ? null : 'npm';
  }
};

/** Where the text begins and ends that stands in the frame; empty where there is none. */
export const textInBox = (b: Uint8Array, start: number, end: number): { from: number; to: number } => {
  let from = start;
  let to = end;
  while (from < to && (isSpace(b[from]) || isDrawn(b, from))) from += isSpace(b[from]) ? 1 : 3;
  if (b[from] === 0xc3 && b[from + 1] === 0x97) from = skipSpaces(b, from + 2, end);
  while (to > from && (isSpace(b[to - 1]) || isDrawn(b, to - 3))) to -= isSpace(b[to - 1]) ? 1 : 3;
  return { from, to: Math.max(from, to) };
};

export const isDrawn = (b: Uint8Array, i: number): boolean => b[i] === 0xe2 && (b[i + 1] === 0x94 || b[i + 1] === 0x95);

/** The third bytes of the corners, and of the ends of a single line, in the row of U+2550. */
const upper = [0xb7, 0xad, 0x94];
const lower = [0xb5, 0xb0, 0x9a];

const isCorner = (b: Uint8Array, i: number, thirds: readonly number[]): boolean =>
  b[i] === 0xe2 && b[i + 1] === 0x95 && thirds.includes(b[i + 2] as number);

/** Behind 'npm ERR!' and 'npm error', which begin each line; -1 of any other. */
const npmTextAt = (b: Uint8Array, start: number, end: number): number => {
  const mark = npmMarks.find((text) => startsWith(b, start, end, text));
  const at = start + (mark?.length ?? 0);
  return mark !== undefined && (at >= end || isSpace(b[at])) ? at : -1;
};

const npmMarks = ['npm ERR!', 'npm error'];

/** 'src/pay.rs:42:18' */
const isPlace = (b: Uint8Array, from: number, end: number): boolean => {
  let to = end;
  while (to > from && isSpace(b[to - 1])) to--;
  return to > from && isDigit(b[to - 1]) && find(b, from, to, ':') > 0;
};

/** '42 |     let x = 1;', '   |   ^^^', '   = note: …', 'help: …', '...'. */
const isMargin = (b: Uint8Array, start: number, content: number, end: number): boolean => {
  if (content > start) return true;
  let i = start;
  while (i < end && isDigit(b[i])) i++;
  if (i > start) return b[skipSpaces(b, i, end)] === 124;
  return b[i] === 124 || ['help: ', 'note: ', '... ', '...'].some((text) => startsWith(b, i, end, text));
};
