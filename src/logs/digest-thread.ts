import type { MessagePort } from 'node:worker_threads';
import { type Ahead, createDigester } from './digest/index.ts';
import type { Digest, DigestOptions } from './digest/types.ts';

/** Bytes of UTF-8, and what was found in them ahead. */
export type Chunk = { chunk: Uint8Array<ArrayBuffer>; ahead: Ahead | null };
/** What the runner sends: chunks, then the end. */
export type ThreadTask = Chunk | { end: true };
/** What comes back after each chunk. */
export type ThreadMessage = { lines: number; bytes: number };

/** Memory that goes from thread to thread with a chunk instead of being copied. */
export const buffersOf = ({ chunk, ahead }: Chunk): ArrayBuffer[] => [
  chunk.buffer,
  ...(ahead ? [ahead.lines.buffer, ahead.places.buffer, ahead.kinds.buffer] : []),
];

/** Runs in a worker thread: digests the chunks that arrive on `port`. */
export default ({ port, options }: { port: MessagePort; options: DigestOptions }): Promise<Digest> =>
  new Promise((resolve, reject) => {
    const digester = createDigester(options);
    let bytes = 0;
    port.on('message', (message: ThreadTask) => {
      try {
        if ('end' in message) {
          port.close();
          return resolve(digester.finish());
        }
        digester.push(message.chunk, message.ahead);
        bytes += message.chunk.length;
        // Given back at once: the collector lets much of it pile up before it looks.
        for (const buffer of buffersOf(message)) buffer.transfer(0);
        port.postMessage({ lines: digester.progress().lines, bytes } satisfies ThreadMessage);
      } catch (error) {
        port.close();
        reject(error);
      }
    });
  });
