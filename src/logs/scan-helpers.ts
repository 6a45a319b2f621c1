import { MessageChannel } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { Chunk } from './digest-thread.ts';

/** Hands chunks on in the order they were given, some of them scanned ahead. */
export type ScanHelpers = {
  /** Gives the chunk to whoever is free; if nobody is, it goes on as it is. Its memory is taken. */
  add(chunk: Uint8Array<ArrayBuffer>): void;
  close(): void;
};

/** Threads that are in use, of all there are. */
export type Seats = { taken: number; all: number };

type Helper = {
  scan(chunk: Uint8Array<ArrayBuffer>, done: (scanned: Chunk) => void): void;
  isReady(): boolean;
  waiting(): number;
  close(): void;
};

/** Chunks of one helper: one to work on, one to go on with. */
export const CHUNKS_AHEAD = 2;
const filename = new URL('./scan-thread.ts', import.meta.url).href;

type Options = { pass: (chunk: Chunk) => void; fail: (error: unknown) => void };

/**
 * Threads nobody else needs scan chunks before the digester comes to them. How many there are, and which chunk they get, depends on what else
 * the machine does; what the digester makes of the log does not.
 */
export const createScanHelpers = (pool: Piscina, seats: Seats, { pass, fail }: Options): ScanHelpers => {
  const helpers: Helper[] = [];
  while (seats.taken < seats.all) helpers.push(createHelper(pool, seats, fail));
  const scanned = new Map<number, Chunk>();
  let given = 0;
  let passed = 0;

  const arrive = (turn: number, chunk: Chunk) => {
    scanned.set(turn, chunk);
    for (let next = scanned.get(passed); next; next = scanned.get(passed)) {
      scanned.delete(passed++);
      pass(next);
    }
  };

  /** A log that waits for a thread is worth more than one that is digested faster. */
  const makeRoom = () => {
    const idle = pool.queueSize > 0 ? helpers.findIndex((one) => one.isReady() && one.waiting() === 0) : -1;
    if (idle >= 0) helpers.splice(idle, 1)[0]?.close();
  };

  return {
    add(chunk) {
      const turn = given++;
      makeRoom();
      const helper = pool.queueSize > 0 ? undefined : helpers.find((one) => one.isReady() && one.waiting() < CHUNKS_AHEAD);
      if (helper) helper.scan(chunk, (done) => arrive(turn, done));
      else arrive(turn, { chunk, ahead: null });
    },
    close() {
      for (const helper of helpers.splice(0)) helper.close();
    },
  };
};

const createHelper = (pool: Piscina, seats: Seats, fail: (error: unknown) => void): Helper => {
  const { port1: ours, port2: theirs } = new MessageChannel();
  const waiting: ((scanned: Chunk) => void)[] = [];
  let isReady = false;
  let isClosed = false;
  ours.on('message', (message: Chunk | null) => {
    if (message) waiting.shift()?.(message);
    else if (isClosed) ours.close();
    else isReady = true;
  });
  seats.taken++;
  pool
    .run({ port: theirs }, { filename, transferList: [theirs] })
    .catch(fail)
    .finally(() => seats.taken--);
  return {
    isReady: () => isReady,
    waiting: () => waiting.length,
    scan(chunk, done) {
      waiting.push(done);
      ours.postMessage(chunk, [chunk.buffer]);
    },
    close() {
      // A port that is closed before its thread has it would not be told.
      isClosed = true;
      if (isReady) ours.close();
    },
  };
};
