import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { AppError } from '#src/core/errors.ts';
import { createDigester } from './digest/index.ts';
import type { Digest } from './digest/types.ts';
import { digestSegments, type Seats } from './digest-segments.ts';
import type { ThreadMessage, ThreadTask } from './digest-thread.ts';

type DigestRunOptions = {
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
// Long enough that what each segment learns anew costs little, and what is on its way to the threads little memory.
const SEGMENT_BYTES = 16 * 1024 * 1024;
// From so many segments on a log is read in segments, also by a single thread: the digest must not tell how many there were.
const FEWEST_SEGMENTS = 4;

// Each thread would let tens of megabytes of garbage lie before it looks: a smaller nursery costs no time (measured). The most hostile logs need half of
// the rest.
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };

export type RunnerOptions = {
  /** Worker threads at most. */
  threads: number;
  /** Length of the segments of long logs. Default 16 MiB. */
  segmentBytes?: number;
};

/**
 * Small texts are digested where we stand; large ones in a worker thread, so that the event loop stays free to answer Slack, and very large ones
 * in all that are free: the same digest, sooner.
 */
export const createDigestRunner = ({
  threads,
  segmentBytes = SEGMENT_BYTES,
}: RunnerOptions): { run: DigestRunner; close(): Promise<void> } => {
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
        resourceLimits,
      });
      // The lines to read first are chosen from the log as a whole.
      const isSegmented = options.bytes >= FEWEST_SEGMENTS * segmentBytes && !options.lineBudget;
      return isSegmented ? runInSegments(pool, seats, segmentBytes, chunks, options) : runInThread(pool, seats, chunks, options);
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
  { now, lineBudget = 0, signal, onProgress }: DigestRunOptions,
): Promise<Digest> => {
  const { port1: ours, port2: theirs } = new MessageChannel();
  const progress = { lines: 0, bytes: 0 };
  let waiting = 0;
  let wake = (): void => {};
  ours.on('message', ({ lines, bytes }: ThreadMessage) => {
    waiting--;
    progress.lines += lines;
    progress.bytes += bytes;
    onProgress?.(progress);
    wake();
  });
  const send = (message: ThreadTask): void => ours.postMessage(message, 'chunk' in message ? [message.chunk.buffer] : []);
  const result = pool.run(
    { port: theirs, options: { now, lineBudget, lineRecall } },
    { transferList: [theirs], ...(signal ? { signal } : {}) },
  ) as Promise<Digest>;
  seats.taken++;
  // Looked at below; until then a failure must not count as unhandled.
  let failed = false;
  result
    .catch(() => {
      failed = true;
      wake();
    })
    .finally(() => seats.taken--);
  try {
    for await (const chunk of chunks) {
      if (failed) break;
      throwIfCancelled(signal);
      send({ chunk: new Uint8Array(chunk) });
      waiting++;
      while (waiting >= WINDOW && !failed)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
    send({ end: true });
    return await result;
  } catch (error) {
    // The thread would wait for more for ever.
    send({ end: true });
    throwIfCancelled(signal);
    throw error;
  } finally {
    ours.close();
  }
};

const runInSegments = async (
  pool: Piscina,
  seats: Seats,
  segmentBytes: number,
  chunks: AsyncIterable<Uint8Array>,
  { now, signal, onProgress }: DigestRunOptions,
): Promise<Digest> => {
  const check = () => throwIfCancelled(signal);
  try {
    return await digestSegments(chunks, { pool, seats, segmentBytes, options: { now }, onRead: (read) => onProgress?.(read), check });
  } catch (error) {
    check();
    throw error;
  }
};

const throwIfCancelled = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw new AppError('CANCELLED', 'Work on this log was stopped.');
};
