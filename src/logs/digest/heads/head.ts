import { type LevelCode, unknownLevel } from './levels.ts';
import type { TimeReader } from './times.ts';

/** What stands in front of a message. Reused from line to line. */
export type Head = {
  hasTime: boolean;
  ms: number;
  stated: boolean;
  offset: number;
  inferred: boolean;
  dateless: boolean;
  /** A whole date had been seen when its time was read. */
  anchored: boolean;
  level: LevelCode;
  /** Where the message begins; the head before it is not mined. */
  message: number;
  /** The line begins with its head, so lines without one may belong to it. */
  leading: boolean;
  /** A timestamp inside the message, as access logs have it, or, begun by a blank, a level behind the program's name; -1 for none. */
  timeStart: number;
  timeEnd: number;
  /** RFC 5424: at `message` the fields of its header go on, then its structured data. */
  structured: boolean;
};

export const createHead = (): Head => ({
  hasTime: false,
  // As in a time reader.
  ms: -0,
  stated: false,
  offset: 0,
  inferred: false,
  dateless: false,
  anchored: false,
  level: unknownLevel,
  message: 0,
  leading: false,
  timeStart: -1,
  timeEnd: -1,
  structured: false,
});

export const copyHead = (from: Head, to: Head): void => {
  copyTime(from, to);
  to.level = from.level;
  to.message = from.message;
  to.leading = from.leading;
  to.timeStart = from.timeStart;
  to.timeEnd = from.timeEnd;
  to.structured = from.structured;
};

export const copyTime = (from: Head, to: Head): void => {
  to.hasTime = from.hasTime;
  to.ms = from.ms;
  to.stated = from.stated;
  to.offset = from.offset;
  to.inferred = from.inferred;
  to.dateless = from.dateless;
  to.anchored = from.anchored;
};

/** What the reader found last is the record's time. */
export const keepTime = (times: TimeReader, head: Head): void => {
  head.hasTime = true;
  head.ms = times.ms;
  head.stated = times.stated;
  head.offset = times.offset;
  head.inferred = times.inferred;
  head.dateless = times.dateless;
  head.anchored = times.anchored();
};
