import { isDockerLine, nameEnd, partOf, tagEnd, unwrapDocker } from '#src/logs/digest/heads/envelope.ts';
import { createHead, type Head } from '#src/logs/digest/heads/head.ts';
import { isSevere, unknownLevel } from '#src/logs/digest/heads/levels.ts';
import { readHead } from '#src/logs/digest/heads/read-head.ts';
import { createTimeReader, type TimeReader } from '#src/logs/digest/heads/times.ts';
import { isDigit, isLetter, isSpace, mix, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { any, kinds, path, quoted, time, url, word } from '#src/logs/digest/mining/kinds.ts';
import { createTokens, fieldOpen, readTokens } from '#src/logs/digest/mining/tokens.ts';
import { hashValue } from '#src/logs/digest/mining/value-hash.ts';
import { isJulLevel, isNamedFailure, judgeStamped, partWordAt, stampedFailureAt } from '#src/logs/digest/records/blocks.ts';
import { type Columns, isDirective } from '#src/logs/digest/records/columns.ts';
import { followOf, isNumberedError } from '#src/logs/digest/records/companions.ts';
import { beginTrace, isExceptionLine, judgeContinuation, type Trace } from '#src/logs/digest/records/continuation.ts';
import { isEventStart } from '#src/logs/digest/records/entries.ts';
import { createFieldReader } from '#src/logs/digest/records/fields.ts';
import { opensLogfmt } from '#src/logs/digest/records/plain-lines.ts';
import { isStars } from '#src/logs/digest/records/sections.ts';
import { isDashes, openTextBlock } from '#src/logs/digest/records/text-blocks.ts';
import { type Look, toProbes } from './probes.ts';
import { createPlace, lineEnd, lineStart, nowhere, type Place, type Reading, type Stand, wordAt } from './reading.ts';
import type { Scan } from './scan.ts';

/** What of a raw word a reading goes by, besides the signature. */
export const free = 0;
/** Its bytes. */
export const byBytes = 1;
/** What a head may see in it. */
export const byForm = 2;
/** How it begins and ends, and what it has in it that parts words. */
const byEdges = 3;

/** The source of a byte that stands in no line. */
const constant = -2;

export type Studied = { reading: Reading; guards: Uint8Array };

/** A word of the message is looked for in the raw line this far; a head reads no further. */
const earlyWords = 16;
/** Of a field that is longer only the beginning is the value. */
const longestField = 256;

/**
 * Reads a line the slow way, watching, and tells in places what it came to. Null when the line cannot be told so. Nothing here changes what
 * the slow lane knows: it has its own readers.
 */
export const createStudent = ({ now, maxLineBytes, columns }: { now: number | undefined; maxLineBytes: number; columns: Columns }) => {
  const looks: Look[] = [];
  const own = createTimeReader(now);
  const watched = watch(own, looks);
  const clockLooks: Look[] = [];
  const clocks = watch(createTimeReader(), clockLooks);
  const decided: { start: number; end: number; mayBeText: boolean }[] = [];
  const source = new Int32Array(maxLineBytes * 2 + 4096).fill(-1);
  let copied = 0;
  const fields = createFieldReader({
    times: watched,
    maxLineBytes,
    columns,
    watch: {
      constant: (to, length) => {
        source.fill(constant, to, to + length);
        copied = Math.max(copied, to + length);
      },
      copied: (from, to, length) => {
        for (let k = 0; k < length; k++) source[to + k] = from + k;
        copied = Math.max(copied, to + length);
      },
      decides: (start, end, mayBeText) => decided.push({ start, end, mayBeText }),
    },
  });
  const tokens = createTokens();
  const head = createHead();

  return (b: Buffer, scan: Scan): Studied | null => {
    const start = scan.base;
    const end = start + scan.length;
    looks.length = clockLooks.length = decided.length = 0;
    const toPlace = createPlacer(scan);
    readHead(b, start, end, watched, head);
    const stand = standOf(b, start, end, head);
    if (stand === 'never') return null;
    const headLooks = looks.splice(0).filter(isOpen);
    const readsHead = headLooks.some(({ bytes }) => bytes !== b);
    const atHead = { leading: head.leading, level: head.level, hasTime: head.hasTime, structured: head.structured };
    const message = toPlace(head.message);
    const [timeStart, timeEnd] = head.timeStart < 0 ? [nowhere, nowhere] : [toPlace(head.timeStart), toPlace(head.timeEnd)];
    const headProbes = readsHead ? [] : toProbes(headLooks, scan, toPlace);
    const timeProbe = head.hasTime ? headLooks.findIndex(({ found, ms }) => found && ms === head.ms) : -1;
    const calm = isCalm(beginTrace(b, start, end, head.message, head.leading, isSevere(head.level)));
    const { message: messageAt, timeStart: clockStart, timeEnd: clockEnd } = head;
    source.fill(-1, 0, copied);
    copied = 0;
    const view = fields.read(b, head.message, end, head, start);
    const lateLooks = looks.filter(isOpen);
    const lateTimeProbe = head.hasTime && !atHead.hasTime ? lateLooks.findIndex(({ found, ms }) => found && ms === head.ms) : -1;
    if (view) readTokens(view.bytes, 0, view.length, tokens, -1, -1, clocks);
    else readTokens(b, messageAt, end, tokens, clockStart, clockEnd, clocks);
    if (tokens.isCut) return null;
    if (view && view.status > 0) tokens.status = view.status;
    const fromView = (at: number): number => (view ? (source[at] as number) : at);
    // Times in an object that stands in a string are not looked for in the line.
    if (lateLooks.some(({ bytes }) => bytes !== b)) return null;
    const lateProbes = toProbes(lateLooks, scan, toPlace);
    const clockProbes = toProbes(clockLooks.filter(isOpen), scan, toPlace);
    if (message === null || timeStart === null || timeEnd === null || !headProbes || !lateProbes || !clockProbes) return null;
    // A view is not the line: what stands behind a time in it may stand elsewhere.
    if (view && clockProbes.length > 0) return null;

    const from: Place[] = [];
    const to: Place[] = [];
    const raw = new Int16Array(tokens.count);
    const fixed = new Uint8Array(tokens.count);
    const fixedHash = new Int32Array(tokens.count);
    const varies = new Uint8Array(tokens.count);
    const spans: { start: number; end: number; word: boolean }[] = [];
    for (let k = 0; k < tokens.count; k++) {
      const [s, e] = [tokens.start[k] as number, tokens.end[k] as number];
      // An empty value stands between two bytes.
      const first = s < e ? fromView(s) : view ? -1 : s;
      // The name of a column: its text is known from the line that was observed before this one was studied.
      if (view && first === constant) {
        from.push(createPlace(lineStart));
        to.push(createPlace(lineStart));
        raw[k] = -1;
        [fixed[k], fixedHash[k]] = [1, mix(hashValue(view.bytes, s, e))];
        continue;
      }
      const last = s < e ? fromView(e - 1) + 1 : first;
      if (first < 0 || last - first !== e - s) return null;
      for (let j = s; j < e; j++) if (fromView(j) !== first + j - s) return null;
      const [begin, stop] = [toPlace(first), toPlace(last)];
      if (begin === null || stop === null || (view && e - s >= longestField)) return null;
      from.push(begin);
      to.push(stop);
      raw[k] = wordAt(begin, stop);
      if (isFixed(scan, first, last)) [fixed[k], fixedHash[k]] = [1, mix(hashValue(b, first, last))];
      const kind = tokens.kind[k] as number;
      const same = (raw[k] as number) >= 0 && scan.kind[raw[k] as number] === kind && kind !== path && kind !== url && kind !== any;
      if (kind !== word && kind !== time && kind !== quoted && !same) varies[k] = view && isField(view.bytes, s) ? 1 : 0;
      spans.push({ start: first, end: last, word: kind === word });
    }
    const isNamed = nameEnd(b, start, end) > start;
    const reading: Reading = {
      stand,
      calm,
      isNamed,
      isAlone: stand === 'always' && !isNamed,
      head: { ...atHead, message, timeStart, timeEnd },
      headProbes,
      lateProbes,
      clockProbes,
      timeProbe,
      lateTimeProbe,
      readsHead,
      level: head.level,
      hasView: view !== null,
      low: tokens.low,
      high: tokens.high,
      status: tokens.status,
      count: tokens.count,
      from,
      to,
      raw,
      fixed,
      fixedHash,
      kind: tokens.kind.slice(0, tokens.count),
      varies,
      longest: view ? longestField : Number.POSITIVE_INFINITY,
      table: null,
      slot: -1,
      tied: new Map(),
    };
    const timesAt = [...headLooks, ...lateLooks].filter(({ found }) => found).map(({ at, end: stop }) => ({ start: at, end: stop }));
    return {
      reading,
      guards: toGuards(
        b,
        scan,
        spans,
        decided,
        timesAt,
        b[start] === 123,
        messageAt,
        head.level !== unknownLevel && head.leading ? messageAt : end,
      ),
    };
  };
};

/**
 * A reader that notes what it was asked and what it answered. It says what it found as any reader does: with getters it would be of a sort of
 * its own, which makes whoever asks readers what they found slower, with every line.
 */
const watch = (times: TimeReader, looks: Look[]): TimeReader => {
  const { anchored, sayDay, doubtEpoch, refer } = times;
  const watched: TimeReader = {
    read,
    ms: -0,
    end: 0,
    stated: false,
    offset: 0,
    inferred: false,
    dateless: false,
    anchored,
    sayDay,
    doubtEpoch,
    refer,
  };
  function read(b: Uint8Array, at: number, limit: number): boolean {
    const found = times.read(b, at, limit);
    watched.ms = times.ms;
    watched.end = times.end;
    watched.stated = times.stated;
    watched.offset = times.offset;
    watched.inferred = times.inferred;
    watched.dateless = times.dateless;
    looks.push({ bytes: b, at, limit, found, end: times.end, ms: times.ms });
    return found;
  }
  return watched;
};

/** Not decided by the signature alone: a word that is no name of a day or month never begins a time. */
const isOpen = ({ bytes: b, at, found }: Look): boolean => found || isDigit(b[at]) || (isLetter(b[at]) && dayOrMonth.test(toName(b, at)));
const dayOrMonth = /^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[ ,]/i;
const toName = (b: Uint8Array, at: number): string => String.fromCharCode(...b.subarray(at, at + 4));

const createPlacer = (scan: Scan) => {
  const lineTo = scan.base + scan.length;
  return (at: number): Place | null => {
    if (at === lineTo) return createPlace(lineEnd);
    let k = 0;
    while (k < scan.count && (scan.end[k] as number) < at) k++;
    if (k < scan.count) {
      if (at === scan.start[k]) return createPlace(2 * k);
      if (at === scan.end[k]) return createPlace(2 * k + 1);
      // In the middle of a variable no place is sure.
      if (at > (scan.start[k] as number)) return null;
    }
    if (at < scan.base || at > lineTo) return null;
    return k === 0 ? createPlace(lineStart, at - scan.base) : createPlace(2 * k - 1, at - (scan.end[k - 1] as number));
  };
};

/** Text that is part of the signature, byte for byte. */
const isFixed = ({ start, end, count }: Scan, first: number, last: number): boolean => {
  for (let k = 0; k < count; k++) if ((start[k] as number) < last && first < (end[k] as number)) return false;
  return first < last;
};

const standOf = (b: Buffer, start: number, end: number, head: Head): Stand => {
  const content = skipSpaces(b, start, end);
  if (
    isDirective(b, start, end) ||
    partOf(b, start, end) !== 'none' ||
    openTextBlock(b, start, end) !== 'none' ||
    isDashes(b, start, end) ||
    isStars(b, start, end) ||
    isNumberedError(b, start, end) ||
    isEventStart(b, start, end)
  )
    return 'never';
  if (head.leading) {
    if (!head.hasTime) return isExceptionLine(b, content, end) ? 'never' : isJulLevel(b, start, end) ? 'second' : 'always';
    if (stampedFailureAt(head, b, end) >= 0) return 'never';
    if (partWordAt(b, start, end) >= 0 || followOf(b, head, end) !== 'none') return 'never';
    if (head.level !== unknownLevel)
      return isSevere(head.level) && isOfTrace(b, skipSpaces(b, tagEnd(b, head.message, end), end), end) ? 'never' : 'always';
    let stamp = head.message;
    while (stamp > start && isSpace(b[stamp - 1])) stamp--;
    const said = tagEnd(b, head.message, end);
    if (said > head.message && isNamedFailure(b, skipSpaces(b, said, end), end)) return 'never';
    const judged = (from: number): boolean => modes.some((mode) => judgeStamped(b, from, end, mode) !== null);
    return judged(stamp) || (said > head.message && judged(said)) ? 'never' : 'always';
  }
  if (nameEnd(b, start, end) > start || partWordAt(b, start, end) === start) return 'never';
  if (content > start) return !head.hasTime && startsWith(b, content, end, 'at ') ? 'frame' : 'never';
  if (isDockerLine(b, start, end)) return standOfWrapped(b, start, end);
  if (b[start] === 123 && b[start + 1] === 34) return 'always';
  for (const severe of [false, true]) {
    const scene: Trace = {
      mode: 'none',
      expects: false,
      severe: () => severe,
      headed: severe,
      empty: false,
      chained: false,
      tabbed: true,
      blanks: 0,
      lines: 1,
    };
    if (judgeContinuation(b, start, end, scene) !== 'no') return 'never';
  }
  return head.hasTime || opensLogfmt(b, start, end) ? 'calm' : 'plain';
};

/** A line of a trace whose level and tag are stated again, as logcat does. */
const isOfTrace = (b: Buffer, said: number, end: number): boolean =>
  isNamedFailure(b, said, end) || modes.some((mode) => judgeStamped(b, stampStart(b, said), end, mode) !== null);

const stampStart = (b: Buffer, said: number): number => {
  let i = said;
  while (i > 0 && isSpace(b[i - 1])) i--;
  return i;
};

/** A line that Docker wrapped begins a record when the program's own line does, whatever stood before. */
const standOfWrapped = (b: Buffer, start: number, end: number): Stand => {
  const line = Buffer.allocUnsafe(end - start + 1);
  const { length, isCut } = unwrapDocker(b, start, end, line);
  if (isCut) return 'never';
  const own = createHead();
  readHead(line, 0, length, createTimeReader(), own);
  if (line[0] === 123 && line[1] === 34) return 'always';
  return own.leading && standOf(line, 0, length, own) === 'always' ? 'always' : 'never';
};
const modes: Trace['mode'][] = ['none', 'python', 'go', 'generic'];

const isCalm = ({ mode, expects }: Trace): boolean => mode === 'none' && !expects;

const isField = (view: Uint8Array, at: number): boolean => view[at - 1] === fieldOpen;

type Span = { start: number; end: number };

/** What of each raw word the reading went by: a word that is a variable in the raw line and a word of the message is told by its bytes. */
const toGuards = (
  b: Uint8Array,
  scan: Scan,
  spans: (Span & { word: boolean })[],
  decided: (Span & { mayBeText: boolean })[],
  times: Span[],
  isObject: boolean,
  message: number,
  /** No head reads on behind this word: it had its level. */
  reach: number,
): Uint8Array => {
  const guards = new Uint8Array(scan.count);
  for (let k = 0; k < scan.count; k++) {
    const [start, end] = [scan.start[k] as number, scan.end[k] as number];
    const holds = (span: Span) => span.start <= start && end <= span.end;
    const alone = (span: Span) => span.start === start && end === span.end;
    // '<34>' and '%ASA-3-710003': a digit in it is the level.
    if (k === 0 && (b[start - 1] === 60 || b[start] === 37)) guards[k] = byBytes;
    else if (k < earlyWords && b[start] === 37 && named[scan.kind[k] as number] === 1) guards[k] = byBytes;
    else if (decided.some((span) => (span.mayBeText ? alone(span) : holds(span)))) guards[k] = byBytes;
    else if (spans.some((span) => span.word && span.start < end && start < span.end)) guards[k] = byBytes;
    else if (times.some(holds) || named[scan.kind[k] as number] === 0) guards[k] = free;
    else if (!spans.some(holds)) guards[k] = byForm;
    else if (k < earlyWords && !isObject && start <= reach) guards[k] = start < message ? byForm : byEdges;
  }
  return guards;
};

/** Kinds that have letters a head could read. */
const named = Uint8Array.from(kinds, (kind) => (['id', 'host', 'path', 'url', 'email', 'quoted', 'any'].includes(kind) ? 1 : 0));
