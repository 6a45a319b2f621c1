import type { ClockRange } from './parse-question.ts';
import { clockIn, isFraction, timesWithin } from './search-lines.ts';

/** Wide enough that a record begins and ends in the window of its value or in one beside it. */
const WINDOW = 32 * 1024;
const MAX_LINE = 256 * 1024;

/**
 * The text with all that is far from what is looked for left blank, line by line, so that what reads records (far slower than looking for
 * words) reads a few of them and numbers stay. Kept are windows in which every value may stand and a time of `clock`, and those beside them.
 */
export async function* onlyAround(
  text: AsyncIterable<Uint8Array>,
  { values, clock }: { values: readonly string[]; clock: ClockRange | null },
): AsyncIterable<Uint8Array> {
  const sees = createSight(values, clock);
  let before: Seen | null = null;
  let last: Seen | null = null;
  const take = function* (next: Seen | null): Iterable<Uint8Array> {
    if (last) yield last.isWanted || before?.isWanted || next?.isWanted ? Buffer.from(last.text) : blank(last.text);
    [before, last] = [last, next];
  };
  for await (const window of windowsOf(text)) yield* take({ text: window, isWanted: sees(window) });
  yield* take(null);
}

type Seen = { text: string; isWanted: boolean };

const blank = (text: string): Buffer => {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return Buffer.alloc(lines, '\n');
};

/** Whole lines, but for one without an end. */
async function* windowsOf(text: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of text) {
    const part = rest + decoder.decode(bytes, { stream: true });
    let from = 0;
    while (part.length - from >= WINDOW) {
      const end = part.indexOf('\n', from + WINDOW) + 1;
      if (end === 0) break;
      yield part.slice(from, end);
      from = end;
    }
    rest = part.slice(from);
    // An endless line is looked at in pieces.
    if (rest.length > MAX_LINE) {
      yield rest;
      rest = '';
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** Values may stand in two windows one after the other, and what has no time is of the time above it: so a window is wanted rather once too often. */
const createSight = (values: readonly string[], clock: ClockRange | null): ((text: string) => boolean) => {
  const hours = clock ? timesWithin(clock) : null;
  let inside = false;
  const seen = values.map(() => false);
  return (text) => {
    const lower = values.length > 0 ? text.toLowerCase() : '';
    const here = values.map((value) => stands(lower, value));
    const hasAll = here.every((is, at) => is || seen[at]);
    for (const [at, is] of here.entries()) seen[at] = is;
    if (!hours) return hasAll;
    const isIn = hours.some((time) => text.includes(time));
    // Without any time it goes on as the one above.
    inside = isIn || (inside && !text.split('\n').some((line) => clockIn(line) !== null));
    return hasAll && inside;
  };
};

/** As a whole word, by and large. */
const stands = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!inWord.test(text[at - 1] ?? ' ') && !inWord.test(text[at + word.length] ?? ' ') && !isFraction(text, at, word)) return true;
  return false;
};

const inWord = /[\p{L}\p{N}_-]/u;
