import { inferLevel, isSevere, toLevel, unknownLevel } from '#src/logs/digest/heads/levels.ts';
import { toText } from '#src/logs/digest/lines/bytes.ts';
import { type MinedPattern, toTemplate } from '#src/logs/digest/mining/pattern.ts';
import type { Buckets } from '#src/logs/digest/mining/time-buckets.ts';
import type { Level } from '#src/logs/digest/types.ts';
import { seatRareOnes } from './seats.ts';

export type Ranked = {
  pattern: MinedPattern;
  score: number;
  reasons: string[];
  level: Level;
  inferred: boolean;
  histogram: number[] | null;
};

export type RankContext = {
  records: number;
  lines: number;
  shape: Buckets | null;
  /** '12:04' for a time in the log's own clock. */
  showTime: (ms: number) => string;
};

const levelPoints: Record<Level, number> = { fatal: 100, error: 80, warn: 40, info: 8, unknown: 8, debug: 2, trace: 0 };

/**
 * Orders patterns the way an engineer on call would ask for them. Points, most to least:
 *   the level (fatal 100, error 80, warn 40; a guessed one counts three quarters),
 *   words of failure in the message itself 10 (of ten lines at ERROR that a build tool prints, one says what broke),
 *   an exception or a stack trace 15, an exit code or signal 15,
 *   a burst 14 (most of its records in a small part of the time), a stop 12 (regular, then silent to the end),
 *   a late start 8, being rare up to 12 (an error 8), the number of an error's records up to 12 and its share of all errors up to 16,
 *   standing near the end of the log up to 8.
 * Each that adds leaves a phrase in `reasons`, the largest first. Equal scores go by first line, so the order is stable. Of the first twenty
 * some seats are kept for what happened hardly ever (`seatRareOnes`).
 */
export const rankPatterns = (patterns: MinedPattern[], context: RankContext): Ranked[] => {
  const severe = patterns.reduce((sum, { levels }) => sum + (levels[0] as number) + (levels[1] as number), 0);
  const ranked = patterns
    .map((pattern) => judge(pattern, context, severe))
    .sort((x, y) => y.score - x.score || x.pattern.firstLine - y.pattern.firstLine);
  return seatRareOnes(foldCompanions(ranked), context.records);
};

const companionPoints = 12;
const furthestCompanion = 40;

/**
 * A label and its value ('data address: <hex>', 'trap instruction....<num>') that come along with a pattern that ranks higher are details of
 * it, however often: they make room.
 */
const foldCompanions = (ranked: Ranked[]): Ranked[] => {
  const leaders: Ranked[] = [];
  const folded = ranked.map((one, place) => {
    if (place >= furthestCompanion || one.histogram === null) return one;
    if (isDetail(one.pattern) && leaders.some((leader) => isTogether(leader, one)))
      return { ...one, score: Math.round((one.score - companionPoints) * 10) / 10 };
    leaders.push(one);
    return one;
  });
  return folded.sort((x, y) => y.score - x.score || x.pattern.firstLine - y.pattern.firstLine);
};

const isDetail = (pattern: MinedPattern): boolean => /^[\w /.:-]+[:=.]+\s*(?:<\w+>\s*){1,3}$/.test(toTemplate(pattern));

/** Their records fall into the same few parts of the time; what is there all the time comes along with everything. */
const isTogether = (one: Ranked, other: Ranked): boolean => {
  const [x, y] = [one.histogram ?? [], other.histogram ?? []];
  const busy = y.filter((count) => count > 0).length;
  if (x.length < 12 || busy * 4 > y.length) return false;
  const shared = y.reduce((sum, count, k) => sum + ((x[k] ?? 0) > 0 ? count : 0), 0);
  return shared >= 0.9 * totalOf(y);
};

const judge = (pattern: MinedPattern, context: RankContext, severe: number): Ranked => {
  const { records, lines, shape, showTime } = context;
  const code = levelOf(pattern);
  const level = toLevel(code);
  // Of the records that have a level.
  const inferred = pattern.inferred * 2 > pattern.count - (pattern.levels[unknownLevel] as number);
  const notes: { points: number; text: string }[] = [];
  const note = (points: number, text: string) => points > 0 && notes.push({ points, text });
  const grave = code <= 2;

  note(
    levelPoints[level] * (inferred ? 0.75 : 1),
    grave ? (inferred ? (statusOf(pattern) ?? `${level} by its words`) : `${level} level`) : '',
  );
  if (pattern.exception || pattern.traced) note(grave ? 15 : 10, pattern.traced ? 'stack trace' : 'exception');
  if (grave && !inferred && saysFailure(pattern)) note(10, '');
  const exit = exitOf(pattern);
  if (exit) note(15, exit);
  if (records >= 20)
    note(
      (grave ? 8 : 12) * Math.max(0, 1 - Math.log(pattern.count) / Math.log(records)),
      pattern.count === 1 ? 'seen once' : pattern.count <= Math.max(2, records / 1000) ? 'rare' : '',
    );
  if (grave) note(Math.min(12, 5 * Math.log10(pattern.count)), pattern.count >= 10 ? `${pattern.count} times` : '');
  if (isSevere(code) && pattern.count >= 10)
    note(16 * Math.min(1, pattern.count / Math.max(1, severe)), pattern.count * 2 > severe ? 'most of the errors' : '');
  // What is there all along is there at the end as well.
  const isLate = pattern.firstLine * 2 > lines;
  if (grave && lines >= 20) note(8 * Math.max(0, 1 - (lines - pattern.lastLine) / (lines * 0.05)), isLate ? 'at the end of the log' : '');

  const histogram = shape ? pattern.times.rebin(shape) : null;
  if (shape && histogram) {
    const at = (bucket: number) => showTime(shape.fromMs + bucket * shape.widthMs);
    const burst = findBurst(histogram);
    if (burst >= 0) note(grave ? 14 : 6, `burst at ${at(burst)}`);
    const stop = findStop(histogram);
    if (stop >= 0) note(12, `stops at ${at(stop)}`);
    const start = findStart(histogram);
    if (start >= 0) note(grave ? 8 : 3, `starts at ${at(start)}`);
  }
  notes.sort((x, y) => y.points - x.points);
  return {
    pattern,
    level,
    inferred,
    histogram,
    score: Math.round(notes.reduce((sum, { points }) => sum + points, 0) * 10) / 10,
    reasons: notes.map(({ text }) => text).filter((text) => text !== ''),
  };
};

/** The gravest level that is more than a stray: a twentieth of the records. */
const levelOf = (pattern: MinedPattern): number => {
  for (let code = 0; code < pattern.levels.length; code++)
    if ((pattern.levels[code] as number) * 20 >= Math.max(1, pattern.count)) return code;
  return unknownLevel;
};

const exitOf = (pattern: MinedPattern): string | null => {
  if (!/exit|signal|killed/i.test(toTemplate(pattern))) return null;
  const { bytes, length } = pattern.first;
  const text = toText(bytes, 0, Math.min(length, 1000));
  const code = /exit(?:ed|ing)?\b(?: with)?(?: non-zero)?(?:[ _-]?(?:status|code))*[ :="]*(-?\d+)/i.exec(text)?.[1];
  if (code !== undefined && Number(code) !== 0) return `exit code ${code}`;
  const status = /\bcode=exited,? status=(\d+)/.exec(text)?.[1];
  if (status !== undefined && Number(status) !== 0) return `exit code ${status}`;
  const signal = /\bsignal[ :=]*(SIG[A-Z]+|\d+)|\b(SIG(?:SEGV|KILL|ABRT|BUS|TERM))\b/.exec(text);
  if (signal) return `signal ${signal[1] ?? signal[2]}`;
  return /\b(?:OOM[- ]?killed|out of memory: kill|killed process)/i.test(text) ? 'killed' : null;
};

const saysFailure = (pattern: MinedPattern): boolean => {
  const text = toTemplate(pattern);
  const template = Buffer.from(text);
  return isSevere(inferLevel(template, 0, template.length)) || endsAProgram.test(text);
};

/** At INFO a session or a job may be terminated in good order; at a level of failure it is what went wrong. */
const endsAProgram = /\b(?:terminat(?:ed|ing)|died|crashed|hung)\b/i;

const statusOf = (pattern: MinedPattern): string | null => {
  const status = /^[45]\d\d$/;
  const found = pattern.text.find((text, k) => status.test(text) && / HTTP\//.test(` ${pattern.text[k - 1] ?? ''}`));
  return found ? `HTTP ${found}` : null;
};

const totalOf = (histogram: number[]): number => histogram.reduce((sum, count) => sum + count, 0);

/** The peak, when three neighbouring buckets hold half of at least ten records and the log is much longer than that. */
export const findBurst = (histogram: number[]): number => {
  const total = totalOf(histogram);
  if (total < 10 || histogram.length < 12) return -1;
  let best = 0;
  let at = -1;
  for (let k = 0; k < histogram.length; k++) {
    const sum = (histogram[k] ?? 0) + (histogram[k + 1] ?? 0) + (histogram[k + 2] ?? 0);
    if (sum > best) [best, at] = [sum, k];
  }
  while ((histogram[at] ?? 0) === 0 && at < histogram.length) at++;
  return best * 2 >= total ? at : -1;
};

/** A pattern seen in most buckets up to one, and in none of the last quarter and more. */
export const findStop = (histogram: number[]): number => {
  const first = histogram.findIndex((count) => count > 0);
  const last = histogram.findLastIndex((count) => count > 0);
  if (first < 0 || histogram.length < 12 || last >= histogram.length * 0.75 || last - first < histogram.length * 0.2) return -1;
  const busy = histogram.slice(first, last + 1).filter((count) => count > 0).length;
  return busy >= 6 && busy / (last - first + 1) >= 0.6 ? last : -1;
};

const findStart = (histogram: number[]): number => {
  const first = histogram.findIndex((count) => count > 0);
  const last = histogram.findLastIndex((count) => count > 0);
  return histogram.length >= 12 && first >= histogram.length * 0.3 && last >= histogram.length * 0.9 && totalOf(histogram) >= 3
    ? first
    : -1;
};
