import { AppError } from '#src/core/errors.ts';
import { formatOf, formatReach } from '#src/core/file-formats.ts';
import { createByteInput } from './byte-input.ts';
import { type PackedChunk, packChunks } from './pack-chunks.ts';
import { toUtf8 } from './to-utf8.ts';
import { packingOf, type UnpackLimits, unpack } from './unpack.ts';

export type { PackedChunk, UnpackLimits };

/**
 * From the bytes somebody sent to chunks that can be stored, in one pass and bounded memory. Throws AppError TOO_LARGE, BAD_INPUT
 * (empty, broken archive, not text).
 */
export async function* takeIn(source: AsyncIterable<Uint8Array>, limits: UnpackLimits): AsyncIterable<PackedChunk> {
  yield* packChunks(onlyText(toText(source, limits)));
}

/** Unpacked, and as UTF-8 with line feeds. Throws AppError TOO_LARGE, BAD_INPUT (a broken archive, one within another, a picture and the like). */
export const toText = (source: AsyncIterable<Uint8Array>, limits: UnpackLimits): AsyncIterable<Buffer> =>
  toUtf8(noOtherFormat(unpack(source, limits)));

async function* noOtherFormat(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const input = createByteInput(source);
  const head = await input.peek(formatReach);
  const packing = packingOf(head);
  if (packing) {
    await input.close();
    throw new AppError('BAD_INPUT', `This log is packed twice: what was unpacked is ${packing} again. Unpack it once, and send that.`);
  }
  const format = formatOf(head);
  if (format) {
    await input.close();
    throw new AppError('BAD_INPUT', `This is ${format}, not a log. Send text, or text packed with gzip or zstd.`);
  }
  yield* input.all();
}

async function* onlyText(pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let bytes = 0;
  const looked = { characters: 0, odd: 0 };
  let isBlank = true;
  for await (const piece of pieces) {
    if (bytes < SAMPLE_BYTES) {
      const sample = piece.subarray(0, SAMPLE_BYTES - bytes);
      bytes += sample.length;
      look(sample, looked);
      if (looked.odd > Math.max(8, looked.characters * 0.1))
        throw new AppError('BAD_INPUT', 'This is binary data, not a log. Send text, or text packed with gzip or zstd.');
    }
    isBlank &&= piece.every((byte) => byte <= SPACE);
    yield piece;
  }
  if (isBlank) throw new AppError('BAD_INPUT', 'The log is empty; send at least one line with something in it.');
}

const SPACE = 0x20;
const SAMPLE_BYTES = 8192;

/**
 * Colour codes, tabs and stray NULs are common in logs; other control characters in quantity are not. What was no UTF-8 and no Windows text has been
 * read as Latin-1: in bytes drawn by lot every fourth character is then a control character, half of them U+0080 to U+009F.
 */
const look = (sample: Buffer, looked: { characters: number; odd: number }): void => {
  for (let k = 0; k < sample.length; k++) {
    const byte = sample[k] as number;
    if (byte >= 0x80 && byte < 0xc0) continue;
    looked.characters++;
    const isC1 = byte === 0xc2 && (sample[k + 1] ?? 0xff) < 0xa0;
    const isC0 = byte < 0x20 && byte !== 0 && (byte < 0x07 || byte > 0x0d) && byte !== 0x1b;
    if (isC0 || isC1) looked.odd++;
  }
};
