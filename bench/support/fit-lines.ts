import type { Weights } from '#src/logs/digest/highlight/highlight-weights.ts';
import { firstNames, judgeLines, laterNames } from '#src/logs/digest/highlight/judge-lines.ts';
import { aroundOf, ownSignals, placeOf } from '#src/logs/digest/highlight/line-signals.ts';
import { readSigns, type SignedLine } from '#src/logs/digest/highlight/line-signs.ts';
import { type Scene, toScene } from '#src/logs/digest/highlight/log-scene.ts';
import type { CiFailure } from './ci-failures.ts';

/** A marked log with its signals, computed once. */
export type Example = { log: CiFailure; project: string; lines: SignedLine[]; scene: Scene; truth: Float64Array; own: Float64Array[] };

export const toExample = (log: CiFailure): Example => {
  const raw = log.bytes.toString('utf8').split('\n');
  if (raw.at(-1) === '') raw.pop();
  const lines = raw.map((text, k) => readSigns(k + 1, text));
  const scene = toScene(lines, { lines: lines.length });
  const own = ownSignals(lines);
  const place = placeOf(scene);
  return {
    log,
    project: log.project.replace(/_.*/, ''),
    lines,
    scene,
    truth: Float64Array.from(lines, ({ line }) => log.marked.filter((marked) => marked.has(line)).length / log.marked.length),
    own: own.map((values, at) => Float64Array.of(...values, ...(place[at] as Float64Array))),
  };
};

export const judgeExample = ({ lines }: Example, weights: Weights): Float64Array => judgeLines(lines, { lines: lines.length }, weights);

/**
 * Learns the weights of the three passes by logistic regression, drawn towards what is known in general (`prior`). What a later pass gets
 * to know of an earlier one comes from weights that never saw the log's project, as it will be in use.
 */
export const fitLines = (examples: readonly Example[]): Weights => {
  const first = fitPass(examples, ({ own }) => own, priorOf(firstNames, 1, -3.5));
  const toLater = (odds: Map<Example, Float64Array>) => (example: Example) => {
    const around = aroundOf(example.scene, odds.get(example) as Float64Array);
    return example.own.map((values, at) => Float64Array.of(...values, ...(around[at] as Float64Array)));
  };
  const prior = priorOf(laterNames, 0.4, -2);
  const second = fitPass(examples, toLater(first.odds), prior);
  const third = solve(examples, examples.map(toLater(second.odds)), prior);
  return { first: named(first.weights, firstNames), second: named(second.weights, laterNames), third: named(third, laterNames) };
};

const folds = 4;

const fitPass = (examples: readonly Example[], signals: (example: Example) => Float64Array[], prior: Float64Array) => {
  const all = examples.map(signals);
  const projects = [...new Set(examples.map(({ project }) => project))];
  const odds = new Map<Example, Float64Array>();
  for (let fold = 0; fold < folds; fold++) {
    const isOut = examples.map(({ project }) => projects.indexOf(project) % folds === fold);
    const weights = solve(
      examples.filter((_, k) => !isOut[k]),
      all.filter((_, k) => !isOut[k]),
      prior,
    );
    for (const [k, example] of examples.entries()) if (isOut[k]) odds.set(example, weigh(all[k] as Float64Array[], weights));
  }
  return { weights: solve(examples, all, prior), odds };
};

const weigh = (signals: readonly Float64Array[], weights: Float64Array): Float64Array =>
  Float64Array.from(signals, (values) => values.reduce((sum, value, k) => sum + value * (weights[k] as number), 0));

const named = (weights: Float64Array, names: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    names.flatMap((name, k) => (Math.abs(weights[k] as number) < 0.02 ? [] : [[name, Math.round((weights[k] as number) * 100) / 100]])),
  );

const pull = 8;
const rounds = 110;
const step = 0.08;
/** Of lines that say nothing and nobody marked one in eight is enough, counted eight times. */
const dullShare = 8;

/** Full-batch logistic regression with Adam; every log counts about the same, however many of its lines were marked. */
const solve = (examples: readonly Example[], signals: readonly Float64Array[][], prior: Float64Array): Float64Array => {
  const rows = toRows(examples, signals);
  const size = prior.length;
  const weights = Float64Array.from(prior);
  const [momentum, spread, slope] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const total = rows.weight.reduce((sum, weight) => sum + weight, 0);
  for (let round = 1; round <= rounds; round++) {
    slope.fill(0);
    for (let row = 0; row < rows.truth.length; row++) {
      const [from, to] = [rows.starts[row] as number, rows.starts[row + 1] as number];
      let odds = 0;
      for (let k = from; k < to; k++) odds += (weights[rows.places[k] as number] as number) * (rows.values[k] as number);
      const miss = ((1 / (1 + Math.exp(-odds)) - (rows.truth[row] as number)) * (rows.weight[row] as number)) / total;
      for (let k = from; k < to; k++)
        slope[rows.places[k] as number] = (slope[rows.places[k] as number] as number) + miss * (rows.values[k] as number);
    }
    for (let k = 0; k < size; k++) {
      const down = (slope[k] as number) + (k > 0 ? (pull * ((weights[k] as number) - (prior[k] as number))) / total : 0);
      momentum[k] = 0.9 * (momentum[k] as number) + 0.1 * down;
      spread[k] = 0.999 * (spread[k] as number) + 0.001 * down * down;
      const [mean, deviation] = [(momentum[k] as number) / (1 - 0.9 ** round), Math.sqrt((spread[k] as number) / (1 - 0.999 ** round))];
      weights[k] = (weights[k] as number) - (step * mean) / (deviation + 1e-8);
    }
  }
  return weights;
};

/** Sparse: most signals of a line are 0. */
const toRows = (examples: readonly Example[], signals: readonly Float64Array[][]) => {
  const [places, values, truth, weight]: number[][] = [[], [], [], []];
  const starts = [0];
  for (const [k, example] of examples.entries()) {
    const marked = example.truth.reduce((sum, one) => sum + one, 0);
    const each = 10 / Math.max(6, marked);
    for (const [at, line] of (signals[k] as Float64Array[]).entries()) {
      const isDull = example.truth[at] === 0 && example.lines[at]?.signs.size === 0;
      if (isDull && (at * 7919) % dullShare !== 0) continue;
      for (const [place, value] of line.entries())
        if (value !== 0) {
          (places as number[]).push(place);
          (values as number[]).push(value);
        }
      starts.push((places as number[]).length);
      (truth as number[]).push(example.truth[at] as number);
      (weight as number[]).push(isDull ? each * dullShare : each);
    }
  }
  return {
    places: Int32Array.from(places as number[]),
    values: Float64Array.from(values as number[]),
    starts: Int32Array.from(starts),
    truth: truth as number[],
    weight: weight as number[],
  };
};

const priorOf = (names: readonly string[], share: number, bias: number): Float64Array =>
  Float64Array.from(names, (name, k) => (k === 0 ? bias : (prior[name] ?? 0) * (name in around ? 1 : share)));

const around: Record<string, number> = {
  sure: 1.2,
  'sure above': 0.3,
  'sure below': 0.3,
  'surest of paragraph': 0.4,
  'sure in failed step': 0.2,
  'against surest of log': 0.3,
  'blank between sure': 0.5,
};

/** What anybody who reads build logs would say before seeing these: few marked logs must not talk us out of it. */
const prior: Record<string, number> = {
  opensFailure: 0.8,
  opensFatal: 1.3,
  saysFailure: 0.7,
  namesFailure: 0.5,
  markedError: 0.8,
  place: 0.3,
  opensWithPlace: 0.7,
  compilerWords: 0.4,
  testFailed: 1,
  assertion: 0.8,
  caret: 0.5,
  frame: 0.2,
  cause: 0.5,
  roots: 0.7,
  red: 0.7,
  passed: -1,
  routine: -0.7,
  warning: -0.7,
  denied: -1,
  script: -1.2,
  runnerMark: -1,
  command: -0.5,
  boilerplate: -0.5,
  cyan: -1.5,
  green: -0.7,
  inFailedStep: 0.8,
  nearEcho: 0.6,
  blockAtEcho: 0.4,
  atFirstEcho: 0.4,
  inGroupHeader: -1.5,
  sharesRareName: 0.6,
  belowRareName: 0.6,
  late: 0.4,
  listElsewhere: -1.5,
  afterLastEcho: -0.7,
  tally: -0.3,
  echo: -0.3,
  'opensFailure above': 0.5,
  'opensFatal above': 0.7,
  'testFailed above': 0.7,
  'markedError above': 0.3,
  'opensWithPlace above': 0.4,
  'assertion above': 0.5,
  'caret below': 0.5,
  'red above': 0.3,
  'red below': 0.2,
  ...around,
};
