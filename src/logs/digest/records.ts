import { isSpace, skipSpaces } from './bytes.ts';
import { cleanLine } from './clean-line.ts';
import { beginTrace, isExceptionLine, judgeContinuation, type Trace } from './continuation.ts';
import { createHead, type Head, readHead } from './head.ts';
import { inferLevel, isSevere, unknownLevel } from './levels.ts';
import { leftOut } from './sample.ts';
import type { TimeReader } from './times.ts';

/** What its program wrote in one go. Reused: valid until the next line. */
export type LogRecord = {
  from: number;
  to: number;
  /** Lines that are not blank. */
  lines: number;
  /** Its first line, cleaned. */
  bytes: Buffer;
  start: number;
  end: number;
  head: Head;
  /** All its lines when it has more than one, joined by \n; of a long record the head and the last line that names a failure. */
  text: Buffer | null;
  textLength: number;
  /** The lines that name the failure: the first one and the root. */
  causes: Buffer[];
};

export type RecordBuilder = {
  line(b: Buffer, start: number, end: number, dirty: boolean): void;
  /** Keeps what the open record needs of bytes that are about to go away. */
  settle(): void;
  end(): void;
  counts(): { lines: number; blank: number };
};

const longestText = 8192;
/** Of it, kept free for the root of a trace that is longer: a framework's can take tens of kilobytes before it says why. */
const longestRoot = 1200;
/** The root's own line and the frames next to it. */
const rootLines = 4;
/** The rest of the room is for the root and two marks. */
const longestHead = longestText - longestRoot - 128;
const longestCause = 400;
/** A record longer than this goes on as another one: a bound, not a guess about formats. */
const maxRecordLines = 2000;
/** A log in which this share of lines has a head lets the few others belong to the line before. */
const headedShare = 0.8;
const maxPlainLines = 100;

/** Folds lines into records: indented lines, traces, and in a log where every line has a head those that have none. */
export const createRecordBuilder = ({
  times,
  maxLineBytes,
  take,
}: {
  times: TimeReader;
  maxLineBytes: number;
  take: (record: LogRecord) => void;
}): RecordBuilder => {
  const scratch = [Buffer.allocUnsafeSlow(maxLineBytes + 1), Buffer.allocUnsafeSlow(maxLineBytes + 1)] as const;
  const own = Buffer.allocUnsafeSlow(maxLineBytes + 1);
  const text = Buffer.allocUnsafeSlow(longestText);
  const record: LogRecord = {
    from: 0,
    to: 0,
    lines: 0,
    bytes: own,
    start: 0,
    end: 0,
    head: createHead(),
    text: null,
    textLength: 0,
    causes: [],
  };
  let spareHead = createHead();
  let trace: Trace | null = null;
  // What no longer fits into the text: how many lines, and from the last cause on the first few of them.
  const root = Buffer.allocUnsafeSlow(longestRoot);
  const beyond = { lines: 0, rootAt: 0, rootLines: 0, rootLength: 0 };
  let isOpen = false;
  let lines = 0;
  let blank = 0;
  let blanks = 0;
  let headed = 0;
  let headless = 0;
  let plainRun = 0;

  const sceneOf = (): Trace => {
    trace ??= beginTrace(record.bytes, record.start, record.end, record.head.message, record.head.leading, isSevere(record.head.level));
    return trace;
  };

  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    if (beyond.lines > 0) closeText();
    take(record);
  };

  const open = (b: Buffer, start: number, end: number, head: Head) => {
    close();
    spareHead = record.head;
    record.head = head;
    record.from = record.to = lines;
    record.lines = 1;
    record.bytes = b;
    record.start = start;
    record.end = end;
    record.text = null;
    record.textLength = 0;
    if (record.causes.length > 0) record.causes = [];
    trace = null;
    blanks = 0;
    plainRun = 0;
    isOpen = true;
  };

  const settle = () => {
    if (!isOpen || record.bytes === own) return;
    // What the record's first line says about lines to come is asked now, while it is still there.
    sceneOf().severe();
    const shift = record.start;
    const { head } = record;
    record.bytes.copy(own, 0, record.start, record.end);
    record.bytes = own;
    record.end -= shift;
    own[record.end] = 10;
    record.start = 0;
    head.message -= shift;
    if (head.timeStart >= 0) {
      head.timeStart -= shift;
      head.timeEnd -= shift;
    }
  };

  const append = (b: Buffer, start: number, end: number, isCause: boolean) => {
    settle();
    if (!record.text) {
      record.text = text;
      record.textLength = record.bytes.copy(text, 0, record.start, Math.min(record.end, record.start + longestHead));
    }
    if (beyond.lines > 0 || record.textLength + blanks + 1 + end - start > longestHead) appendBeyond(b, start, end, isCause);
    else {
      for (let k = 0; k <= blanks; k++) text[record.textLength++] = 10;
      record.textLength += b.copy(text, record.textLength, start, end);
    }
    record.to = lines;
    record.lines++;
    blanks = 0;
    const scene = sceneOf();
    scene.blanks = 0;
    scene.lines++;
  };

  const appendBeyond = (b: Buffer, start: number, end: number, isCause: boolean) => {
    if (isCause) [beyond.rootAt, beyond.rootLines, beyond.rootLength] = [beyond.lines, 0, 0];
    const opened = isCause || beyond.rootLines > 0;
    if (opened && beyond.rootLines < rootLines && beyond.lines === beyond.rootAt + beyond.rootLines) {
      const room = longestRoot - beyond.rootLength - 1;
      if (isCause || end - start <= room) {
        beyond.rootLength += b.copy(root, beyond.rootLength, start, Math.min(end, start + Math.min(room, longestCause)));
        root[beyond.rootLength++] = 10;
        beyond.rootLines++;
      }
    }
    beyond.lines++;
  };

  const closeText = () => {
    const after = beyond.rootLines > 0 ? beyond.lines - beyond.rootAt - beyond.rootLines : 0;
    const before = beyond.rootLines > 0 ? beyond.rootAt : beyond.lines;
    const write = (line: string) => {
      record.textLength += text.write(line, record.textLength);
    };
    if (before > 0) write(`\n${leftOut(before)}`);
    if (beyond.rootLines > 0) {
      text[record.textLength++] = 10;
      record.textLength += root.copy(text, record.textLength, 0, beyond.rootLength - 1);
    }
    if (after > 0) write(`\n${leftOut(after)}`);
    beyond.lines = beyond.rootAt = beyond.rootLines = beyond.rootLength = 0;
  };

  const keepCause = (b: Buffer, start: number, end: number) => {
    const from = skipSpaces(b, start, end);
    const cause = Buffer.from(b.subarray(from, Math.min(end, from + longestCause)));
    // The first failure is what the program saw, the last one the root.
    if (record.causes.length < 2) record.causes.push(cause);
    else record.causes[1] = cause;
  };

  /** In a log of headed lines a bare one belongs to the one before, unless it cries out by itself. */
  const isPlainContinuation = (b: Buffer, start: number, end: number): boolean => {
    if (!record.head.leading || blanks > 0 || plainRun >= maxPlainLines || headed < 5) return false;
    if (headed < headedShare * (headed + headless)) return false;
    return inferLevel(b, start, Math.min(end, start + 300)) === unknownLevel;
  };

  return {
    line(source, from, to, dirty) {
      lines++;
      let b = source;
      let start = from;
      let end = to;
      if (dirty) {
        b = record.bytes === scratch[0] ? scratch[1] : scratch[0];
        end = cleanLine(source, from, to, b);
        b[end] = 10;
        start = 0;
      }
      if (lines === 1 && b[start] === 0xef && b[start + 1] === 0xbb && b[start + 2] === 0xbf) start += 3;
      const first = b[start] as number;
      const indented = isSpace(first);
      const content = indented ? skipSpaces(b, start, end) : start;
      if (content >= end) {
        blank++;
        blanks++;
        if (isOpen) sceneOf().blanks = blanks;
        return;
      }
      const head = spareHead;
      readHead(b, start, end, times, head);
      // 'Error: boom' reads like a level, but under the caret of a Node trace it is the failure's own line.
      const announced = isOpen && head.leading && !head.hasTime && sceneOf().expects && isExceptionLine(b, content, end);
      if (head.leading && !announced) {
        headed++;
        return open(b, start, end, head);
      }
      const json = !indented && first === 123 && b[start + 1] === 34;
      if (!isOpen || json || record.to - record.from >= maxRecordLines) return open(b, start, end, head);
      const verdict = judgeContinuation(b, start, end, sceneOf());
      if (verdict === 'no') {
        headless++;
        if (!isPlainContinuation(b, start, end)) return open(b, start, end, head);
        plainRun++;
      }
      append(b, start, end, verdict === 'cause');
      if (verdict === 'cause') keepCause(b, start, end);
    },
    settle,
    end: close,
    counts: () => ({ lines, blank }),
  };
};
