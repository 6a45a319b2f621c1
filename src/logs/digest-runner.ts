import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { AppError } from '#src/core/errors.ts';
import { createDigester } from './digest/index.ts';
import type { Digest } from './digest/types.ts';
import { buffersOf, type ThreadMessage, type ThreadTask } from './digest-thread.ts';
import { CHUNKS_AHEAD, createScanHelpers, type Seats } from './scan-helpers.ts';

export type DigestRunOptions = {
  /** Size of the text, to decide where to work. */
  bytes: number;
  /** Completes timestamps without a year, ms since the epoch. */
  now: number;
  /** Also find the lines that an engine should read, at most this many. */
  lineBudget?: number;
  signal?: AbortSignal;
  onProgress?: (progress: { lines: number; bytes: number }) => void;
};

/** Digests a text given in chunks. Throws AppError CANCELLED when the signal aborts. */
export type DigestRunner = (chunks: AsyncIterable<Uint8Array>, options: DigestRunOptions) => Promise<Digest>;

/** An engine reads fast: a telling line it does not get costs more than some it reads in vain. */
export const lineRecall = 4;

// Up to here digesting takes a few milliseconds, less than handing it to a thread.
export const INLINE_BYTES = 128 * 1024;
const LONGEST_LINE = 16 * 1024;
// Below this, what lines have in common is learned too late to be of use.
const LANE_FROM_BYTES = 32 * 1024;
// Chunks on their way to the thread: enough to keep it busy, few enough to bound memory.
const WINDOW = 4;
// From here on a log is worth the threads that nobody else needs.
const HELPED_FROM_BYTES = 4 * 1024 * 1024;

/**
 * Small texts are digested where we stand; large ones in worker threads, so that the event loop stays free to answer Slack, and very large ones
 * in all of them: the same digest, sooner.
 */
export const createDigestRunner = ({ threads }: { threads: number }): { run: DigestRunner; close(): Promise<void> } => {
  const seats: Seats = { taken: 0, all: threads };
  let pool: Piscina | undefined;
  return {
    run: (chunks, options) => {
      if (options.bytes <= INLINE_BYTES) return runInline(chunks, options);
      pool ??= new Piscina({
        filename: new URL('./digest-thread.ts', import.meta.url).href,
        maxThreads: threads,
        minThreads: 0,
        idleTimeout: 30_000,
        recordTiming: false,
      });
      return runInThread(pool, seats, chunks, options);
    },
    close: async () => {
      await pool?.destroy();
    },
  };
};

const runInline: DigestRunner = async (chunks, { bytes: size, now, lineBudget = 0, signal, onProgress }) => {
  // No line is longer than its text: what is kept ready for long ones takes longer to make than a short log to read.
  const maxLineBytes = Math.min(LONGEST_LINE, size + 1);
  const digester = createDigester({ now, lineBudget, lineRecall, maxLineBytes, fastLane: size > LANE_FROM_BYTES });
  let bytes = 0;
  for await (const chunk of chunks) {
    throwIfCancelled(signal);
    digester.push(chunk);
    bytes += chunk.length;
    onProgress?.({ lines: digester.progress().lines, bytes });
  }
  return digester.finish();
};

const runInThread = async (
  pool: Piscina,
  seats: Seats,
  chunks: AsyncIterable<Uint8Array>,
  { bytes: size, now, lineBudget = 0, signal, onProgress }: DigestRunOptions,
): Promise<Digest> => {
  const { port1: ours, port2: theirs } = new MessageChannel();
  const send = (message: ThreadTask): void => ours.postMessage(message, 'end' in message ? [] : buffersOf(message));
  let waiting = 0;
  let wake = (): void => {};
  ours.on('message', ({ lines, bytes }: ThreadMessage) => {
    waiting--;
    onProgress?.({ lines, bytes });
    wake();
  });
  const result = pool.run(
    { port: theirs, options: { now, lineBudget, lineRecall } },
    { transferList: [theirs], ...(signal ? { signal } : {}) },
  ) as Promise<Digest>;
  seats.taken++;
  result.finally(() => seats.taken--).catch(() => {});
  // Looked at below; until then a failure must not count as unhandled.
  let failed = false;
  const lost = Promise.withResolvers<never>();
  const fail = (error: unknown): void => {
    failed = true;
    lost.reject(error);
    wake();
  };
  lost.promise.catch(() => {});
  result.catch(fail);
  const helpers = size >= HELPED_FROM_BYTES ? createScanHelpers(pool, seats, { pass: send, fail }) : undefined;
  const window = WINDOW + (helpers ? seats.all * CHUNKS_AHEAD : 0);
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo() && !failed)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  try {
    for await (const chunk of chunks) {
      if (failed) break;
      throwIfCancelled(signal);
      const own = new Uint8Array(chunk);
      if (helpers) helpers.add(own);
      else send({ chunk: own, ahead: null });
      waiting++;
      await until(() => waiting < window);
    }
    // The end must not overtake what a helper has.
    if (helpers) await until(() => waiting === 0);
    send({ end: true });
    return await Promise.race([result, lost.promise]);
  } catch (error) {
    // The thread would wait for more for ever.
    send({ end: true });
    throwIfCancelled(signal);
    throw error;
  } finally {
    helpers?.close();
    ours.close();
  }
};

const throwIfCancelled = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw new AppError('CANCELLED', 'Work on this log was stopped.');
};
