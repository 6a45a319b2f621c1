import { find, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';

// Records of which each line is a field, 'KEY=value': told by the field they begin with.

/** An entry of journald's export. */
export const isJournalStart = (b: Uint8Array, start: number, end: number): boolean =>
  startsWith(b, start, end, '__CURSOR=') || startsWith(b, start, end, '__REALTIME_TIMESTAMP=');

/** An event of Windows: as forwarders write it (a line with its time alone may stand in front), as its viewer copies it, and as PowerShell lists it. */
export const isEventStart = (b: Uint8Array, start: number, end: number): boolean =>
  startsWith(b, start, end, eventStart) || isEventText(b, start, end);

/** 'Log Name:      System', 'TimeCreated  : 11/28/2026 2:10:05 AM': keys in front of colons. */
export const isEventText = (b: Uint8Array, start: number, end: number): boolean =>
  startsWith(b, start, end, 'Log Name: ') || (startsWith(b, start, end, 'TimeCreated ') && b[skipSpaces(b, start + 12, end)] === 58);

/** Where the fields begin, behind a line with the time. */
export const entryStart = (b: Uint8Array, end: number): number => {
  const at = find(b, 0, Math.min(end, longestStamp), eventStart);
  return at > 0 && b[at - 1] === 10 ? at : skipSpaces(b, 0, end);
};

const eventStart = 'LogName=';
const longestStamp = 80;
