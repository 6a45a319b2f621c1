import type { MessagePort } from 'node:worker_threads';
import { createAheadScanner } from './digest/index.ts';
import { buffersOf, type Chunk } from './digest-thread.ts';

/** Runs in a worker thread: scans the chunks that arrive on `port` ahead of the digester, and sends them back, until the port is closed. */
export default ({ port }: { port: MessagePort }): Promise<void> =>
  new Promise((resolve, reject) => {
    const scanAhead = createAheadScanner();
    port.on('close', resolve);
    port.on('message', (chunk: Uint8Array<ArrayBuffer>) => {
      try {
        const scanned: Chunk = { chunk, ahead: scanAhead(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)) };
        port.postMessage(scanned, buffersOf(scanned));
      } catch (error) {
        reject(error);
        port.close();
      }
    });
    // Ready for the first one.
    port.postMessage(null);
  });
