/** A stream of bytes that can be looked into before it is read. */
export type ByteInput = {
  /** The next bytes, at least so many where there are as many; they stay to be read. */
  peek(atLeast: number): Promise<Buffer>;
  /** Null at the end. */
  next(): Promise<Buffer | null>;
  /** To be read next, again. */
  giveBack(bytes: Buffer): void;
  skip(count: number): Promise<void>;
  /** All that is left. The source is closed when whoever reads stops. */
  all(): AsyncIterable<Buffer>;
  close(): Promise<void>;
};

export const createByteInput = (source: AsyncIterable<Uint8Array>): ByteInput => {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const read = async (): Promise<Buffer | null> => {
    const { done, value } = await iterator.next();
    return done ? null : asBuffer(value);
  };
  const input: ByteInput = {
    async peek(atLeast) {
      while (held.length < atLeast) {
        const more = await read();
        if (!more) break;
        held = held.length === 0 ? more : Buffer.concat([held, more]);
      }
      return held;
    },
    async next() {
      const bytes = held.length > 0 ? held : await read();
      held = Buffer.alloc(0);
      return bytes;
    },
    giveBack(bytes) {
      held = bytes;
    },
    async skip(count) {
      for (let left = count; left > 0; ) {
        const bytes = await input.peek(1);
        if (bytes.length === 0) return;
        held = bytes.subarray(left);
        left -= bytes.length;
      }
    },
    async *all() {
      try {
        for (let bytes = await input.next(); bytes; bytes = await input.next()) yield bytes;
      } finally {
        await input.close();
      }
    },
    close: async () => {
      await iterator.return?.();
    },
  };
  return input;
};

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
