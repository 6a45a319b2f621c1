import { leftOut } from '#src/logs/digest/sample.ts';

/** The lines of a record joined by \n: all of them, or of a long record the head and the last line that names a failure. */
export type RecordText = {
  readonly bytes: Buffer;
  length(): number;
  begin(b: Buffer, start: number, end: number): void;
  /** Adds a line, with blank ones in front. `isCause` marks those that name the failure. */
  add(b: Buffer, start: number, end: number, blanks: number, isCause: boolean): void;
  /** Puts in what was kept of the lines that found no room. */
  close(): void;
};

const longestText = 8192;
/** Of it, kept free for the root of a trace that is longer: a framework's can take tens of kilobytes before it says why. */
const longestRoot = 1200;
/** The root's own line and the frames next to it. */
const rootLines = 4;
/** The rest of the room is for the root and two marks. */
const longestHead = longestText - longestRoot - 128;
const longestRootLine = 400;

const nothing = Buffer.alloc(0);

export const createRecordText = (): RecordText => {
  // Most short logs have no record of several lines, and fewer a long one.
  let text = nothing;
  let length = 0;
  // Of what no longer fits: how many lines, and from the last cause on the first few of them.
  let root = nothing;
  const beyond = { lines: 0, rootAt: 0, rootLines: 0, rootLength: 0 };

  const addBeyond = (b: Buffer, start: number, end: number, isCause: boolean) => {
    if (isCause) [beyond.rootAt, beyond.rootLines, beyond.rootLength] = [beyond.lines, 0, 0];
    const opened = isCause || beyond.rootLines > 0;
    if (opened && root.length === 0) root = Buffer.allocUnsafeSlow(longestRoot);
    if (opened && beyond.rootLines < rootLines && beyond.lines === beyond.rootAt + beyond.rootLines) {
      const room = longestRoot - beyond.rootLength - 1;
      if (isCause || end - start <= room) {
        beyond.rootLength += b.copy(root, beyond.rootLength, start, Math.min(end, start + Math.min(room, longestRootLine)));
        root[beyond.rootLength++] = 10;
        beyond.rootLines++;
      }
    }
    beyond.lines++;
  };

  const write = (line: string) => {
    length += text.write(line, length);
  };

  return {
    get bytes() {
      return text;
    },
    length: () => length,
    begin(b, start, end) {
      if (text.length === 0) text = Buffer.allocUnsafeSlow(longestText);
      length = b.copy(text, 0, start, Math.min(end, start + longestHead));
      beyond.lines = beyond.rootAt = beyond.rootLines = beyond.rootLength = 0;
    },
    add(b, start, end, blanks, isCause) {
      if (beyond.lines > 0 || length + blanks + 1 + end - start > longestHead) return addBeyond(b, start, end, isCause);
      for (let k = 0; k <= blanks; k++) text[length++] = 10;
      length += b.copy(text, length, start, end);
    },
    close() {
      if (beyond.lines === 0) return;
      const after = beyond.rootLines > 0 ? beyond.lines - beyond.rootAt - beyond.rootLines : 0;
      const before = beyond.rootLines > 0 ? beyond.rootAt : beyond.lines;
      if (before > 0) write(`\n${leftOut(before)}`);
      if (beyond.rootLines > 0) {
        text[length++] = 10;
        length += root.copy(text, length, 0, beyond.rootLength - 1);
      }
      if (after > 0) write(`\n${leftOut(after)}`);
    },
  };
};
