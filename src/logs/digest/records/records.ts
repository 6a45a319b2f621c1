import { createEchoedScript } from '#src/logs/digest/heads/echoed-script.ts';
import {
  dockerStream,
  isDockerLine,
  isOfStream,
  nameEnd,
  type Part,
  partOf,
  tagEnd,
  unwrapDocker,
} from '#src/logs/digest/heads/envelope.ts';
import { copyHead, createHead, type Head } from '#src/logs/digest/heads/head.ts';
import { isRunnerMark } from '#src/logs/digest/heads/head-marks.ts';
import { debugLevel, isSevere, unknownLevel, warnLevel } from '#src/logs/digest/heads/levels.ts';
import { readHead } from '#src/logs/digest/heads/read-head.ts';
import type { TimeReader } from '#src/logs/digest/heads/times.ts';
import { isSpace, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { cleanLine } from '#src/logs/digest/lines/clean-line.ts';
import type { Keepsake } from '#src/logs/digest/mining/keepsake.ts';
import type { Lane } from '#src/logs/digest/shapes/lane.ts';
import type { Reading } from '#src/logs/digest/shapes/reading.ts';
import {
  type Block,
  continueBlock,
  endsOpenArray,
  isPartOf,
  isSecondLineOfTwo,
  isStampedTwin,
  judgeStamped,
  mayOpenBlock,
  openBlock,
  partWordAt,
  stampedFailureAt,
} from './blocks.ts';
import { type Columns, dateAt, isDirective } from './columns.ts';
import { codeAt, type Follow, followOf, isOnlyTags, longestStamped, namesCrash, sharedTagsEnd } from './companions.ts';
import { beginTrace, isExceptionLine, judgeContinuation, type Trace } from './continuation.ts';
import { isDetail, isOnlyHeading, isSentence, isSetting, isStatement } from './details.ts';
import { entryStart, isEventStart } from './entries.ts';
import { createPlainLines, opensLogfmt } from './plain-lines.ts';
import { createRecordText } from './record-text.ts';
import { factAt, isDashes, openTextBlock } from './text-blocks.ts';

/** What its program wrote in one go. Reused: valid until the next line. */
export type LogRecord = {
  from: number;
  to: number;
  /** Lines that are not blank; none where several records stand on one line, but with the first of them. */
  lines: number;
  /** Its first line, cleaned. */
  bytes: Buffer;
  start: number;
  end: number;
  head: Head;
  /** On the log's clock, as it is counted; NaN when it has none. Set by the digester. */
  time: number;
  /** All its lines when it has more than one, joined by \n; of a long record the head and the last line that names a failure. */
  text: Buffer | null;
  textLength: number;
  /** Lines below the first that are part of its message; `isMessage` says that they are all of it. */
  details: Buffer[];
  isMessage: boolean;
  /** The lines that name the failure: the first one, what it was caused by, the root. */
  causes: Buffer[];
  /** Of a single line the fast lane knew. */
  reading: Reading | null;
  /** Where to put those who need the bytes for longer than the present push; null when the bytes do not even stay that long. */
  borrowers: Keepsake[] | null;
};

export type RecordBuilder = {
  line(b: Buffer, start: number, end: number, dirty: boolean, isPart: boolean): void;
  /** Keeps what the open record needs of bytes that are about to go away. */
  settle(): void;
  end(): void;
  /** Closes the open record and counts lines anew; what was learnt of the log's ways stays. */
  restart(): void;
  counts(): { lines: number; blank: number };
};

/** What a line is to the open record: the beginning of another, one of its lines, or the one that names the failure. */
type Verdict = 'new' | 'yes' | 'cause';

/** A line as its program wrote it, without what a collector put around it. */
type Inner = { bytes: Buffer; start: number; end: number; head: Head };

const longestCause = 400;
const maxCauses = 8;
const longestDetail = 800;
const maxDetails = 8;
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
  const record: LogRecord = {
    from: 0,
    to: 0,
    lines: 0,
    bytes: own,
    start: 0,
    end: 0,
    head: createHead(),
    time: Number.NaN,
    text: null,
    textLength: 0,
    details: [],
    isMessage: false,
    causes: [],
    reading: null,
    borrowers: null,
  };
  let spareHead = createHead();
  let trace: Trace | null = null;
  let isOpen = false;
  let lines = 0;
  let blank = 0;
  let blanks = 0;
  let block: Block = 'none';
  // What its first line says of it.
  let blockLine = nothing;
  // An object or entry over several lines is read like one on a single line.
  let flat: 'no' | 'object' | 'entry' = 'no';
  // Where the objects of an array that goes on over the lines begin; -1 outside of one.
  let elements = -1;
  let opensArray = false;
  // How much of the record's first line is the name a collector put in front.
  let nameLength = 0;
  // The last line was cut by the container runtime, which goes on with the next.
  let part: Part = 'none';
  let isCut = false;
  // Of the line at hand, and of the record's first one.
  const wrapped = createWrapped(maxLineBytes);
  const wrappedFirst = createWrapped(maxLineBytes);
  const inner: Inner = { bytes: own, start: 0, end: 0, head: spareHead };
  // Of the line at hand, behind the process that syslog names; and whether that is the one the record is of.
  const saidHead = createHead();
  let isOfProcess = false;
  // What the record's first line says of those below.
  let follow: Follow = 'none';
  const plain = createPlainLines();
  const script = createEchoedScript();
  let inScript = false;
  // The open record is a single known line, with which nothing begins: a line that stands for itself ends it.
  let isSimple = false;

  const sceneOf = (): Trace => {
    if (trace) return trace;
    const { bytes: b, start, end, head } = record;
    if (!isDockerLine(b, start, end))
      trace = beginTrace(b, start + nameLength, end, behindTag(b, head, end), head.leading, head.level <= warnLevel);
    else {
      const { bytes, length, head: inner } = wrappedFirst.read(b, start, end, times);
      trace = beginTrace(bytes, 0, length, inner.message, inner.leading, inner.level <= warnLevel);
      trace.severe();
    }
    return trace;
  };

  const beginBlock = (opened: Block, b: Buffer, start: number, end: number): boolean => {
    block = opened;
    if (opened === 'none') return false;
    blockLine = Buffer.from(b.subarray(start, Math.min(end, start + longestDetail)));
    return true;
  };

  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    if (record.text) {
      if (flat !== 'no') flatten(flat === 'object' ? 32 : 10);
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
    trace = null;
    blanks = 0;
    nameLength = 0;
    beginBlock(openBlock(b, start, end), b, start, end);
    flat = block === 'none' ? 'no' : flatnessOf(block);
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
    record.head.message = flat === 'entry' ? entryStart(own, length) : skipSpaces(own, 0, length);
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
    text.add(b, start, end, blanks, isCause);
    opensArray = b[end - 1] === 91;
    record.to = lines;
    record.lines++;
    blanks = 0;
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

  const keepDetail = (b: Buffer, start: number, end: number) => {
    if (record.details.length >= maxDetails) return;
    const from = skipSpaces(b, start, end);
    record.details.push(Buffer.from(b.subarray(from, Math.min(end, from + longestDetail))));
  };

  /** Of the lines below the first: those that are part of what the record says. Asked before the line is counted in. */
  const noteDetail = ({ bytes: b, start, end, head }: Inner, was: Block) => {
    // A time, and nothing behind it.
    if (head.leading && head.message >= end) return;
    if (was === 'slow-comments' || was === 'slow-statement') noteStatement(b, start, end);
    else if (flat !== 'no' || was !== 'none') return;
    else if (belongsToHeading()) keepDetail(b, start, end);
    else if (sceneOf().severe() && !isReport() && (isDetail(b, start, end, sceneOf().mode) || isSaidBelow(b, start, end)))
      keepDetail(b, start, end);
  };

  /** '=CRASH REPORT====' and 'crasher:' below it: what it lists are fields of no message. */
  const isReport = (): boolean => record.head.message >= record.end && record.details[0]?.at(-1) === 58;

  /** 'Database Error in model revenue', and indented in the next line what it was. */
  const isSaidBelow = (b: Buffer, start: number, end: number): boolean =>
    record.lines === 1 &&
    blanks === 0 &&
    record.head.hasTime &&
    record.head.leading &&
    sceneOf().mode === 'none' &&
    isSentence(b, start, end);

  /** The line below a heading, and where that begins a statement the lines of it. */
  const belongsToHeading = (): boolean => {
    if (sceneOf().mode !== 'none' || record.details.length !== record.lines - 1) return false;
    const above = record.details[0];
    return above ? isStatement(above, 0, above.length) : isOnlyHeading(record.bytes, record.head.message, record.end);
  };

  /** Of an entry of the slow log the statement is the message, and what it took. */
  const noteStatement = (b: Buffer, start: number, end: number) => {
    if (b[start] === 35) {
      if (startsWith(b, start, end, '# Query_time: ')) keepDetail(b, start + 2, end);
      return;
    }
    if (isSetting(b, start, end)) return;
    if (record.head.level === unknownLevel) record.head.level = warnLevel;
    keepDetail(b, start, end);
    const { details } = record;
    if (startsWith(details[details.length - 2] ?? own, 0, 12, 'Query_time: ')) details.push(...details.splice(details.length - 2, 1));
    record.isMessage = true;
  };

  const judge = (line: Inner): Verdict => {
    const { bytes: b, start, end, head } = line;
    const first = b[start] as number;
    if (follow !== 'none' && blanks === 0 && block !== 'event') {
      const verdict = judgeFollowing(line);
      if (verdict !== null) return verdict;
    }
    if (first === 91 && !head.leading && blanks === 0 && record.head.hasTime && record.head.leading) {
      const tags = sharedTagsEnd(record.bytes, record.head.message, record.end, b, start, end);
      if (tags > 0) return judgeTagged(line, skipSpaces(b, tags, end));
    }
    if (blanks === 0 || block === 'armour' || block === 'event') {
      const verdict = judgeInBlock(b, start, end, head);
      if (verdict === 'yes' && block === 'sheet') return judgeFact(line);
      if (verdict !== null) return verdict;
    }
    const content = skipSpaces(b, start, end);
    // 'Error: boom' reads like a level, but below a failure, or the caret of a Node trace, it is the failure's own line.
    if (head.leading && !(!head.hasTime && isExceptionLine(b, content, end) && announces(sceneOf()))) return 'new';
    if ((first === 123 && b[start + 1] === 34) || (first === 35 && isDirective(b, start, end))) return 'new';
    const verdict = judgeContinuation(b, start, end, sceneOf());
    if (verdict !== 'no') return verdict;
    if (blanks === 0 && partWordAt(b, start, end) === start) return 'yes';
    // A line with a time of its own, as access logs have it, is a record of its own.
    if (head.hasTime || opensLogfmt(b, start, end)) return 'new';
    return plain.continues(lineBefore(), { bytes: b, start, end }, blanks) ? 'yes' : 'new';
  };

  /** What stands behind the tags of a request: the first of it names what the tags alone announced. */
  const judgeTagged = (line: Inner, from: number): Verdict => {
    const { bytes: b, end } = line;
    if (from >= end) return 'yes';
    line.start = from;
    const isFirst = record.causes.length === 0 && isOnlyTags(record.bytes, record.head.message, record.end);
    return isFirst || isCause(b, from, end) ? 'cause' : 'yes';
  };

  /** A sheet says what failed in the line of that name; within a trace 'Caused by:' will. */
  const judgeFact = (line: Inner): Verdict => {
    const { bytes: b, start, end } = line;
    const value = sceneOf().mode === 'none' && startsWith(b, start, end, 'Message ') ? factAt(b, start, end) : -1;
    if (value < 0) return 'yes';
    line.start = value;
    return 'cause';
  };

  const judgeFollowing = ({ bytes: b, start, end, head }: Inner): Verdict | null => {
    switch (follow) {
      case 'stamp':
        if (head.hasTime || record.lines > longestStamped || b[start] === 123 || b[start] === 60 || isEventStart(b, start, end))
          return null;
        if (!isSpace(b[start])) keepDetail(b, start, end);
        return judgeContinuation(b, start, end, sceneOf()) === 'cause' ? 'cause' : 'yes';
      case 'text':
        if (!head.hasTime || !head.leading || record.lines > 1 || codeAt(b, head.message, end) >= 0) return null;
        keepText(b, head.message, end);
        return 'yes';
      default:
        if (!isOfProcess || head.level !== record.head.level || Math.abs(head.ms - record.head.ms) > 1000) return null;
        if (!isCause(b, head.message, end) && !namesCrash(b, head.message, end)) return 'yes';
        if (record.isMessage) return 'cause';
        // That there was a crash says less than what it was.
        keepDetail(b, head.message, end);
        record.isMessage = true;
        return 'yes';
    }
  };

  /** The text is the message, and its code stands behind it. Both have the same columns in front. */
  const keepText = (b: Buffer, message: number, end: number) => {
    const { bytes, head } = record;
    const code = codeAt(bytes, head.message, record.end);
    keepDetail(b, Math.min(end, message + code - head.message), end);
    keepDetail(bytes, code, record.end);
    record.isMessage = true;
  };

  const announces = (scene: Trace): boolean =>
    scene.expects || (blanks === 0 && scene.lines === 1 && scene.mode === 'none' && record.head.hasTime && scene.severe());

  /** What a record's kind settles before its lines are looked at one by one. */
  const judgeInBlock = (b: Buffer, start: number, end: number, head: Head): Verdict | null => {
    if (isStampAlone() && isEventStart(b, start, end)) {
      beginBlock('event', b, start, end);
      flat = 'entry';
      return 'yes';
    }
    if (block !== 'none') {
      const next = continueBlock(block, blockLine, b, start, end, head);
      if (next !== null) {
        block = next;
        return 'yes';
      }
    }
    if (!head.leading && record.head.leading && beginBlock(openTextBlock(b, start, end), b, start, end)) return 'yes';
    if (isDashes(b, start, end) && record.head.leading && sceneOf().severe() && beginBlock('rule', b, start, end)) return 'yes';
    if (!head.leading) return null;
    if (head.hasTime && isPartOf(record, b, start, end)) return 'yes';
    const scene = sceneOf();
    if (!head.hasTime)
      return record.lines === 1 && record.head.hasTime && record.head.level === unknownLevel && isSecondLineOfTwo(record, b, start, end)
        ? 'cause'
        : null;
    const mode = head.level === unknownLevel && scene.severe() ? judgeStamped(b, stampEnd(b, head.message), end, scene.mode) : null;
    // What opens a trace comes with what failed.
    if (mode !== null && (scene.mode !== 'none' || head.ms - record.head.ms < 1000)) {
      scene.mode = mode;
      return isCause(b, head.message, end) ? 'cause' : 'yes';
    }
    return isStampedTwin(record.head, head, b, end, isOfProcess) && announces(scene) ? 'cause' : null;
  };

  /** A time and nothing else: what it is of stands below. */
  const isStampAlone = (): boolean => record.lines === 1 && record.head.hasTime && record.head.message >= record.end;

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
      (mayOpenBlock(first, last) && openBlock(b, start, end) !== 'none')
    )
      return false;
    take(record);
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
    trace = null;
    plain.opened(head.leading);
    return true;
  };

  /** Takes a line whose reading is known, when that alone says whether it begins a record. */
  const takeKnown = (reading: Reading, b: Buffer, start: number, end: number, weight: number): boolean => {
    if (isSimple && reading.isAlone && succeed(reading, b, start, end, weight)) return true;
    isSimple = false;
    if (elements >= 0 || (isOpen && follow !== 'none')) return false;
    if (isOpen && ((block !== 'none' && (blanks === 0 || block === 'event')) || part !== 'none' || isCut || opensArray)) return false;
    if (reading.stand === 'frame') return appendFrame(b, start, end, weight);
    if (isOpen && reading.stand === 'second') {
      if (record.head.hasTime && record.head.level === unknownLevel) return false;
    } else if (isOpen && reading.stand !== 'always') {
      const scene = record.reading && !record.text ? null : sceneOf();
      const calm = scene ? scene.mode === 'none' && !scene.expects : record.reading?.calm;
      if (!calm || block !== 'none' || blanks > 0 || nameLength > 0) return false;
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
    follow = 'none';
    if (reading.isNamed) nameLength = nameEnd(b, start, end) - start;
    isSimple = record.reading !== null && block === 'none' && nameLength === 0 && part === 'none' && !(isCut || opensArray);
    return true;
  };

  /** '\tat com.acme.Shop.sell(Shop.java:12)': what a record is said to be does not hang on it, only whether it is one of many lines. */
  const appendFrame = (b: Buffer, start: number, end: number, weight: number): boolean => {
    if (!isOpen || weight === 0 || blanks > 0 || nameLength > 0 || record.to - record.from >= maxRecordLines) return false;
    if (judgeContinuation(b, start, end, sceneOf()) !== 'yes') return false;
    [inner.bytes, inner.start, inner.end, inner.head] = [b, start, end, spareHead];
    noteDetail(inner, block);
    append(b, start, end, false);
    return true;
  };

  const lineBefore = () => ({ bytes: record.bytes, start: record.head.message, end: record.end });

  const isOfSameName = (b: Buffer, start: number, length: number): boolean => {
    if (length !== nameLength) return false;
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
      isOfProcess = isOfSameProcess(b, head, end);
      if (isOfProcess) {
        copyHead(head, saidHead);
        saidHead.message = behindTag(b, head, end);
        // Logcat states the level with each line of a trace.
        if (
          follow === 'none' &&
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
        const was = block;
        const verdict = isOfOtherStream(b, start, end) ? 'new' : judge(inner);
        if (verdict !== 'new') {
          if (record.head.level === unknownLevel && head.leading && follow !== 'stamp') record.head.level = head.level;
          noteDetail(inner, was);
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
    follow = weight > 0 ? followOf(b, head, end) : 'none';
    noteColumns(b, start, end);
    nameLength = length;
    if (isElement) [block, flat] = ['json', 'object'];
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
    blanks = 0;
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
        blanks++;
        isSimple = false;
        if (isOpen) sceneOf().blanks = blanks;
        return;
      }
      const weight = isPart ? 0 : 1;
      const known = lane?.recognise(b, start, end, spareHead);
      if (known && takeKnown(known, b, start, end, weight)) return;
      takeUnknown(b, start, end, weight);
    },
    settle,
    end: close,
    restart() {
      close();
      isSimple = false;
      lines = blank = blanks = 0;
      block = part = 'none';
      isCut = opensArray = false;
    },
    counts: () => ({ lines, blank }),
  };
};

/** Room for a line that Docker wrapped, and what stands in front of it. */
const createWrapped = (maxLineBytes: number) => {
  const line = { bytes: nothing, length: 0, isCut: false, head: createHead() };
  return {
    read(b: Buffer, start: number, end: number, times: TimeReader) {
      // Few logs ever need it.
      if (line.bytes.length === 0) line.bytes = Buffer.allocUnsafeSlow(maxLineBytes + 1);
      const { length, isCut } = unwrapDocker(b, start, end, line.bytes);
      [line.length, line.isCut] = [length, isCut];
      readHead(line.bytes, 0, length, times, line.head);
      return line;
    },
  };
};

/** Where the message begins, without the process that syslog names. */
const behindTag = (b: Uint8Array, { message, hasTime, leading }: Head, end: number): number =>
  hasTime && leading ? skipSpaces(b, tagEnd(b, message, end), end) : message;

/** Behind its stamp, if it has one. */
const causeStart = ({ bytes, start, end, head }: Inner): number => {
  if (!head.leading || !head.hasTime) return start;
  const failure = stampedFailureAt(head, bytes, end);
  return failure < 0 ? head.message : failure;
};

const flatnessOf = (block: Block): 'no' | 'object' | 'entry' =>
  block === 'json' ? 'object' : block === 'journal' || block === 'event' ? 'entry' : 'no';

const nothing = Buffer.alloc(0);

const isCause = (b: Buffer, start: number, end: number): boolean =>
  startsWith(b, start, end, 'Caused by: ') || isExceptionLine(b, start, end);

/** Back over the blanks that the head took with it: they tell a frame from a message. */
const stampEnd = (b: Buffer, message: number): number => {
  let i = message;
  while (i > 0 && isSpace(b[i - 1])) i--;
  return i;
};
