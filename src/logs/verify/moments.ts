import { millisecondsOf } from '#src/core/log-time.ts';
import type { Pattern } from '#src/logs/digest/types.ts';
import { extentOf } from '#src/logs/wording/facts.ts';

/** When something was, by the clock where it has one; lines tell what came first where two have none, or the same. */
export type Moment = { time: number | null; line: number };
const toMoment = ({ time, line }: Pattern['first']): Moment => ({ time: time === null ? null : millisecondsOf(time), line });
export const startOf = (patterns: readonly Pattern[]): Moment => toMoment(extentOf([...patterns]).earliest);
export const endOf = (patterns: readonly Pattern[]): Moment => toMoment(extentOf([...patterns]).latest);
export const distance = (a: Moment, b: Moment): number =>
  a.time !== null && b.time !== null && a.time !== b.time ? a.time - b.time : a.line - b.line;
export const isEarlier = (a: Moment, b: Moment): boolean => distance(a, b) < 0;

/** Seconds of the day. */
export const clockOf = (time: string | null): number | null => {
  const found = /T(\d{2}):(\d{2}):(\d{2})/.exec(time ?? '');
  return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : null;
};
