import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { type Above, createSegmentJoiner, createSegmentReader, learnFrom, type Segment, type SegmentReader } from './digest/index.ts';
import type { Digest, DigestOptions } from './digest/types.ts';

/** What the runner sends: segments piece by piece, each to one thread. */
export type SegmentTask = { begin: number; above: Above | null } | { chunk: Uint8Array<ArrayBuffer> } | { end: true };
/** To the thread that leads also: another thread whose segments will come on this port; how many segments there are in all; that no more is wanted. */
export type LeadTask = SegmentTask | { helper: MessagePort } | { segments: number } | { stop: true };
/** What comes back: that the thread is ready; of each piece what it held, and its memory; from the first segment what the others are to know. */
export type SegmentMessage = { ready: true } | { lines: number; bytes: number; memory: ArrayBuffer } | { learnt: Above['forms'] };

type Numbered = { number: number; segment: Segment };
/** `lead`: where a helper sends what it read; null of the thread that leads and joins. */
export type SegmentThread = { port: MessagePort; lead: MessagePort | null; options: DigestOptions };

/**
 * Runs in a worker thread. One thread leads: it joins segments in their order, its own and those of its helpers, and says what came of all
 * of them. A helper goes on until its port is closed.
 */
export default ({ port, lead, options }: SegmentThread): Promise<Digest | null> =>
  new Promise((resolve, reject) => {
    const handle = lead
      ? createReading(port, options, (one) => lead.postMessage(one))
      : createLeading(port, options, (digest) => {
          port.close();
          resolve(digest);
        });
    port.on('close', () => resolve(null));
    port.on('message', (message: LeadTask) => {
      try {
        handle(message);
      } catch (error) {
        reject(error);
        port.close();
      }
    });
    port.postMessage({ ready: true } satisfies SegmentMessage);
  });

const createReading = (port: MessagePort, options: DigestOptions, done: (one: Numbered) => void) => {
  let reader: SegmentReader | null = null;
  let number = 0;
  return (message: LeadTask): void => {
    if ('begin' in message) [number, reader] = [message.begin, createSegmentReader(options, message.above)];
    else if (!reader) return;
    else if ('chunk' in message) {
      const { buffer: memory, length: bytes } = message.chunk;
      const before = reader.progress().lines;
      reader.push(message.chunk);
      port.postMessage({ lines: reader.progress().lines - before, bytes, memory } satisfies SegmentMessage, [memory]);
    } else if ('end' in message) {
      const segment = reader.end();
      if (number === 0) port.postMessage({ learnt: learnFrom(segment) } satisfies SegmentMessage);
      done({ number, segment });
      reader = null;
    }
  };
};

const createLeading = (port: MessagePort, options: DigestOptions, finish: (digest: Digest | null) => void) => {
  const joiner = createSegmentJoiner(options);
  const waiting = new Map<number, Segment>();
  let joined = 0;
  let segments = -1;
  const join = ({ number, segment }: Numbered): void => {
    waiting.set(number, segment);
    for (let next = waiting.get(joined); next; next = waiting.get(joined)) {
      waiting.delete(joined++);
      joiner.add(next);
    }
    if (joined === segments) finish(joiner.finish());
  };
  const helpers: MessagePort[] = [];
  const readOne = createReading(port, options, (one) => {
    join(one);
    // As long as pieces come on one port Node looks at no other: what helpers sent would pile up.
    for (const helper of helpers)
      for (let sent = receiveMessageOnPort(helper); sent; sent = receiveMessageOnPort(helper)) join(sent.message as Numbered);
  });
  return (message: LeadTask): void => {
    if ('stop' in message) finish(null);
    else if ('helper' in message) {
      helpers.push(message.helper);
      message.helper.on('message', join);
    } else if ('segments' in message) {
      segments = message.segments;
      if (joined === segments) finish(joiner.finish());
    } else readOne(message);
  };
};
