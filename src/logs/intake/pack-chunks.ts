import { promisify } from 'node:util';
import { constants, type ZstdOptions, zstdCompress, zstdCompressSync } from 'node:zlib';

export type PackedChunk = {
  seq: number;
  /** 1-based number of the line the chunk's first byte lies in. */
  firstLine: number;
  newlines: number;
  /** The chunk's last byte is a line feed. */
  endsLine: boolean;
  /** Of text. */
  bytes: number;
  /** Zstandard. */
  data: Buffer;
};

const CHUNK_BYTES = 1024 * 1024;
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
    const data = text.length < SYNC_BELOW ? zstdCompressSync(text, options) : await promisify(zstdCompress)(text, options);
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

const countLineFeeds = (text: Buffer): number => {
  let count = 0;
  for (let at = text.indexOf(LINE_FEED); at >= 0; at = text.indexOf(LINE_FEED, at + 1)) count++;
  return count;
};
