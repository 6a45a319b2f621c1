import { isDigit } from '#src/logs/digest/lines/bytes.ts';
import { fieldClose, fieldOpen, wordOpen } from '#src/logs/digest/mining/tokens.ts';
import { toldEnd } from './message-lines.ts';

/** A message made of fields, laid out for the tokeniser: 'tag: text ↳ error key=‹value› status: ‹word› …'. */
export type FieldView = { bytes: Buffer; length: number; status: number };

const nothing = Buffer.alloc(0);

/** Where in the line a key and its value stand. */
export type Field = {
  keyStart: number;
  keyEnd: number;
  start: number;
  end: number;
  quoted: boolean;
  /** A variable; text, whose words are told apart; or one word that stays, whatever it looks like. */
  form: 'variable' | 'text' | 'word';
  /** What the key stands in, when it is not the line: the line that named its column. */
  keys: Uint8Array | null;
};

/** Told, when somebody wants to know, where the bytes of a view come from and which values decide how a line is read. */
export type FieldWatch = {
  copied(from: number, to: number, length: number): void;
  /** These are the same in each line, and stand in none. */
  constant(to: number, length: number): void;
  decides(start: number, end: number, mayBeText: boolean): void;
};

const longestValue = 256;
const longestKey = 64;
const longestRequest = 1024;
/** Kept free for the last key and value. */
const reserve = 2048;
const arrow = Buffer.from(' ↳ ');

export const createFieldView = (maxLineBytes: number, watch?: FieldWatch) => {
  // Made for the first line that has fields: most short logs have none.
  let bytes = nothing;
  const view: FieldView = { bytes, length: 0, status: 0 };
  let origin: Int32Array | null = null;

  const tell = (from: number, to: number, length: number) => {
    if (!watch) return;
    if (!origin) return watch.copied(from, to, length);
    for (let k = 0; k < length; k++) watch.copied(origin[from + k] as number, to + k, 1);
  };

  const copyPlain = (b: Uint8Array, start: number, end: number) => {
    tell(start, view.length, end - start);
    for (let i = start; i < end; i++) bytes[view.length++] = b[i] as number;
  };

  /** Without the escapes of JSON. */
  const copyText = (b: Uint8Array, start: number, end: number, quoted: boolean) => {
    let length = view.length;
    for (let i = start; i < end && length < bytes.length - reserve; i++) {
      let c = b[i] as number;
      if (c === 92 && quoted && i + 1 < end) {
        c = b[++i] as number;
        if (c === 110 || c === 116 || c === 114) c = 32;
      } else tell(i, length, 1);
      bytes[length++] = c;
    }
    view.length = length;
  };

  /** Of a column: one word, whatever it looks like. */
  const addName = (names: Uint8Array, start: number, end: number) => {
    bytes[view.length++] = wordOpen;
    watch?.constant(view.length, end - start);
    for (let i = start; i < end; i++) bytes[view.length++] = names[i] as number;
    bytes[view.length++] = fieldClose;
  };

  return {
    view,
    /** `from` tells of each byte of what will be added where in the line it was, when it is not the line itself. */
    begin(from: Int32Array | null) {
      view.length = view.status = 0;
      origin = from;
    },
    decides(start: number, end: number, mayBeText: boolean) {
      if (!origin) watch?.decides(start, end, mayBeText);
      else if (end > start) watch?.decides(origin[start] as number, (origin[end - 1] as number) + 1, mayBeText);
    },
    /** Before anything is added. */
    open() {
      if (bytes.length === 0) view.bytes = bytes = Buffer.allocUnsafeSlow(maxLineBytes * 2 + 4096);
    },
    /** The program's name, or what kind of message it is. */
    addTag(b: Uint8Array, start: number, end: number) {
      copyPlain(b, start, Math.min(end, start + longestKey));
      bytes[view.length++] = 58;
      bytes[view.length++] = 32;
    },
    addMessage(b: Uint8Array, start: number, end: number, quoted: boolean) {
      copyText(b, start, quoted ? toldEnd(b, start, end) : end, quoted);
    },
    addError(b: Uint8Array, start: number, end: number, quoted: boolean) {
      if (view.length > bytes.length - reserve) return;
      if (view.length > 0) view.length += arrow.copy(bytes, view.length);
      copyText(b, start, quoted ? toldEnd(b, start, end) : Math.min(end, start + longestValue), quoted);
    },
    /** 'GET /api/orders'. */
    addRequest(b: Uint8Array, parts: readonly { start: number; end: number }[], hasMessage: boolean) {
      for (const [k, { start, end }] of parts.entries()) {
        if (k > 0) bytes[view.length++] = 32;
        copyPlain(b, start, Math.min(end, start + longestRequest));
      }
      if (hasMessage) bytes[view.length++] = 32;
    },
    addField(b: Uint8Array, { keyStart, keyEnd, start, end, form, keys }: Field) {
      if (view.length > bytes.length - reserve) return;
      bytes[view.length++] = 32;
      const keyStop = Math.min(keyEnd, keyStart + longestKey);
      if (keys) addName(keys, keyStart, keyStop);
      else {
        tell(keyStart, view.length, keyStop - keyStart);
        for (let i = keyStart; i < keyStop; i++) bytes[view.length++] = isDigit(b[i]) ? 48 : (b[i] as number);
      }
      bytes[view.length++] = form === 'variable' ? 61 : 58;
      if (form !== 'variable') bytes[view.length++] = 32;
      if (form !== 'text') bytes[view.length++] = form === 'word' ? wordOpen : fieldOpen;
      copyPlain(b, start, Math.min(end, start + longestValue));
      if (form !== 'text') bytes[view.length++] = fieldClose;
    },
    finish(): FieldView {
      bytes[view.length] = 10;
      return view;
    },
  };
};
