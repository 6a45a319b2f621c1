import {
  type Example,
  expectedCalibrationError,
  type Model,
  type ThresholdPoint,
  thresholdCurve,
  toBytes,
  trainModel,
} from '#src/tickets/classify/index.ts';
import type { Weights } from '#src/tickets/prediction/combine.ts';
import { heeded } from '#src/tickets/prediction/without-instructions.ts';
import { type JudgedVotes, learnWeights } from './learn-weights.ts';

export type TrainTask = {
  examples: Example[];
  categories: { name: string; description: string; phrases: readonly string[] }[];
  judged: JudgedVotes[];
  /** Examples the model in use was asked about before anybody decided on them: their places, and whether it was right. */
  asked: { row: number; right: boolean }[];
};

export type Trained = {
  data: Uint8Array;
  weights: Weights;
  report: { heldOut: number; calibrationError: number; curve: ThresholdPoint[] };
  /** How it compares with the model in use, each on tickets it had not seen; null when there are too few. */
  compared: Compared | null;
};

/** `worse`: by more than chance makes of so few. */
export type Compared = { tickets: number; right: number; rightBefore: number; worse: boolean };

/** Runs in a worker thread: training thousands of tickets takes seconds, in which nothing else could be answered. */
export default ({ examples, categories, judged, asked }: TrainTask): Trained => {
  const model = trainModel(examples.map(heeded), { categories });
  return {
    data: toBytes(model),
    weights: learnWeights(judged),
    report: {
      heldOut: model.heldOut.length,
      calibrationError: expectedCalibrationError(model.heldOut),
      curve: thresholdCurve(model.heldOut),
    },
    compared: compare(model, asked),
  };
};

const LEAST_COMPARED = 20;

/** By the tickets on which just one of the two is right (McNemar, 1947): worse is more than one standard error below. */
const compare = ({ heldOut }: Model, asked: TrainTask['asked']): Compared | null => {
  const now = new Map(heldOut.map(({ row, right }) => [row, right]));
  const both = asked.flatMap(({ row, right: before }) => (now.has(row) ? [{ before, right: now.get(row) === true }] : []));
  if (both.length < LEAST_COMPARED) return null;
  const lost = both.filter(({ before, right }) => before && !right).length;
  const won = both.filter(({ before, right }) => !before && right).length;
  return {
    tickets: both.length,
    right: both.filter(({ right }) => right).length,
    rightBefore: both.filter(({ before }) => before).length,
    worse: lost - won > Math.sqrt(lost + won),
  };
};
