import { skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import type { Head } from './head.ts';

/**
 * What a runner will run it prints first, comments and all, between '##[group]Run' and '##[endgroup]': an 'error' there is one that somebody
 * thought of, not one that came.
 */
export type EchoedScript = {
  /** Is this line, which begins a record, part of one? */
  holds(b: Uint8Array, end: number, head: Head): boolean;
  isOpen(): boolean;
};

/** The end of one may be missing. */
const maxRecords = 500;

export const createEchoedScript = (): EchoedScript => {
  let left = 0;
  return {
    holds(b, end, { message }) {
      if (left > 0) left--;
      // A head takes the mark with it.
      const mark = b[message] === 35 ? message : b[message - 1] === 93 ? markBefore(b, message) : -1;
      if (mark < 0) return left > 0;
      if (startsWith(b, mark, end, '##[group]Run ')) left = maxRecords;
      else if (startsWith(b, mark, end, '##[endgroup]')) left = 0;
      else return left > 0;
      return false;
    },
    isOpen: () => left > 0,
  };
};

const longestMark = 12;

const markBefore = (b: Uint8Array, message: number): number => {
  let i = message - 1;
  while (i > 0 && message - i < longestMark && b[i] !== 35) i--;
  return b[i] === 35 && b[i - 1] === 35 ? i - 1 : -1;
};

/** '+ # error: …', '$ # if this fails': a comment that a shell shows with its commands. */
export const isShownComment = (b: Uint8Array, start: number, end: number): boolean => {
  let i = skipSpaces(b, start, end);
  if (b[i] !== 43 && b[i] !== 36) return false;
  while (b[i] === 43) i++;
  if (b[i] === 36) i++;
  return b[i] === 32 && b[i + 1] === 35 && b[i + 2] === 32;
};
