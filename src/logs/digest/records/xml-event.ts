import { debugLevel, errorLevel, fatalLevel, infoLevel, type LevelCode, warnLevel } from '#src/logs/digest/heads/levels.ts';
import { find, isLetter, isSpace, startsWith } from '#src/logs/digest/lines/bytes.ts';

/** What an element of an event says: of what, and where its name and its value stand. Reused. */
export type EventPart = {
  is: 'time' | 'source' | 'level' | 'id' | 'data' | 'message' | 'keywords';
  keyStart: number;
  keyEnd: number;
  start: number;
  end: number;
};

/** "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>…": an event of Windows on one line, as its tools export it. */
export const isXmlEvent = (b: Uint8Array, i: number, end: number): boolean =>
  startsWith(b, i, end, '<Event ') && find(b, i + 7, Math.min(end, i + 80), '/events/event') > 0;

/** Tells of each element that means something for the record; all else is how the event is filed. */
export const eachEventPart = (b: Uint8Array, from: number, end: number, take: (part: EventPart) => void): void => {
  for (let i = from; i < end; i++) {
    if (b[i] !== 60 || !isLetter(b[i + 1])) continue;
    const nameEnd = wordEnd(b, i + 1, end);
    let close = nameEnd;
    while (close < end && b[close] !== 62) close++;
    const is = partOf(b, i + 1, nameEnd);
    const [valueStart, valueEnd] = b[close - 1] === 47 ? [close, close] : [close + 1, textEnd(b, close + 1, end)];
    part.keyStart = i + 1;
    part.keyEnd = nameEnd;
    if (is === 'time' || is === 'source') {
      if (attribute(b, nameEnd, close, is === 'time' ? 'SystemTime=' : 'Name=')) tell(is, part.start, part.end, take);
    } else if (is === 'data' && attribute(b, nameEnd, close, 'Name=')) {
      [part.keyStart, part.keyEnd] = [part.start, part.end];
      tell(is, valueStart, valueEnd, take);
    } else if (is !== null) tell(is, valueStart, valueEnd, take);
    i = Math.max(close, valueEnd - 1);
  }
};

/** 1 to 5, most severe first; 0 is of events that have none. */
export const eventLevel = (b: Uint8Array, start: number, end: number): LevelCode =>
  end - start === 1 ? (eventLevels[(b[start] as number) - 48] ?? -1) : -1;

const eventLevels = [infoLevel, fatalLevel, errorLevel, warnLevel, infoLevel, debugLevel];

/** Keywords of the security log: '0x8010000000000000' is an audit that failed. */
export const isFailedAudit = (b: Uint8Array, start: number, end: number): boolean => startsWith(b, start, end, '0x8010');

const part: EventPart = { is: 'data', keyStart: 0, keyEnd: 0, start: 0, end: 0 };

const tell = (is: EventPart['is'], start: number, end: number, take: (part: EventPart) => void): void => {
  part.is = is;
  part.start = start;
  part.end = end;
  if (end > start) take(part);
};

const names: readonly (readonly [string, EventPart['is']])[] = [
  ['TimeCreated', 'time'],
  ['Provider', 'source'],
  ['Level', 'level'],
  ['EventID', 'id'],
  ['Data', 'data'],
  ['Message', 'message'],
  ['Keywords', 'keywords'],
];

const partOf = (b: Uint8Array, start: number, end: number): EventPart['is'] | null =>
  names.find(([name]) => name.length === end - start && startsWith(b, start, end, name))?.[1] ?? null;

const wordEnd = (b: Uint8Array, from: number, end: number): number => {
  let i = from;
  while (i < end && !isSpace(b[i]) && b[i] !== 62 && b[i] !== 47) i++;
  return i;
};

const textEnd = (b: Uint8Array, from: number, end: number): number => {
  let i = from;
  while (i < end && b[i] !== 60) i++;
  return i;
};

/** Sets `part.start` and `part.end` to the value in quotation marks. */
const attribute = (b: Uint8Array, from: number, end: number, name: string): boolean => {
  const at = find(b, from, end, ` ${name}`);
  const open = at + 1 + name.length;
  if (at < 0 || (b[open] !== 39 && b[open] !== 34)) return false;
  let close = open + 1;
  while (close < end && b[close] !== b[open]) close++;
  [part.start, part.end] = [open + 1, close];
  return true;
};
