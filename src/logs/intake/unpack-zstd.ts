import { createZstdDecompress, type ZstdDecompress } from 'node:zlib';
import { type ByteInput, createByteInput } from './byte-input.ts';

/**
 * What was packed with zstd, frame by frame: `zstd a b > c` and parallel packers write several, with skippable ones between (RFC 8878, 3.1). Node's own
 * stream ends after the first. Throws what zlib throws, also for what is no frame.
 */
export async function* unpackZstd(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const input = createByteInput(source);
  try {
    for (;;) {
      const head = await input.peek(8);
      if (head.length === 0) return;
      if (isSkippable(head)) await input.skip(8 + (head.length < 8 ? 0 : head.readUInt32LE(4)));
      else yield* unpackFrame(input);
    }
  } finally {
    await input.close();
  }
}

/** A zstd file may begin with a frame that holds nothing. */
export const isZstd = (head: Buffer): boolean => head.subarray(0, 4).equals(frameMagic) || isSkippable(head);

const frameMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const isSkippable = (head: Buffer): boolean => ((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18;

async function* unpackFrame(input: ByteInput): AsyncIterable<Buffer> {
  const frame = createZstdDecompress();
  const feeding = feed(frame, input);
  feeding.catch((error: Error) => frame.destroy(error));
  try {
    yield* frame as AsyncIterable<Buffer>;
    await feeding;
  } finally {
    frame.destroy();
  }
}

/** Until the frame takes no more; what it left is given back. */
const feed = async (frame: ZstdDecompress, input: ByteInput): Promise<void> => {
  const over = new Promise<void>((resolve) => frame.once('close', resolve).once('end', resolve));
  let fed = 0;
  for (let bytes = await input.next(); bytes; bytes = await input.next()) {
    fed += bytes.length;
    await Promise.race([over, new Promise<void>((resolve) => frame.write(bytes, () => resolve()))]);
    const left = fed - frame.bytesWritten;
    if (left > 0) return input.giveBack(bytes.subarray(bytes.length - left));
  }
  frame.end();
};
