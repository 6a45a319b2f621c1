import { find, isDigit, isUpper, startsWith } from '#src/logs/digest/lines/bytes.ts';
import { type LevelCode, parseLevelField, parseLevelWord } from './levels.ts';

/** A mark that states a level: where it ends and which. Reused. */
export const mark: { end: number; level: LevelCode } = { end: 0, level: 0 };

/** '##[error]' of GitHub and Azure pipelines, '%ASA-3-710003:' and '%SYS-5-CONFIG_I:' of network devices. Sets `mark`. */
export const readMark = (b: Uint8Array, i: number, limit: number): boolean => {
  if (b[i] === 35) return b[i + 1] === 35 && b[i + 2] === 91 && readRunnerMark(b, i + 3, limit);
  return b[i] === 37 && readFacility(b, i + 1, limit);
};

/** '##[error]…': what a runner says stands on one line, whatever a program says next. */
export const isRunnerMark = (b: Uint8Array, start: number, end: number): boolean => startsWith(b, start, end, '##[');

const readRunnerMark = (b: Uint8Array, from: number, limit: number): boolean => {
  const close = find(b, from, Math.min(limit, from + 12), ']');
  const level = close < 0 ? -1 : parseLevelWord(b, from, close);
  if (level < 0) return false;
  [mark.end, mark.level] = [close + 1, level];
  return true;
};

/** Facility, severity as in RFC 5424, mnemonic. The mnemonic stays: it names the message. */
const readFacility = (b: Uint8Array, from: number, limit: number): boolean => {
  let i = from;
  // IOS XR names a group in front: '%ROUTING-BGP-5-ADJCHANGE'.
  while (i < limit && (isUpper(b[i]) || isDigit(b[i]) || b[i] === 95 || (b[i] === 45 && isUpper(b[i + 1])))) i++;
  if (i - from < 2 || b[i] !== 45 || !isDigit(b[i + 1]) || b[i + 2] !== 45) return false;
  const level = parseLevelField(b, i + 1, i + 2);
  if (level < 0) return false;
  [mark.end, mark.level] = [from - 1, level];
  return true;
};

/** 'type=SYSCALL msg=audit(1485893834.891:18877): …': where the time of the Linux audit daemon stands, or -1. */
export const auditTimeAt = (b: Uint8Array, start: number, limit: number): number => {
  if (!startsWith(b, start, limit, 'type=')) return -1;
  const at = find(b, start + 5, Math.min(limit, start + 60), ' msg=audit(');
  return at < 0 ? -1 : at + 11;
};
