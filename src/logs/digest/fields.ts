import { find, hashBytes, isDigit, isLetter, isSpace, skipSpaces, startsWith } from './bytes.ts';
import { createHead, type Head, readHead } from './head.ts';
import { parseLevelField, unknownLevel } from './levels.ts';
import type { TimeReader } from './times.ts';
import { fieldClose, fieldOpen } from './tokens.ts';

/** A message made of fields, laid out for the tokeniser: 'text ↳ error key=‹value› …'. */
export type FieldView = { bytes: Buffer; length: number; status: number };

export type FieldReader = {
  /** Reads a JSON object or logfmt pairs at start; time and level go to `head`. Null when it is neither. */
  read(b: Uint8Array, start: number, end: number, head: Head): FieldView | null;
};

type Role = 'time' | 'level' | 'message' | 'error' | 'status' | 'word' | 'skip';

// By the hash of their lower-cased bytes, so that no line makes a string of its keys.
const roles = new Map<number, Role>();
const assign = (role: Role, names: string) => {
  for (const name of names.split(' ')) roles.set(hashBytes(Buffer.from(name), 0, name.length, 32), role);
};
assign('time', 'ts time timestamp @timestamp t datetime eventtime timemillis asctime date __realtime_timestamp');
assign('level', 'level lvl severity loglevel log.level levelname severity_text severitytext priority log_level');
assign('message', 'msg message log text short_message body @message');
assign(
  'error',
  'err error exception errormessage error_message exc_info cause stack_trace error.type error.kind error.name error.message error.msg error.stack_trace err.type err.name err.message err.msg exception.type exception.message',
);
assign('skip', 'stack err.stack error.stack exception.stacktrace');
assign('status', 'status status_code statuscode http_status http.status_code response_code');
assign('word', 'event event_type type action method operation code error_code errorcode exit_code exitcode errno');
assign('skip', 'v pid hostname');

const noPrefix = 0x811c9dc5;
const prefixes = new Map(
  ['error', 'err', 'exception', 'log'].map((name) => [
    hashBytes(Buffer.from(name), 0, name.length, 32),
    hashBytes(Buffer.from(`${name}.`), 0, name.length + 1, 32),
  ]),
);

const maxFields = 24;
const longestValue = 256;
const deepest = 3;
const arrow = Buffer.from(' ↳ ');

/** Told, when somebody wants to know, where the bytes of a view come from and which values decide how a line is read. */
export type FieldWatch = {
  copied(from: number, to: number, length: number): void;
  decides(start: number, end: number, mayBeText: boolean): void;
};

export const createFieldReader = ({
  times,
  maxLineBytes,
  watch,
}: {
  times: Pick<TimeReader, 'read' | 'ms' | 'end' | 'stated' | 'offset' | 'inferred'>;
  maxLineBytes: number;
  watch?: FieldWatch;
}): FieldReader => {
  const bytes = Buffer.allocUnsafeSlow(maxLineBytes * 2 + 4096);
  const view: FieldView = { bytes, length: 0, status: 0 };
  const inner = createHead();
  // The message may come last: fields wait as positions until it is known.
  const pairs: Pair[] = [];
  let message: Pair | null = null;
  // What kind of failure, and its message.
  const errors: Pair[] = [];
  let found = 0;

  const begin = () => {
    pairs.length = errors.length = 0;
    message = null;
    found = 0;
    view.length = view.status = 0;
  };

  const note = (
    b: Uint8Array,
    key: number,
    keyStart: number,
    keyEnd: number,
    start: number,
    end: number,
    quotedValue: boolean,
    head: Head,
  ) => {
    const role = roles.get(key);
    if (watch && (role === 'level' || role === 'status' || role === 'word' || role === 'error'))
      watch.decides(start, end, role === 'error');
    const pair: Pair = { keyStart, keyEnd, start, end, quoted: quotedValue, literal: false };
    switch (role) {
      case 'time':
        if (!head.hasTime && times.read(b, start, end)) {
          head.hasTime = true;
          [head.ms, head.stated, head.offset, head.inferred] = [times.ms, times.stated, times.offset, times.inferred];
          found++;
          return;
        }
        break;
      case 'level': {
        const code = parseLevelField(b, start, end);
        if (code >= 0) {
          if (head.level === unknownLevel) head.level = code;
          found++;
          return;
        }
        break;
      }
      case 'message':
        if (!message && (quotedValue || start < end)) {
          message = pair;
          found++;
          return;
        }
        break;
      case 'error':
        if (errors.length < 2 && end > start && !startsWith(b, start, end, 'null') && !startsWith(b, start, end, 'false')) {
          errors.push(pair);
          return;
        }
        break;
      case 'status':
        if (end - start === 3 && isDigit(b[start])) {
          view.status = ((b[start] as number) - 48) * 100 + ((b[start + 1] as number) - 48) * 10 + (b[start + 2] as number) - 48;
          pair.literal = true;
        }
        break;
      case 'word':
        pair.literal = end - start < 40;
        break;
      case 'skip':
        return;
    }
    if (pairs.length < maxFields) pairs.push(pair);
  };

  const copy = (b: Uint8Array, start: number, end: number, quotedValue: boolean) => {
    let length = view.length;
    for (let i = start; i < end && length < bytes.length - 2048; i++) {
      let c = b[i] as number;
      if (c === 92 && quotedValue && i + 1 < end) {
        c = b[++i] as number;
        if (c === 110 || c === 116 || c === 114) c = 32;
      } else watch?.copied(i, length, 1);
      bytes[length++] = c;
    }
    view.length = length;
  };

  const layOut = (b: Uint8Array, head: Head): FieldView => {
    if (message) {
      let { start } = message;
      if (head.level === unknownLevel || !head.hasTime) start = adoptInnerHead(b, message, head);
      const stop = message.quoted ? firstBreak(b, start, message.end) : message.end;
      copy(b, start, stop, message.quoted);
    }
    for (const error of errors) {
      if (view.length > 0) view.length += arrow.copy(bytes, view.length);
      copy(
        b,
        error.start,
        error.quoted ? firstBreak(b, error.start, error.end) : Math.min(error.end, error.start + longestValue),
        error.quoted,
      );
    }
    for (const pair of pairs) {
      if (view.length > bytes.length - 2048) break;
      bytes[view.length++] = 32;
      watch?.copied(pair.keyStart, view.length, Math.min(pair.keyEnd - pair.keyStart, 64));
      for (let i = pair.keyStart; i < Math.min(pair.keyEnd, pair.keyStart + 64); i++)
        bytes[view.length++] = isDigit(b[i]) ? 48 : (b[i] as number);
      bytes[view.length++] = 61;
      if (pair.literal) bytes[view.length - 1] = 58;
      if (!pair.literal) bytes[view.length++] = fieldOpen;
      else bytes[view.length++] = 32;
      const stop = Math.min(pair.end, pair.start + longestValue);
      watch?.copied(pair.start, view.length, stop - pair.start);
      for (let i = pair.start; i < stop; i++) bytes[view.length++] = b[i] as number;
      if (!pair.literal) bytes[view.length++] = fieldClose;
    }
    bytes[view.length] = 10;
    return view;
  };

  /** Docker and Kubernetes wrap whole lines: {"log":"2024-01-02T… ERROR …"}. */
  const adoptInnerHead = (b: Uint8Array, pair: Pair, head: Head): number => {
    readHead(b, pair.start, pair.end, times, inner);
    if (head.level === unknownLevel) head.level = inner.level;
    if (!head.hasTime && inner.hasTime)
      [head.hasTime, head.ms, head.stated, head.offset, head.inferred] = [true, inner.ms, inner.stated, inner.offset, inner.inferred];
    return inner.leading ? Math.min(inner.message, pair.end) : pair.start;
  };

  const readObject = (b: Uint8Array, open: number, end: number, depth: number, prefix: number, head: Head): number => {
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
      const key = hashBytes(b, keyStart, Math.min(keyEnd, keyStart + 40), 32, prefix);
      const start = i;
      if (b[i] === 34) {
        const close = stringEnd(b, i + 1, end);
        note(b, key, keyStart, keyEnd, i + 1, close, true, head);
        i = close + 1;
      } else if (b[i] === 123 && depth < deepest && b[i + 1] === 34) {
        // 'error.message' and 'log.level' mean something; other names count by their own.
        i = readObject(b, i, end, depth + 1, prefixes.get(key) ?? noPrefix, head);
        if (i < 0) return -1;
      } else {
        i = valueEnd(b, i, end);
        note(b, key, keyStart, keyEnd, start, i, false, head);
      }
    }
  };

  const readPairs = (b: Uint8Array, from: number, end: number, head: Head): boolean => {
    let i = from;
    let loose = 0;
    while (i < end && pairs.length < maxFields) {
      i = skipSpaces(b, i, end);
      const keyStart = i;
      while (i < end && isKeyByte(b[i] as number)) i++;
      if (i === keyStart || b[i] !== 61) {
        if (++loose > 2 || (found === 0 && pairs.length === 0)) return false;
        while (i < end && !isSpace(b[i])) i++;
        continue;
      }
      const keyEnd = i++;
      let start = i;
      const quotedValue = b[i] === 34;
      if (quotedValue) {
        start++;
        i = stringEnd(b, start, end);
      } else while (i < end && !isSpace(b[i])) i++;
      note(b, hashBytes(b, keyStart, Math.min(keyEnd, keyStart + 40), 32), keyStart, keyEnd, start, i, quotedValue, head);
      if (quotedValue) i++;
    }
    return found >= 2 || (found === 1 && (message !== null || pairs.length > 0));
  };

  return {
    read(b, start, end, head) {
      begin();
      const i = skipSpaces(b, start, end);
      if (b[i] === 123) {
        const key = skipSpaces(b, i + 1, end);
        if (b[key] !== 34) return null;
        readObject(b, i, end, 0, noPrefix, head);
        if (!message && pairs.length === 0 && errors.length === 0) return null;
        return layOut(b, head);
      }
      if (!isLetter(b[i]) && b[i] !== 64) return null;
      let k = i;
      while (k < end && isKeyByte(b[k] as number) && k < i + 40) k++;
      if (b[k] !== 61 || !readPairs(b, i, end, head)) return null;
      return layOut(b, head);
    },
  };
};

type Pair = { keyStart: number; keyEnd: number; start: number; end: number; quoted: boolean; literal: boolean };

const isKeyByte = (c: number): boolean => isLetter(c) || isDigit(c) || c === 95 || c === 46 || c === 45 || c === 64;

/** Where a JSON or logfmt string ends: its closing quote, or the end of what is there. */
const stringEnd = (b: Uint8Array, from: number, end: number): number => {
  for (let i = from; i < end; i++) {
    if (b[i] === 92) i++;
    else if (b[i] === 34) return i;
  }
  return end;
};

/** Past a number, a literal, or a whole array or object; by counting, so that depth costs nothing. */
const valueEnd = (b: Uint8Array, from: number, end: number): number => {
  let depth = 0;
  for (let i = from; i < end; i++) {
    const c = b[i];
    if (c === 34) i = stringEnd(b, i + 1, end);
    else if (c === 123 || c === 91) depth++;
    else if (c === 125 || c === 93) {
      if (depth === 0) return i;
      if (--depth === 0) return i + 1;
    } else if (c === 44 && depth === 0) return i;
  }
  return end;
};

/** A message with line breaks in it is told by its first line. */
const firstBreak = (b: Uint8Array, start: number, end: number): number => {
  const at = find(b, start, end, '\\n');
  return at > start ? at : end;
};
