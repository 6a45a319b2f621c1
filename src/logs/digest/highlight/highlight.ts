import { createLineReader } from '#src/logs/digest/lines/line-reader.ts';
import type { Digester, Sample } from '#src/logs/digest/types.ts';
import { chooseLines } from './choose-lines.ts';
import { judgeLines } from './judge-lines.ts';
import { createLineKeeper } from './keep-lines.ts';
import { readSigns, type SignedLine } from './line-signs.ts';

/** Streaming, one pass, bounded memory. Feed UTF-8 bytes cut anywhere; lines end at \n. */
export type Highlighter = {
  push(bytes: Uint8Array): void;
  /** The passages to read first, in the order of the log: together at most `lineBudget` lines. */
  finish(): Sample[];
};

export type HighlightOptions = {
  lineBudget: number;
  /** How much more a missed line counts than an idle one. Default 1. */
  recall?: number;
  maxLineBytes?: number;
};

/** A digester that also says which lines to read first. */
export const withHighlights = (digester: Digester, options: HighlightOptions): Digester => {
  const highlighter = createHighlighter(options);
  return {
    ...digester,
    push(bytes) {
      digester.push(bytes);
      highlighter.push(bytes);
    },
    finish: () => ({ ...digester.finish(), highlights: highlighter.finish() }),
  };
};

/**
 * Finds the lines that tell why something failed: what a person would mark in the log of a failed build. General signals only, weighed as
 * people who marked real logs weighed them (bench/highlight.ts measures it on projects that were not learned from).
 */
export const createHighlighter = ({ lineBudget, recall = 1, maxLineBytes = 16 * 1024 }: HighlightOptions): Highlighter => {
  const keeper = createLineKeeper();
  const reader = createLineReader({ maxLineBytes, take: keeper.line });
  return {
    push: reader.push,
    finish() {
      reader.end();
      const { lines, of } = keeper.kept();
      const signed = lines.map(({ line, raw }) => readSigns(line, raw));
      return toPassages(signed, chooseLines(signed, judgeLines(signed, { lines: of }), lineBudget, recall));
    },
  };
};

const toPassages = (lines: readonly SignedLine[], chosen: readonly number[]): Sample[] => {
  const passages: Sample[] = [];
  for (const at of chosen) {
    const { line, shown } = lines[at] as SignedLine;
    const open = passages.at(-1);
    if (open && open.lines.to === line - 1) {
      open.lines.to = line;
      open.text += `\n${shown}`;
    } else passages.push({ lines: { from: line, to: line }, text: shown });
  }
  return passages;
};
