import { unknownLevel, warnLevel } from '#src/logs/digest/heads/levels.ts';
import { skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { type Block, contentAt } from './blocks.ts';
import { noteInBox } from './box-message.ts';
import { isBox } from './boxes.ts';
import { isDetail, isOnlyHeading, isSentence, isSetting, isStatement } from './details.ts';
import type { Inner } from './inner-line.ts';
import type { OpenRecord } from './open-record.ts';
import { noteInSections } from './sections.ts';

const longestDetail = 800;
const maxDetails = 8;

export type DetailNotes = {
  keep(b: Buffer, start: number, end: number): void;
  /** Of the lines below the first: those that are part of what the record says. Asked before the line is counted in. */
  note(line: Inner, was: Block): void;
};

/** Keeps the lines below the first that are part of the message of the open record. */
export const createDetailNotes = (held: OpenRecord): DetailNotes => {
  const { record, sceneOf } = held;

  const keepDetail = (b: Buffer, start: number, end: number) => {
    if (record.details.length >= maxDetails) return;
    const from = skipSpaces(b, start, end);
    record.details.push(Buffer.from(b.subarray(from, Math.min(end, from + longestDetail))));
  };

  const noteDetail = ({ bytes: b, start, end, head }: Inner, was: Block) => {
    // A time, and nothing behind it.
    if (head.leading && head.message >= end) return;
    const box = isBox(was) ? was : isBox(held.block) ? held.block : null;
    if (box) noteInBox(record, box, b, contentAt(b, start, head), end);
    else if (was === 'sections' || held.block === 'sections') noteInSections(record, b, start, end);
    else if (was === 'slow-comments' || was === 'slow-statement') noteStatement(b, start, end);
    else if (held.flat !== 'no' || was !== 'none') return;
    else if (belongsToHeading()) keepDetail(b, start, end);
    else if (
      !record.isMessage &&
      sceneOf().severe() &&
      !isReport() &&
      (isDetail(b, start, end, sceneOf().mode) || isSaidBelow(b, start, end))
    )
      keepDetail(b, start, end);
  };

  /** '=CRASH REPORT====' and 'crasher:' below it: what it lists are fields of no message. */
  const isReport = (): boolean => record.head.message >= record.end && record.details[0]?.at(-1) === 58;

  /** 'Database Error in model revenue', and indented in the next line what it was. */
  const isSaidBelow = (b: Buffer, start: number, end: number): boolean =>
    record.lines === 1 &&
    held.blanks === 0 &&
    record.head.hasTime &&
    record.head.leading &&
    sceneOf().mode === 'none' &&
    isSentence(b, start, end);

  /** The line below a heading, and where that begins a statement the lines of it. */
  const belongsToHeading = (): boolean => {
    if (sceneOf().mode !== 'none' || record.details.length !== record.lines - 1) return false;
    const above = record.details[0];
    return above ? isStatement(above, 0, above.length) : isOnlyHeading(record.bytes, record.head.message, record.end);
  };

  /** Of an entry of the slow log the statement is the message, and what it took. */
  const noteStatement = (b: Buffer, start: number, end: number) => {
    if (b[start] === 35) {
      if (startsWith(b, start, end, '# Query_time: ')) keepDetail(b, start + 2, end);
      return;
    }
    if (isSetting(b, start, end)) return;
    if (record.head.level === unknownLevel) record.head.level = warnLevel;
    keepDetail(b, start, end);
    const { details } = record;
    if (startsWith(details[details.length - 2] ?? nothing, 0, 12, 'Query_time: ')) details.push(...details.splice(details.length - 2, 1));
    record.isMessage = true;
  };

  return { keep: keepDetail, note: noteDetail };
};

const nothing = Buffer.alloc(0);
