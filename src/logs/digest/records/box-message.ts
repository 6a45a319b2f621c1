import type { Head } from '#src/logs/digest/heads/head.ts';
import { errorLevel, parseLevelWord, unknownLevel } from '#src/logs/digest/heads/levels.ts';
import { isLetter, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { contentAt } from './blocks.ts';
import { type BoxBlock, textInBox } from './boxes.ts';
import { isExceptionLine } from './continuation.ts';

type Boxed = { bytes: Buffer; start: number; end: number; head: Head; details: Buffer[]; isMessage: boolean; causes: Buffer[] };

/**
 * Of one more line of a box: its title or first line is the record's message, with the resource it is of; the line that names a failure is what it
 * was caused by. The source in an excerpt says nothing of the kind.
 */
export const noteInBox = (record: Boxed, kind: BoxBlock, b: Buffer, start: number, end: number): void => {
  if (kind === 'excerpt') return;
  if (kind === 'npm') noteOfNpm(record, b, start, end);
  else noteOfBox(record, kind, b, start, end);
};

const noteOfBox = (record: Boxed, kind: BoxBlock, b: Buffer, start: number, end: number): void => {
  if (!record.isMessage && record.details.length === 0) {
    const from = contentAt(record.bytes, record.start, record.head);
    const title = textInBox(record.bytes, from, record.end);
    if (title.from > from && title.from < title.to) say(record, record.bytes, title.from, title.to);
  }
  const { from, to } = textInBox(b, start, end);
  if (from >= to) return;
  if (kind === 'box' && !record.isMessage) say(record, b, from, to);
  else if (record.isMessage && isResource(b, from, to)) keep(record.details, b, from, to - 1);
  else if (record.causes.length === 0 && isReason(b, from, to)) {
    // That a command failed says less than what it put out.
    if (kind === 'output') {
      record.details.length = 0;
      say(record, b, from, to);
    } else keep(record.causes, b, from, to);
  }
};

/** npm tells first by fields how it ended, and then what it was. */
const noteOfNpm = (record: Boxed, b: Buffer, start: number, end: number): void => {
  if (record.head.level === unknownLevel) record.head.level = errorLevel;
  const { bytes, head, start: first, end: last } = record;
  if (record.isMessage || !isField(bytes, contentAt(bytes, first, head), last) || isField(b, start, end)) return;
  keep(record.details, b, start, end);
  record.isMessage = true;
};

/** 'npm ERR! code ERESOLVE', 'npm ERR! errno 1', and the mark alone. */
const isField = (b: Buffer, start: number, end: number): boolean => npmField.test(b.toString('latin1', start, Math.min(end, start + 40)));

const npmField = /^npm (?:ERR!|error)\s*(?:$|(?:code|errno|syscall|path|file|dest|cwd|argv|node|npm|Linux|Darwin|Windows_NT) )/;

const say = (record: Boxed, b: Buffer, from: number, to: number): void => {
  const colon = wordEnd(b, from, to);
  const level = b[colon] === 58 ? parseLevelWord(b, from, colon) : -1;
  if (level >= 0) record.head.level = level;
  keep(record.details, b, level >= 0 && colon + 2 < to ? colon + 2 : from, to);
  record.isMessage = true;
};

const longest = 400;

const keep = (list: Buffer[], b: Buffer, from: number, to: number): void => {
  list.push(Buffer.from(b.subarray(from, Math.min(to, from + longest))));
};

/** 'Error: …', 'Warning: …': behind the word that may state its level. */
const wordEnd = (b: Uint8Array, from: number, to: number): number => {
  let i = from;
  while (i < to && isLetter(b[i])) i++;
  return i;
};

/** Terraform: 'with aws_db_instance.main,'. */
const isResource = (b: Uint8Array, from: number, to: number): boolean => startsWith(b, from, to, 'with ') && b[to - 1] === 44;

const isReason = (b: Uint8Array, from: number, to: number): boolean =>
  isExceptionLine(b, from, to) || startsWith(b, from, to, 'Error message: ') || startsWith(b, from, to, 'error: ');
