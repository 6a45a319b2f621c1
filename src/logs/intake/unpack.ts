import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '#src/core/errors.ts';
import { formatBytes } from '#src/core/format-bytes.ts';
import { createByteInput } from './byte-input.ts';
import { isZstd, unpackZstd } from './unpack-zstd.ts';

export type UnpackLimits = {
  /** Most bytes of text, after unpacking. */
  maxBytes: number;
  /** Where more is taken, as a sentence for whoever is over it. */
  biggerWay?: string | undefined;
  /** Most unpacked bytes for one packed byte. */
  maxRatio: number;
};

const SLICE_BYTES = 1024 * 1024;
// A ratio says nothing before there is something to divide: a few hundred repeated lines pack extremely well.
const RATIO_FROM_BYTES = 16 * 1024 * 1024;

type Packing = { name: string; isIt(head: Buffer): boolean; unpack(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> };

const packings: readonly Packing[] = [
  { name: 'gzip', isIt: (head) => head[0] === 0x1f && head[1] === 0x8b, unpack: unpackGzip },
  { name: 'zstd', isIt: isZstd, unpack: unpackZstd },
];

async function* unpackGzip(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const unpacked = createGunzip();
  Readable.from(source)
    .on('error', (error) => unpacked.destroy(error))
    .pipe(unpacked);
  try {
    yield* unpacked;
  } finally {
    unpacked.destroy();
  }
}

/** The name of the packing that bytes begin with, of those that are unpacked here; null for any other. */
export const packingOf = (head: Buffer): string | null => packings.find(({ isIt }) => isIt(head))?.name ?? null;

/** As many bytes as `packingOf` looks at. */
const PACKING_REACH = 16;

/**
 * Yields the bytes of a log, unpacked when they begin as gzip or zstd. Throws AppError TOO_LARGE over either limit, BAD_INPUT when an
 * archive is broken.
 */
export async function* unpack(source: AsyncIterable<Uint8Array>, limits: UnpackLimits): AsyncIterable<Buffer> {
  const input = createByteInput(source);
  const head = await input.peek(PACKING_REACH);
  const packing = packings.find(({ isIt }) => isIt(head));
  if (!packing) return yield* limited(input.all(), limits);
  const packed = { bytes: 0 };
  try {
    let total = 0;
    for await (const bytes of limited(packing.unpack(counted(input.all(), packed)), limits)) {
      total += bytes.length;
      if (total > RATIO_FROM_BYTES && total > packed.bytes * limits.maxRatio)
        throw new AppError(
          'TOO_LARGE',
          `This ${packing.name} file unpacks to more than ${limits.maxRatio} times its size, which looks like an archive bomb. Send the plain text instead.`,
        );
      yield bytes;
    }
  } catch (error) {
    if (isBrokenArchive(error))
      throw new AppError('BAD_INPUT', `This ${packing.name} file is damaged or cut off; pack it again and retry.`, { cause: error });
    throw error;
  }
}

async function* limited(source: AsyncIterable<Buffer>, { maxBytes, biggerWay }: UnpackLimits): AsyncIterable<Buffer> {
  let total = 0;
  for await (const bytes of source) {
    total += bytes.length;
    if (total > maxBytes)
      throw new AppError(
        'TOO_LARGE',
        `This log is larger than ${formatBytes(maxBytes)}, the most that is taken this way. ${biggerWay ?? 'Cut out the hours that matter, or raise MAX_LOG_BYTES.'} Nothing was kept.`,
      );
    // A text that came in one piece goes on in slices, so that it is packed in chunks like any other.
    for (let from = 0; from < bytes.length; from += SLICE_BYTES) yield bytes.subarray(from, from + SLICE_BYTES);
  }
}

async function* counted(source: AsyncIterable<Buffer>, count: { bytes: number }): AsyncIterable<Buffer> {
  for await (const bytes of source) {
    count.bytes += bytes.length;
    yield bytes;
  }
}

const isBrokenArchive = (error: unknown): boolean =>
  /^(Z_|ERR_BUFFER|ZSTD_|ERR__?ZSTD)/.test(String((error as { code?: string }).code ?? ''));
