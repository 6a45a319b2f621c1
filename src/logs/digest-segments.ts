import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import { type Above, createSegmenter, type Piece } from './digest/index.ts';
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
/** Bytes on their way to a thread: enough to keep it busy. While one gets its segment each of the others works at half of its own, on average. */
const AHEAD_BYTES = 3 * 1024 * 1024;
/** The log goes to the threads in pieces of this size, whose memory comes back: handed out anew for each, it would be scattered. */
const PIECE_BYTES = 1024 * 1024;

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
  const spare: ArrayBuffer[] = [];
  const onRead = ({ lines, bytes, memory }: Read): void => {
    spare.push(memory);
    progress.lines += lines;
    progress.bytes += bytes;
    given.onRead(progress);
    wake();
  };
  let learnt: Above['forms'] | null = null;
  const onLearnt = (forms: Above['forms']): void => {
    learnt = forms;
    wake();
  };
  const start = (lead: MessagePort | null) => startWorker({ pool, seats, lead, options, onRead, onLearnt, onReady: () => wake(), fail });
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
  const hasRoom = (): boolean => sent - progress.bytes < ((ready().length - 1) * segmentBytes) / 2 + AHEAD_BYTES;

  let reader = leader;
  let segments = 0;
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo() && !failed)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  const begin = async (lines: readonly Uint8Array[]): Promise<void> => {
    reader.send({ end: true });
    await until(() => learnt !== null);
    reader = choose();
    reader.send({ begin: segments++, above: { lines, forms: learnt ?? new Map() } });
  };
  const give = async ({ bytes, above }: Piece): Promise<void> => {
    if (above) await begin(above);
    for (let at = 0; at < bytes.length && !failed; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      const chunk = new Uint8Array(spare.pop() ?? new ArrayBuffer(PIECE_BYTES), 0, piece.length);
      chunk.set(piece);
      sent += chunk.length;
      reader.send({ chunk }, [chunk.buffer]);
      await until(hasRoom);
      makeRoom();
    }
  };

  try {
    const segmenter = createSegmenter({ segmentBytes, ...(options.now === undefined ? {} : { now: options.now }) });
    leader.send({ begin: segments++, above: null });
    callHelpers();
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
    const digest = (await Promise.race([result, lost.promise])) as Digest;
    // What a helper read it tells on a port of its own: the digest may be here before the last word of it.
    await until(() => progress.bytes === sent);
    return digest;
  } finally {
    leader.send({ stop: true });
    for (const helper of helpers) helper.close();
  }
};

type Read = { lines: number; bytes: number; memory: ArrayBuffer };

type Start = {
  pool: Piscina;
  seats: Seats;
  lead: MessagePort | null;
  options: DigestOptions;
  onRead(read: Read): void;
  onReady(): void;
  onLearnt(forms: Above['forms']): void;
  fail(error: unknown): void;
};

const startWorker = ({
  pool,
  seats,
  lead,
  options,
  onRead,
  onReady,
  onLearnt,
  fail,
}: Start): { worker: Worker; result: Promise<Digest | null> } => {
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
    if ('learnt' in message) return onLearnt(message.learnt);
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
