import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { createSegmenter, type Piece } from './digest/index.ts';
import type { Digest, DigestOptions } from './digest/types.ts';
import type { LeadTask, SegmentMessage, SegmentThread } from './segment-thread.ts';

/** Threads that are in use, of all there are. */
export type Seats = { taken: number; all: number };

type Worker = {
  send(message: LeadTask, transfer?: (ArrayBuffer | MessagePort)[]): void;
  isReady(): boolean;
  waiting(): number;
  close(): void;
};

export type SegmentedOptions = {
  pool: Piscina;
  seats: Seats;
  options: DigestOptions;
  segmentBytes: number;
  /** Told after each piece of the log, of all of them together. */
  onRead(progress: { lines: number; bytes: number }): void;
  /** Before each chunk; throws to stop. */
  check(): void;
};

const filename = new URL('./segment-thread.ts', import.meta.url).href;
/** Bytes on their way to a thread that works alone: enough to keep it busy. */
const ALONE_BYTES = 4 * 1024 * 1024;

/**
 * Digests a long log in segments, each in one of the threads that nobody else needs. How many those are depends on what else the machine
 * does; where segments begin, and in what order they are joined, does not, and so neither does the digest.
 */
export const digestSegments = async (chunks: AsyncIterable<Uint8Array>, given: SegmentedOptions): Promise<Digest> => {
  const { pool, seats, options, segmentBytes, check } = given;
  const progress = { lines: 0, bytes: 0 };
  let sent = 0;
  let wake = (): void => {};
  // Looked at below; until then a failure must not count as unhandled.
  let failed = false;
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});
  const fail = (error: unknown): void => {
    failed = true;
    lost.reject(error);
    wake();
  };
  const onRead = ({ lines, bytes }: { lines: number; bytes: number }): void => {
    progress.lines += lines;
    progress.bytes += bytes;
    given.onRead(progress);
    wake();
  };
  const start = (lead: MessagePort | null) => startWorker({ pool, seats, lead, options, onRead, onReady: () => wake(), fail });
  const { worker: leader, result } = start(null);
  const helpers: Worker[] = [];
  const isQueued = () => pool.queueSize > 0;

  const callHelpers = (): void => {
    while (seats.taken < seats.all && !isQueued()) {
      const { port1, port2 } = new MessageChannel();
      leader.send({ helper: port1 }, [port1]);
      helpers.push(start(port2).worker);
    }
  };
  /** A log that waits for a thread is worth more than one that is digested faster. */
  const makeRoom = (): void => {
    for (let k = helpers.length - 1; k >= 0 && isQueued(); k--)
      if ((helpers[k] as Worker).waiting() === 0) helpers.splice(k, 1)[0]?.close();
  };
  const ready = (): Worker[] => [leader, ...helpers.filter((one) => one.isReady())];
  const choose = (): Worker => {
    makeRoom();
    callHelpers();
    const free = isQueued() ? [leader] : ready();
    return free.reduce((best, one) => (one.waiting() < best.waiting() ? one : best));
  };
  const hasRoom = (): boolean => {
    const threads = ready().length;
    return sent - progress.bytes < (threads > 1 ? threads * segmentBytes : ALONE_BYTES);
  };

  let reader = leader;
  let segments = 0;
  const begin = (above: readonly Uint8Array[]): void => {
    reader.send({ end: true });
    reader = choose();
    reader.send({ begin: segments++, above });
  };
  const give = async ({ bytes, above }: Piece): Promise<void> => {
    if (above) begin(above);
    const chunk = new Uint8Array(bytes);
    sent += chunk.length;
    reader.send({ chunk }, [chunk.buffer]);
    while (!hasRoom() && !failed)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    makeRoom();
  };

  try {
    const segmenter = createSegmenter({ segmentBytes, ...(options.now === undefined ? {} : { now: options.now }) });
    begin([]);
    for await (const chunk of chunks) {
      check();
      for (const piece of segmenter.push(chunk)) {
        if (failed) break;
        await give(piece);
      }
    }
    for (const piece of segmenter.end()) await give(piece);
    reader.send({ end: true });
    leader.send({ segments });
    return (await Promise.race([result, lost.promise])) as Digest;
  } finally {
    leader.send({ stop: true });
    for (const helper of helpers) helper.close();
  }
};

type Start = {
  pool: Piscina;
  seats: Seats;
  lead: MessagePort | null;
  options: DigestOptions;
  onRead(progress: { lines: number; bytes: number }): void;
  onReady(): void;
  fail(error: unknown): void;
};

const startWorker = ({ pool, seats, lead, options, onRead, onReady, fail }: Start): { worker: Worker; result: Promise<Digest | null> } => {
  const { port1: ours, port2: theirs } = new MessageChannel();
  let isReady = false;
  let isClosed = false;
  let waiting = 0;
  ours.on('message', (message: SegmentMessage) => {
    if ('ready' in message) {
      isReady = true;
      if (isClosed) ours.close();
      return onReady();
    }
    waiting -= message.bytes;
    onRead(message);
  });
  seats.taken++;
  const task: SegmentThread = { port: theirs, lead, options };
  const result = pool.run(task, { filename, transferList: lead ? [theirs, lead] : [theirs] }) as Promise<Digest | null>;
  result.catch(fail).finally(() => seats.taken--);
  return {
    worker: {
      send(message, transfer = []) {
        if ('chunk' in message) waiting += message.chunk.length;
        ours.postMessage(message, transfer);
      },
      isReady: () => isReady,
      waiting: () => waiting,
      close() {
        // A port that is closed before its thread has it would not be told.
        isClosed = true;
        if (isReady) ours.close();
      },
    },
    result,
  };
};
