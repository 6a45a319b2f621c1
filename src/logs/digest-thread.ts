import type { MessagePort } from 'node:worker_threads';
import { createDigester } from './digest/index.ts';
import type { Digest, DigestOptions } from './digest/types.ts';

/** What the runner sends: chunks of UTF-8, then the end. */
export type ThreadTask = { chunk: Uint8Array } | { end: true };
/** What comes back after each chunk. */
export type ThreadMessage = { lines: number; bytes: number };

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
        digester.push(message.chunk);
        bytes += message.chunk.length;
        port.postMessage({ lines: digester.progress().lines, bytes } satisfies ThreadMessage);
      } catch (error) {
        port.close();
        reject(error);
      }
    });
  });
