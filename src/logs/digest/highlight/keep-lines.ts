import { toText } from '#src/logs/digest/lines/bytes.ts';
import { cutAtBorder } from '#src/logs/digest/sample.ts';

/** A line as it was, terminal codes included: a red line says more than a plain one. */
export type KeptLine = { line: number; raw: string };

const longest = 600;
const firstLines = 3000;
const lastLines = 3000;
const before = 15;
const after = 30;

/**
 * Of a log of any length the lines worth judging, in bounded memory: the first three thousand, and of the rest the neighbourhoods of lines
 * with a word of failure and the last ones, of which the latest three thousand stay.
 */
export const createLineKeeper = () => {
  const head: KeptLine[] = [];
  let tail: KeptLine[] = [];
  // The lines just read, that may turn out to stand before a failure.
  let recent: KeptLine[] = [];
  let following = 0;
  let lines = 0;

  const keep = (kept: KeptLine[]) => {
    tail.push(...kept);
    if (tail.length > lastLines * 2) tail = tail.slice(-lastLines);
  };

  return {
    line(b: Uint8Array, start: number, end: number) {
      lines++;
      const one = {
        line: lines,
        raw: end - start > longest ? cutAtBorder(toText(b, start, start + longest), longest) : toText(b, start, end),
      };
      if (head.length < firstLines) return void head.push(one);
      if (saysFailure.test(one.raw)) following = after;
      recent.push(one);
      if (following > 0) {
        following--;
        keep(recent);
        recent = [];
      } else if (recent.length > before * 2) recent = recent.slice(-before);
    },
    kept: (): { lines: KeptLine[]; of: number } => ({ lines: [...head, ...tail.slice(-lastLines), ...recent], of: lines }),
  };
};

const saysFailure =
  /error|fail|exception|fatal|panic|abort|cannot|can't|could not|not found|no such|denied|refused|timed? ?out|killed|exit|undefined|✗|✖|❌|●/i;
