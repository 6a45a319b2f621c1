import { type Sign, type SignedLine, signNames } from './line-signs.ts';
import type { Scene } from './log-scene.ts';

/** A number for each name in `signalNames`, line by line. */
export type Signals = Float64Array[];

/** The line by itself: its signs, nothing else. */
export const ownNames: readonly string[] = ['bias', 'blank', 'long', ...signNames];

export const ownSignals = (lines: readonly SignedLine[]): Signals =>
  lines.map(({ blank, text, signs }) =>
    Float64Array.of(1, blank ? 1 : 0, Math.min(1, text.length / 200), ...signNames.map((name) => (signs.has(name) ? 1 : 0))),
  );

/** The line in its place: where the failing command is, how often such a line comes, what stands around it. */
const placeSignals = {
  /** How near the next word that a command failed is: people read upwards from there. */
  nearEcho: (at: number, { echoAfter }: Scene) => closeness(echoAfter[at] as number, 40),
  /** Directly above it, give or take a few lines. */
  atEcho: (at: number, { echoAfter }: Scene) => closeness(echoAfter[at] as number, 6),
  /** Of a command that failed: between it and its exit code. */
  /** The paragraph or the list it is in ends there, however long it is. */
  blockAtEcho: (at: number, { echoAfter, paragraph }: Scene) => closeness(echoAfter[paragraph[at]?.to ?? at] as number, 8),
  blockNearEcho: (at: number, { echoAfter, paragraph }: Scene) => closeness(echoAfter[paragraph[at]?.to ?? at] as number, 40),
  /** A long list of one shape that does not end where the command failed. */
  listElsewhere: (at: number, { echoAfter, listEnd, listSize }: Scene) =>
    Math.min(1, (listSize[at] as number) / 24) * (1 - closeness(echoAfter[listEnd[at] as number] as number, 20)),
  /** Above it a command failed already, and nothing fails below it. */
  afterLastEcho: (at: number, { echoAfter }: Scene) => ((echoAfter[at] as number) >= 999 ? 1 : 0),
  inFailedStep: (at: number, { step }: Scene) => (step[at] === 'failed' ? 1 : 0),
  inPassedStep: (at: number, { step }: Scene) => (step[at] === 'passed' ? 1 : 0),
  /** Above the first word that anything failed. */
  beforeFirstEcho: (at: number, { firstEcho }: Scene) => (at < firstEcho ? 1 : 0),
  /** In the first block of failure of the log. */
  atFirstEcho: (at: number, { firstEcho }: Scene) => closeness(Math.abs(firstEcho - at), 25),
  /** Just below the command that ran. */
  afterCommand: (at: number, { commandBefore }: Scene) => closeness(commandBefore[at] as number, 10),
  /** Where in the log: what failed stands rather near its end. */
  late: (at: number, { lines, whole }: Scene) => (lines[at]?.line ?? 0) / Math.max(1, whole.lines),
  atEnd: (at: number, { lines, whole }: Scene) => closeness(whole.lines - (lines[at]?.line ?? 0), 30),
  atVeryEnd: (at: number, { lines, whole }: Scene) => closeness(whole.lines - (lines[at]?.line ?? 0), 4),
  /** Lines of this shape are many: a list of findings, or routine. */
  common: (at: number, { shapes }: Scene) => Math.log2(shapes[at] as number) / 6,
  unique: (at: number, { shapes }: Scene) => (shapes[at] === 1 ? 1 : 0),
  /** Names something rare that the words of failure name too: the test that failed, the file that did not compile. */
  sharesRareName: (at: number, { shared }: Scene) => shared[at] as number,
  /** Indented below such a line. */
  belowRareName: (at: number, { sharedAbove }: Scene) => (sharedAbove[at] ? 1 : 0),
  /** Between '##[group]' and '##[endgroup]': what will run, not what ran. */
  inGroupHeader: (at: number, { header }: Scene) => (header[at] ? 1 : 0),
  /** Lines of this shape stand right above and below: a list. */
  inList: (at: number, { keys }: Scene) => (keys[at] === keys[at - 1] ? 0.5 : 0) + (keys[at] === keys[at + 1] ? 0.5 : 0),
  /** The same text stood above already: tools repeat the cause at the end. */
  repeated: (at: number, { repeated }: Scene) => (repeated[at] ? 1 : 0),
  /** Lines of its paragraph; an error stands rarely in a long one. */
  longParagraph: (at: number, { paragraph }: Scene) => Math.min(1, (paragraph[at]?.size ?? 0) / 40),
  firstOfParagraph: (at: number, { paragraph }: Scene) => (paragraph[at]?.from === at ? 1 : 0),
} as const satisfies Record<string, (at: number, scene: Scene) => number>;

const neighbourSigns: Sign[] = [
  'opensFailure',
  'markedError',
  'opensWithPlace',
  'testFailed',
  'assertion',
  'caret',
  'frame',
  'echo',
  'boilerplate',
  'command',
  'passed',
  'routine',
  'namesFailure',
  'compilerWords',
  'roots',
  'tally',
  'red',
  'cause',
  'opensFatal',
];

export const placeNames: readonly string[] = [
  ...Object.keys(placeSignals),
  ...neighbourSigns.flatMap((sign) => [`${sign} above`, `${sign} below`]),
];

/** How sure the line before, the line after, the lines around and the paragraph are: blocks are shown whole. */
export const aroundNames: readonly string[] = [
  'sure',
  'sure above',
  'sure below',
  'surest of 4 above',
  'surest of 4 below',
  'surest of 12 above',
  'surest of 12 below',
  'surest of paragraph',
  'mean of paragraph',
  'against surest of log',
  'paragraph against surest',
  'first surest paragraph',
  'sure in failed step',
  'sure near echo',
  'blank between sure',
];

export const placeOf = (scene: Scene): Signals => {
  const { lines } = scene;
  return lines.map((_, at) =>
    Float64Array.of(
      ...Object.values(placeSignals).map((signal) => signal(at, scene)),
      ...neighbourSigns.flatMap((sign) => [
        lines[scene.above[at] as number]?.signs.has(sign) ? 1 : 0,
        lines[scene.below[at] as number]?.signs.has(sign) ? 1 : 0,
      ]),
    ),
  );
};

/** From what a pass before thought of each line (log odds), what the next one should know. */
export const aroundOf = (scene: Scene, odds: Float64Array): Signals => {
  const { lines, paragraph, above, below, step, echoAfter } = scene;
  const top = lines.map((_, at) => surest(odds, paragraph[at]?.from ?? at, paragraph[at]?.to ?? at));
  let best = -99;
  let bestAt = 0;
  for (let at = 0; at < odds.length; at++) if ((odds[at] as number) > best + 0.7) [best, bestAt] = [odds[at] as number, at];
  const highest = surest(odds, 0, odds.length - 1);
  const logit = (at: number) => (at >= 0 && at < odds.length ? squash(odds[at] as number) : -1);
  return lines.map((one, at) => {
    const own = logit(at);
    const [up, down] = [logit(above[at] as number), logit(below[at] as number)];
    const size = paragraph[at];
    return Float64Array.of(
      own,
      up,
      down,
      squash(surest(odds, at - 4, at - 1)),
      squash(surest(odds, at + 1, at + 4)),
      squash(surest(odds, at - 12, at - 1)),
      squash(surest(odds, at + 1, at + 12)),
      squash(top[at] as number),
      size ? squash(mean(odds, size.from, size.to)) : -1,
      Math.max(-3, (odds[at] as number) - highest) / 3,
      Math.max(-3, (top[at] as number) - highest) / 3,
      size && size === paragraph[bestAt] ? 1 : 0,
      step[at] === 'failed' ? own + 1 : 0,
      (own + 1) * closeness(echoAfter[at] as number, 12),
      one.blank ? Math.min(up, down) + 1 : 0,
    );
  });
};

const squash = (odds: number): number => Math.max(-6, Math.min(6, odds)) / 3;

const surest = (odds: Float64Array, from: number, to: number): number => {
  let best = -6;
  for (let at = Math.max(0, from); at <= Math.min(odds.length - 1, to); at++) best = Math.max(best, odds[at] as number);
  return best;
};

const mean = (odds: Float64Array, from: number, to: number): number => {
  let sum = 0;
  for (let at = from; at <= to; at++) sum += Math.max(-6, odds[at] as number);
  return sum / (to - from + 1);
};

/** 1 at once, 0.5 half way, 0 beyond `reach`. */
const closeness = (distance: number, reach: number): number => Math.max(0, 1 - distance / reach);
