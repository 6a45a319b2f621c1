import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { AppError } from '#src/core/errors.ts';

export type UnpackLimits = {
  /** Most bytes of text, after unpacking. */
  maxBytes: number;
  /** Most unpacked bytes for one packed byte. */
  maxRatio: number;
};

const SLICE_BYTES = 1024 * 1024;
// A ratio says nothing before there is something to divide: a few hundred repeated lines pack extremely well.
const RATIO_FROM_BYTES = 16 * 1024 * 1024;

const packings = [
  { name: 'gzip', magic: [0x1f, 0x8b], open: () => createGunzip() },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], open: () => createZstdDecompress() },
] as const;

/**
 * Yields the bytes of a log, unpacked when they begin as gzip or zstd. Throws AppError TOO_LARGE over either limit, BAD_INPUT when an
 * archive is broken or holds something else than text that we know by its first bytes.
 */
export async function* unpack(source: AsyncIterable<Uint8Array>, limits: UnpackLimits): AsyncIterable<Buffer> {
  const { head, rest } = await peek(source, 16);
  const packing = packings.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
  refuseOtherFormats(head);
  if (!packing) return yield* limited(rest, limits.maxBytes);
  const packed = { bytes: 0 };
  const unpacked = packing.open();
  Readable.from(counted(rest, packed))
    .on('error', (error) => unpacked.destroy(error))
    .pipe(unpacked);
  try {
    let total = 0;
    for await (const bytes of limited(unpacked, limits.maxBytes)) {
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
  } finally {
    unpacked.destroy();
  }
}

/** The first bytes of a stream, and the whole stream again. */
const peek = async (source: AsyncIterable<Uint8Array>, atLeast: number): Promise<{ head: Buffer; rest: AsyncIterable<Buffer> }> => {
  const iterator = source[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let ended = false;
  while (head.length < atLeast && !ended) {
    const next = await iterator.next();
    ended = next.done ?? false;
    if (!next.done) head = head.length === 0 ? asBuffer(next.value) : Buffer.concat([head, next.value]);
  }
  async function* rest(): AsyncIterable<Buffer> {
    try {
      if (head.length > 0) yield head;
      for (let next = ended ? undefined : await iterator.next(); next && !next.done; next = await iterator.next())
        yield asBuffer(next.value);
    } finally {
      await iterator.return?.();
    }
  }
  return { head, rest: rest() };
};

async function* limited(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncIterable<Buffer> {
  let total = 0;
  for await (const bytes of source) {
    total += bytes.length;
    if (total > maxBytes)
      throw new AppError(
        'TOO_LARGE',
        `This log is larger than ${inUnits(maxBytes)}, the most that is taken this way. ${biggerWays(maxBytes)}`,
      );
    // A text that came in one piece goes on in slices, so that it is packed in chunks like any other.
    for (let from = 0; from < bytes.length; from += SLICE_BYTES) yield asBuffer(bytes).subarray(from, from + SLICE_BYTES);
  }
}

async function* counted(source: AsyncIterable<Buffer>, count: { bytes: number }): AsyncIterable<Buffer> {
  for await (const bytes of source) {
    count.bytes += bytes.length;
    yield bytes;
  }
}

const biggerWays = (maxBytes: number): string =>
  maxBytes < 100 * 1024 * 1024
    ? 'Send larger files with curl -T FILE to /logs, or cut out the hours that matter. Nothing was kept.'
    : 'Cut out the hours that matter, or raise MAX_LOG_BYTES. Nothing was kept.';

const inUnits = (bytes: number): string => {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Math.round((bytes / 1024 ** power) * 10) / 10} ${units[power]}`;
};

const otherFormats: { name: string; magic: number[] }[] = [
  { name: 'PNG image', magic: [0x89, 0x50, 0x4e, 0x47] },
  { name: 'JPEG image', magic: [0xff, 0xd8, 0xff] },
  { name: 'GIF image', magic: [0x47, 0x49, 0x46, 0x38] },
  { name: 'PDF', magic: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { name: 'zip archive', magic: [0x50, 0x4b, 0x03, 0x04] },
  { name: '7z archive', magic: [0x37, 0x7a, 0xbc, 0xaf] },
  { name: 'xz archive', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: 'bzip2 archive', magic: [0x42, 0x5a, 0x68] },
  { name: 'program', magic: [0x7f, 0x45, 0x4c, 0x46] },
];

const refuseOtherFormats = (head: Buffer): void => {
  const format = otherFormats.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
  if (format) throw new AppError('BAD_INPUT', `This is a ${format.name}, not a log. Send text, or text packed with gzip or zstd.`);
};

const isBrokenArchive = (error: unknown): boolean =>
  /^(Z_|ERR_BUFFER|ZSTD_|ERR__?ZSTD)/.test(String((error as { code?: string }).code ?? ''));

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
