import { AppError } from '#src/core/errors.ts';
import { type PackedChunk, packChunks } from './pack-chunks.ts';
import { toUtf8 } from './to-utf8.ts';
import { type UnpackLimits, unpack } from './unpack.ts';

export type { PackedChunk, UnpackLimits };

/**
 * From the bytes somebody sent to chunks that can be stored, in one pass and bounded memory. Throws AppError TOO_LARGE, BAD_INPUT
 * (empty, broken archive, not text).
 */
export async function* takeIn(source: AsyncIterable<Uint8Array>, limits: UnpackLimits): AsyncIterable<PackedChunk> {
  let seen = 0;
  for await (const chunk of packChunks(onlyText(toUtf8(unpack(source, limits))))) {
    seen++;
    yield chunk;
  }
  if (seen === 0) throw new AppError('BAD_INPUT', 'The log is empty; send at least one line.');
}

async function* onlyText(pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let looked = 0;
  let odd = 0;
  for await (const piece of pieces) {
    if (looked < SAMPLE_BYTES) {
      const sample = piece.subarray(0, SAMPLE_BYTES - looked);
      looked += sample.length;
      odd += countOdd(sample);
      if (odd > Math.max(8, looked * 0.1))
        throw new AppError('BAD_INPUT', 'This is binary data, not a log. Send text, or text packed with gzip or zstd.');
    }
    yield piece;
  }
}

const SAMPLE_BYTES = 8192;

// Colour codes, tabs and stray NULs are common in logs; other control characters in quantity are not.
const countOdd = (sample: Buffer): number => {
  let odd = 0;
  for (const byte of sample) if (byte < 0x20 && byte !== 0 && (byte < 0x07 || byte > 0x0d) && byte !== 0x1b) odd++;
  return odd;
};
