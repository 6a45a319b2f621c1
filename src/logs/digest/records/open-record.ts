import { isDockerLine } from '#src/logs/digest/heads/envelope.ts';
import { warnLevel } from '#src/logs/digest/heads/levels.ts';
import type { TimeReader } from '#src/logs/digest/heads/times.ts';
import type { Block } from './blocks.ts';
import type { Follow } from './companions.ts';
import { beginTrace, type Trace } from './continuation.ts';
import { behindTag, createWrapped } from './inner-line.ts';
import type { LogRecord } from './record.ts';

/** The open record, and what its lines so far say of those to come. */
export type OpenRecord = {
  readonly record: LogRecord;
  trace: Trace | null;
  block: Block;
  /** What the first line of the block says of it. */
  blockLine: Buffer;
  /** Blank lines since its last one. */
  blanks: number;
  /** An object or entry over several lines is read like one on a single line. */
  flat: 'no' | 'object' | 'entry';
  /** What its first line says of those below. */
  follow: Follow;
  /** How much of its first line is the name a collector put in front. */
  nameLength: number;
  /** Of the line at hand: whether it is of the process that syslog names, as the record is. */
  isOfProcess: boolean;
  /** What its first line says of a trace below, or what came of that. Asked before the bytes of that line go away. */
  sceneOf(): Trace;
  /** False where that is none. */
  beginBlock(opened: Block, b: Buffer, start: number, end: number): boolean;
  lineBefore(): { bytes: Buffer; start: number; end: number };
};

const longestBlockLine = 800;

export const createOpenRecord = (record: LogRecord, times: TimeReader, maxLineBytes: number): OpenRecord => {
  const wrappedFirst = createWrapped(maxLineBytes);
  const held: OpenRecord = {
    record,
    trace: null,
    block: 'none',
    blockLine: nothing,
    blanks: 0,
    flat: 'no',
    follow: 'none',
    nameLength: 0,
    isOfProcess: false,
    sceneOf() {
      if (held.trace) return held.trace;
      const { bytes: b, start, end, head } = record;
      if (!isDockerLine(b, start, end))
        held.trace = beginTrace(b, start + held.nameLength, end, behindTag(b, head, end), head.leading, head.level <= warnLevel);
      else {
        const { bytes, length, head: inner } = wrappedFirst.read(b, start, end, times);
        held.trace = beginTrace(bytes, 0, length, inner.message, inner.leading, inner.level <= warnLevel);
        held.trace.severe();
      }
      return held.trace;
    },
    beginBlock(opened, b, start, end) {
      held.block = opened;
      if (opened === 'none') return false;
      held.blockLine = Buffer.from(b.subarray(start, Math.min(end, start + longestBlockLine)));
      return true;
    },
    lineBefore: () => ({ bytes: record.bytes, start: record.head.message, end: record.end }),
  };
  return held;
};

const nothing = Buffer.alloc(0);
