import { type Head, keepTime } from '#src/logs/digest/heads/head.ts';
import type { TimeReader } from '#src/logs/digest/heads/times.ts';
import type { Scan } from './scan.ts';

/**
 * A place in a line told by its words, so that it holds for every line of the signature: `2 * k` is where word k starts, `2 * k + 1` where
 * it ends, or one of the marks below; and so many bytes on. Both in one number, as a place is asked for with every line.
 */
export type Place = number;

export const lineStart = -1;
export const lineEnd = -2;
/** As far as heads are looked for, or the end of the line. */
export const headLimit = -3;
export const headReach = 240;
/** No place at all. */
export const nowhere: Place = -4 * 0x10000;

/** `delta` is less than the longest line that is scanned, or its negative. */
export const createPlace = (ref: number, delta = 0): Place => ref * 0x10000 + (delta & 0xffff);

/** The word that begins at one place and ends at the other, or -1. */
export const wordAt = (from: Place, to: Place): number => (from >= 0 && (from & 0x1ffff) === 0 && to === from + 0x10000 ? from >> 17 : -1);

/** Somewhere a time was looked for. */
export type Probe = {
  at: Place;
  limit: Place;
  found: boolean;
  end: Place;
  /** A word in whose place there is no time if it has so many bytes (bit n: n of them), whatever its digits are; -1 where more must be looked at. */
  number: number;
  hopeless: number;
};

/**
 * When a line begins a record: 'always', once the record before it is not one that takes anything in; 'second' not after a line with a time
 * only, whose message it may be; 'calm' only after a record that does not announce more lines; 'plain' only if besides those who decide
 * about plain lines say so; 'frame' does not, but goes on with the record before; 'never' is left to the slow lane.
 */
export type Stand = 'always' | 'second' | 'calm' | 'plain' | 'frame' | 'never';

/** How lines of one signature are read: all that head, fields and words come to, in places instead of bytes. */
export type Reading = {
  stand: Stand;
  /** A record of this line announces no more lines. */
  calm: boolean;
  /** A collector's name stands in front. */
  isNamed: boolean;
  /** It always begins a record, and nothing stands in front of what its program wrote. */
  isAlone: boolean;
  head: Pick<Head, 'leading' | 'level' | 'hasTime' | 'structured'> & { message: Place; timeStart: Place; timeEnd: Place };
  /** Looked at in this order while reading the head; `timeProbe` is the one that gave the head its time, or -1. */
  headProbes: Probe[];
  /** Looked at when fields are read, and when words are. */
  lateProbes: Probe[];
  clockProbes: Probe[];
  timeProbe: number;
  lateTimeProbe: number;
  /** The head is read anew each time: it went by more than times. */
  readsHead: boolean;
  /** Of the record, with what the fields say. */
  level: number;
  hasView: boolean;
  /** The words of the message: identity of all, and where each is found. */
  low: number;
  high: number;
  status: number;
  count: number;
  from: Place[];
  to: Place[];
  /** The raw word that is this word, or -1 when it is made of several. */
  raw: Int16Array;
  /** No variable of the raw line is in this word: its hash, the same in every line, and that it has one. */
  fixed: Uint8Array;
  fixedHash: Int32Array;
  kind: Uint8Array;
  /** The kind is one of the value's, to be looked at again. */
  varies: Uint8Array;
  /** Of a field longer than this only the beginning is the value. */
  longest: number;
  /** Where the miner keeps this signature, as long as its table is the same. */
  table: unknown;
  slot: number;
  /** Levels that were inferred where a number decides, by what the numbers are. */
  tied: Map<number, number>;
};

export const placeIn = (scan: Scan, shift: number, place: Place): number => {
  const ref = place >> 16;
  const on = shift + ((place << 16) >> 16);
  if (ref >= 0) return ((ref & 1 ? scan.end[ref >> 1] : scan.start[ref >> 1]) as number) + on;
  if (ref === lineStart) return scan.base + on;
  return scan.base + on + (ref === lineEnd ? scan.length : Math.min(scan.length, headReach));
};

/** Do the times stand where they stood? `kept` is told where the one is that counts. */
export const probe = (
  probes: Probe[],
  timeProbe: number,
  times: TimeReader,
  b: Uint8Array,
  scan: Scan,
  shift: number,
  head: Head,
): boolean => {
  for (let k = 0; k < probes.length; k++) {
    const { at, limit, found, end, number, hopeless } = probes[k] as Probe;
    if (number >= 0) {
      const length = (scan.end[number] as number) - (scan.start[number] as number);
      if (length < 32 && (hopeless >>> length) & 1) continue;
    }
    if (times.read(b, placeIn(scan, shift, at), placeIn(scan, shift, limit)) !== found) return false;
    if (!found) continue;
    if (times.end !== placeIn(scan, shift, end)) return false;
    if (k !== timeProbe) continue;
    keepTime(times, head);
  }
  return true;
};
