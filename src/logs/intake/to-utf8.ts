import { isUtf8 } from 'node:buffer';
import { createByteInput } from './byte-input.ts';
import { endLines } from './line-ends.ts';

const LINE_FEED = 0x0a;
// A line longer than this is cut (between characters) to be judged, so that memory stays bounded.
const MAX_HELD = 1024 * 1024;

/**
 * Yields UTF-8, whatever came in: UTF-32 with a BOM, UTF-16 with a BOM (or recognised by its zero bytes), UTF-8 with or without BOM, and otherwise, line by
 * line, Latin-1 (Windows-1252) for lines that are not valid UTF-8, so that a mixture keeps both; with carriage returns made line feeds where they alone
 * end lines. Pieces end after a line feed, except those of overlong lines.
 */
export async function* toUtf8(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const input = createByteInput(source);
  const encoding = detect(await input.peek(4));
  yield* byLines(endLines(decoded(input.all(), encoding)));
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

const decoded = (source: AsyncIterable<Buffer>, encoding: Encoding): AsyncIterable<Buffer> => {
  if (encoding === 'utf-8') return withoutBom(source);
  return encoding === 'utf-32le' || encoding === 'utf-32be' ? fromUtf32(source, encoding) : fromUtf16(source, encoding);
};

const detect = (head: Buffer): Encoding => {
  // Before UTF-16, whose mark is the first half of one of these; no text begins with the NUL that it would be otherwise.
  if (head.length >= 4 && head.readUInt32LE(0) === BOM) return 'utf-32le';
  if (head.length >= 4 && head.readUInt32BE(0) === BOM) return 'utf-32be';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  // Mostly ASCII text in UTF-16 has a zero in every other byte; nothing else looks so.
  const sample = head.subarray(0, 256);
  if (sample.length >= 16) {
    const zeros = [0, 0];
    for (let at = 0; at < sample.length; at++) if (sample[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
    const half = sample.length / 2;
    if ((zeros[1] ?? 0) > half * 0.8 && zeros[0] === 0) return 'utf-16le';
    if ((zeros[0] ?? 0) > half * 0.8 && zeros[1] === 0) return 'utf-16be';
  }
  return 'utf-8';
};

async function* fromUtf16(source: AsyncIterable<Buffer>, encoding: 'utf-16le' | 'utf-16be'): AsyncIterable<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of source) {
    const text = decoder.decode(bytes, { stream: true });
    if (text) yield Buffer.from(text);
  }
  const rest = decoder.decode();
  if (rest) yield Buffer.from(rest);
}

const BOM = 0xfeff;
const NO_CHARACTER = 0xfffd;

// No TextDecoder knows UTF-32.
async function* fromUtf32(source: AsyncIterable<Buffer>, encoding: 'utf-32le' | 'utf-32be'): AsyncIterable<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const piece of source) {
    const bytes = held.length > 0 ? Buffer.concat([held, piece]) : piece;
    const end = bytes.length - (bytes.length % 4);
    held = bytes.subarray(end);
    let text = '';
    for (let at = first ? 4 : 0; at < end; at += 4) {
      const code = encoding === 'utf-32le' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
      text += String.fromCodePoint(code <= 0x10ffff ? code : NO_CHARACTER);
    }
    first &&= end === 0;
    if (text) yield Buffer.from(text);
  }
  if (held.length > 0) yield Buffer.from(String.fromCodePoint(NO_CHARACTER));
}

async function* withoutBom(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let first = true;
  for await (const bytes of source) {
    const skip = first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    first = false;
    if (bytes.length > skip) yield bytes.subarray(skip);
  }
}

async function* byLines(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const bytes of source) {
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) {
      yield asUtf8(held.length > 0 ? Buffer.concat([...held, bytes.subarray(0, end)]) : bytes.subarray(0, end));
      held = [];
      heldBytes = 0;
    }
    if (end < bytes.length) {
      held.push(bytes.subarray(end));
      heldBytes += bytes.length - end;
    }
    if (heldBytes > MAX_HELD) {
      const all = Buffer.concat(held);
      const cut = characterBorder(all);
      yield asUtf8(all.subarray(0, cut));
      held = cut < all.length ? [all.subarray(cut)] : [];
      heldBytes = all.length - cut;
    }
  }
  if (heldBytes > 0) yield asUtf8(Buffer.concat(held));
}

const asUtf8 = (piece: Buffer): Buffer => {
  if (isUtf8(piece)) return piece;
  const lines: Buffer[] = [];
  for (let from = 0; from < piece.length; ) {
    const at = piece.indexOf(LINE_FEED, from);
    const to = at < 0 ? piece.length : at + 1;
    const line = piece.subarray(from, to);
    lines.push(isUtf8(line) ? line : Buffer.from(fromSingleBytes(line)));
    from = to;
  }
  return Buffer.concat(lines);
};

/** As browsers read Latin-1: as Windows writes it, with curly quotes and dashes where Latin-1 has controls; unless other controls say it is no text. */
const fromSingleBytes = (line: Buffer): string => {
  const text = line.toString('latin1');
  return /[\u0080-\u009f]/.test(text) && !/[\u0001-\u0006\u000e-\u001a\u001c-\u001f]/.test(text) ? windows.decode(line) : text;
};

const windows = new TextDecoder('windows-1252');

// The last place where a UTF-8 character begins; within 3 bytes of the end, or the text is not UTF-8 and any place will do.
const characterBorder = (bytes: Buffer): number => {
  for (let back = 1; back <= 4 && back < bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length - back + 1;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
};
