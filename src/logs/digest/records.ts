import { type Block, continueBlock, isSecondLineOfTwo, isStampedFrame, openBlock } from './blocks.ts';
import { isSpace, skipSpaces, startsWith } from './bytes.ts';
import { cleanLine } from './clean-line.ts';
import { beginTrace, isExceptionLine, judgeContinuation, type Trace } from './continuation.ts';
import { createHead, type Head, readHead } from './head.ts';
import type { Lane } from './lane.ts';
import { isSevere, unknownLevel } from './levels.ts';
import type { Keepsake } from './pattern.ts';
import { createPlainLines, opensLogfmt } from './plain-lines.ts';
import type { Reading } from './reading.ts';
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
  /** Of a single line the fast lane knew. */
  reading: Reading | null;
  /** Where to put those who need the bytes for longer than the present push; null when the bytes do not even stay that long. */
  borrowers: Keepsake[] | null;
};

export type RecordBuilder = {
  line(b: Buffer, start: number, end: number, dirty: boolean): void;
  /** Keeps what the open record needs of bytes that are about to go away. */
  settle(): void;
  end(): void;
  counts(): { lines: number; blank: number };
};

const isCause = (b: Buffer, start: number, end: number): boolean =>
  startsWith(b, start, end, 'Caused by: ') || isExceptionLine(b, start, end);

/** Back over the blanks that the head took with it: they tell a frame from a message. */
const stampEnd = (b: Buffer, message: number): number => {
  let i = message;
  while (i > 0 && isSpace(b[i - 1])) i--;
  return i;
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

/** Folds lines into records: indented lines, traces, and in a log where every line has a head those that have none. */
export const createRecordBuilder = ({
  times,
  maxLineBytes,
  lane,
  take,
}: {
  times: TimeReader;
  maxLineBytes: number;
  lane?: Lane;
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
    reading: null,
    borrowers: null,
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
  let block: Block = 'none';
  let isObject = false;
  const plain = createPlainLines();

  const sceneOf = (): Trace => {
    trace ??= beginTrace(record.bytes, record.start, record.end, record.head.message, record.head.leading, isSevere(record.head.level));
    return trace;
  };

  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    if (beyond.lines > 0) closeText();
    else if (record.text && isObject) flatten();
    take(record);
  };

  const open = (b: Buffer, start: number, end: number, head: Head, reading: Reading | null = null) => {
    close();
    if (reading) lane?.hold();
    record.reading = reading;
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
    block = openBlock(b, start, end);
    isObject = block === 'json';
    plain.opened(head, head.leading);
    isOpen = true;
  };

  /** An object over several lines is read like one on a single line: time, level and message may stand anywhere in it. */
  const flatten = () => {
    const length = Math.min(record.textLength, own.length - 1);
    for (let i = 0; i < length; i++) own[i] = text[i] === 10 ? 32 : (text[i] as number);
    own[length] = 10;
    record.bytes = own;
    record.start = record.head.message = 0;
    record.end = length;
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

  /** What a record's kind settles before its lines are looked at one by one. */
  const belongsToBlock = (b: Buffer, start: number, end: number, head: Head): boolean => {
    if (block !== 'none') {
      const next = record.lines < maxRecordLines ? continueBlock(block, b, start, end) : null;
      if (next !== null) {
        block = next;
        return true;
      }
    }
    if (!head.leading) return false;
    if (head.hasTime)
      return head.level === unknownLevel && sceneOf().severe() && isStampedFrame(b, stampEnd(b, head.message), end, sceneOf().mode);
    return record.lines === 1 && record.head.hasTime && record.head.level === unknownLevel && isSecondLineOfTwo(b, start, end);
  };

  /** Takes a line whose reading is known, when that alone says whether it begins a record. */
  const takeKnown = (reading: Reading, b: Buffer, start: number, end: number): boolean => {
    if (isOpen && reading.stand !== 'always') {
      const scene = record.reading && !record.text ? null : sceneOf();
      const calm = scene ? scene.mode === 'none' && !scene.expects : record.reading?.calm;
      if (!calm || block !== 'none' || blanks > 0) return false;
      if (
        reading.stand === 'plain' &&
        record.to - record.from < maxRecordLines &&
        plain.continues(lineBefore(), { bytes: b, start, end }, 0)
      ) {
        append(b, start, end, false);
        return true;
      }
    } else if (isOpen && block !== 'none' && blanks === 0) return false;
    open(b, start, end, spareHead, reading);
    return true;
  };

  const lineBefore = () => ({ bytes: record.bytes, start: record.head.message, end: record.end });

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
      const known = lane?.recognise(b, start, end, head);
      if (known && takeKnown(known, b, start, end)) return;
      readHead(b, start, end, times, head);
      if (isOpen && blanks === 0 && belongsToBlock(b, start, end, head)) {
        const tells = head.leading && (!head.hasTime || isCause(b, head.message, end));
        if (record.head.level === unknownLevel) record.head.level = head.level;
        append(b, start, end, tells);
        if (tells) keepCause(b, head.hasTime ? head.message : start, end);
        return;
      }
      // 'Error: boom' reads like a level, but under the caret of a Node trace it is the failure's own line.
      const announced = isOpen && head.leading && !head.hasTime && sceneOf().expects && isExceptionLine(b, content, end);
      if (head.leading && !announced) return open(b, start, end, head);
      const json = !indented && first === 123 && b[start + 1] === 34;
      if (!isOpen || json || record.to - record.from >= maxRecordLines) return open(b, start, end, head);
      const verdict = judgeContinuation(b, start, end, sceneOf());
      if (verdict === 'no') {
        // A line with a time of its own, as access logs have it, is a record of its own.
        const own = head.hasTime || opensLogfmt(b, start, end);
        if (own || !plain.continues(lineBefore(), { bytes: b, start, end }, blanks)) return open(b, start, end, head);
      }
      append(b, start, end, verdict === 'cause');
      if (verdict === 'cause') keepCause(b, start, end);
    },
    settle,
    end: close,
    counts: () => ({ lines, blank }),
  };
};
