import type { MessagePort } from 'node:worker_threads';
import { createDigester } from './digest/index.ts';
import type { Digest, DigestOptions } from './digest/types.ts';

/** What the runner sends: bytes of UTF-8, then the end. */
export type ThreadTask = { chunk: Uint8Array<ArrayBuffer> } | { end: true };
/** What comes back after each chunk: what it held. */
export type ThreadMessage = { lines: number; bytes: number };

/** Runs in a worker thread: digests the chunks that arrive on `port`. */
export default ({ port, options }: { port: MessagePort; options: DigestOptions }): Promise<Digest> =>
  new Promise((resolve, reject) => {
    const digester = createDigester(options);
    port.on('message', (message: ThreadTask) => {
      try {
        if ('end' in message) {
          port.close();
          return resolve(digester.finish());
        }
        port.postMessage(read(digester, message.chunk));
      } catch (error) {
        port.close();
        reject(error);
      }
    });
  });

/** Reads a chunk, and gives its memory back at once: the collector lets much of it pile up before it looks. */
export const read = (
  reader: { push(bytes: Uint8Array): void; progress(): { lines: number } },
  chunk: Uint8Array<ArrayBuffer>,
): ThreadMessage => {
  const { lines } = reader.progress();
  const bytes = chunk.length;
  reader.push(chunk);
  chunk.buffer.transfer(0);
  return { lines: reader.progress().lines - lines, bytes };
};
