import { createEchoedScript } from '#src/logs/digest/heads/echoed-script.ts';
import { dockerStream, isDockerLine, isOfStream, nameEnd, type Part, partOf, tagEnd } from '#src/logs/digest/heads/envelope.ts';
import { copyHead, createHead, type Head } from '#src/logs/digest/heads/head.ts';
import { isRunnerMark } from '#src/logs/digest/heads/head-marks.ts';
import { debugLevel, isSevere, unknownLevel } from '#src/logs/digest/heads/levels.ts';
import { readHead } from '#src/logs/digest/heads/read-head.ts';
import type { TimeReader } from '#src/logs/digest/heads/times.ts';
import { isSpace, skipSpaces } from '#src/logs/digest/lines/bytes.ts';
import { cleanLine } from '#src/logs/digest/lines/clean-line.ts';
import type { Lane } from '#src/logs/digest/shapes/lane.ts';
import type { Reading } from '#src/logs/digest/shapes/reading.ts';
import { type Block, endsOpenArray, mayOpenBlock, openBlock, spansBlanks } from './blocks.ts';
import { type Columns, dateAt } from './columns.ts';
import { followOf } from './companions.ts';
import { judgeContinuation } from './continuation.ts';
import { entryStart } from './entries.ts';
import { behindTag, blockStart, causeStart, createWrapped, type Inner } from './inner-line.ts';
import { createJudge } from './judge-line.ts';
import { createDetailNotes } from './note-details.ts';
import { createOpenRecord } from './open-record.ts';
import { createPlainLines } from './plain-lines.ts';
import { createRecord, type LogRecord } from './record.ts';
import { createRecordText } from './record-text.ts';

export type RecordBuilder = {
  line(b: Buffer, start: number, end: number, dirty: boolean, isPart: boolean): void;
  /** The open record, if that is a single known line which one that begins a record ends, and nothing else has to be asked. */
  simple(): LogRecord | null;
  /**
   * Takes the open record. So many records of single lines behind it are taken elsewhere, the last of that reading and with that time among its fields, or
   * NaN; the line behind them begins a record, too.
   */
  pass(count: number, last: Reading, date: number, isEpoch: boolean): void;
  /** One of them began. */
  opened(isHeaded: boolean): void;
  /** Keeps what the open record needs of bytes that are about to go away. */
  settle(): void;
  end(): void;
  /** Closes the open record and counts lines anew; what was learnt of the log's ways stays. */
  restart(): void;
  counts(): { lines: number; blank: number };
};

const longestCause = 400;
const maxCauses = 8;
/** Lines of one trace that a program writes line by line. */
const togetherMs = 20;
/** A record longer than this goes on as another one: a bound, not a guess about formats. */
const maxRecordLines = 2000;

/** Folds lines into records: indented lines, traces, and in a log where every line has a head those that have none. */
export const createRecordBuilder = ({
  times,
  maxLineBytes,
  columns,
  lane,
  take,
}: {
  times: TimeReader;
  maxLineBytes: number;
  /** Told of each line that names columns. */
  columns: Columns;
  lane?: Lane;
  take: (record: LogRecord) => void;
}): RecordBuilder => {
  const scratch = [Buffer.allocUnsafeSlow(maxLineBytes + 1), Buffer.allocUnsafeSlow(maxLineBytes + 1)] as const;
  const own = Buffer.allocUnsafeSlow(maxLineBytes + 1);
  const text = createRecordText();
  const record = createRecord(own);
  const held = createOpenRecord(record, times, maxLineBytes);
  const { sceneOf, beginBlock, lineBefore } = held;
  const details = createDetailNotes(held);
  let spareHead = createHead();
  let isOpen = false;
  let lines = 0;
  let blank = 0;
  // Where the objects of an array that goes on over the lines begin; -1 outside of one.
  let elements = -1;
  let opensArray = false;
  // The last line was cut by the container runtime, which goes on with the next.
  let part: Part = 'none';
  let isCut = false;
  const wrapped = createWrapped(maxLineBytes);
  const inner: Inner = { bytes: own, start: 0, end: 0, head: spareHead };
  // Of the line at hand, behind the process that syslog names.
  const saidHead = createHead();
  const plain = createPlainLines();
  const judge = createJudge(held, details, plain);
  const script = createEchoedScript();
  let inScript = false;
  // The open record is a single known line, with which nothing begins: a line that stands for itself ends it.
  let isSimple = false;
  // It was taken elsewhere, and only its reading is known here: the next line is known to end it.
  let isTaken = false;
  let takenDate = Number.NaN;
  let isTakenEpoch = false;

  const leaveTaken = () => {
    isTaken = false;
    if (!Number.isNaN(takenDate)) times.refer(takenDate, isTakenEpoch);
  };

  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    if (isTaken) return leaveTaken();
    if (record.text) {
      if (held.flat !== 'no') flatten(held.flat === 'object' ? 32 : 10);
      text.close();
      record.textLength = text.length();
    }
    take(record);
  };

  const open = (b: Buffer, start: number, end: number, head: Head, weight: number, reading: Reading | null = null) => {
    close();
    if (reading) lane?.hold();
    record.reading = reading;
    spareHead = record.head;
    record.head = head;
    record.from = record.to = lines;
    record.lines = weight;
    record.bytes = b;
    record.start = start;
    record.end = end;
    record.text = null;
    record.textLength = 0;
    record.isMessage = false;
    if (record.causes.length > 0) record.causes = [];
    if (record.details.length > 0) record.details = [];
    held.trace = null;
    held.blanks = 0;
    held.nameLength = 0;
    beginBlock(openBlock(b, blockStart(b, start, head.message), end), b, start, end);
    held.flat = held.block === 'none' ? 'no' : flatnessOf(held.block);
    opensArray = b[end - 1] === 91;
    // Nearly all lines are no runner's, which is seen at a glance. (Much more in here, and the compiler no longer puts it where it is called.)
    plain.opened(b[start] === 35 || b[head.message - 1] === 93 || inScript ? openRunnerLine(b, start, end, head) : head.leading);
    isOpen = true;
  };

  /** Whether lines without a head may follow: not where a runner speaks. */
  const openRunnerLine = (b: Buffer, start: number, end: number, head: Head): boolean => {
    if (script.holds(b, end, head)) {
      head.level = debugLevel;
      record.reading = null;
    }
    inScript = script.isOpen();
    return head.leading && (head.hasTime || !isRunnerMark(b, start, end));
  };

  /** Time, level and message may stand anywhere in it. */
  const flatten = (joint: number) => {
    const length = Math.min(text.length(), own.length - 1);
    for (let i = 0; i < length; i++) own[i] = text.bytes[i] === 10 ? joint : (text.bytes[i] as number);
    own[length] = 10;
    record.bytes = own;
    record.start = 0;
    record.head.message = held.flat === 'entry' ? entryStart(own, length) : skipSpaces(own, 0, length);
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
      text.begin(record.bytes, record.start, record.end);
      record.text = text.bytes;
    }
    text.add(b, start, end, held.blanks, isCause);
    opensArray = b[end - 1] === 91;
    record.to = lines;
    record.lines++;
    held.blanks = 0;
    const scene = sceneOf();
    scene.blanks = 0;
    scene.lines++;
  };

  const keepCause = (b: Buffer, start: number, end: number) => {
    const from = skipSpaces(b, start, end);
    const cause = Buffer.from(b.subarray(from, Math.min(end, from + longestCause)));
    if (record.causes.length >= maxCauses) record.causes.pop();
    record.causes.push(cause);
  };

  /** Objects of an array that goes on over many lines are records: an export of events, printed for people to read. */
  const opensElement = (b: Buffer, start: number, end: number): boolean => {
    const content = skipSpaces(b, start, end);
    if (b[content] !== 123) return false;
    const next = skipSpaces(b, content + 1, end);
    if (next < end && b[next] !== 34) return false;
    if (elements >= 0) return elements === content - start;
    if (!opensArray || !(record.text ? endsOpenArray(text.bytes, 0, text.length()) : endsOpenArray(record.bytes, record.start, record.end)))
      return false;
    elements = content - start;
    return true;
  };

  /** As `takeKnown`, of a line that begins a record, after one of the same kind: nearly all lines are, so no more is asked of them than need be. */
  const succeed = (reading: Reading, b: Buffer, start: number, end: number, weight: number): boolean => {
    const head = spareHead;
    const first = b[start] as number;
    const last = b[end - 1] as number;
    if (
      first === 35 ||
      last === 91 ||
      b[head.message - 1] === 93 ||
      inScript ||
      (mayOpenBlock(first, last) && openBlock(b, blockStart(b, start, head.message), end) !== 'none')
    )
      return false;
    if (isTaken) leaveTaken();
    else take(record);
    (lane as Lane).hold();
    record.reading = reading;
    spareHead = record.head;
    record.head = head;
    record.from = lines;
    record.to = lines;
    record.lines = weight;
    // Most often it is the same as before, which costs less to see than to note.
    if (record.bytes !== b) record.bytes = b;
    record.start = start;
    record.end = end;
    held.trace = null;
    plain.opened(head.leading);
    return true;
  };

  /** Takes a line whose reading is known, when that alone says whether it begins a record. */
  const takeKnown = (reading: Reading, b: Buffer, start: number, end: number, weight: number): boolean => {
    if (isSimple && reading.isAlone && succeed(reading, b, start, end, weight)) return true;
    isSimple = false;
    if (elements >= 0 || (isOpen && held.follow !== 'none')) return false;
    if (isOpen && ((held.block !== 'none' && (held.blanks === 0 || spansBlanks(held.block))) || part !== 'none' || isCut || opensArray))
      return false;
    if (reading.stand === 'frame') return appendFrame(b, start, end, weight);
    if (isOpen && reading.stand === 'second') {
      if (record.head.hasTime && record.head.level === unknownLevel) return false;
    } else if (isOpen && reading.stand !== 'always') {
      const scene = record.reading && !record.text ? null : sceneOf();
      const calm = scene ? scene.mode === 'none' && !scene.expects : record.reading?.calm;
      if (!calm || held.block !== 'none' || held.blanks > 0 || held.nameLength > 0) return false;
      // Tags of the record's own may stand in front of it.
      if (b[start] === 91 && record.head.hasTime && record.bytes[record.head.message] === 91) return false;
      if (
        reading.stand === 'plain' &&
        record.to - record.from < maxRecordLines &&
        plain.continues(lineBefore(), { bytes: b, start, end }, 0)
      ) {
        append(b, start, end, false);
        return true;
      }
    }
    open(b, start, end, spareHead, weight, reading);
    held.follow = 'none';
    if (reading.isNamed) held.nameLength = nameEnd(b, start, end) - start;
    isSimple = record.reading !== null && held.block === 'none' && held.nameLength === 0 && part === 'none' && !(isCut || opensArray);
    return true;
  };

  /** '\tat com.acme.Shop.sell(Shop.java:12)': what a record is said to be does not hang on it, only whether it is one of many lines. */
  const appendFrame = (b: Buffer, start: number, end: number, weight: number): boolean => {
    if (!isOpen || weight === 0 || held.blanks > 0 || held.nameLength > 0 || record.to - record.from >= maxRecordLines) return false;
    if (judgeContinuation(b, start, end, sceneOf()) !== 'yes') return false;
    [inner.bytes, inner.start, inner.end, inner.head] = [b, start, end, spareHead];
    details.note(inner, held.block);
    append(b, start, end, false);
    return true;
  };

  const isOfSameName = (b: Buffer, start: number, length: number): boolean => {
    if (length !== held.nameLength) return false;
    for (let k = 0; k < length; k++) if (b[start + k] !== record.bytes[record.start + k]) return false;
    return true;
  };

  /** Both name the same program and process behind their stamps. */
  const isOfSameProcess = (b: Buffer, head: Head, end: number): boolean => {
    if (!head.leading || !head.hasTime || !record.head.leading || !record.head.hasTime) return false;
    const length = tagEnd(b, head.message, end) - head.message;
    const { bytes, head: first, end: stop } = record;
    if (length === 0 || length !== tagEnd(bytes, first.message, stop) - first.message) return false;
    for (let k = 0; k < length; k++) if (b[head.message + k] !== bytes[first.message + k]) return false;
    return true;
  };

  const isOfOtherStream = (b: Buffer, start: number, end: number): boolean =>
    b[start] === 123 && isDockerLine(b, start, end) && dockerStream(b, start, end) !== dockerStream(record.bytes, record.start, record.end);

  /** Leaves in `inner` what the program wrote; the length of the name in front of it. */
  const unwrap = (b: Buffer, start: number, end: number, head: Head): number => {
    inner.bytes = b;
    inner.end = end;
    inner.head = head;
    inner.start = nameEnd(b, start, end);
    isCut = false;
    if (!isDockerLine(b, start, end)) return inner.start - start;
    const line = wrapped.read(b, start, end, times);
    [inner.bytes, inner.start, inner.end, inner.head, isCut] = [line.bytes, 0, line.length, line.head, line.isCut];
    return 0;
  };

  const takeUnknown = (b: Buffer, start: number, end: number, weight: number) => {
    isSimple = false;
    const head = spareHead;
    readHead(b, start, end, times, head);
    const wasCut = isCut;
    const length = unwrap(b, start, end, head);
    const wasPart = part;
    part = partOf(b, start, end);
    let isElement = false;
    if (weight > 0 && isOpen && record.to - record.from < maxRecordLines && isOfSameName(b, start, length)) {
      held.isOfProcess = isOfSameProcess(b, head, end);
      if (held.isOfProcess) {
        copyHead(head, saidHead);
        saidHead.message = behindTag(b, head, end);
        // Logcat states the level with each line of a trace.
        if (
          held.follow === 'none' &&
          isSevere(head.level) &&
          head.level === record.head.level &&
          Math.abs(head.ms - record.head.ms) <= togetherMs
        )
          saidHead.level = unknownLevel;
        inner.head = saidHead;
      }
      if (wasCut || (wasPart !== 'none' && isOfStream(b, start, end, wasPart))) return append(b, start, end, false);
      if (skipSpaces(inner.bytes, inner.start, inner.end) >= inner.end) return appendBlank(b, start, end);
      isElement = opensElement(inner.bytes, inner.start, inner.end);
      if (!isElement) {
        const was = held.block;
        const verdict = isOfOtherStream(b, start, end) ? 'new' : judge(inner);
        if (verdict !== 'new') {
          if (record.head.level === unknownLevel && head.leading && held.follow !== 'stamp') record.head.level = head.level;
          details.note(inner, was);
          append(b, start, end, verdict === 'cause');
          if (verdict === 'cause') keepCause(inner.bytes, causeStart(inner), inner.end);
          noteColumns(b, start, end);
          return;
        }
      }
    } else if (!isOpen && elements >= 0) isElement = opensElement(inner.bytes, inner.start, inner.end);
    // Where reading began anew nobody knows what the first line is part of.
    const wasOpen = isOpen;
    open(b, start, end, head, weight);
    held.follow = weight > 0 ? followOf(b, head, end) : 'none';
    noteColumns(b, start, end);
    held.nameLength = length;
    if (isElement) [held.block, held.flat] = ['json', 'object'];
    else if (wasOpen) elements = -1;
  };

  /** The record before is closed: it is read by the columns that were named when it came. */
  const noteColumns = (b: Buffer, start: number, end: number) => {
    if (b[start] !== 35 && lines > 1) return;
    const date = dateAt(b, start, end);
    if (date > 0 && times.read(b, date, end)) times.sayDay();
    if (columns.note(b, start, end, lines === 1)) lane?.forget();
  };

  /** Nothing but what the collector put around it. */
  const appendBlank = (b: Buffer, start: number, end: number) => {
    append(b, start, end, false);
    held.blanks = 0;
    sceneOf().blanks = 1;
  };

  return {
    line(source, from, to, dirty, isPart) {
      if (!isPart) lines++;
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
      if (isSpace(b[start]) ? skipSpaces(b, start, end) >= end : start >= end) {
        blank++;
        held.blanks++;
        isSimple = false;
        if (isOpen) sceneOf().blanks = held.blanks;
        return;
      }
      const weight = isPart ? 0 : 1;
      const known = lane?.recognise(b, start, end, spareHead);
      if (known && takeKnown(known, b, start, end, weight)) return;
      if (isTaken) throw new Error('A line that was known to begin a record does not.');
      takeUnknown(b, start, end, weight);
    },
    simple: () => (isSimple && !isTaken && !inScript && record.reading !== null ? record : null),
    pass(count, last, date, isEpoch) {
      take(record);
      isTaken = true;
      takenDate = date;
      isTakenEpoch = isEpoch;
      record.reading = last;
      held.trace = null;
      lines += count;
    },
    opened: plain.opened,
    settle,
    end: close,
    restart() {
      close();
      isSimple = false;
      lines = blank = held.blanks = 0;
      held.block = part = 'none';
      isCut = opensArray = false;
    },
    counts: () => ({ lines, blank }),
  };
};

const flatnessOf = (block: Block): 'no' | 'object' | 'entry' =>
  block === 'json' ? 'object' : block === 'journal' || block === 'event' ? 'entry' : 'no';
