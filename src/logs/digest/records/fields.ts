import { copyTime, createHead, type Head, keepTime } from '#src/logs/digest/heads/head.ts';
import { isClockAlone, isDateAlone, readJoined } from '#src/logs/digest/heads/joined-time.ts';
import { parseLevelField, parseLevelLetter, severityLevel, unknownLevel, warnLevel } from '#src/logs/digest/heads/levels.ts';
import { readHead } from '#src/logs/digest/heads/read-head.ts';
import type { TimeReader } from '#src/logs/digest/heads/times.ts';
import { find, isDigit, isLetter, isSpace, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import type { Cell, Columns } from './columns.ts';
import { isExceptionLine } from './continuation.ts';
import { isEventStart, isEventText, isJournalStart } from './entries.ts';
import { endOfTag, isKeyByte, isNothing, isNull, lastCause, stringEnd, valueEnd } from './field-bounds.ts';
import { at, createField, type FieldPlace, put } from './field-places.ts';
import { eventRoleOf, hashKey, journalRoleOf, noPrefix, prefixOf, type Role, roleOf } from './field-roles.ts';
import { createFieldView, type Field, type FieldView, type FieldWatch } from './field-view.ts';
import { failureBelow } from './message-lines.ts';
import { structuredDataEnd, wordEnd } from './structured-data.ts';
import { eachEventPart, eventLevel, isFailedAudit, isXmlEvent } from './xml-event.ts';

export type FieldReader = {
  /**
   * Reads a message that is made of fields: a JSON object, logfmt pairs, either of them behind a program's name, RFC 5424's structured
   * data, an entry of journald's export, cells of columns that the log named. Time and level go to `head`. Null when it is none of these.
   * `line` is where the line begins in front of the message at `start`.
   */
  read(b: Uint8Array, start: number, end: number, head: Head, line: number): FieldView | null;
};

const maxFields = 64;
/** Beyond them there is room for those by which failures are told apart. */
const maxTellingFields = 16;
const maxErrors = 4;
const deepest = 3;

export const createFieldReader = ({
  times,
  maxLineBytes,
  columns,
  watch,
}: {
  times: TimeReader;
  maxLineBytes: number;
  /** What the log said of its columns up to here. */
  columns: Columns;
  watch?: FieldWatch;
}): FieldReader => {
  const layout = createFieldView(maxLineBytes, watch);
  const inner = createHead();
  // The message may come last: fields wait as positions until it is known. Reused from line to line.
  const fields: Field[] = [];
  const message = createField();
  // What kind of failure, and its message.
  const errors: Field[] = [];
  const stack = createField();
  // Where date and clock are fields of their own.
  const date = createField();
  const clock = createField();
  const tags = [createField(), createField()] as const;
  let decoded = nothing;
  const origin = new Int32Array(watch ? maxLineBytes + 1 : 0);
  let fieldCount = 0;
  // What keys stand in, when not in the line.
  let keys: Uint8Array | null = null;
  let errorCount = 0;
  let found = 0;
  // A level in one digit: of syslog, where it comes with what syslog says of its origin; others count the other way round.
  let severity = -1;
  let hasOrigin = false;

  const begin = (from: Int32Array | null = null) => {
    layout.begin(from);
    fieldCount = errorCount = found = 0;
    severity = -1;
    hasOrigin = false;
    message.start = stack.start = date.start = clock.start = -1;
    keys = null;
  };

  const setTags = (b: Uint8Array | null, start = 0, end = 0, otherStart = 0, otherEnd = 0) => {
    put(tags[0], at(0, 0, b ? start : -1, end, false));
    put(tags[1], at(0, 0, otherEnd > otherStart ? otherStart : -1, otherEnd, false));
  };

  const note = (b: Uint8Array, role: Role | undefined, place: FieldPlace, head: Head) => {
    const { start, end, quoted } = place;
    if (watch && role !== undefined && deciding.has(role)) layout.decides(start, end, role === 'error' || role === 'stack');
    let form: Field['form'] = 'variable';
    switch (role) {
      case 'time':
        // '__REALTIME_TIMESTAMP' is journald's.
        if (b[place.keyStart] === 95) hasOrigin = true;
        if (noteTime(b, place, head)) {
          found++;
          return;
        }
        break;
      case 'level': {
        const code = parseLevelField(b, start, end);
        if (code >= 0) {
          if (end - start === 1 && isDigit(b[start])) {
            if (severity < 0) severity = code;
            found++;
            return;
          }
          if (head.level === unknownLevel) head.level = code;
          found++;
          return;
        }
        break;
      }
      case 'letter': {
        const code = end - start <= 2 ? parseLevelLetter(b[start]) : -1;
        if (code < 0 || (end - start === 2 && !isDigit(b[start + 1]))) break;
        if (head.level === unknownLevel) head.level = code;
        found++;
        return;
      }
      case 'severity': {
        const code = severityLevel(b, start, end);
        if (code < 0) break;
        if (head.level === unknownLevel) head.level = code;
        found++;
        return;
      }
      case 'origin':
        hasOrigin = true;
        break;
      case 'message':
        if (place.keyEnd - place.keyStart === shortMessage) hasOrigin = true;
        if (message.start < 0 && (quoted || start < end)) {
          put(message, place);
          found++;
          return;
        }
        break;
      case 'error':
        if (errorCount < maxErrors && end > start && !isNothing(b, start, end)) {
          put((errors[errorCount++] ??= createField()), place);
          return;
        }
        break;
      case 'stack':
        if (stack.start < 0 && end > start) put(stack, place);
        return;
      case 'tag':
        setTags(b, start, end);
        return;
      case 'status':
        if (end - start === 3 && isDigit(b[start]) && (b[start] as number) < 54 && isDigit(b[start + 1])) {
          layout.view.status = statusAt(b, start);
          form = 'word';
          found++;
        }
        break;
      case 'word':
        if (end - start < 40) form = 'text';
        break;
      case 'stream':
        // As Docker has it; elsewhere it is a field like others.
        if (startsWith(b, start, end, 'stdout') || startsWith(b, start, end, 'stderr')) return;
        break;
      case 'audit':
        // A logon that failed is stated as 'Information'.
        if (find(b, start, end, 'Audit Failure') >= 0) head.level = warnLevel;
        return;
      case 'skip':
        return;
    }
    if (fieldCount < maxFields || (role !== undefined && role !== 'stream' && fieldCount < maxFields + maxTellingFields))
      put((fields[fieldCount++] ??= createField()), place, form, keys);
  };

  /** A date and a clock in fields of their own are one time, and say more than a head that gives no year. */
  const noteTime = (b: Uint8Array, place: FieldPlace, head: Head): boolean => {
    if (head.hasTime && !head.inferred) return false;
    const { start, end } = place;
    const isDate = isDateAlone(b, start, end);
    if (isDate || isClockAlone(b, start, end)) {
      const [mine, other] = isDate ? [date, clock] : [clock, date];
      if (mine.start >= 0) return false;
      put(mine, place);
      if (other.start < 0) return true;
      if (!readJoined(times, b, date, clock)) return false;
    } else if (head.hasTime || !times.read(b, start, end)) return false;
    keepTime(times, head);
    return true;
  };

  /** A clock without a date is better than no time; a date without a clock is a field like others. */
  const settleTime = (b: Uint8Array, head: Head) => {
    if (clock.start >= 0 && date.start < 0 && !head.hasTime && times.read(b, clock.start, clock.end)) keepTime(times, head);
    if (date.start >= 0 && clock.start < 0 && fieldCount < maxFields) put((fields[fieldCount++] ??= createField()), date, 'variable', keys);
  };

  const layOut = (b: Uint8Array, head: Head): FieldView | null => {
    settleTime(b, head);
    if (severity >= 0 && hasOrigin && head.level === unknownLevel) head.level = severity;
    if (message.start < 0 && fieldCount === 0 && errorCount === 0) return null;
    layout.open();
    for (const { start, end } of tags) if (start >= 0) layout.addTag(b, start, end);
    if (message.start >= 0) {
      const start = head.level === unknownLevel || !head.hasTime ? adoptInnerHead(b, message, head) : message.start;
      layout.addMessage(b, start, message.end, message.quoted);
      const failure = message.quoted && errorCount === 0 && stack.start < 0 ? failureBelow(b, start, message.end) : -1;
      if (failure > 0) layout.addError(b, failure, message.end, true);
    }
    for (let k = 0; k < errorCount; k++) {
      const { start, end, quoted } = errors[k] as Field;
      layout.addError(b, start, end, quoted);
    }
    if (stack.start >= 0) layOutStack(b, stack);
    for (let k = 0; k < fieldCount; k++) layout.addField(b, fields[k] as Field);
    return layout.finish();
  };

  /** Of a trace in one string: what failed, unless another field says so, and its root. */
  const layOutStack = (b: Uint8Array, { start, end, quoted }: Field) => {
    if (errorCount === 0 && isExceptionLine(b, start, end)) layout.addError(b, start, end, quoted);
    const root = lastCause(b, start, end);
    if (root > 0) layout.addError(b, root, end, quoted);
  };

  /** Docker and Kubernetes wrap whole lines: {"log":"2024-01-02T… ERROR …"}. */
  const adoptInnerHead = (b: Uint8Array, { start, end }: Field, head: Head): number => {
    readHead(b, start, end, times, inner);
    if (head.level === unknownLevel) head.level = inner.level;
    if (!head.hasTime && inner.hasTime) copyTime(inner, head);
    return inner.leading ? Math.min(inner.message, end) : start;
  };

  const readObject = (b: Uint8Array, open: number, end: number, depth: number, prefix: number | undefined, head: Head): number => {
    let i = open + 1;
    for (;;) {
      i = skipSpaces(b, i, end);
      if (b[i] === 44) i = skipSpaces(b, i + 1, end);
      if (i >= end || b[i] !== 34) return i < end && b[i] === 125 ? i + 1 : -1;
      const keyStart = i + 1;
      const keyEnd = stringEnd(b, keyStart, end);
      i = skipSpaces(b, keyEnd + 1, end);
      if (i >= end || b[i] !== 58) return -1;
      i = skipSpaces(b, i + 1, end);
      if (i >= end) return -1;
      const key = hashKey(b, keyStart, keyEnd, prefix);
      const start = i;
      if (b[i] === 34) {
        const close = stringEnd(b, i + 1, end);
        note(b, roleOf(key), at(keyStart, keyEnd, i + 1, close, true), head);
        i = close + 1;
      } else if (b[i] === 123 && depth < deepest && b[i + 1] === 34) {
        i = readObject(b, i, end, depth + 1, prefixOf(key), head);
        if (i < 0) return -1;
      } else {
        i = valueEnd(b, i, end);
        // What a number means in an object of its own only its program knows: 'alert.severity', 'job.priority'.
        const isOwnNumber = depth > 0 && prefix === noPrefix && isDigit(b[start]);
        const named = roleOf(key);
        const role = isOwnNumber && named === 'level' ? undefined : named;
        if (role === 'message') {
          layout.decides(start, i, false);
          // What it has to say is in the other fields.
          if (isNull(b, start, i)) continue;
        }
        note(b, role, at(keyStart, keyEnd, start, i, false), head);
      }
    }
  };

  const readPairs = (b: Uint8Array, from: number, end: number, head: Head): boolean => {
    let i = from;
    let loose = 0;
    while (i < end && fieldCount < maxFields) {
      i = skipSpaces(b, i, end);
      const keyStart = i;
      while (i < end && isKeyByte(b[i] as number)) i++;
      if (i === keyStart || b[i] !== 61) {
        if (++loose > 2 || (found === 0 && fieldCount === 0)) return false;
        while (i < end && !isSpace(b[i])) i++;
        continue;
      }
      const keyEnd = i++;
      let start = i;
      const quoted = b[i] === 34;
      if (quoted) {
        start++;
        i = stringEnd(b, start, end);
      } else while (i < end && !isSpace(b[i])) i++;
      note(b, roleOf(hashKey(b, keyStart, keyEnd)), at(keyStart, keyEnd, start, i, quoted), head);
      if (quoted) i++;
    }
    return found >= 2 || (found === 1 && (message.start >= 0 || fieldCount > 0));
  };

  /** 'app 8710 ID47 [meta sequenceId="29"] message': the program, the kind of message, the parameters, the text. */
  const readStructured = (b: Uint8Array, from: number, end: number, head: Head): FieldView | null => {
    const app = wordEnd(b, from, end);
    const process = skipSpaces(b, app, end);
    const kind = skipSpaces(b, wordEnd(b, process, end), end);
    const kindEnd = wordEnd(b, kind, end);
    const data = skipSpaces(b, kindEnd, end);
    const dataEnd = structuredDataEnd(b, data, end, (keyStart, keyEnd, start, stop) =>
      note(b, undefined, at(keyStart, keyEnd, start, stop, true), head),
    );
    if (dataEnd < 0) return null;
    setTags(b, from, app, kind, b[kind] === 45 ? kind : kindEnd);
    let text = skipSpaces(b, dataEnd, end);
    if (b[text] === 0xef && b[text + 1] === 0xbb && b[text + 2] === 0xbf) text += 3;
    put(message, at(text, text, text, end, false));
    return layOut(b, head);
  };

  /** 'app[12]: ERROR message': the level is told, and program and message remain. */
  const readBehindLevel = (b: Uint8Array, from: number, end: number, head: Head): FieldView | null => {
    const { timeStart: tag, timeEnd: text } = head;
    const stop = b[tag - 1] === 58 ? tag - 1 : tag;
    setTags(b, from, stop);
    const view = readFields(b, text, end, head);
    if (view) return view;
    begin();
    setTags(b, from, stop);
    put(message, at(text, text, text, end, false));
    return layOut(b, head);
  };

  /** 'KEY=value', or 'Key: value', a line each. */
  const readEntry = (b: Uint8Array, from: number, end: number, isEvent: boolean, head: Head): FieldView | null => {
    const joint = isEvent && isEventText(b, from, end) ? 58 : 61;
    hasOrigin = true;
    for (let i = from; i < end; ) {
      let stop = b.indexOf(10, i);
      if (stop < 0 || stop > end) stop = end;
      let keyEnd = i;
      while (keyEnd < stop && b[keyEnd] !== joint) keyEnd++;
      let start = Math.min(stop, keyEnd + 1);
      while (joint === 58 && keyEnd > i && isSpace(b[keyEnd - 1])) keyEnd--;
      const key = hashKey(b, i, keyEnd);
      const role = isEvent ? eventRoleOf(key) : journalRoleOf(key);
      // The message of an event is all that follows.
      if (isEvent && role === 'message') stop = end;
      while (joint === 58 && start < stop && (isSpace(b[start]) || b[start] === 10)) start++;
      note(b, role, at(i, keyEnd, start, stop, false), head);
      i = stop + 1;
    }
    return layOut(b, head);
  };

  /** "<Event xmlns='…/events/event'>…": its source and number, its data, and its message where it was rendered. */
  const readXmlEvent = (b: Uint8Array, from: number, end: number, head: Head): FieldView | null => {
    eachEventPart(b, from, end, ({ is, keyStart, keyEnd, start, end: stop }) => {
      if (is === 'level' || is === 'keywords') {
        layout.decides(start, stop, false);
        const code = is === 'level' ? eventLevel(b, start, stop) : isFailedAudit(b, start, stop) ? warnLevel : -1;
        if (code >= 0) head.level = code;
      } else note(b, eventRoles[is], at(keyStart, keyEnd, start, stop, is !== 'time'), head);
    });
    return layOut(b, head);
  };

  /** {"log":"{\\"level\\":\\"error\\" …}"}: the length of the object in the message, or 0. */
  const decodeNested = (b: Uint8Array): number => {
    const { start, end, quoted } = message;
    if (start < 0 || !quoted || !startsWith(b, start, end, '{\\"')) return 0;
    if (decoded.length === 0) decoded = Buffer.allocUnsafeSlow(maxLineBytes + 1);
    let length = 0;
    for (let i = start; i < end; i++) {
      let c = b[i] as number;
      // A line break in the inner object's own string is escaped twice, and stays escaped once.
      if (c === 92 && i + 1 < end) c = b[++i] as number;
      if (watch) origin[length] = i;
      decoded[length++] = c;
    }
    decoded[length] = 10;
    return length;
  };

  const readFields = (b: Uint8Array, i: number, end: number, head: Head): FieldView | null => {
    if (b[i] === 123) {
      if (b[skipSpaces(b, i + 1, end)] !== 34) return null;
      readObject(b, i, end, 0, undefined, head);
      const nested = decodeNested(b);
      if (nested === 0) return layOut(b, head);
      // Fields around it are the collector's: its stream, its container.
      setTags(null);
      begin(watch ? origin : null);
      readObject(decoded, 0, nested, 0, undefined, head);
      return layOut(decoded, head);
    }
    if (!isLetter(b[i]) && b[i] !== 64) return null;
    let k = i;
    while (k < end && isKeyByte(b[k] as number) && k < i + 40) k++;
    return b[k] === 61 && readPairs(b, i, end, head) ? layOut(b, head) : null;
  };

  /** '#Fields: date time cs-method cs-uri-stem sc-status': each cell is what its column is called. */
  const readColumns = (b: Uint8Array, from: number, end: number, head: Head): FieldView | null => {
    const isRow = columns.cut(b, from, end);
    const { cells } = columns;
    for (const { role, start, end: stop } of cells) if (role === 'status' && stop > start) layout.decides(start, stop, false);
    if (!isRow) return null;
    keys = columns.names();
    const asked: { start: number; end: number }[] = [];
    const take = ({ role, keyStart, keyEnd, start, end: stop, quoted }: Cell) =>
      note(b, role as Role | undefined, at(keyStart, keyEnd, start, stop, quoted), head);
    // How it ended is what is asked first of a request.
    for (const cell of cells) if (cell.role === 'status') take(cell);
    for (const cell of cells) {
      const { role, start, end: stop } = cell;
      if (role === 'method' || role === 'path') {
        if (stop > start) asked[role === 'method' ? 'unshift' : 'push']({ start, end: stop });
      } else if (role !== 'status' && !(role === 'time' && start < head.message && head.hasTime && !head.dateless)) take(cell);
    }
    if (asked.length === 0) return layOut(b, head);
    layout.open();
    layout.addRequest(b, asked, message.start >= 0);
    return layOut(b, head);
  };

  return {
    read(b, start, end, head, line) {
      begin();
      setTags(null);
      if (columns.cells.length > 0) {
        const view = readColumns(b, line, end, head);
        if (view) return view;
        begin();
      }
      const i = skipSpaces(b, start, end);
      if (head.structured) return readStructured(b, i, end, head);
      if (b[i] === 60 && isXmlEvent(b, i, end)) return readXmlEvent(b, i, end, head);
      if (b[i] === 95 && isJournalStart(b, i, end)) return readEntry(b, i, end, false, head);
      if ((b[i] === 76 || b[i] === 84) && isEventStart(b, i, end)) return readEntry(b, i, end, true, head);
      if (head.timeStart >= 0 && b[head.timeStart] === 32) return readBehindLevel(b, i, end, head);
      const tagEnd = b[i] === 123 ? -1 : endOfTag(b, i, end);
      if (tagEnd < 0) return readFields(b, i, end, head);
      setTags(b, i, tagEnd);
      return readFields(b, tagEnd + 2, end, head);
    },
  };
};

const nothing = Buffer.alloc(0);

const eventRoles = { time: 'time', source: 'tag', id: 'word', data: undefined, message: 'message' } as const;

/** The length of 'short_message', which GELF alone has. */
const shortMessage = 13;

/** Whose values say how a line is read. */
const deciding: ReadonlySet<Role> = new Set<Role>(['level', 'letter', 'severity', 'status', 'word', 'error', 'stack', 'stream']);

const statusAt = (b: Uint8Array, i: number): number =>
  ((b[i] as number) - 48) * 100 + ((b[i + 1] as number) - 48) * 10 + (b[i + 2] as number) - 48;
