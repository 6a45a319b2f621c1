import type { Head } from '#src/logs/digest/heads/head.ts';
import { errorLevel, infoLevel, warnLevel } from '#src/logs/digest/heads/levels.ts';
import { endsWith, find, isDigit, isUpper, startsWith } from '#src/logs/digest/lines/bytes.ts';

// Sheets that explain: a message of IBM MQ with its explanation and action, and what Spring Boot says where it does not start. Blank lines part them.

/** 'Process(1300.5) User(mqm) Program(amqrmppa)' behind the time: whoever spoke; the message stands below. */
export const opensSections = (b: Uint8Array, start: number, end: number): boolean =>
  startsWith(b, start, end, 'Process(') && find(b, start, Math.min(end, start + 200), ' Program(') > 0;

/** '*****************' alone: below a failure it frames the title of such a sheet. */
export const isStars = (b: Uint8Array, start: number, end: number): boolean => {
  if (end - start < shortestRow) return false;
  for (let i = start; i < end; i++) if (b[i] !== 42) return false;
  return true;
};

const shortestRow = 10;

/** Up to the next stamp, or the ruler that MQ puts between messages. */
export const isInSections = (b: Uint8Array, start: number, end: number, head: Head): boolean =>
  !(head.leading && head.hasTime) && !(startsWith(b, start, end, '----- ') && endsWith(b, start, end, '-----'));

type Sheet = { head: Head; details: Buffer[]; isMessage: boolean };

/** The message is the line with a code, or the first one that describes what failed. */
export const noteInSections = (sheet: Sheet, b: Buffer, start: number, end: number): void => {
  if (sheet.isMessage) return;
  const code = codeEnd(b, start, end);
  if (code > 0) sheet.head.level = severities[String.fromCharCode(b[code - 1] as number)] ?? sheet.head.level;
  else if (sheet.details.length === 0 || isStars(b, start, end)) {
    if (startsWith(b, start, end, describes)) sheet.details.push(Buffer.from(describes));
    return;
  }
  sheet.details.splice(0, sheet.details.length, Buffer.from(b.subarray(start, Math.min(end, start + longest))));
  sheet.isMessage = true;
};

const describes = 'Description:';
const longest = 400;
const severities: Record<string, number> = { E: errorLevel, S: errorLevel, T: errorLevel, W: warnLevel, I: infoLevel };

/** Of 'AMQ9202E: …' where the code ends; 0 of any other line. */
const codeEnd = (b: Uint8Array, start: number, end: number): number => {
  let i = start;
  while (i < end && isUpper(b[i])) i++;
  const letters = i - start;
  while (i < end && isDigit(b[i])) i++;
  const digits = i - start - letters;
  if (isUpper(b[i])) i++;
  return letters >= 3 && digits >= 4 && b[i] === 58 && b[i + 1] === 32 ? i : 0;
};
