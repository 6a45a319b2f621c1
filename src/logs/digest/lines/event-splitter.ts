import { endsWith, isSpace, skipSpaces } from './bytes.ts';
import type { LineCarry } from './line-carry.ts';

/** An export of a log service may be one line of JSON with all its events in it: this takes it apart again, however long it is. */
export type EventSplitter = {
  begin(): void;
  /** Goes on from where the array was entered. */
  feed(bytes: Buffer, from: number, to: number): void;
  /** The line is over. False when it has not been handed over as any event: then what was collected is all there is of it. */
  end(): boolean;
};

/** As much of a line as is looked at for the beginning of such an array. */
export const eventsReach = 512;

const keys = ['"events"', '"logEvents"', '"Records"', '"records"', '"hits"', '"entries"'];

/** Behind the '[' of '{"events":[{…', of CloudWatch, CloudTrail and others, or of a bare '[{"…'; -1 when the line is none of these. */
export const eventsStart = (b: Uint8Array, start: number, lineEnd: number): number => {
  const end = Math.min(lineEnd, start + eventsReach);
  if (b[start] === 91) return opensObject(b, start, end);
  if (b[start] !== 123 || b[skipSpaces(b, start + 1, end)] !== 34) return -1;
  for (let i = start + 1; i < end; i++) if (b[i] === 91 && namesEvents(b, start, i)) return opensObject(b, i, end);
  return -1;
};

/** Does one of the names stand in front of the bracket? */
const namesEvents = (b: Uint8Array, start: number, bracket: number): boolean => {
  let i = skipSpacesBack(b, start, bracket);
  if (b[i - 1] !== 58) return false;
  i = skipSpacesBack(b, start, i - 1);
  return keys.some((key) => endsWith(b, start, i, key));
};

const skipSpacesBack = (b: Uint8Array, start: number, end: number): number => {
  let i = end;
  while (i > start && isSpace(b[i - 1])) i--;
  return i;
};

const opensObject = (b: Uint8Array, array: number, end: number): number => {
  const object = skipSpaces(b, array + 1, end);
  return b[object] === 123 && b[skipSpaces(b, object + 1, end)] === 34 ? array + 1 : -1;
};

export const createEventSplitter = (carry: LineCarry): EventSplitter => {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let isOver = false;
  let handed = false;

  return {
    begin() {
      depth = 0;
      inString = escaped = isOver = handed = false;
    },
    feed(bytes, from, to) {
      let start = depth > 0 ? from : -1;
      for (let i = from; i < to && !isOver; i++) {
        const c = bytes[i] as number;
        if (inString) {
          if (escaped) escaped = false;
          else if (c === 92) escaped = true;
          else if (c === 34) inString = false;
        } else if (c === 34) inString = true;
        else if (c === 123 || c === 91) {
          if (depth++ === 0) start = i;
        } else if (c === 125 || c === 93) {
          if (depth === 0) isOver = true;
          else if (--depth === 0) {
            carry.keep(bytes, start, i + 1);
            // The line itself is counted with its first event.
            carry.hand(handed);
            handed = true;
            start = -1;
          }
        }
      }
      if (start >= 0) carry.keep(bytes, start, to);
    },
    end() {
      // Cut short in the middle of an event.
      if (depth > 0 && handed) carry.hand(true);
      return handed;
    },
  };
};
