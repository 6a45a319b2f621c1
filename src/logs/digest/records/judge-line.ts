import type { Head } from '#src/logs/digest/heads/head.ts';
import { errorLevel, unknownLevel, warnLevel } from '#src/logs/digest/heads/levels.ts';
import { isSpace, skipSpaces, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { continueBlock, isPartOf, isSecondLineOfTwo, isStampedTwin, judgeStamped, partWordAt, spansBlanks } from './blocks.ts';
import { isCrossed, opensFrame } from './boxes.ts';
import { isDirective } from './columns.ts';
import { codeAt, debugLevelOf, isNumberedError, isOnlyTags, longestStamped, namesCrash, sharedTagsEnd } from './companions.ts';
import { isExceptionLine, judgeContinuation, type Trace } from './continuation.ts';
import { isEventStart } from './entries.ts';
import { type Inner, isCause, stampEnd } from './inner-line.ts';
import type { DetailNotes } from './note-details.ts';
import type { OpenRecord } from './open-record.ts';
import { opensLogfmt, type PlainLines } from './plain-lines.ts';
import { isStars } from './sections.ts';
import { factAt, isDashes, openTextBlock } from './text-blocks.ts';

/** What a line is to the open record: the beginning of another, one of its lines, or the one that names the failure. */
export type Verdict = 'new' | 'yes' | 'cause';

/** Judges lines the lane does not know, one after the other; narrows `line` to what of it names the failure. */
export const createJudge = (held: OpenRecord, { keep: keepDetail }: DetailNotes, plain: PlainLines): ((line: Inner) => Verdict) => {
  const { record, sceneOf, beginBlock, lineBefore } = held;

  const judge = (line: Inner): Verdict => {
    const { bytes: b, start, end, head } = line;
    const first = b[start] as number;
    if (held.follow !== 'none' && held.blanks === 0 && held.block !== 'event') {
      const verdict = judgeFollowing(line);
      if (verdict !== null) return verdict;
    }
    if (first === 91 && !head.leading && held.blanks === 0 && record.head.hasTime && record.head.leading) {
      const tags = sharedTagsEnd(record.bytes, record.head.message, record.end, b, start, end);
      if (tags > 0) return judgeTagged(line, skipSpaces(b, tags, end));
    }
    if (held.blanks === 0 || spansBlanks(held.block) || isCrossed(b, start, end) || isStars(b, start, end)) {
      const verdict = judgeInBlock(b, start, end, head);
      if (verdict === 'yes' && held.block === 'sheet') return judgeFact(line);
      if (verdict !== null) return verdict;
    }
    const content = skipSpaces(b, start, end);
    // 'Error: boom' reads like a level, but below a failure, or the caret of a Node trace, it is the failure's own line.
    if (head.leading && !(!head.hasTime && isExceptionLine(b, content, end) && announces(sceneOf()))) return 'new';
    if ((first === 123 && b[start + 1] === 34) || (first === 35 && isDirective(b, start, end))) return 'new';
    const verdict = judgeContinuation(b, start, end, sceneOf());
    if (verdict !== 'no') return verdict;
    if (held.blanks === 0 && partWordAt(b, start, end) === start) return 'yes';
    if (held.blanks === 0 && record.head.hasTime && record.head.leading && isNumberedError(b, start, end)) {
      // The mark that other programs have for a level is only what its lines are parted by.
      if (record.head.level > warnLevel) record.head.level = errorLevel;
      return 'cause';
    }
    // A line with a time of its own, as access logs have it, is a record of its own.
    if (head.hasTime || opensLogfmt(b, start, end)) return 'new';
    return plain.continues(lineBefore(), { bytes: b, start, end }, held.blanks) ? 'yes' : 'new';
  };

  /** What stands behind the tags of a request: the first of it names what the tags alone announced. */
  const judgeTagged = (line: Inner, from: number): Verdict => {
    const { bytes: b, end } = line;
    if (from >= end) return 'yes';
    line.start = from;
    const isFirst = record.causes.length === 0 && isOnlyTags(record.bytes, record.head.message, record.end);
    return isFirst || isCause(b, from, end) ? 'cause' : 'yes';
  };

  /** A sheet says what failed in the line of that name; within a trace 'Caused by:' will. */
  const judgeFact = (line: Inner): Verdict => {
    const { bytes: b, start, end } = line;
    const value = sceneOf().mode === 'none' && startsWith(b, start, end, 'Message ') ? factAt(b, start, end) : -1;
    if (value < 0) return 'yes';
    line.start = value;
    return 'cause';
  };

  const judgeFollowing = ({ bytes: b, start, end, head }: Inner): Verdict | null => {
    switch (held.follow) {
      case 'stamp':
        if (head.hasTime || record.lines > longestStamped || b[start] === 123 || b[start] === 60 || isEventStart(b, start, end))
          return null;
        if (!isSpace(b[start])) keepDetail(b, start, end);
        return judgeContinuation(b, start, end, sceneOf()) === 'cause' ? 'cause' : 'yes';
      case 'place':
        if (head.hasTime || !isSpace(b[start])) return null;
        if (!record.isMessage) keepPlaced(b, start, end);
        return 'yes';
      case 'text':
        if (!head.hasTime || !head.leading || record.lines > 1 || codeAt(b, head.message, end) >= 0) return null;
        keepText(b, head.message, end);
        return 'yes';
      default:
        if (!held.isOfProcess || head.level !== record.head.level || Math.abs(head.ms - record.head.ms) > 1000) return null;
        if (!isCause(b, head.message, end) && !namesCrash(b, head.message, end)) return 'yes';
        if (record.isMessage) return 'cause';
        // That there was a crash says less than what it was.
        keepDetail(b, head.message, end);
        record.isMessage = true;
        return 'yes';
    }
  };

  const keepPlaced = (b: Buffer, start: number, end: number) => {
    const below = b.toString('latin1', start, Math.min(end, start + longestPlaced));
    record.head.level = debugLevelOf(record.bytes, record.head.message, record.end, below);
    keepDetail(b, start, end);
    record.isMessage = true;
  };

  /** The text is the message, and its code stands behind it. Both have the same columns in front. */
  const keepText = (b: Buffer, message: number, end: number) => {
    const { bytes, head } = record;
    const code = codeAt(bytes, head.message, record.end);
    keepDetail(b, Math.min(end, message + code - head.message), end);
    keepDetail(bytes, code, record.end);
    record.isMessage = true;
  };

  const announces = (scene: Trace): boolean =>
    scene.expects || (held.blanks === 0 && scene.lines === 1 && scene.mode === 'none' && record.head.hasTime && scene.severe());

  /** What a record's kind settles before its lines are looked at one by one. */
  const judgeInBlock = (b: Buffer, start: number, end: number, head: Head): Verdict | null => {
    if (isStampAlone() && isEventStart(b, start, end)) {
      beginBlock('event', b, start, end);
      held.flat = 'entry';
      return 'yes';
    }
    if (held.block !== 'none') {
      const next = continueBlock(held.block, held.blockLine, b, start, end, head);
      if (next !== null) {
        held.block = next;
        return 'yes';
      }
    }
    if (
      !head.leading &&
      (record.head.leading || isSpace(b[start])) &&
      !opensFrame(b, start) &&
      beginBlock(openTextBlock(b, start, end), b, start, end)
    )
      return 'yes';
    if (isStars(b, start, end) && record.head.leading && record.lines === 1 && sceneOf().severe() && beginBlock('sections', b, start, end))
      return 'yes';
    if (isDashes(b, start, end) && record.head.leading && sceneOf().severe() && beginBlock('rule', b, start, end)) return 'yes';
    if (!head.leading) return null;
    if (head.hasTime && isPartOf(record, b, start, end)) return 'yes';
    const scene = sceneOf();
    if (!head.hasTime)
      return record.lines === 1 && record.head.hasTime && record.head.level === unknownLevel && isSecondLineOfTwo(record, b, start, end)
        ? 'cause'
        : null;
    const mode = head.level === unknownLevel && scene.severe() ? judgeStamped(b, stampEnd(b, head.message), end, scene.mode) : null;
    // What opens a trace comes with what failed.
    if (mode !== null && (scene.mode !== 'none' || (record.head.hasTime && head.ms - record.head.ms < 1000))) {
      scene.mode = mode;
      return isCause(b, head.message, end) ? 'cause' : 'yes';
    }
    return isStampedTwin(record.head, head, b, end, held.isOfProcess) && announces(scene) ? 'cause' : null;
  };

  /** A time and nothing else: what it is of stands below. */
  const isStampAlone = (): boolean => record.lines === 1 && record.head.hasTime && record.head.message >= record.end;

  return judge;
};

const longestPlaced = 400;
