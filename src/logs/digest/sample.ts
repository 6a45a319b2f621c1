import type { Sample } from './types.ts';

/** A record as it may be shown and quoted: at most this many characters, what is left out marked. */
const longestSample = 2000;

/** Stands alone on its line of a sample, in place of lines that were left out; nothing of the log. */
export const leftOut = (lines: number): string => `[… ${lines} ${lines === 1 ? 'line' : 'lines'} left out …]`;
const leftOutRest = '[… the rest left out …]';
const mark = /^\[… (?:(\d{1,9}) lines?|the rest) left out …\]$/;

/** The passages of a sample that stand in the log without a gap: what may be quoted. */
export const passagesOf = ({ text }: Sample): string[] => {
  if (!text.includes('left out …]')) return [text];
  const passages: string[][] = [[]];
  for (const line of text.split('\n')) {
    if (mark.test(line)) passages.push([]);
    else passages.at(-1)?.push(line);
  }
  return passages.map((lines) => lines.join('\n')).filter((passage) => passage !== '');
};

/**
 * A long record keeps its head and the lines that tell what failed, with the frames next to them, wherever they stand: of a Java trace
 * the last 'Caused by:', of a Python one the last line. The rest of the room goes to the lines from the top.
 */
export const toSampleText = (text: string): string => {
  if (text.length <= longestSample) return text;
  const lines = text.split('\n');
  const kept = new Map<number, string>();
  let room = longestSample;
  const take = (at: number, longest = longestLine): void => {
    const line = lines[at];
    if (line === undefined || kept.has(at) || mark.test(line)) return;
    const shown = line.length >= longest ? `${cutAtBorder(line, longest)}\n${leftOutRest}` : line;
    // A line may need a mark of its own in front, and another may follow it.
    if (shown.length + markRoom > room) return;
    room -= shown.length + markRoom;
    kept.set(at, shown);
  };
  take(0, lines.length === 1 ? longestSample - markRoom * 2 : longestLine);
  const telling = lines.flatMap((line, at) => (at > 0 && tellsFailure.test(line) ? [at] : []));
  const root = telling.at(-1);
  if (root !== undefined) {
    // Java writes the frames below the failure, Python above it.
    const nearby = /^\s*at /.test(lines[root + 1] ?? '') ? [1, 2, 3] : [-1, -2, -3, -4, 1, 2];
    for (const at of [root, ...nearby.map((step) => root + step)]) take(at);
  }
  for (const at of telling.toReversed().slice(0, 6)) take(at);
  for (let at = 1; at < lines.length && room > markRoom * 2; at++) {
    // From the top without a hole, so that the room goes to one passage.
    const before = kept.size;
    take(at);
    if (kept.size === before && !kept.has(at)) break;
  }
  return write(lines, kept);
};

const longestLine = 400;
const markRoom = 32;
const tellsFailure =
  /^\s*(?:Caused(?: by)?: ?|\[cause\]: |---> |panic: |fatal error: |Uncaught |Fatal error: )|^(?:[\w$]+\.)*[\w$]*(?:Error|Exception|Throwable)\b/;

const write = (lines: string[], kept: Map<number, string>): string => {
  const written: string[] = [];
  let missing = 0;
  const settle = (): void => {
    if (missing > 0) written.push(leftOut(missing));
    missing = 0;
  };
  for (const [at, line] of lines.entries()) {
    const shown = kept.get(at);
    if (shown === undefined) missing += Number(mark.exec(line)?.[1] ?? (line.trim() === '' ? 0 : 1));
    else {
      settle();
      written.push(shown);
    }
  }
  settle();
  return written.join('\n').slice(0, longestSample);
};

/**
 * At a border of words, so that half an address or half a secret, which nobody knows any more for what it is, does not remain; in the middle
 * of one only where a line is hardly anything else, and never in the middle of a character that takes two places.
 */
export const cutAtBorder = (line: string, length: number): string => {
  const border = line.slice(0, length).search(/[\s"'`,;&?()[\]{}<>|][^\s"'`,;&?()[\]{}<>|]*$/) + 1;
  if (border > length / 3) return line.slice(0, border).trimEnd();
  return line.slice(0, /[\ud800-\udbff]/.test(line[length - 1] ?? '') ? length - 1 : length);
};
