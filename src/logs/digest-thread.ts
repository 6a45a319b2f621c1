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
        const before = digester.progress().lines;
        const bytes = message.chunk.length;
        digester.push(message.chunk);
        // Given back at once: the collector lets much of it pile up before it looks.
        message.chunk.buffer.transfer(0);
        port.postMessage({ lines: digester.progress().lines - before, bytes } satisfies ThreadMessage);
      } catch (error) {
        port.close();
        reject(error);
      }
    });
  });
