import { promisify } from 'node:util';
import { constants, type ZstdOptions, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';

export type PackedChunk = {
  seq: number;
  /** 1-based number of the line the chunk's first byte lies in. */
  firstLine: number;
  newlines: number;
  /** The chunk's last byte is a line feed. */
  endsLine: boolean;
  /** Of text. */
  bytes: number;
  /** Zstandard, or the text itself when it is short: `unpackChunk` knows which. */
  data: Buffer;
};

const CHUNK_BYTES = 1024 * 1024;
// Below this, packing saves a page of disk at best, and costs more than all else that is done to the text.
const PACK_FROM = 2 * 1024;
// Below this, a round trip through the thread pool costs more than packing.
const SYNC_BELOW = 32 * 1024;
const LINE_FEED = 0x0a;
const options: ZstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** Packs UTF-8 text into chunks of about 1 MiB that end after a line feed wherever the pieces do. */
export async function* packChunks(pieces: AsyncIterable<Buffer>): AsyncIterable<PackedChunk> {
  let seq = 0;
  let firstLine = 1;
  const pack = async (text: Buffer): Promise<PackedChunk> => {
    const newlines = countLineFeeds(text);
    const data = await compress(text);
    const chunk = { seq: seq++, firstLine, newlines, endsLine: text[text.length - 1] === LINE_FEED, bytes: text.length, data };
    firstLine += newlines;
    return chunk;
  };
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const piece of pieces) {
    held.push(piece);
    heldBytes += piece.length;
    if (heldBytes < CHUNK_BYTES) continue;
    yield await pack(held.length === 1 ? piece : Buffer.concat(held));
    held = [];
    heldBytes = 0;
  }
  if (heldBytes > 0) yield await pack(held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held));
}

const compress = async (text: Buffer): Promise<Buffer> => {
  if (text.length < PACK_FROM) return text;
  return text.length < SYNC_BELOW ? zstdCompressSync(text, options) : await promisify(zstdCompress)(text, options);
};

/** The text of a chunk. Zstandard begins with bytes that no UTF-8 text can begin with, so the two cannot be mistaken. */
export const unpackChunk = async ({ data, bytes }: { data: Buffer; bytes: number }): Promise<Buffer> => {
  if (!data.subarray(0, MAGIC.length).equals(MAGIC)) return data;
  return bytes < 2 * SYNC_BELOW ? zstdDecompressSync(data) : await promisify(zstdDecompress)(data);
};

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const countLineFeeds = (text: Buffer): number => {
  let count = 0;
  for (let at = text.indexOf(LINE_FEED); at >= 0; at = text.indexOf(LINE_FEED, at + 1)) count++;
  return count;
};
